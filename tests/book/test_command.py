"""`terms book`: what it prints, its exit codes, and messages with a next step."""

import os
import re
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from book.written import write_folder

from tenor.terms.book import program, question, starting
from tenor.terms.cli import book_command, main

ROOT = Path(__file__).parents[2]
WANTED = ("--dates", "2019-03-04,2019-03-05", "--ask", "owed,conversion_price")

Book = Callable[..., tuple[int, str, str]]


@pytest.fixture
def book(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The command on four notes, writing `book.parquet`: its exit code, its output and its findings."""
    write_folder(tmp_path / "notes", 4)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(("book", *words))
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return run


def test_the_summary_counts_what_is_known_and_why_the_rest_is_not(book: Book):
    code, out, err = book("notes", *WANTED, "--out", "book.parquet")
    assert (code, err) == (0, "")
    assert "4 notes on 2 dates, 2019-03-04 to 2019-03-05: 8 rows" in out
    assert re.search(r"owed +8 known", out)
    assert re.search(r"conversion_price +4 known\n +unknown: closing bid: 4 rows", out)
    assert pq.read_table("book.parquet").num_rows == 8


def test_a_note_that_fails_is_told_and_the_others_are_answered(book: Book):
    """The code says that something was found; the file is there all the same."""
    wrong = Path("notes/note-002.terms")
    wrong.write_text(wrong.read_text().replace("day_count", "daycount"))
    code, out, err = book("notes", *WANTED, "--out", "book.parquet")
    assert code == 1
    assert "error[E104]: unknown field `daycount` in `interest`\n  --> notes/note-002.terms:10:3" in err
    assert "1 note: their rows have no answers" in out
    assert re.search(r"owed +6 known\n +failed: E104: 2 rows", out)
    assert pq.read_table("book.parquet")["owed"].null_count == 2


def test_both_paths_write_the_same_bytes(book: Book):
    assert book("notes", *WANTED, "--path", "exact", "--out", "exact.parquet")[0] == 0
    assert book("notes", *WANTED, "--path", "fast", "--out", "fast.parquet")[0] == 0
    assert Path("exact.parquet").read_bytes() == Path("fast.parquet").read_bytes()


TABLE = """note,principal [USD],interest [% per year]
first,1000.00,10
second,-5.00,10
third,2000.00,7.3
"""


def test_the_rows_of_a_table_are_notes_of_a_template(book: Book, monkeypatch: pytest.MonkeyPatch):
    """A row that makes no valid note is told by its line; the others are answered, by however many processes."""
    Path("table.csv").write_text(TABLE)
    template = ("table.csv", "--template", "notes/note-001.terms", "--dates", "2019-03-05", "--ask", "owed")
    code, out, err = book(*template, "--out", "one.csv")
    assert code == 1
    assert "table.csv:3" in err
    assert "-5.00" in err
    assert "1 note: their rows have no answers" in out
    rows = [line.split(",") for line in Path("one.csv").read_text().replace('"', "").splitlines()[1:]]
    assert [row[0] for row in rows] == ["first", "second", "third"]
    # 62 days: 1,000 × 10 % × 62/365 = 16.986…, 2,000 × 7.3 % × 62/365 = 24.80
    assert [row[3] for row in rows] == ["1016.99", "", "2024.80"]
    assert rows[1][4].startswith("failed: E")
    book(*template, "--processes", "2", "--out", "two.csv")
    assert Path("one.csv").read_bytes() == Path("two.csv").read_bytes()
    monkeypatch.setattr(program, "WORTH", 1)  # byte of the table, for a process
    book(*template, "--out", "all.csv")
    assert Path("one.csv").read_bytes() == Path("all.csv").read_bytes()


def test_no_more_processes_are_started_than_there_is_work_for(book: Book, monkeypatch: pytest.MonkeyPatch):
    """One part is made by one process, however many were asked for; two by two, where there are as many cores."""
    started: list[int] = []
    process = starting._process

    def counted(*given: int) -> "subprocess.Popen[bytes]":
        started.append(given[2])
        return process(*given)

    monkeypatch.setattr(starting, "_process", counted)
    monkeypatch.setattr(program, "cores", lambda: 2)
    for asked, helping in (("200", []), ("3", []), ("2", [1])):
        assert book("notes", *WANTED, "--processes", asked, "--out", f"{asked}.csv")[0] == 0
        assert started == helping
    monkeypatch.setattr(question, "NOTES_MAX", 1)  # in a part, of the four of the book
    assert book("notes", *WANTED, "--processes", "200", "--out", "4.csv")[0] == 0
    assert started == [1, 1, 2, 3]
    assert len({Path(f"{asked}.csv").read_bytes() for asked in (2, 3, 4, 200)}) == 1


def test_files_and_tables_make_one_book(book: Book):
    """In the order in which they are named; no part has notes of both."""
    Path("table.csv").write_text(TABLE.replace("-5.00", "5.00"))
    words = ("notes", "table.csv", "--template", "notes/note-001.terms", "--dates", "2019-03-05", "--ask", "owed")
    assert book(*words, "--out", "book.parquet")[0] == 0
    table = pq.read_table("book.parquet")
    assert table["note"].to_pylist() == [*(f"note-00{n}" for n in (1, 2, 3, 4)), "first", "second", "third"]
    assert table["owed"].null_count == 0


def test_facts_of_no_note_are_told(book: Book):
    """A misspelt name in a table of facts is nobody's, and does not pass in silence."""
    Path("facts").mkdir()
    Path("facts/bids.csv").write_text(
        "note,date,closing bid [USD per share]\nnote-001,2019-03-04,0.02\nnote-999,2019-03-04,0.02\n"
    )
    code, out, _ = book("notes", "--facts", "facts", *WANTED, "--out", "book.parquet")
    assert code == 0
    assert "facts/bids.csv: 1 of its notes are not in the book: `note-999`" in out


def test_a_figure_without_room_is_told(book: Book):
    """USD 9,007,199,254,740,993,000 has 21 digits with its cents, and its column has room for 18."""
    path = Path("notes/note-001.terms")
    path.write_text(path.read_text().replace("USD 1,000.00", "USD 9,007,199,254,740,993,000.00"))
    code, out, err = book("notes", "--dates", "2019-01-02", "--ask", "principal", "--out", "book.parquet")
    assert (code, out) == (1, "")
    message = "`principal` of notes/note-001.terms on 2019-01-02 has too many digits for its column"
    assert err == f"terms: {message}\n  help: ask with `--wide`, which has room for 38 digits\n"
    assert not Path("book.parquet").exists()


def test_a_module_of_our_own_that_is_missing_is_a_fault(monkeypatch: pytest.MonkeyPatch):
    """Only what an extra installs is offered for installing."""

    def fails(arguments: object) -> int:
        raise ModuleNotFoundError("gone", name="tenor.gone")

    monkeypatch.setattr(book_command, "_run", fails)
    with pytest.raises(ModuleNotFoundError, match="gone"):
        book_command.run(Namespace(), date(2019, 3, 5))


MISUSED = [
    (("notes", "--ask", "owed", "--out", "b.csv"), "--dates"),
    (("notes", *WANTED), "--out"),
    (("notes", *WANTED, "--out", "b.xlsx"), "end its name in one of `.parquet`, `.arrow`, `.csv`"),
    (("notes", "--dates", "2019-03-05", "--ask", "owd", "--out", "b.csv"), "did you mean `owed`?"),
    (("notes", "--dates", "2019-03-05", "--ask", ",", "--out", "b.csv"), "nothing is asked"),
    (("notes", "--dates", "2019-02-30", "--ask", "owed", "--out", "b.csv"), "`2019-02-30` is no day"),
    (("notes", "--dates", "2027-12-30..2028-01-05", "--ask", "owed", "--out", "b.csv"), "not on 2028-01-05"),
    (("notes", *WANTED, "--out", "b.csv", "--calendar", "LSE"), "write one of NYSE"),
    (("notes", *WANTED, "--out", "b.csv", "--processes", "-1"), "write 1 or more"),
    (("notes", *WANTED, "--out", "b.csv", "--processes", "two"), "`two` is no whole number"),
    (("notes", *WANTED, "--out", "b.csv", "--on", "spark"), "write `--on dask`"),
    (("notes", *WANTED, "--out", "b.csv", "--path", "quick"), "choose from"),
    (
        ("notes", *WANTED, "--out", "nowhere/b.csv"),
        "`nowhere`, where the output is to stand, is no folder\n  help: make it",
    ),
    (
        ("notes", *WANTED, "--out", "notes/bids.csv/b.csv"),
        "`notes/bids.csv`, where the output is to stand, is no folder",
    ),
    (("notes", *WANTED, "--out", "notes"), "does not say in which format"),
]


@pytest.mark.parametrize(("words", "said"), MISUSED)
def test_what_cannot_be_meant_is_said(book: Book, words: tuple[str, ...], said: str):
    """The code is 2, the message has a next step, and nothing is written."""
    code, out, err = book(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert sorted(each.name for each in Path().iterdir()) == ["notes"]


@pytest.mark.parametrize(
    ("package", "extra", "more"), [("pyarrow", "book", ()), ("distributed", "dask", ("--on", "dask"))]
)
def test_an_extra_that_is_missing_is_named(
    book: Book, monkeypatch: pytest.MonkeyPatch, package: str, extra: str, more: tuple[str, ...]
):
    """Nobody is shown an import that failed."""
    for name in [name for name in sys.modules if name.startswith(("tenor.terms.book.", f"{package}."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    code, _, err = book("notes", *WANTED, "--out", "book.parquet", *more)
    assert code == 2
    assert err == f"terms: `{package}` is not installed\n  help: pip install 'tenor[{extra}]'\n"


def test_a_request_to_end_is_an_interruption(tmp_path: Path):
    """SIGTERM, as the system sends it at a shutdown: code 143, whole parts, and no file."""
    write_folder(tmp_path / "notes", 300)
    command = [sys.executable, "-m", "tenor.terms.cli", "book", "notes", "--dates", "2019-01-02..2019-12-31"]
    command += ["--ask", "owed", "--path", "exact", "--out", "book.parquet"]
    run = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not list(tmp_path.glob("book.parquet.parts/part-*.parquet")) and run.poll() is None:
        os.sched_yield()
    run.send_signal(signal.SIGTERM)
    _, err = run.communicate()
    assert run.returncode == 143
    assert re.fullmatch(r"terms: interrupted; \d+ of 16 parts are done: run the same command again to go on\n", err)
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".parquet"] == []


STARTED = "import sys; from tenor.__main__ import main; print('on', flush=True); sys.exit(main())"


@pytest.mark.parametrize("milliseconds", [1, 40, 80, 150, 250, 400])
def test_ctrl_c_has_no_traceback_however_early(tmp_path: Path, milliseconds: int):
    """While the program loads, and while what it starts processes from does: a terminal interrupts all of them."""
    write_folder(tmp_path / "notes", 4)
    command = [sys.executable, "-c", STARTED, "book", "notes", *WANTED, "--processes", "2", "--out", "book.parquet"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "on\n"
    time.sleep(milliseconds / 1000)
    os.killpg(run.pid, signal.SIGINT)
    _, err = run.communicate()
    if run.returncode == -signal.SIGINT:  # all was done, and Python itself no longer listened
        assert (tmp_path / "book.parquet").exists()
    else:
        assert run.returncode in (0, 128 + signal.SIGINT)
    assert "Traceback" not in err


def test_a_terminal_is_shown_a_bar(book: Book, monkeypatch: pytest.MonkeyPatch):
    """And a file or a pipe is not."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    code, _, err = book("notes", *WANTED, "--out", "book.parquet")
    assert code == 0
    assert "notes" in err
    assert "/4" in err
