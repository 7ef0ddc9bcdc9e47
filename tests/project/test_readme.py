"""The README stays true: what it shows is what the files say and what the program prints."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.M | re.S)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_note_shown_is_the_note():
    """Each line of the first block stands in the example."""
    note = (ROOT / "examples/gs-capital.terms").read_text(encoding="utf-8").splitlines()
    for line in blocks("")[0].splitlines():
        assert line in note


def test_the_statement_shown_is_printed(capsys, monkeypatch):
    """Each line shown is a line of what the command above it prints."""
    from tenor.terms.cli import main

    monkeypatch.chdir(ROOT)
    command = shlex.split(blocks("console")[0].removeprefix("$ "))
    assert main(command[1:]) == 0
    printed = {squeezed(line) for line in capsys.readouterr().out.splitlines()}
    for line in blocks("text")[0].splitlines():
        assert squeezed(line) in printed


def test_the_python_shown_runs(monkeypatch):
    """The library's door as the README opens it."""
    monkeypatch.chdir(ROOT)
    names: dict = {}
    exec(blocks("python")[0], names)
    assert names["statement"]["owed"].value.dimension.name == "money"
    assert names["statement"]["owed"].value.value == names["answers"]["owed"]


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)", README))
def test_what_is_linked_is_there(path):
    """No link leads nowhere."""
    assert (ROOT / path).exists()
