"""From Parquet to Parquet: `terms book` over a large book, beside the bare cost of decoding and encoding it.

The bare cost is PyArrow's, on one thread: every column of the inputs is decoded, and columns like those of the
output are encoded with the same settings, block by block, with nothing reckoned between.
"""

import json
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.book_data import EPOCH, FIRST, TEMPLATE
from benchmarks.book_reference import row
from benchmarks.book_tables import AT_ONCE, part_of_book, write_tables
from benchmarks.codec import ANSWERS, CHOSEN
from benchmarks.measuring import ROOT, Spent, Table, in_processes, spent

QUICK, SAMPLE = 1_500, 300
RATE = re.compile(r"([\d,]+) rows\n.*, ([\d,]+) rows a second")  # of a summary
YEAR = f"{FIRST.year}-01-01..{FIRST.year}-12-31"


@dataclass(frozen=True)
class Written:
    """A book in files: how many notes, each with at most so many conversions."""

    notes: int
    conversions: int = 0


BOOKS = {
    "book": Written(100_000),
    "converted": Written(100_000, 1),
    "larger": Written(400_000),  # where what a start takes weighs less
}


def measure(rounds: int, quick: bool) -> None:
    """Wall and CPU seconds and the most bytes held: of one process, of bare decoding and encoding, each held to one
    core; of two processes on two cores; and of two runs of one process each, side by side. And of runs the seconds
    that they tell themselves, from the open book to the end.
    """
    found: dict[str, float] = {}
    for name, book in BOOKS.items():
        book = replace(book, notes=book.notes * QUICK // BOOKS["book"].notes) if quick else book
        with tempfile.TemporaryDirectory(prefix="book") as place:
            folder = Path(place)
            write_tables(folder, book.notes, book.conversions)
            out = folder / "out" / "book.parquet"
            out.parent.mkdir()
            for _ in range(rounds):
                for processes in (1, 2):
                    _keep(found, f"{name} {processes}", _anew(_command(folder, out, processes), out, *range(processes)))
                _keep(found, f"{name} aside", _side_by_side(folder))
                if name != "larger":
                    written = folder / "bare.parquet"
                    _keep(found, f"{name} bare", _anew([sys.executable, "-c", BARE, place, str(written)], written, 0))
            found[f"rows {name}"] = _checked(out, book)
    print(json.dumps(found))


def _command(folder: Path, out: Path, processes: int) -> list[str]:
    program = [sys.executable, "-m", "tenor", "book", str(folder / "notes.parquet")]
    given = ["--template", str(ROOT / TEMPLATE), "--facts", str(folder / "facts"), "--dates", YEAR]
    return [*program, *given, "--ask", ",".join(ANSWERS), "--out", str(out), "--processes", str(processes)]


def _side_by_side(folder: Path) -> Spent:
    """Of two runs, each on a core of its own: the wall seconds of the slower, and the rest of it."""
    outs = [folder / "out" / f"aside-{core}.parquet" for core in range(2)]
    commands = [_command(folder, out, 1) for out in outs]
    with ThreadPoolExecutor(len(commands)) as threads:
        return max(threads.map(_anew, commands, outs, range(2)))


def _anew(command: list[str], out: Path, *cores: int) -> Spent:
    """What a command takes that writes a file; to free the file before it takes a while, and is no part of that."""
    out.unlink(missing_ok=True)
    return spent(command, *cores)


def _keep(found: dict[str, float], name: str, taken: Spent) -> None:
    figures = {"wall": taken.wall, "cpu": taken.cpu, "peak": taken.peak}
    if told := RATE.search(taken.said):
        rows, rate = (int(each.replace(",", "")) for each in told.groups())
        figures["own"] = rows / rate
    for what, figure in figures.items():
        least = found.get(f"{what} {name}", float("inf"))
        found[f"{what} {name}"] = min(least, figure)


BARE = "import sys; sys.path.insert(0, 'tests'); from benchmarks.from_files import bare; bare(*sys.argv[1:])"


def bare(name: str, out: str) -> None:
    """Decode all that the book reads, and encode all that it writes."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    folder = Path(name)
    for path in (folder / "notes.parquet", *sorted((folder / "facts").iterdir())):
        file = pq.ParquetFile(path, pre_buffer=False)
        for group in range(file.num_row_groups):
            file.read_row_group(group, use_threads=False)
    written = pq.ParquetFile(folder / "out" / "book.parquet", pre_buffer=False)
    first = written.read_row_group(0, use_threads=False)
    writer = pq.ParquetWriter(out, first.schema, **CHOSEN)
    for group in range(written.num_row_groups):
        rows = written.metadata.row_group(group).num_rows
        writer.write_table(first.slice(0, rows), row_group_size=rows)
    writer.close()


def _checked(path: Path, written: Written) -> int:
    """How many rows there are; AssertionError where a sampled one is wrong."""
    file = pq.ParquetFile(path)
    notes, random, dates = written.notes, np.random.default_rng(1), len(part_of_book(0, 1).dates)
    assert file.metadata.num_rows == notes * dates
    starts = np.cumsum([0, *(file.metadata.row_group(group).num_rows for group in range(file.num_row_groups))])
    for part in random.permutation(range(0, notes, AT_ONCE))[:4].tolist():
        book = part_of_book(part, notes, written.conversions)
        for place in random.integers(len(book.principal), size=SAMPLE // 4).tolist():
            first = (part + place) * dates
            group = int(np.searchsorted(starts, first, side="right")) - 1
            table = file.read_row_group(group).slice(first - int(starts[group]), dates)
            assert set(table["note"].to_pylist()) == {f"N-{part + place:06}"}
            day = int(random.integers(dates))
            given = tuple(
                int(table[name][day].as_py().scaleb(d) if d else table[name][day].as_py())
                for name, d in ANSWERS.items()
            )
            assert table["date"][day].as_py().toordinal() - EPOCH == book.dates[day]
            assert given == row(book, place, day), (part + place, day)
    return file.metadata.num_rows


def table(script: str, rounds: int, processes: int, quick: bool) -> Table:
    """Each book by one process and by two, and the bare cost."""
    arguments = [script, "--process", "from_files", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    found = in_processes(arguments, 1)
    head = f"Parquet to Parquet, {found['rows book'] / 1e6:.1f} million rows"
    lines = [f"| {head} | seconds | million rows a second | CPU seconds | most memory of a process |"]
    lines.append("|---|---|---|---|---|")
    works = {"1": "one core", "2": "two cores", "bare": "bare decoding and encoding on one core"}
    larger = f"{found['rows larger'] / 1e6:.1f} million rows, "
    told = {"book": "", "converted": "at most one conversion a note, ", "larger": larger}
    for name, work in product(BOOKS, works):
        if f"wall {name} {work}" in found:
            wall, cpu, peak = (found[f"{what} {name} {work}"] for what in ("wall", "cpu", "peak"))
            rate = found[f"rows {name}"] / wall / 1e6
            lines.append(f"| {told[name]}{works[work]} | {wall:.1f} | {rate:.1f} | {cpu:.1f} | {peak / 1e9:.2f} GB |")
    ratio, converted = (found[f"cpu {name} 1"] / found[f"cpu {name} bare"] for name in ("book", "converted"))
    gains, own = (
        [f"{found[f'{what} {name} 1'] / found[f'{what} {name} 2']:.2f}" for name in BOOKS] for what in ("wall", "own")
    )
    of_one = f"One core takes {ratio:.1f} times the CPU time of the bare cost, with conversions {converted:.1f} times."
    aside = [f"{2 * found[f'wall {name} 1'] / found[f'wall {name} aside']:.2f}" for name in BOOKS]
    of_two = (
        f"Two are {gains[0]} times as fast as one, with conversions {gains[1]} and over the larger book {gains[2]}; "
        f"without their start, by the rows a second that they tell, {own[0]}, {own[1]} and {own[2]} times. "
        f"Two runs side by side that share nothing do {aside[0]}, {aside[1]} and {aside[2]} times as much as one alone."
    )
    lines.append(f"\n{of_one}\n{of_two}")
    one = f"{found['cpu book 1']:.1f} s of one core, {found['peak book 1'] / 1e9:.2f} GB; {ratio:.1f} times"
    short = f"| {head} | {one} what decoding and encoding alone take |"
    return Table("\n".join(lines), ("pyarrow",), (short,))
