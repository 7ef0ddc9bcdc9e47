"""Runs: however a book is made, stopped and taken up again, the same bytes stand under its name, or none do."""

import fcntl
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from attrs import evolve
from book.in_parts import ASK, DAYS, NOTES, NOTES_A_PART, PARTS, write
from book.written import write_folder

from tenor.terms import load_book
from tenor.terms.book import running, starting
from tenor.terms.book.parts import Piece
from tenor.terms.book.question import Inputs
from tenor.terms.book.running import write_book
from tenor.terms.book.trouble import Misfit, Stopped, Unaskable

# What a run does, as a program of its own that may be killed; it prints the notes of each part that it has made, and
# then waits to be told to go on.
PROGRAM = f"""
import signal
import sys
from attrs import evolve
from tenor.terms import load_book
from tenor.terms.book.running import write_book

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs, as tests may be, ignore it
    folder, out, processes = sys.argv[1:4]
    book = load_book(folder)
    question = evolve(book.question({DAYS}, {list(ASK)}), rows_max={NOTES_A_PART * len(DAYS)})

    def made(notes):
        print(notes, flush=True)
        sys.stdin.readline()

    try:
        done = write_book(question, out, book.members, int(processes), None, made)
    except BaseException as trouble:
        print(f"{{type(trouble).__name__}}: {{trouble}}")
        raise SystemExit(1)
    print("kept", done.kept)
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("program") / "write.py"
    path.write_text(PROGRAM)
    return path


def started(program: Path, folder: Path, out: Path, processes: int = 1, parts: int = PARTS) -> subprocess.Popen[str]:
    """A run that waits when it has made so many parts, so that it does not end before it is stopped."""
    command = [sys.executable, str(program), str(folder), str(out), str(processes)]
    pipe = subprocess.PIPE
    run = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True)
    assert run.stdin is not None
    run.stdin.write("\n" * parts)
    run.stdin.flush()
    return run


def lines(run: subprocess.Popen[str]) -> Iterator[str]:
    assert run.stdout is not None
    return iter(run.stdout)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".csv"])
def test_the_bytes_do_not_tell_how_many_processes_made_them(folder: Path, tmp_path: Path, suffix: str):
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    assert write(folder, one).parts == PARTS
    assert write(folder, two, processes=2).parts == PARTS
    assert one.read_bytes() == two.read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == [one.name, two.name]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_run_killed_at_any_moment_goes_on(folder: Path, program: Path, tmp_path: Path, whole: bytes, processes: int):
    """Nothing stands under the name until the file is whole; what was done is not done again."""
    out, chance = tmp_path / "book.parquet", random.Random(processes)
    seen = 0
    for _ in range(3):
        run = started(program, folder, out, processes, parts=5)
        for made, _line in enumerate(lines(run)):
            if made > chance.randrange(3):
                break
        time.sleep(chance.random() / 50)
        run.kill()
        run.communicate()
        assert not out.exists()
        done = len(list((tmp_path / "book.parquet.parts").glob("part-0*.parquet")))
        assert done >= seen
        seen = done
    last = started(program, folder, out, processes).communicate()[0].splitlines()
    kept = int(last[-1].removeprefix("kept "))
    assert 0 < seen <= kept <= PARTS
    assert out.read_bytes() == whole
    assert [each.name for each in tmp_path.iterdir()] == ["book.parquet"]


@pytest.mark.parametrize("processes", [1, 2])
def test_an_interruption_says_how_to_go_on(folder: Path, program: Path, tmp_path: Path, processes: int):
    """Ctrl-C leaves whole parts, no file, and no process."""
    run = started(program, folder, tmp_path / "book.parquet", processes, parts=3)
    next(lines(run))
    next(lines(run))
    run.send_signal(signal.SIGINT)
    said = run.communicate()[0]
    assert run.returncode == 1
    assert f"of {PARTS} parts are done: run the same command again to go on" in said.splitlines()[-1]
    assert not (tmp_path / "book.parquet").exists()


def test_an_interruption_while_threads_start_leaves_none_waiting(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """It may come as soon as the thread is there that joins the parts, before anything else knows of it."""
    told = []

    class Told(SimpleQueue):
        def get(self, *_: object) -> object:
            told.append(super().get(timeout=20))  # `Empty` where nobody tells the thread anything
            return told[-1]

    class Interrupted(ThreadPoolExecutor):
        def submit(self, *work: Any) -> Any:
            super().submit(*work)
            raise KeyboardInterrupt

    monkeypatch.setattr(running, "SimpleQueue", Told)
    monkeypatch.setattr(running, "ThreadPoolExecutor", Interrupted)
    book = load_book(folder)
    with pytest.raises(KeyboardInterrupt):
        write_book(book.question(DAYS, ASK), str(tmp_path / "book.parquet"), book.members)
    assert [type(each) for each in told] == [Stopped]


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_what_was_written_before_an_interruption_is_the_beginning(folder: Path, tmp_path: Path, suffix: str):
    """Nothing else is written where bodies of parts stand, or may come to stand."""
    out = tmp_path / f"book{suffix}"

    told = iter(range(PARTS))

    def interrupted(notes: int) -> None:
        if next(told) % 4 == 3:
            raise KeyboardInterrupt

    book = load_book(folder)
    question = evolve(book.question(DAYS, ASK), rows_max=NOTES_A_PART * len(DAYS))
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            write_book(question, str(out), book.members, progress=interrupted)
    (begun,) = [path.read_bytes() for path in out.with_name(f"{out.name}.parts").glob("part-whole-*")]
    assert write_book(question, str(out), book.members).kept >= 9
    assert len(begun) > 0
    assert out.read_bytes().startswith(begun)


def test_a_killed_helper_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever runs out of memory is killed; what the others have done is kept."""
    process = starting._process
    helpers: list[subprocess.Popen[bytes]] = []

    def kept(*given: int) -> "subprocess.Popen[bytes]":
        helpers.append(process(*given))
        return helpers[-1]

    def kill(notes: int) -> None:
        if helpers:
            helpers[0].kill()
            helpers[0].wait()

    monkeypatch.setattr(starting, "_process", kept)
    book = load_book(folder)
    question = evolve(book.question(DAYS, ASK), rows_max=NOTES_A_PART * len(DAYS))
    with pytest.raises(Stopped, match="a process that worked on the book was killed"):
        write_book(question, str(tmp_path / "book.parquet"), book.members, processes=2, progress=kill)
    assert len(helpers) == 1
    assert write(folder, tmp_path / "book.parquet", processes=2).kept >= 1


