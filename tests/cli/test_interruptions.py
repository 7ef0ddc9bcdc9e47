"""What ends a command early: the reader, a budget, a fault of the program; and what a start takes over from attrs."""

import os
import platform
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tenor.__main__ import LATER
from tenor.terms.cli import asking, fmt_command, main, patience, test_command

NOTE = "examples/gs-capital.terms"


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def broken(*_: object) -> None:
    raise ZeroDivisionError("by design")


def test_a_reader_who_has_seen_enough_is_not_told_why(terms, monkeypatch: pytest.MonkeyPatch):
    """Ctrl-C: 130, as a shell counts it, and no word."""
    monkeypatch.setattr(asking, "load", interrupted)
    ran = terms("eval", NOTE)
    assert (ran.code, ran.out, ran.err) == (128 + signal.SIGINT, "", "")


@pytest.mark.parametrize(
    ("module", "function", "words"),
    [(asking, "load", "eval"), (fmt_command, "read_given", "fmt"), (test_command, "_tested", "test")],
)
def test_whoever_looks_for_a_fault_of_the_program_gets_its_traceback(monkeypatch, module, function, words):
    """TENOR_TRACEBACK=1, as the message of a fault says; commands over many files keep no fault to themselves."""
    monkeypatch.setenv("TENOR_TRACEBACK", "1")
    monkeypatch.setattr(module, function, broken)
    with pytest.raises(ZeroDivisionError, match="by design"):
        main([words, NOTE])


def test_a_budget_that_is_spent_on_a_day_is_a_finding_of_the_file(terms):
    """No number of the note is too long before it is reckoned; then the file is named, and what to write instead."""
    note = "tests/wrong/E501-numbers-grow.terms"
    assert terms("check", note).code == 0
    ran = terms("eval", note, "--date", "2022-01-03", "--facts", "none")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error[E501]: ")
    assert f"  --> {note}" in ran.err


def test_outside_the_main_thread_nothing_is_bounded():
    """Python gives signals to the main thread only: a library used elsewhere still answers."""
    ran = []

    def work() -> None:
        with patience.patience(NOTE):
            ran.append(signal.getitimer(signal.ITIMER_PROF)[0])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [0]


def test_a_folder_for_sources_is_taken(terms):
    """`--sources` with a folder that is one."""
    assert terms("eval", NOTE, "--date", "2019-08-26", "--sources", "examples/filings").code == 0


def test_a_name_like_none_is_answered_with_all_of_them(terms):
    """There is nothing to guess from; and where nothing is open there is nothing to choose."""
    ran = terms("eval", NOTE, "--reading", "conversion.retires=zzzzzz")
    assert (ran.code, ran.out) == (2, "")
    assert "write one of principal first, interest first" in ran.err


@pytest.mark.parametrize("day", ["0000-13-01", "2019-00-10", "2019-8-0"])
def test_a_day_like_none_is_answered_with_how_one_is_written(terms, day):
    """No month 13, and no day 0: nothing near them can be meant."""
    ran = terms("eval", NOTE, "--date", day)
    assert (ran.code, ran.out) == (2, "")
    assert "write the year, month and day, as in `2019-08-26`" in ran.err


def test_what_attrs_asks_of_the_platform_is_answered_as_python_would():
    """Without loading the module that knows."""
    assert LATER["platform"]["python_implementation"]() == platform.python_implementation()


@pytest.mark.parametrize("module", ["tenor", "tenor.terms.cli"])
def test_the_program_runs_as_a_module_and_does_not_when_it_is_imported(module: str):
    """A process started for a book imports `__main__` under another name."""
    command = [sys.executable, "-m", module, "explain", "E104"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("E104: ")
    imported = [sys.executable, "-c", f"import {module}.__main__"]
    assert subprocess.run(imported, capture_output=True, check=True).stdout == b""


def test_a_name_that_cannot_be_shown_is_not_shown(terms, tmp_path: Path):
    """A terminal obeys escape codes, whoever wrote them."""
    note = tmp_path / "red\x1b[31m.terms"
    note.write_bytes(Path(NOTE).read_bytes())
    ran = terms("eval", str(note))
    assert (ran.code, ran.out) == (2, "")
    assert "its name has a character that cannot be shown" in ran.err
    assert "\x1b" not in ran.err


def test_what_may_not_be_read_or_written_is_told(terms, monkeypatch, tmp_path: Path):
    """By the name of the file, with exit 2; the owner of a machine may everything, and is refused here by name."""
    note = tmp_path / "note.terms"
    note.write_bytes(Path(NOTE).read_bytes().replace(b"principal: USD", b"principal:USD"))
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda path, mode: False)
        assert terms("fmt", str(note)).err == f"terms: {note}: it may not be written\n"

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    ran = terms("eval", str(note))
    assert (ran.code, ran.out) == (2, "")
    assert "it may not be read" in ran.err
