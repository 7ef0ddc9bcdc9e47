"""The page on books stays true: what it shows is what the program prints."""

import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

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
