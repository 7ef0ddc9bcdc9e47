"""Books whose notes have facts of one kind each: what each kind costs, from Parquet to Parquet on one core.

Answers of some rows are held against a statement of the note, which takes the exact path.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.book_data import TEMPLATE
from benchmarks.book_tables import AT_ONCE, part_of_book, write_tables
from benchmarks.codec import ANSWERS
from benchmarks.from_files import YEAR
from benchmarks.measuring import ROOT, Table, in_processes, least

from tenor.terms.book.door import Book, load_book
from tenor.terms.book.exact import Exactly
from tenor.terms.book.member import Member
from tenor.terms.book.work import work_on

QUICK, SAMPLE = 1_000, 12
CONVERSIONS, MONTH = 4, 21  # sessions
Told = Callable[[Any, Any], Iterator[tuple[int, str]]]  # of a note: days and the lines of a ledger


def _split(draw: Any, dates: Any) -> Iterator[tuple[int, str]]:
    yield int(draw.choice(dates)), "split 1 for 100"


def _converted(draw: Any, dates: Any) -> Iterator[tuple[int, str]]:
    for day in sorted(draw.choice(dates, CONVERSIONS).tolist()):
        yield day, f"convert USD {draw.integers(100, 20_000)}.{draw.integers(10, 100)}"


def _default(draw: Any, dates: Any) -> Iterator[tuple[int, str]]:
    yield int(draw.choice(dates)), "bankruptcy"


NONE, COUNTED = "none", "shares outstanding and held, each month"
LINES: dict[str, Told] = {"a split": _split, "four conversions": _converted, "an event of default": _default}


def measure(rounds: int, quick: bool) -> None:
    """Seconds a row of each kind, as JSON; AssertionError where a sampled row is wrong."""
    size = QUICK if quick else 0
    with tempfile.TemporaryDirectory(prefix="book") as place:
        books = {kind: _book(folder) for kind, folder in _folders(Path(place), size or 4 * AT_ONCE * (rounds + 2))}
        works, rows = {}, {}
        for kind, book in books.items():
            question = book.question(YEAR, list(ANSWERS))
            ranges = question.parts(book.members)
            work = work_on(question, ".parquet", book.members)
            _check(book, ranges[0], pq.read_table(pa.BufferReader(work.part(ranges[0])[0])), question.dates)
            rows[kind] = len(ranges[0]) * len(question.dates)
            others = iter(ranges[1:-1] or ranges * (rounds + 1))
            works[kind] = lambda work=work, others=others: work.part(next(others))
        print(json.dumps({kind: seconds / rows[kind] for kind, seconds in least(works, rounds).items()}))


def _folders(root: Path, notes: int) -> Iterator[tuple[str, Path]]:
    """A folder of each kind: the same notes and bids, with facts of their own."""
    base, draw = root / "base", np.random.default_rng(1)
    base.mkdir()
    write_tables(base, notes)
    dates = part_of_book(0, 1).dates
    for kind in (NONE, COUNTED, *LINES):
        folder = root / kind
        (folder / "facts").mkdir(parents=True)
        for name in ("notes.parquet", "facts/bids.parquet", "facts/levels.parquet"):
            os.link(base / name, folder / name)
        names = pq.read_table(base / "notes.parquet", columns=["note"])["note"].to_pylist()
        if kind == COUNTED:
            months = dates[::MONTH]
            counts = {
                "outstanding [shares]": draw.integers(10**9, 10**10, notes * len(months)),
                "held [shares]": draw.integers(0, 10**6, notes * len(months)),
            }
            told = {"note": np.repeat(names, len(months)), "date": _days(np.tile(months, notes)), **counts}
            (folder / "facts/levels.parquet").unlink()
            pq.write_table(pa.table(told), folder / "facts/levels.parquet")
        elif kind in LINES:
            lines = [(name, *line) for name in names for line in LINES[kind](draw, dates)]
            owners, days, facts = zip(*lines, strict=True)
            told = {"note": owners, "date": _days(np.array(days)), "fact": facts}
            pq.write_table(pa.table(told), folder / "facts/told.parquet")
        yield kind, folder


def _days(numbers: Any) -> pa.Array:
    return pa.array(numbers.astype(np.int32)).cast(pa.date32())


def _book(folder: Path) -> Book:
    return load_book(folder / "notes.parquet", ROOT / TEMPLATE, folder / "facts")


def _check(book: Book, notes: range, table: pa.Table, dates: tuple[date, ...]) -> None:
    """Some rows against the exact path."""
    random = np.random.default_rng(1)
    for place in random.integers(len(notes), size=SAMPLE).tolist():
        (member,) = book.members.block(place, place + 1)
        assert isinstance(member, Member)
        at = int(random.integers(len(dates)))
        wanted = Exactly().answers([member], [dates[at]], list(ANSWERS)).columns
        row = table.slice(place * len(dates) + at, 1)
        assert row["date"][0].as_py() == dates[at]
        for name, decimals in ANSWERS.items():
            reasons = wanted[name].reasons
            reason = None if reasons is None or not reasons[0] else wanted[name].codes[reasons[0]]
            assert row[f"{name}.reason"][0].as_py() == reason, (member.name, dates[at], name)
            if reason is None:
                found = row[name][0].as_py()
                assert int(found.scaleb(decimals) if decimals else found) == wanted[name].values[0], (member.name, name)


def table(script: str, rounds: int, processes: int, quick: bool) -> Table:
    """Each kind of facts, beside none."""
    arguments = [script, "--process", "kinds_of_facts", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    found = in_processes(arguments, processes)
    lines = ["| facts of each note besides bids | million rows a second, files to files | times what none take |"]
    lines.append("|---|---|---|")
    for kind, seconds in found.items():
        lines.append(f"| {kind} | {1e-6 / seconds:.1f} | {seconds / found[NONE]:.1f} |")
    return Table("\n".join(lines), ("pyarrow",))
