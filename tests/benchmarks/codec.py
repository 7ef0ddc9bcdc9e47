"""The bare cost of Parquet: encoding the answers of a book and decoding them again, with nothing reckoned.

The columns are those that a book's table has for three answers: note, date, currency, and each answer with the
reason where there is none, all of them known. What answering from file to file costs is held against this.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.book_data import Answers, Book, make_book
from benchmarks.measuring import Table, in_processes, least
from benchmarks.peers.by_numpy import run

NOTES = 2_000
ANSWERS = {"owed": 2, "conversion_price": 10, "allowed_shares": 0}  # and their decimals
SPLIT = {"use_byte_stream_split": list(ANSWERS), "store_decimal_as_integer": True, "data_page_version": "2.0"}
LISTED = ["note", "currency", *(f"{name}.reason" for name in ANSWERS)]
CHOSEN = {**SPLIT, "compression": "LZ4", "use_dictionary": LISTED, "write_batch_size": 1 << 16}
CHOSEN |= {"write_statistics": ["note", "date"]}
DEFAULTS = "PyArrow's defaults, decimals of 128 bits"
AS_WRITTEN = "as `terms book` writes: split bytes, lz4, decimals as whole numbers"
SETTINGS: Mapping[str, tuple[int, Mapping[str, Any]]] = {
    DEFAULTS: (128, {}),
    "whole numbers and lz4 alone": (64, {**CHOSEN, "use_byte_stream_split": False}),
    "the same not compressed": (64, {**CHOSEN, "use_byte_stream_split": False, "compression": "NONE"}),
    "split bytes and lz4, decimals of 128 bits": (128, CHOSEN),
    "split bytes and zstd": (64, {**CHOSEN, "compression": "ZSTD", "compression_level": 1}),
    AS_WRITTEN: (64, CHOSEN),
}


def answers_table(book: Book, answers: Answers, width: int = 64) -> pa.Table:
    """The answers in the columns of a book's table, decimals of 64 or 128 bits."""
    notes, dates = answers.owed.shape
    of_row = np.repeat(np.arange(notes, dtype=np.int32), dates)
    days = pa.array(np.tile(book.dates.astype(np.int32), notes)).cast(pa.date32())
    columns = {
        "note": pa.DictionaryArray.from_arrays(pa.array(of_row), pa.array([f"note-{n:07}" for n in range(notes)])),
        "date": days,
        "currency": pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(of_row), np.int16)), pa.array(["USD"])),
    }
    for name, decimals in ANSWERS.items():
        values = np.ascontiguousarray(getattr(answers, name)).ravel()
        columns[name] = decimal(values, decimals, width) if decimals else pa.array(values)
        none = pa.nulls(len(values), pa.int16())
        columns[f"{name}.reason"] = pa.DictionaryArray.from_arrays(none, pa.array([], pa.string()))
    required = {"note", "date"}
    schema = pa.schema(pa.field(name, each.type, nullable=name not in required) for name, each in columns.items())
    return pa.Table.from_arrays(list(columns.values()), schema=schema)


def decimal(values: np.ndarray, decimals: int, width: int) -> pa.Array:
    """Whole numbers seen as decimals of 18 digits."""
    if width == 64:
        return pa.Array.from_buffers(pa.decimal64(18, decimals), len(values), [None, pa.py_buffer(values)])
    words = np.stack([values, values >> 63], axis=1)
    return pa.Array.from_buffers(pa.decimal128(18, decimals), len(values), [None, pa.py_buffer(words)])


def encode(table: pa.Table, settings: Mapping[str, Any]) -> pa.Buffer:
    """One row group, in memory."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, row_group_size=table.num_rows, **settings)
    return sink.getvalue()


def decode(file: pa.Buffer) -> pa.Table:
    """Every column of the row group, on this thread."""
    return pq.ParquetFile(pa.BufferReader(file), pre_buffer=False).read_row_group(0, use_threads=False)


def measure(rounds: int, quick: bool) -> None:
    """In this process: seconds and bytes a row of each setting, as JSON."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    book = make_book(50 if quick else NOTES)
    answers = run(book)
    works: dict[str, Callable[[], Any]] = {}
    figures: dict[str, float] = {}
    for name, (width, settings) in SETTINGS.items():
        table = answers_table(book, answers, width)
        file = encode(table, settings)
        back = decode(file)
        for column in ANSWERS:
            assert back[column].cast(table[column].type).equals(table[column]), (name, column)
        figures[f"bytes {name}"] = file.size / book.rows
        works[f"encode {name}"] = lambda table=table, settings=settings: encode(table, settings)
        works[f"decode {name}"] = lambda file=file: decode(file)
    taken = least(works, rounds)
    print(json.dumps(figures | {name: seconds / book.rows for name, seconds in taken.items()}))


def table(script: str, rounds: int, processes: int, quick: bool) -> Table:
    """Each way to write, in time and bytes."""
    arguments = [script, "--process", "codec", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    found = in_processes(arguments, processes)
    lines = ["| Parquet of three answers, nothing reckoned | encode, ns a row | decode, ns a row | bytes a row |"]
    lines.append("|---|---|---|---|")
    for name in SETTINGS:
        encoded, decoded = (found[f"{what} {name}"] * 1e9 for what in ("encode", "decode"))
        lines.append(f"| {name} | {encoded:.0f} | {decoded:.0f} | {found[f'bytes {name}']:.1f} |")
    return Table("\n".join(lines), ("pyarrow",))