def test_trouble_while_parts_are_joined_ends_the_run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """At the next part, and not after all of them."""
    made: list[int] = []

    def join(parts: Iterator[Piece], *_: object) -> None:
        raise Stopped(f"`{next(parts).path}` is no Parquet file")

    def progress(notes: int) -> None:
        made.append(notes)
        time.sleep(0.05)  # in which the thread that joins fails

    chosen = evolve(running.format_of("book.parquet"), join=join)
    monkeypatch.setattr(running, "format_of", lambda out: chosen)
    book = load_book(folder)
    question = evolve(book.question(DAYS, ASK), rows_max=NOTES_A_PART * len(DAYS))
    with pytest.raises(Stopped, match="is no Parquet file"):
        write_book(question, str(tmp_path / "book.parquet"), book.members, progress=progress)
    assert sum(made) < NOTES


def test_parts_of_another_question_are_dropped(folder: Path, tmp_path: Path, program: Path):
    """Other dates, or a note that has changed since: what was done answers something else."""
    out = tmp_path / "book.parquet"
    notes = write_folder(tmp_path / "notes", NOTES)
    run = started(program, notes, out, parts=3)
    next(lines(run))
    next(lines(run))
    run.kill()
    run.communicate()
    late = (notes / "note-048.terms").read_text().replace("48,000.00", "49,000.00")
    (notes / "note-048.terms").write_text(late)
    done = write(notes, out)
    assert (done.kept, done.dropped) == (0, "notes or facts")
    fresh = tmp_path / "fresh.parquet"
    write(notes, fresh)
    assert out.read_bytes() == fresh.read_bytes()


