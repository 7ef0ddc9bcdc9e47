"""The same sheets on a terminal: coloured, and saying what is said anywhere else."""

import re
import sys
from collections.abc import Callable

import pytest

NOTE = "examples/gs-capital.terms"
DAY = ("--date", "2019-08-26")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
RULE = re.compile(r"==+|--+")  # under a heading, where there is no colour


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes a wide terminal of the output from there on."""

    def as_terminal() -> None:
        for stream in (sys.stdout, sys.stderr):
            monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
        for name, value in {"TERM": "xterm", "FORCE_COLOR": "1", "COLUMNS": "200"}.items():
            monkeypatch.setenv(name, value)

    return as_terminal


@pytest.mark.parametrize("words", [("eval", NOTE), ("explain", NOTE, "allowed_shares"), ("explain", NOTE, "owed")])
def test_a_terminal_shows_the_same_words_in_colour(terms, terminal, words):
    """Whatever the layout, no word comes, goes or changes its place."""
    plain = terms(*words, *DAY).out
    assert COLOUR.search(plain) is None
    terminal()
    shown = terms(*words, *DAY).out
    assert COLOUR.search(shown) is not None
    assert COLOUR.sub("", shown).split() == [word for word in plain.split() if not RULE.fullmatch(word)]


def test_a_long_search_shows_how_far_it_is(terms, terminal, tmp_path):
    """On the error output, so that the result can still be piped."""
    words = ("verify", NOTE, "--examples", "3", "--out", str(tmp_path))
    plain = terms(*words)
    assert plain.err == ""
    terminal()
    ran = terms(*words)
    assert ran.code == plain.code
    assert "3/3" in COLOUR.sub("", ran.err)
