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
YEAR = f"{FIRST.year}-01-01..{FIRST.year}-12-31"


def measure(rounds: int, quick: bool) -> None:
    """Wall and CPU seconds and the most bytes held, of one process, of two, and of bare decoding and encoding."""
    notes = QUICK if quick else NOTES
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="book") as name:
        folder = Path(name)
        write_tables(folder, notes)
        out = folder / "out" / "book.parquet"
        out.parent.mkdir()
        for _ in range(max(1, rounds // 3)):
            for processes in (1, 2):
                _keep(found, str(processes), spent(_command(folder, out, processes)))
            _keep(found, "bare", spent([sys.executable, "-c", BARE, name]))
        found["rows"] = _checked(out, notes)
        found["bytes"] = out.stat().st_size
    print(json.dumps(found))


def _command(folder: Path, out: Path, processes: int) -> list[str]:
    program = [sys.executable, "-m", "tenor.terms.cli", "book", str(folder / "notes.parquet")]
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
    """One process, two, and the bare cost."""
    arguments = [script, "--process", "from_files", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    found = in_processes(arguments, 1)
    rows = found["rows"]
    head = f"Parquet to Parquet, {rows / 1e6:.1f} million rows"
    lines = [f"| {head} | seconds | million rows a second | CPU seconds | most memory of a process |"]
    lines.append("|---|---|---|---|---|")
    names = {"1": "`terms book`, one process", "2": "`terms book`, two processes", "bare": "bare decoding and encoding"}
    for key, told in names.items():
        wall, cpu, peak = (found[f"{what} {key}"] for what in ("wall", "cpu", "peak"))
        lines.append(f"| {told} | {wall:.1f} | {rows / wall / 1e6:.1f} | {cpu:.1f} | {peak / 1e9:.2f} GB |")
    ratio, gain = found["cpu 1"] / found["cpu bare"], found["wall 1"] / found["wall 2"]
    more = found["cpu 2"] / found["cpu 1"]
    told = f"One process takes {ratio:.1f} times the CPU time of the bare cost; two are {gain:.2f} times as fast as one"
    lines.append(f"\n{told}, with {more:.2f} times its CPU time in all.")
    one = f"{found['cpu 1']:.1f} s of one core, {found['peak 1'] / 1e9:.2f} GB; {ratio:.1f} times"
    short = f"| {head} | {one} what decoding and encoding alone take |"
    return Table("\n".join(lines), ("pyarrow",), (short,))
