"""A book as tables in files: the notes' own figures, their levels, all their bids and what was converted, in Parquet.

Written as a program that cares writes them: decimals as whole numbers, bytes split before lz4, names listed.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.book_data import Book, Integers, make_book
from benchmarks.codec import decimal

AT_ONCE = 1_000  # notes: their bids are a row group
BID = "closing bid [USD per share]"
SETTINGS = {"compression": "LZ4", "use_dictionary": ["note"], "store_decimal_as_integer": True}
QUOTES = {**SETTINGS, "use_byte_stream_split": [BID], "data_page_version": "2.0", "write_statistics": ["note", "date"]}


def write_tables(folder: Path, notes: int, conversions: int = 0) -> None:
    """`notes.parquet`, and tables of `facts`, of a book that is never whole in memory.

    Each note has up to so many conversions; where there are none, there is no table of them.
    """
    (folder / "facts").mkdir()
    own, levels, converted, writer = [], [], [], None
    for start in range(0, notes, AT_ONCE):
        book = part_of_book(start, notes, conversions)
        own.append(_own(book, start))
        levels.append(_levels(book, start))
        converted.append(_converted(book, start))
        bids = _bids(book, start)
        writer = writer or pq.ParquetWriter(folder / "facts" / "bids.parquet", bids.schema, **QUOTES)
        writer.write_table(bids, row_group_size=bids.num_rows)
    if writer:
        writer.close()
    pq.write_table(pa.concat_tables(own).unify_dictionaries(), folder / "notes.parquet", **SETTINGS)
    pq.write_table(pa.concat_tables(levels).unify_dictionaries(), folder / "facts" / "levels.parquet", **SETTINGS)
    if conversions:
        facts = pa.concat_tables(converted).unify_dictionaries()
        pq.write_table(facts, folder / "facts" / "conversions.parquet", **SETTINGS)


def part_of_book(start: int, notes: int, conversions: int = 0) -> Book:
    """The notes from this one on that are made at once."""
    return make_book(min(AT_ONCE, notes - start), seed=[2019, start], conversions=conversions)


def _own(book: Book, start: int) -> pa.Table:
    return _table(
        {
            "note": _names(start, len(book.principal), 1),
            "issued": _days(book.issued),
            "maturity": _days(book.matures),
            "principal [USD]": decimal(book.principal, 2, 64),
            "interest [% per year]": decimal(book.rate, 2, 64),
            "ownership_cap [%]": decimal(book.cap, 2, 64),
            "conversion.price [%]": pa.array(book.percent),
        }
    )


def _levels(book: Book, start: int) -> pa.Table:
    return _table(
        {
            "note": _names(start, len(book.principal), 1),
            "date": _days(book.issued),
            "outstanding [shares]": pa.array(book.outstanding),
            "held [shares]": pa.array(book.held),
        }
    )


def _converted(book: Book, start: int) -> pa.Table:
    """Lines of a ledger, `convert USD 1,234.56`."""
    notes, places = np.nonzero(book.converts_on)
    names = _names(start, len(book.principal), 1).dictionary
    cents = book.converts[notes, places].tolist()
    return _table(
        {
            "note": pa.DictionaryArray.from_arrays(pa.array(notes.astype(np.int32)), names),
            "date": _days(book.converts_on[notes, places]),
            "fact": pa.array([f"convert USD {each // 100:,}.{each % 100:02}" for each in cents], pa.string()),
        }
    )


def _bids(book: Book, start: int) -> pa.Table:
    notes, sessions = book.bids.shape
    dates, bids = _days(np.tile(book.sessions, notes)), decimal(np.ascontiguousarray(book.bids).ravel(), 4, 64)
    return _table({"note": _names(start, notes, sessions), "date": dates, BID: bids})


def _table(columns: dict[str, pa.Array]) -> pa.Table:
    schema = pa.schema(pa.field(name, each.type, nullable=False) for name, each in columns.items())
    return pa.Table.from_arrays(list(columns.values()), schema=schema)


def _names(start: int, notes: int, each: int) -> pa.Array:
    names = pa.array([f"N-{start + place:06}" for place in range(notes)])
    return pa.DictionaryArray.from_arrays(pa.array(np.repeat(np.arange(notes, dtype=np.int32), each)), names)


def _days(numbers: Integers) -> pa.Array:
    return pa.array(numbers.astype(np.int32)).cast(pa.date32())
