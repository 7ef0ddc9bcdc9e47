"""What takes too long ends with a finding, and leaves nothing behind."""

import signal
import subprocess
import sys

import pytest

from tenor.engine.exact.budgets import TooSlow
from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.cli import main
from tenor.terms.cli import patience as bound

NOTE = "examples/gs-capital.terms"


def for_ever() -> None:
    while True:
        pass


def test_work_without_end_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the file and the limit, and the clock is off again."""
    monkeypatch.setattr(bound, "MILLISECONDS", 10)
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(NoteErrors) as raised, bound.patience("note.terms"):
        for_ever()
    [finding] = raised.value.diagnostics
    assert (finding.code, finding.file) == ("E508", "note.terms")
    assert finding.message == "this takes longer than 0.01 seconds of work"
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    assert signal.getsignal(signal.SIGPROF) is before


def test_what_swallows_the_first_call_meets_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python lets no exception out of a finaliser."""
    monkeypatch.setattr(bound, "MILLISECONDS", 10)
    monkeypatch.setattr(bound, "AGAIN", 10)
    calls = []

    def swallow() -> None:
        try:
            for_ever()
        except TooSlow:
            calls.append("swallowed")
        for_ever()

    with pytest.raises(NoteErrors), bound.patience("note.terms"):
        swallow()
    assert calls == ["swallowed"]


@pytest.mark.parametrize(
    "command", [("eval",), ("explain", "owed"), ("show", "--model"), ("check",), ("test",), ("fmt",)]
)
def test_every_command_that_reads_a_file_is_bounded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """Each of them reads the file in the same place."""

    def read(*_: object) -> None:
        for_ever()

    for module in ("door", "cli.fmt_command"):
        monkeypatch.setattr(f"tenor.terms.{module}.read_given", read)
    monkeypatch.setattr(bound, "MILLISECONDS", 10)
    monkeypatch.delenv("TENOR_SECONDS", raising=False)
    name, *rest = command
    assert main([name, NOTE, *rest]) == 1
    assert f"error[E508]: this takes longer than 0.01 seconds of work\n  --> {NOTE}\n" in capsys.readouterr().err


def test_too_little_memory_is_a_finding(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def read(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("tenor.terms.door.read_given", read)
    for command in ("check", "eval"):
        assert main([command, NOTE]) == 1
        assert f"error[E509]: this needs more memory than there is\n  --> {NOTE}\n" in capsys.readouterr().err


def test_a_limit_of_memory_is_named() -> None:
    """As `ulimit -v` sets it; the finding says how much that was."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (256 << 20, 256 << 20));"
        "from tenor.engine.exact.budgets import spent; print(spent(MemoryError(), 'note.terms'))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("error[E509]: this needs more memory than the 256 MB that it may use\n")


@pytest.mark.parametrize("written", ["x", "0", "-1", "1.5", "1_000", "\uff19", "9999999"])
def test_more_time_is_a_number_of_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    monkeypatch.setenv("TENOR_SECONDS", written)
    assert main(["check", NOTE]) == 2
    assert "is no number of seconds" in capsys.readouterr().err
