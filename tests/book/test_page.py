"""The page on books stays true: what it shows is what the program prints."""

import ast
import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

from tenor.engine.time.calendars import CALENDARS
from tenor.engine.world.facts import LEVELS
from tenor.engine.world.series import SERIES
from tenor.terms.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/books.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, flags=re.M | re.S)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(("command", "shown"), list(zip(blocks("console"), blocks("text"), strict=True)))
def test_the_summaries_shown_are_printed(
    command: str, shown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Each line shown is a line of what the command above it prints."""
    copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "notes.csv").write_text(blocks("csv")[0])
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command.removeprefix("$ "))[1:]) == 0
    printed = {squeezed(line) for line in capsys.readouterr().out.splitlines()}
    assert [line for line in shown.splitlines() if squeezed(line) not in printed] == []


def test_the_facts_shown_are_the_example_s():
    """As its table begins, below the remark."""
    remark, _, table = (ROOT / "examples/book/facts/prices.csv").read_text(encoding="utf-8").partition("\n")
    assert remark.startswith("#")
    assert table.startswith(blocks("csv")[1])


def test_the_python_shown_runs(monkeypatch: pytest.MonkeyPatch):
    """Four notes on the ten sessions of two weeks."""
    monkeypatch.chdir(ROOT)
    names: dict = {}
    exec(blocks("python")[0], names)
    assert names["table"].num_rows == 40


def test_every_option_is_told():
    """What `terms book --help` lists stands on the page."""
    from tenor.terms.cli.arguments import parser

    book = next(each for each in parser()._subparsers._group_actions)  # type: ignore[union-attr]
    options = [option for action in book.choices["book"]._actions for option in action.option_strings]
    unlisted = {"-h", "--help", "--sources"}
    assert [each for each in options if each not in unlisted and f"{each}" not in PAGE] == []


def said_with(maker: str) -> set[str]:
    """The words that the sources give to what they make of this name, the first of several."""
    found = set()
    for path in (path for folder in ("engine", "terms") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == maker and node.args:
                first = node.args[0].elts[0] if isinstance(node.args[0], ast.Tuple) else node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_reason_is_told():
    """Whatever a source refuses or lacks; and nothing else is."""
    refused = set(re.findall(r"^\| `refused: ([a-z-]+)`", PAGE, flags=re.M))
    assert refused == said_with("Reason") != set()
    lacking = set(re.findall(r"^\| `unknown: (.+?)`", PAGE, flags=re.M))
    kinds = {"closing bid", "outstanding", "calendar NYSE"}  # of each one stands for all of its kind
    assert lacking == said_with("Unknown") - {"volume"} | kinds
    assert kinds < {*SERIES, *LEVELS, *(f"calendar {name}" for name in CALENDARS)}
