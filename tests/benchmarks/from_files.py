"""From Parquet to Parquet: `terms book` over a large book, beside the bare cost of decoding and encoding it.

The bare cost is PyArrow's, on one thread: every column of the inputs is decoded, and columns like those of the
output are encoded with the same settings, block by block, with nothing reckoned between.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.book_data import EPOCH, FIRST, TEMPLATE
from benchmarks.book_reference import row
from benchmarks.book_tables import AT_ONCE, part_of_book, write_tables
from benchmarks.codec import ANSWERS, CHOSEN
from benchmarks.measuring import ROOT, Table, in_processes, spent

NOTES, QUICK, SAMPLE = 100_000, 1_500, 300
LARGER = 4  # times as many notes, where what a start takes weighs less
YEAR = f"{FIRST.year}-01-01..{FIRST.year}-12-31"


def measure(rounds: int, quick: bool) -> None:
    """Wall and CPU seconds and the most bytes held: of one process, of bare decoding and encoding, each held to one
    core; and of two processes on two cores.
    """
    notes = QUICK if quick else NOTES
    found: dict[str, float] = {}
    for size in (1, LARGER):
        with tempfile.TemporaryDirectory(prefix="book") as name:
            folder = Path(name)
            write_tables(folder, notes * size)
            out = folder / "out" / "book.parquet"
            out.parent.mkdir()
            for _ in range(rounds):
                for processes in (1, 2):
                    _keep(found, f"{processes} of {size}", spent(_command(folder, out, processes), processes))
                if size == 1:
                    _keep(found, "bare", spent([sys.executable, "-c", BARE, name], 1))
            found[f"rows of {size}"] = _checked(out, notes * size)
    print(json.dumps(found))


def _command(folder: Path, out: Path, processes: int) -> list[str]:
    program = [sys.executable, "-m", "tenor", "book", str(folder / "notes.parquet")]
    given = ["--template", str(ROOT / TEMPLATE), "--facts", str(folder / "facts"), "--dates", YEAR]
    return [*program, *given, "--ask", ",".join(ANSWERS), "--out", str(out), "--processes", str(processes)]


def _keep(found: dict[str, float], name: str, taken: tuple[float, float, int]) -> None:
    for what, figure in zip(("wall", "cpu", "peak"), taken, strict=True):
        least = found.get(f"{what} {name}", float("inf"))
        found[f"{what} {name}"] = min(least, figure)


BARE = "import sys; sys.path.insert(0, 'tests'); from benchmarks.from_files import bare; bare(sys.argv[1])"


def bare(name: str) -> None:
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
    writer = pq.ParquetWriter(folder / "bare.parquet", first.schema, **CHOSEN)
    for group in range(written.num_row_groups):
        rows = written.metadata.row_group(group).num_rows
        writer.write_table(first.slice(0, rows), row_group_size=rows)
    writer.close()


def _checked(path: Path, notes: int) -> int:
    """How many rows there are; AssertionError where a sampled one is wrong."""
    file = pq.ParquetFile(path)
    random, dates = np.random.default_rng(1), len(part_of_book(0, 1).dates)
    assert file.metadata.num_rows == notes * dates
    starts = np.cumsum([0, *(file.metadata.row_group(group).num_rows for group in range(file.num_row_groups))])
    for part in random.permutation(range(0, notes, AT_ONCE))[:4].tolist():
        book = part_of_book(part, notes)
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
    """One process, two, and the bare cost; and a larger book."""
    arguments = [script, "--process", "from_files", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    found = in_processes(arguments, 1)
    head = f"Parquet to Parquet, {found['rows of 1'] / 1e6:.1f} million rows"
    lines = [f"| {head} | seconds | million rows a second | CPU seconds | most memory of a process |"]
    lines.append("|---|---|---|---|---|")
    names = {"1 of 1": "`terms book` on one core", "2 of 1": "`terms book` on two cores"}
    names |= {"bare": "bare decoding and encoding on one core"}
    for key, told in {**names, f"1 of {LARGER}": "one core", f"2 of {LARGER}": "two cores"}.items():
        wall, cpu, peak = (found[f"{what} {key}"] for what in ("wall", "cpu", "peak"))
        rows = found[f"rows of {LARGER}" if key.endswith(f" {LARGER}") else "rows of 1"]
        told = told if key in names else f"{rows / 1e6:.1f} million rows, {told}"
        lines.append(f"| {told} | {wall:.1f} | {rows / wall / 1e6:.1f} | {cpu:.1f} | {peak / 1e9:.2f} GB |")
    ratio = found["cpu 1 of 1"] / found["cpu bare"]
    gain, larger = (found[f"wall 1 of {size}"] / found[f"wall 2 of {size}"] for size in (1, LARGER))
    told = f"One core takes {ratio:.1f} times the CPU time of the bare cost; two are {gain:.2f} times as fast as one"
    lines.append(f"\n{told}, and over the larger book {larger:.2f} times.")
    one = f"{found['cpu 1 of 1']:.1f} s of one core, {found['peak 1 of 1'] / 1e9:.2f} GB; {ratio:.1f} times"
    short = f"| {head} | {one} what decoding and encoding alone take |"
    return Table("\n".join(lines), ("pyarrow",), (short,))
