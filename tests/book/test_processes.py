"""Processes that share a book: what they take, what they tell, and what becomes of the book when one ends."""

import errno
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.book import helper, pool, program, starting
from tenor.terms.book.claims import BYTES, Claims, taken
from tenor.terms.book.formats import FORMATS
from tenor.terms.book.helper import help_on
from tenor.terms.book.parts import Parts
from tenor.terms.book.program import WORTH, cores, own_core, processes_for
from tenor.terms.book.starting import Helpers, started
from tenor.terms.book.tally import Tally
from tenor.terms.book.trouble import Stopped, Unaskable


@pytest.fixture
def claims() -> Iterator[Claims]:
    made = Claims()
    yield made
    made.close()


NUMBERS = [(), (7,), tuple(range(10)), (0, 1, 2, 5, 6, 9), tuple(range(100_000))]  # the last: more than a pipe holds


@pytest.mark.parametrize("numbers", NUMBERS, ids=len)
@pytest.mark.parametrize("takers", [1, 3])
def test_each_number_is_taken_once(claims: Claims, numbers: Sequence[int], takers: int) -> None:
    """Whoever takes it, while the rest is still offered."""
    claims.offer(numbers, takers)
    with ThreadPoolExecutor(takers) as threads:
        taking = [threads.submit(list, taken(claims.reader)) for _ in range(takers)]
        while not all(each.done() for each in taking):
            claims.go_on()
    found = [each.result() for each in taking]
    assert sorted(number for each in found for number in each) == list(numbers)
    assert all(each == sorted(each) for each in found)


def test_the_last_are_taken_one_by_one(claims: Claims) -> None:
    """So that nobody is long at work when all others have ended: 20 parts by two are 5, 3, 3, 2, 1 and so on."""
    claims.offer(range(20), 2)
    steps = []
    while few := os.read(claims.reader, BYTES):
        steps.append(int.from_bytes(few[4:], "little"))
    assert steps == [5, 3, 3, 2, *[1] * 7]  # each a quarter of what is left: of 20, 15, 12, 9, 7


def test_nothing_is_taken_where_nothing_was_offered() -> None:
    """As when a run ends before it begins."""
    claims = Claims()
    reader = os.dup(claims.reader)
    claims.close()
    assert list(taken(reader)) == []
    os.close(reader)


TROUBLES = [
    (NoteErrors(()), Stopped),
    (OSError(errno.ENOSPC, "no space left on device"), OSError),
    (Unaskable("no", "help"), Unaskable),
    (ZeroDivisionError("by design"), RuntimeError),
]


class Opened:
    """Inputs that are wrong, or that hold nothing."""

    def __init__(self, raised: Exception | None = None) -> None:
        self.raised = raised

    def members(self) -> Any:
        if self.raised is not None:
            raise self.raised
        return None


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        yield ours, theirs


@pytest.mark.parametrize(("raised", "told"), TROUBLES, ids=[type(raised).__name__ for raised, _ in TROUBLES])
def test_what_goes_wrong_in_a_helper_reaches_the_one_that_started_it(
    ends: tuple[Connection, Connection], claims: Claims, raised: Exception, told: type[Exception]
) -> None:
    """As what it was; a fault of the program with its traceback as a note."""
    ours, theirs = ends
    ours.send(Opened(raised))
    help_on(theirs, claims.reader)
    with pytest.raises(told) as received:
        pool._received(ours)
    if told is RuntimeError:
        assert str(received.value) == "ZeroDivisionError: by design"


