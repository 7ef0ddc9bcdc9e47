"""Arrow files and CSV: how parts are encoded, and how they are joined as streams.

An Arrow file has one dictionary a column for all its batches, so the words of all parts come first: those of
the notes in their order, the others by the alphabet.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from .copying import in_its_place
from .parts import Piece
from .schema import NOTE, WIDE

DECIMALS_PLAIN = 6  # with more of them, small figures are spelt with an exponent
MILLION = 10**DECIMALS_PLAIN
_EXPONENT = re.compile(rb"([0-9])(?:\.([0-9]+))?E-([0-9]+)")


def encoded_arrow(table: pa.Table) -> pa.Buffer:
    """An Arrow file of one batch."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def join_arrow(parts: Iterable[Piece], schema: pa.Schema, file: BinaryIO) -> None:
    """One file of the batches of all, compressed; its dictionaries hold what any of them lists."""
    paths = [each.path for each in parts]
    listed = [place for place, field in enumerate(schema) if pa.types.is_dictionary(field.type)]
    words = {place: _words(paths, place, schema.field(place).name == NOTE) for place in listed}
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    before = 0
    with pa.ipc.new_file(file, schema, options=options) as writer:
        for path in paths:
            with pa.memory_map(path) as source:
                batch = pa.ipc.open_file(source).get_batch(0)
                columns = list(batch.columns)
                for place in listed:
                    offset = before if schema.field(place).name == NOTE else None
                    columns[place] = _relisted(columns[place], words[place], offset)
                before += len(batch.column(NOTE).dictionary)
                writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))


def _words(paths: Sequence[str], place: int, is_note: bool) -> pa.Array:
    """What the parts list in a column: names of notes one after the other, since no two are the same."""
    found = []
    for path in paths:
        with pa.memory_map(path) as source:
            found.append(pa.array(pa.ipc.open_file(source).get_batch(0).column(place).dictionary.to_pylist()))
    whole = pa.concat_arrays([each.cast(pa.string()) for each in found])
    return whole if is_note else whole.unique().sort()


def _relisted(column: Any, words: pa.Array, offset: int | None) -> pa.DictionaryArray:
    """The same words, by their places in a longer list."""
    if offset is not None:
        return pa.DictionaryArray.from_arrays(_places(column, np.arange(len(column.dictionary)) + offset), words)
    rank: Mapping[str, int] = {word: place for place, word in enumerate(words.to_pylist())}
    return pa.DictionaryArray.from_arrays(
        _places(column, np.array([rank[word] for word in column.dictionary.to_pylist()], np.int64)), words
    )


def _places(column: Any, moved: Any) -> pa.Array:
    stored = column.type.index_type
    if not len(moved):
        return pa.nulls(len(column), stored)
    return pa.array(moved).cast(stored).take(column.indices)


def encoded_csv(table: pa.Table) -> pa.Buffer:
    """Lines without the head; what is not known is an empty cell."""
    sink = pa.BufferOutputStream()
    plain = pa.table([_spelt(each) for each in table.columns], table.column_names)
    pa.csv.write_csv(plain, sink, pa.csv.WriteOptions(include_header=False, quoting_style="needed"))
    return _without_exponents(sink.getvalue()) if any(map(_has_exponents, plain.columns)) else sink.getvalue()


def _has_exponents(column: Any) -> bool:
    """Whether the writer may spell a figure with an exponent: it does so below a millionth."""
    if not pa.types.is_decimal(column.type) or column.type.scale <= DECIMALS_PLAIN:
        return False
    found = pc.min_max(column).as_py()
    return found["min"] is not None and found["min"] * MILLION < 1 and found["max"] * MILLION > -1


def _without_exponents(data: pa.Buffer) -> pa.Buffer:
    pieces = data.to_pybytes().split(b'"')  # every other one is outside the quotation marks
    pieces[::2] = [_EXPONENT.sub(_in_decimals, each) if b"E" in each else each for each in pieces[::2]]
    return pa.py_buffer(b'"'.join(pieces))


def _in_decimals(match: "re.Match[bytes]") -> bytes:
    """`5.00E-7` is `0.000000500`."""
    part = match[2] or b""
    return b"0." + (match[1] + part).rjust(int(match[3]) + len(part), b"0")


def _spelt(column: Any) -> Any:
    """What the writer of CSV knows how to spell."""
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string())
    return column.cast(pa.decimal128(WIDE, column.type.scale)) if pa.types.is_decimal64(column.type) else column


def head_csv(schema: pa.Schema) -> bytes:
    """The names of the columns."""
    return (",".join(schema.names) + "\n").encode()


def join_csv(parts: Iterable[Piece], schema: pa.Schema, file: BinaryIO) -> None:
    """The head, and the lines of all."""
    file.write(head_csv(schema))
    for each in parts:
        with open(each.path, "rb") as part:
            in_its_place(each, part, file, os.fstat(part.fileno()).st_size)
