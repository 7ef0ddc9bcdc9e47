"""Parquet: a part is a file with one row group, and files are joined by copying their bytes.

Only the footer is written anew: every offset in it is moved by as much as the bytes were. So what costs time,
the encoding, is done wherever the part is made, and joining costs a copy. The names of fields are those of
parquet.thrift of Apache Parquet; the numbers behind them are stable.
"""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from .copying import in_its_place
from .parts import Piece
from .schema import DATE, NOTE
from .thrift import I16, STRUCT, Reader, Struct, written
from .trouble import Stopped

MAGIC = b"PAR1"
TAIL = 8  # the length of the footer, and the magic

# FileMetaData
NUM_ROWS, ROW_GROUPS = 3, 4
SAME = (1, 2, 5, 6, 7)  # version, schema, key_value_metadata, created_by, column_orders
# RowGroup
COLUMNS, GROUP_OFFSET, ORDINAL = 1, 5, 7
ORDINAL_MAX = (1 << 15) - 1
# ColumnChunk, and the ColumnMetaData in it
CHUNK_OFFSET, META = 2, 3
CHUNK_OFFSETS = (CHUNK_OFFSET, 4, 6)  # file_offset, offset_index_offset, column_index_offset
META_OFFSETS = (9, 10, 11, 14)  # data, index and dictionary pages, bloom filter


def encoded(table: pa.Table) -> pa.Buffer:
    """A file with one row group.

    Numbers are split into streams of bytes before lz4, which is both smaller and faster than a dictionary of
    them; whoever filters does it by note and date, so only these have statistics.
    """
    listed = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    split = [field.name for field in table.schema if _is_number(field.type)]
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        row_group_size=max(1, table.num_rows),
        compression="LZ4",
        use_dictionary=listed,
        use_byte_stream_split=split,
        store_decimal_as_integer=True,
        data_page_version="2.0",
        write_statistics=[NOTE, DATE],
        write_batch_size=1 << 16,
    )
    return sink.getvalue()


def _is_number(stored: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(stored) or pa.types.is_int64(stored))


def body(data: Any) -> slice:
    """Where the pages of a part stand between the magic and the footer."""
    length = int.from_bytes(memoryview(data)[-TAIL : len(data) - len(MAGIC)], "little")
    return slice(len(MAGIC), len(data) - TAIL - length)


def join(parts: Iterable[Piece], schema: pa.Schema, file: BinaryIO) -> None:
    """One file of all row groups of these, in their order, byte for byte; raises Stopped where they differ in form."""
    file.write(MAGIC)
    position = len(MAGIC)
    whole: Struct = {}
    groups: list[Struct] = []
    rows = 0
    for each in parts:
        with open(each.path, "rb") as part:
            footer, end = _footer(part, each.path)
            if not whole:
                whole = footer
            elif any(whole.get(name) != footer.get(name) for name in SAME):
                raise Stopped(
                    f"`{each.path}` was written by another program than the parts before it", "remove the parts"
                )
            kind, found = footer[ROW_GROUPS][1]
            assert kind == STRUCT
            groups += [_moved(group, position - len(MAGIC), len(groups) + place) for place, group in enumerate(found)]
            rows += footer[NUM_ROWS][1]
            part.seek(len(MAGIC))
            position += in_its_place(each, part, file, end - len(MAGIC))
    joined = written(
        {**whole, NUM_ROWS: (whole[NUM_ROWS][0], rows), ROW_GROUPS: (whole[ROW_GROUPS][0], (STRUCT, groups))}
    )
    file.write(joined + len(joined).to_bytes(4, "little") + MAGIC)


def _footer(part: BinaryIO, path: str) -> tuple[Struct, int]:
    """The footer, and where it begins."""
    size = part.seek(0, 2)
    part.seek(max(0, size - TAIL))
    tail = part.read(TAIL)
    length = int.from_bytes(tail[:4], "little")
    begin = size - TAIL - length
    if tail[4:] != MAGIC or begin < len(MAGIC):
        raise Stopped(f"`{path}` is no Parquet file", "remove it, and run the same command again")
    part.seek(begin)
    return Reader(part.read(length)).struct(), begin


def _moved(group: Struct, by: int, ordinal: int) -> Struct:
    """A row group whose bytes stand `by` further on, and which is the `ordinal`-th of its file."""
    kind, chunks = group[COLUMNS][1]
    moved = _shifted(
        {**group, COLUMNS: (group[COLUMNS][0], (kind, [_chunk(each, by) for each in chunks]))}, by, [GROUP_OFFSET]
    )
    if ORDINAL in moved:
        if ordinal > ORDINAL_MAX:
            del moved[ORDINAL]  # optional, and too short for so many
        else:
            moved[ORDINAL] = (I16, ordinal)
    return moved


def _chunk(chunk: Struct, by: int) -> Struct:
    kind, meta = chunk[META]
    return _shifted({**chunk, META: (kind, _shifted(meta, by, META_OFFSETS))}, by, CHUNK_OFFSETS)


def _shifted(struct: Struct, by: int, offsets: Sequence[int]) -> Struct:
    """The struct with these offsets moved; a file_offset of 0 says nothing, and stays."""
    moved: dict[int, tuple[int, Any]] = dict(struct)
    for each in offsets:
        if each in moved and moved[each][1]:
            moved[each] = (moved[each][0], moved[each][1] + by)
    return moved
