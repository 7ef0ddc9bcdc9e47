"""Exit codes, and messages with a next step: what a command line or a file gets wrong is never a traceback."""

import os
import subprocess
import sys

import pytest

NOTE = "examples/gs-capital.terms"

MISUSED = [
    ((), "COMMAND"),
    (("evla",), "choose from"),
    (("eval",), "NOTE"),
    (("eval", "nope.terms"), "there is no such file"),
    (("eval", "examples"), "not a regular file"),
    (("eval", NOTE, "--facts", "nope.facts"), "there is no such file"),
    (("eval", NOTE, "--date", "2019-02-30"), "did you mean `2019-02-28`?"),
    (("eval", NOTE, "--date", "2019/8/26"), "did you mean `2019-08-26`?"),
    (("eval", NOTE, "--date", "20190826"), "as in `2019-08-26`"),
    (("eval", NOTE, "--date", "٢٠١٩-٠٨-٢٦"), "as in `2019-08-26`"),
    (("eval", NOTE, "--date", "1066-10-14"), "1900 to 2999"),
    (("eval", NOTE, "--known", "soon"), "--known"),
    (("eval", NOTE, "--ask", "owd"), "did you mean `owed`?"),
    (("eval", NOTE, "--ask", ","), "names no answer"),
    (("eval", NOTE, "--trace"), "--json"),
    (("eval", NOTE, "--reading", "conversion.retires"), "is not a reading"),
    (("eval", NOTE, "--reading", "conversion.retire=principal first"), "did you mean `conversion.retires`?"),
    (("eval", NOTE, "--reading", "conversion.retires=principle first"), "did you mean `principal first`?"),
    (
        ("eval", NOTE, "--reading", "maturity.calendar=weekdays"),
        "`maturity.calendar` is `calendar of note`, and has no other reading",
    ),
    (("eval", NOTE, "--sources", "nowhere"), "is not a folder"),
    (("eval", NOTE, "--dat", "2019-08-26"), "--dat"),
    (("explain", NOTE), "which answer"),
    (("explain", NOTE, "alowed_shares"), "did you mean `allowed_shares`?"),
    (("check", "nope.terms"), "there is no file"),
    (("check", "engine"), "holds no"),
    (("fmt", "LICENSE"), "neither a note nor a ledger"),
    (("show", NOTE), "required"),
]


@pytest.mark.parametrize(("words", "told"), MISUSED)
def test_what_cannot_be_meant_is_usage(terms, words, told):
    """Exit 2, with what to write instead, and nothing on the output."""
    ran = terms(*words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_findings_in_a_file_are_told_together(terms, tmp_path):
    """Exit 1, every finding with its place."""
    note = tmp_path / "wrong.terms"
    note.write_text("maturty: 2020-02-22\nprincipal: 5\n", "utf-8")
    for command in ("eval", "check", "fmt"):
        ran = terms(command, str(note))
        assert ran.code == (0 if command == "fmt" else 1)
    ran = terms("check", str(note))
    assert "did you mean `maturity`?" in ran.err
    assert f"{note}:2:" in ran.err


def test_an_unknown_answer_that_was_asked_for_is_4(terms):
    """And 0 where nobody asked for it, or the answer is a refusal."""
    words = ("eval", NOTE, "--date", "2019-08-26", "--facts", "none")
    assert terms(*words, "--ask", "principal,allowed_shares").code == 4
    _, note, *options = words
    assert terms("explain", note, "allowed_shares", *options).code == 4
    assert terms("explain", note, "principal", *options).code == 0
    assert terms(*words, "--ask", "principal").code == 0
    assert terms(*words).code == 0
    assert terms(*words, "--ask", "prepayment").code == 0


def test_a_reading_that_the_note_takes_anyway_changes_nothing(terms):
    words = ("eval", NOTE, "--date", "2019-08-26", "--json")
    assert terms(*words, "--reading", "conversion.retires=interest first").out == terms(*words).out


def test_left_out_the_day_is_today_and_the_facts_are_beside_the_note(terms):
    """`NAME.facts` beside `NAME.terms`; `--facts none` ignores it."""
    from datetime import date

    said = terms("eval", NOTE, "--json").json
    assert (said["date"], said["facts"]) == (str(date.today()), "examples/gs-capital.facts")
    assert terms("eval", NOTE, "--facts", "none", "--json").json["facts"] is None


def test_a_full_disk_is_told(terms):
    """No traceback where the output cannot be written."""
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full here")
    words = [sys.executable, "-m", "tenor.terms.cli", "eval", NOTE, "--date", "2019-08-26", "--facts", "none"]
    with open("/dev/full", "w") as full:
        ran = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr


def test_a_closed_pipe_is_quiet():
    """`terms eval … | head -1`."""
    words = f"{sys.executable} -m tenor.terms.cli eval {NOTE} --date 2019-08-26 --json --trace | head -1"
    ran = subprocess.run(words, shell=True, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("{\n", "")


def test_output_that_is_piped_has_no_escape_codes(terms):
    """Nor control characters of any kind."""
    for words in (("eval", NOTE), ("explain", NOTE, "owed"), ("show", NOTE, "--model")):
        out = terms(*words, "--date", "2019-08-26").out
        assert all(char == "\n" or char.isprintable() for char in out)


def test_a_narrow_encoding_fails_nothing():
    """`×` on an output that has no such letter."""
    words = [sys.executable, "-m", "tenor.terms.cli", "eval", NOTE, "--date", "2019-08-26"]
    ran = subprocess.run(words, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_an_answer_as_data_loads_no_rendering():
    """A start pays for what its command needs."""
    code = (
        "import sys; from tenor.terms.cli import main;"
        f"main(['eval', '{NOTE}', '--date', '2019-08-26', '--json', '--ask', 'owed']);"
        "print([m for m in ('rich', 'lark', 'pathlib', 'decimal') if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    found = ran.stderr.strip()
    assert "rich" not in found
    assert "lark" not in found


def test_a_fault_of_the_program_is_no_traceback(monkeypatch, capsys):
    """Whatever goes wrong inside, a user reads one line of what it is and one of what to do."""
    from tenor.terms.cli import asking, main

    def broken(*_):
        raise ZeroDivisionError("by design")

    monkeypatch.delenv("TENOR_TRACEBACK", raising=False)
    monkeypatch.setattr(asking, "load", broken)
    assert main(["eval", "examples/gs-capital.terms"]) == 70
    told = capsys.readouterr().err
    assert told.startswith("terms: a fault of the program, not of your files: ZeroDivisionError: by design")
    assert "Traceback" not in told