def test_a_helper_opens_and_makes_what_it_takes(
    ends: tuple[Connection, Connection], claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells of each part, and says when there are no more."""
    ours, theirs = ends
    work = SimpleNamespace(part=made_of, format=FORMATS[1], question=None)  # Arrow files have no head
    monkeypatch.setattr(helper, "work_on", lambda *_: work)
    monkeypatch.setattr(Parts, "save", lambda *_: None)
    ours.send(Opened())
    ours.send(("question", Parts("", "", "", ".csv"), [range(2), range(2, 5)]))
    claims.offer([0, 1])
    help_on(theirs, claims.reader)
    assert [ours.recv(), ours.recv(), ours.recv()] == [(0, Tally(2, 2)), (1, Tally(3, 3)), None]


def made_of(notes: range) -> tuple[bytes, Tally]:
    return b"", Tally(len(notes), len(notes))


def test_a_helper_whose_program_has_ended_makes_no_more(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though there are parts to take."""
    ours, theirs = multiprocessing.Pipe()
    monkeypatch.setattr(helper, "work_on", lambda *_: SimpleNamespace(part=pytest.fail, format=FORMATS[1]))
    ours.send(Opened())
    ours.send(("question", Parts("", "", "", ".csv"), [range(2)]))
    ours.close()
    claims.offer([0])
    help_on(theirs, claims.reader)
    theirs.close()


def test_a_helper_that_nobody_needs_ends_quietly(claims: Claims) -> None:
    """The program that started it has gone before it said anything, or before it could be told of trouble."""
    for said in ([], [Opened(OSError("nobody"))]):
        ours, theirs = multiprocessing.Pipe()
        for each in said:
            ours.send(each)
        ours.close()
        help_on(theirs, claims.reader)
        theirs.close()


def test_a_helper_that_is_gone_stops_the_book(ends: tuple[Connection, Connection], claims: Claims) -> None:
    """Whether it is to be told something, or is waited for."""
    ours, theirs = ends
    theirs.close()
    with pytest.raises(Stopped, match="was killed"):
        pool.open_too(Helpers((ours,), claims), Opened())  # type: ignore[arg-type]  # never looked at
    with pytest.raises(Stopped, match="was killed"):
        list(pool._heard([ours], patient=True))


def test_a_helper_that_has_nothing_left_to_do_is_no_longer_heard(ends: tuple[Connection, Connection]) -> None:
    """Its connection ends, and with it the process."""
    ours, theirs = ends
    at_work = [ours]
    for said in ((3, Tally(1)), None):
        theirs.send(said)
        assert list(pool._heard(at_work, patient=True)) == ([] if said is None else [said])
    assert (at_work, ours.closed) == ([], True)


def test_a_helper_that_cannot_be_started_stops_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it had been killed: nobody waits for it."""

    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "too many processes")

    monkeypatch.setattr(starting, "Popen", refuse)
    with started(2) as helpers, pytest.raises(Stopped, match="was killed"):
        pool.open_too(helpers, Opened())  # type: ignore[arg-type]  # never looked at


def test_helpers_end_with_what_started_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even those that were told nothing."""
    process, found = starting._process, []

    def kept(*given: int) -> Any:
        found.append(process(*given))
        return found[-1]

    monkeypatch.setattr(starting, "_process", kept)
    with started(2) as helpers:
        assert [each.poll() for each in found] == [None, None]
    assert all(each.closed for each in helpers.connections)
    assert None not in [each.poll() for each in found]


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not say which cores a process has")
def test_a_process_has_a_core_of_its_own_where_a_run_takes_them_all() -> None:
    """And all of them again afterwards; a run with fewer or more processes leaves them where they are."""
    cores = sorted(os.sched_getaffinity(0))
    for place, core in enumerate(cores):
        with own_core(place, len(cores)):
            assert os.sched_getaffinity(0) == {core}
        assert sorted(os.sched_getaffinity(0)) == cores
    for processes in (len(cores) - 1, len(cores) + 1):
        with own_core(0, processes):
            assert sorted(os.sched_getaffinity(0)) == cores


def test_large_tables_are_worth_a_process_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there are cores; what is no table, or is not there, is worth none."""
    monkeypatch.setattr(program, "cores", lambda: 4)
    for name, size in (("notes.parquet", 1), ("facts/bids.csv", WORTH), ("facts/note.facts", 9 * WORTH)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size)
    paths = [str(tmp_path / name) for name in ("notes.parquet", "facts", "nothing.csv", "notes")]
    assert [processes_for(paths[:count]) for count in range(5)] == [1, 1, 1, 1, 1]
    (tmp_path / "facts" / "levels.parquet").write_bytes(b"1")
    assert processes_for(paths) == 1
    os.truncate(tmp_path / "notes.parquet", 2 * WORTH)
    assert processes_for(paths) == 3
    os.truncate(tmp_path / "notes.parquet", 9 * WORTH)
    assert processes_for(paths) == 4
    assert cores() >= 1
