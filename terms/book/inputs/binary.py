"""Binary tables: Parquet by row groups, Arrow IPC by record batches, each cut further where it is large."""

import mmap
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .cells import kind_of
from .table import STRETCH_ROWS, Table, reading, starts_of


def open_parquet(file: BinaryIO, path: str) -> Table:
    """The table of a Parquet file; raises NoteErrors."""
    with reading(path):
        schema = pq.read_schema(file)
        texts = [each.name for each in schema if pa.types.is_string(each.type) or pa.types.is_large_string(each.type)]
        file.seek(0)
        read = pq.ParquetFile(file, read_dictionary=texts, buffer_size=1 << 20)
        groups = _Groups(read)
        schema = read.schema_arrow
        return Table(path, tuple(schema.names), tuple(schema.types), groups.starts, groups.read, _number)


def open_arrow(file: BinaryIO, path: str) -> Table:
    """The table of an Arrow IPC file, also called Feather; raises NoteErrors."""
    with reading(path):
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise pa.ArrowInvalid("it is empty") from None
        batches = _Batches(pa.py_buffer(mapped))
        return Table(
            path, tuple(batches.schema.names), tuple(batches.schema.types), batches.starts, batches.read, _number
        )


def _number(row: int) -> int:
    """Rows of a file without lines are counted from 1."""
    return row + 1


class _Groups:
    """Row groups; one that is too large is streamed, and begun again where it is not read in order."""

    def __init__(self, file: pq.ParquetFile) -> None:
        self._file = file
        self._places: list[tuple[int, int]] = []  # of a stretch: its row group, and its number in it
        lengths = []
        for group in range(file.metadata.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            for number, start in enumerate(range(0, rows, STRETCH_ROWS)):
                self._places.append((group, number))
                lengths.append(min(STRETCH_ROWS, rows - start))
        self.starts = starts_of(lengths)
        self._lengths = lengths
        self._streams: dict[tuple[str, ...], tuple[int, Iterator[pa.RecordBatch]]] = {}

    def read(self, stretch: int, columns: Sequence[str]) -> list[pa.Array]:
        group, number = self._places[stretch]
        whole = self._file.metadata.row_group(group).num_rows == self._lengths[stretch]
        if whole:
            table = self._file.read_row_group(group, columns=list(columns), use_threads=len(columns) > 1)
        else:
            table = pa.Table.from_batches([self._streamed(stretch, group, number, tuple(columns))])
        if table.num_rows != self._lengths[stretch]:
            raise pa.ArrowInvalid("a row group has another length than it says")
        found = (table.column(name) for name in columns)
        arrays = [each.chunk(0) if each.num_chunks == 1 else each.combine_chunks() for each in found]  # which copies
        for array in arrays:
            if kind_of(array.type) == "text":
                # A writer may have called any bytes text. What points into a dictionary PyArrow has made itself.
                (array.dictionary if pa.types.is_dictionary(array.type) else array).validate(full=True)
        return arrays

    def _streamed(self, stretch: int, group: int, number: int, columns: tuple[str, ...]) -> pa.RecordBatch:
        wanted, stream = self._streams.get(columns, (-1, iter(())))
        if wanted != stretch or not number:  # a stream ends with its row group
            stream = self._file.iter_batches(STRETCH_ROWS, [group], list(columns))
            for _ in range(number):
                next(stream)
        batch = next(stream)
        last = stretch + 1 == len(self._places) or self._places[stretch + 1][0] != group
        self._streams[columns] = (-1 if last else stretch + 1, stream)
        return batch


class _Batches:
    """Record batches of a mapped file: only the pages that are looked at are read."""

    def __init__(self, buffer: pa.Buffer) -> None:
        self._buffer = buffer
        self._readers: dict[tuple[str, ...], pa.RecordBatchFileReader] = {}
        self._last: tuple[Any, Any] = (None, None)  # the batch read last: a compressed one is not unpacked twice
        file = pa.ipc.open_file(pa.BufferReader(buffer))
        self.schema = file.schema
        self._places: list[tuple[int, int, int]] = []  # of a stretch: its batch, and from where to where in it
        first = self._reader(tuple(self.schema.names[:1]))
        for batch in range(first.num_record_batches):
            rows = first.get_batch(batch).num_rows
            for start in range(0, rows, STRETCH_ROWS):
                self._places.append((batch, start, min(STRETCH_ROWS, rows - start)))
        self.starts = starts_of([length for _, _, length in self._places])

    def read(self, stretch: int, columns: Sequence[str]) -> list[pa.Array]:
        batch, start, length = self._places[stretch]
        if self._last[0] != (batch, tuple(columns)):
            self._last = (batch, tuple(columns)), self._reader(tuple(columns)).get_batch(batch)
        read = self._last[1].slice(start, length)
        arrays = [read.column(name) for name in columns]
        for array in arrays:
            array.validate(full=True)  # these bytes are used as they stand in the file
        return arrays

    def _reader(self, columns: tuple[str, ...]) -> Any:
        if columns not in self._readers:
            places = [self.schema.names.index(name) for name in columns]
            options = pa.ipc.IpcReadOptions(included_fields=list(np.unique(places).tolist()))
            self._readers[columns] = pa.ipc.open_file(pa.BufferReader(self._buffer), options=options)
        return self._readers[columns]
