"""The command's first lines: what is loaded later is what would have been loaded at once."""

import json
import subprocess
import sys

START = """
import sys
from tenor.__main__ import main
sys.argv = ["terms", "eval", "examples/gs-capital.terms", "--date", "2019-03-04"]
assert main() == 0
"""
USE = """
import inspect, platform, tokenize, attr
assert str(inspect.signature(main)) == "() -> int"
assert platform.python_implementation() and platform.python_version().count(".") == 2
assert tokenize.tok_name[tokenize.NAME] == "NAME"
assert attr.validators.instance_of(int)(None, attr.fields(attr.make_class("A", ["b"])).b, 5) is None
"""


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_a_start_does_not_load_what_it_does_not_use():
    """`ast` and `dis` come with `inspect`, which attrs asks for and no note needs."""
    printed = run(f"{START}print({{'ast', 'dis', 'json', 'lark', 'rich', 'shutil'}} & set(sys.modules))")
    assert printed.splitlines()[-1] == "set()"


def test_what_is_loaded_later_can_be_used():
    """By whoever asks for it in the same process."""
    run(START + USE)


def test_the_process_ends_with_the_code_of_the_command():
    """And with all that it printed, though nothing is taken apart at its end."""
    asked = [sys.executable, "-m", "tenor", "eval", "examples/gs-capital.terms", "--date", "2019-03-04"]
    whole = subprocess.run([*asked, "--json"], capture_output=True, text=True, check=True)
    assert json.loads(whole.stdout)["date"] == "2019-03-04"
    wrong = subprocess.run([*asked[:-1], "tomorrow"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "tomorrow" in wrong.stderr
