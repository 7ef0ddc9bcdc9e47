"""Saving: where the bytes of parts go, whoever makes them and in whatever order."""

import gc
import os
import weakref
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.terms.book import saving as module
from tenor.terms.book.formats import FORMATS, Bodies
from tenor.terms.book.parts import Parts, parts_of
from tenor.terms.book.placing import places
from tenor.terms.book.saving import saving
from tenor.terms.book.schema import DATE, NOTE, NOTES
from tenor.terms.book.tally import Tally
from tenor.terms.book.trouble import Stopped

SCHEMA = pa.schema([(NOTE, NOTES), (DATE, pa.date32())])
SUFFIXES = [each.suffix for each in FORMATS]


@pytest.fixture(autouse=True)
def one_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was asked; and a body of any size is worth waiting for its place."""
    monkeypatch.setattr(module, "schema_of", lambda question: SCHEMA)
    monkeypatch.setattr(module, "WORTH_WAITING", 0)


def working(suffix: str) -> Any:
    return SimpleNamespace(format=next(each for each in FORMATS if each.suffix == suffix), question=None)


def rows(index: int) -> pa.Table:
    """The rows of a part, and one part is longer than the other."""
    count = 1 + index * 7 % 5
    notes = pa.array([f"N-{index}"] * count).dictionary_encode().cast(NOTES)
    return pa.table([notes, [date(2019, 1, 1 + each) for each in range(count)]], schema=SCHEMA)


def book(folder: Path, suffix: str, makers: list[int], turns: list[int]) -> bytes:
    """The output where part i is made by the i-th of `makers`, each taking its parts in order, as these have turns."""
    work = working(suffix)
    left = {maker: [index for index, other in enumerate(makers) if other == maker] for maker in makers}
    told: list[int] = []
    with parts_of(str(folder / f"book{suffix}"), suffix, {}) as parts:
        with parts.joining() as file:
            with ExitStack() as ended:
                save = {
                    maker: ended.enter_context(saving(work, parts, lambda index, _: told.append(index)))
                    for maker in left
                }
                for maker in turns:
                    index = left[maker].pop(0)
                    save[maker](index, work.format.encoded(rows(index)), Tally(index))
            assert sorted(told) == list(range(len(makers)))
            assert [parts.tally(index) for index in range(len(makers))] == [
                Tally(index) for index in range(len(makers))
            ]
            work.format.join(map(parts.piece, range(len(makers))), SCHEMA, file)
        parts.remove()
    assert [each.name for each in folder.iterdir()] == [f"book{suffix}"]
    return (folder / f"book{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
def test_the_bytes_do_not_tell_who_made_which_part(tmp_path_factory: Any, suffix: str, data: st.DataObject) -> None:
    """Nor when: each takes its parts in their order, and none waits for the others."""
    makers = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=8))
    turns = data.draw(st.permutations(makers))
    alone = [0] * len(makers)
    one, several = (tmp_path_factory.mktemp("book") for _ in range(2))
    assert book(several, suffix, makers, turns) == book(one, suffix, alone, alone)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """Those of a Parquet file, whose whole is there."""
    found = Parts(str(tmp_path / "book.parquet"), str(tmp_path), "digest", ".parquet")
    Path(found.whole).write_bytes(b"")
    return found


def saved(parts: Parts, *indices: int) -> list[int]:
    """Save these, and say in which order they were saved."""
    told: list[int] = []
    work = working(parts.suffix)
    with saving(work, parts, lambda index, tally: told.append(index)) as save:
        for index in indices:
            save(index, work.format.encoded(rows(index)), Tally(1))
    return told


def test_a_body_is_written_once_where_its_place_is_known(parts: Parts) -> None:
    """The first, and each whose forerunners are made; the others are files of their own."""
    assert saved(parts, 0, 1, 3) == [0, 1, 3]
    first, second, fourth = (parts.piece(index) for index in (0, 1, 3))
    assert (first.at, second.at, fourth.at) == (4, 4 + first.length, None)
    assert os.path.getsize(parts.whole) == 4 + first.length + second.length
    assert saved(parts, 2) == [2]
    assert parts.piece(2).at == 4 + first.length + second.length


def test_a_large_body_waits_for_its_place(parts: Parts) -> None:
    """Until the parts before it are made; it need not be the next of its own process."""
    with saving(working(parts.suffix), parts, lambda *_: None) as save:
        encoded = working(parts.suffix).format.encoded
        save(1, encoded(rows(1)), Tally(1))
        save(3, encoded(rows(3)), Tally(1))
        assert saved(parts, 0, 2) == [0, 2]  # by another process
        save(4, encoded(rows(4)), Tally(1))
    ends = [4, *(piece.at + piece.length for piece in map(parts.piece, range(5)) if piece.at is not None)]
    assert [parts.piece(index).at for index in range(5)] == ends[:5]


@pytest.mark.parametrize(("least", "most"), [(1 << 20, 1 << 26), (0, 0)], ids=["small", "too much waits"])
def test_what_is_not_worth_waiting_is_a_file(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, least: int, most: int
) -> None:
    monkeypatch.setattr(module, "WORTH_WAITING", least)
    monkeypatch.setattr(module, "WAITING_MAX", most)
    told: list[int] = []
    with saving(working(parts.suffix), parts, lambda index, tally: told.append(index)) as save:
        for index in (1, 2):
            save(index, working(parts.suffix).format.encoded(rows(index)), Tally(1))
            assert told[: index - 1] == list(range(1, index))
    assert [parts.piece(index).at for index in (1, 2)] == [None, None]


@pytest.mark.parametrize("more", [0, 1])
def test_a_part_that_cannot_be_saved_ends_the_run(parts: Parts, monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """When the next is to be saved, or at the end; and nothing keeps what the trouble passed through."""
    table = rows(0)
    kept = weakref.ref(table)

    def refuse(*_: Any) -> None:
        raise OSError("no room")

    def run(table: pa.Table) -> None:
        with saving(working(".parquet"), parts, lambda *_: pytest.fail("it is not saved")) as save:
            for index in range(1 + more):
                save(index, working(".parquet").format.encoded(table), Tally(1))

    monkeypatch.setattr(Parts, "save", refuse)
    gc.disable()
    try:
        with pytest.raises(OSError, match="no room"):
            run(table)
        del table
        assert kept() is None
    finally:
        gc.enable()


def test_what_waits_is_saved_though_the_run_ends_in_trouble(parts: Parts) -> None:
    """As when somebody presses Ctrl-C."""

    def run() -> None:
        with saving(working(parts.suffix), parts, lambda *_: None) as save:
            save(1, working(parts.suffix).format.encoded(rows(1)), Tally(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert parts.tally(1) == Tally(1)


def test_a_body_whose_whole_is_gone_is_made_again(parts: Parts) -> None:
    """Or is cut short, as by a disk that lost power."""
    saved(parts, 0, 1)
    os.truncate(parts.whole, parts.piece(0).length + 4)
    assert (parts.tally(0), parts.tally(1)) == (Tally(1), None)
    os.unlink(parts.whole)
    assert parts.tally(0) is None


def test_a_body_in_another_place_stops_the_book(parts: Parts) -> None:
    """As where somebody has mixed two folders."""
    saved(parts, 0, 1)
    with pytest.raises(Stopped, match="belongs to another place"), parts.joining() as file:
        working(parts.suffix).format.join([parts.piece(1)], SCHEMA, file)
    assert not os.path.exists(parts.out)


@given(st.lists(st.integers(0, 1 << 40), min_size=1, max_size=6), st.data())
def test_a_place_is_known_when_all_before_it_are(
    tmp_path_factory: Any, lengths: list[int], data: st.DataObject
) -> None:
    """It is the sum of the head and of their lengths, also where one of them has none."""
    folder = tmp_path_factory.mktemp("parts")
    parts = Parts(str(folder / "book.csv"), str(folder), "digest", ".csv")
    Path(parts.whole).write_bytes(b"")
    said: set[int] = set()
    bodies = Bodies(lambda schema: b"0123456789", lambda data: slice(0, len(data)))
    with places(parts, bodies, SCHEMA) as one, places(parts, bodies, SCHEMA) as other:
        for index in data.draw(st.permutations(range(len(lengths)))):
            one.say(index, lengths[index])
            said.add(index)
            if index == max(said):
                known = said >= set(range(index))
                assert other.of(index) == (10 + sum(lengths[:index]) if known else None)