def test_two_runs_do_not_write_one_file(folder: Path, tmp_path: Path):
    out = tmp_path / "book.parquet"
    (tmp_path / "book.parquet.parts").mkdir()
    with open(tmp_path / "book.parquet.parts/lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Unaskable, match="another run is writing"):
            write(folder, out)
    assert write(folder, out).kept == 0


def test_what_is_no_plain_file_is_not_replaced(folder: Path, tmp_path: Path):
    """It is said before anything is reckoned, not after an hour."""
    (tmp_path / "link.parquet").symlink_to("elsewhere")
    (tmp_path / "folder.parquet").mkdir()
    for name, why in (("link.parquet", "it is a link"), ("folder.parquet", "it is a folder")):
        with pytest.raises(Stopped, match=why):
            write(folder, tmp_path / name)
    with pytest.raises(Unaskable, match=f"`{tmp_path}/nowhere`, where the output is to stand, is no folder"):
        write(folder, tmp_path / "nowhere" / "book.parquet")
    assert not (tmp_path / "nowhere").exists()


def test_a_figure_without_room_names_its_note_and_date(tmp_path: Path):
    """USD 9,007,199,254,740,993,000 has 21 digits with its cents: there is room for it where it is asked for."""
    notes = write_folder(tmp_path / "notes", 1)
    path = notes / "note-001.terms"
    path.write_text(path.read_text().replace("USD 1,000.00", "USD 9,007,199,254,740,993,000.00"))
    book = load_book(notes)
    with pytest.raises(Misfit) as raised:
        book.write(tmp_path / "book.parquet", ["2019-01-02"], ["principal"])
    message = f"`principal` of {path} on 2019-01-02 has too many digits for its column"
    assert raised.value.message == message
    book.write(tmp_path / "book.csv", ["2019-01-02"], ["principal"], wide=True)
    assert "9007199254740993000.00" in (tmp_path / "book.csv").read_text()


def test_a_book_may_lie_beside_its_notes(tmp_path: Path, program: Path):
    """The file and its parts are no inputs, so a killed run is taken up there too."""
    notes = write_folder(tmp_path, NOTES)
    run = started(program, notes, notes / "book.csv", parts=3)
    next(lines(run))
    next(lines(run))
    run.kill()
    run.communicate()
    assert write(notes, notes / "book.csv").kept > 0
    (notes / "book.csv").unlink()


def test_a_row_without_room_names_its_line(tmp_path: Path):
    """USD 9,007,199,254,740,993,000 again, now as a row of a table."""
    notes = write_folder(tmp_path / "notes", 1)
    (tmp_path / "rows.csv").write_text("note,principal [USD]\nA,5.00\nB,9007199254740993000.00\n")
    book = load_book(tmp_path / "rows.csv", notes / "note-001.terms")
    with pytest.raises(Misfit, match=r"`principal` of .*rows\.csv line 3 on 2019-01-02 has too many digits"):
        book.write(tmp_path / "book.parquet", ["2019-01-02"], ["principal"])


def test_the_file_to_be_is_no_input_of_its_question(folder: Path, tmp_path: Path):
    """Where it lies among the notes its time of change says nothing of them."""
    notes = write_folder(tmp_path / "notes", 1)
    out = notes / "book.csv"
    question = load_book(notes).question(DAYS, ASK)
    before = question.described((), str(out))
    out.write_text("an earlier run's")
    assert question.described((), str(out)) == before != question.described((), "")


def test_an_earlier_file_gives_way_to_the_new_one(folder: Path, tmp_path: Path, whole: bytes):
    out = tmp_path / "book.parquet"
    write(folder, out, days=["2019-03-04"])
    assert out.read_bytes() != whole
    write(folder, out)
    assert out.read_bytes() == whole


def test_the_output_takes_no_input_away(folder: Path, tmp_path: Path):
    """Also under another spelling of its path."""
    table = tmp_path / "notes.csv"
    table.write_text("kept")
    book = load_book(folder)
    question = evolve(book.question(DAYS, ASK), inputs=Inputs((str(table),)))
    with pytest.raises(Unaskable, match="is what the book is made from"):
        write_book(question, f"{tmp_path}/../{tmp_path.name}/notes.csv", book.members)
    assert table.read_text() == "kept"
