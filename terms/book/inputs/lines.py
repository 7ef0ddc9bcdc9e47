"""CSV tables: text in lines, cut into stretches of whole lines, so that any of them can be read alone.

The first line names the columns. Blank lines and those that start with `#` are left out, as in price tables.
A cell with a comma stands in double quotation marks; no cell has a line end in it.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from ....engine.checking.findings import alone
from ....grammar.classes import field, frozen
from ....grammar.diagnostics import Diagnostic, NoteErrors
from ....grammar.source import Source, Span
from .table import Table, reading, shortened, starts_of

STRETCH_BYTES = 4 << 20
LINE_MAX = 1 << 20
FINDINGS_MAX = 20
SHOWN_MAX = 3  # lines that look like rows
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NEW_LINE, RETURN, HASH, BLANK, TAB = 10, 13, 35, 32, 9
_LEFT_OUT = re.compile(rb"[ \t]*(?:#[^\n]*)?\r?\n?\Z")
_BARE_RETURN = re.compile(rb"\r(?!\n)")
CELLS = (
    "write one cell for each column: no `,` in plain digits, and any other cell with a `,` in double quotation marks"
)


@frozen
class _Stretch:
    """Whole lines: from where in the file, how many bytes, the number of the first line, how many rows, and more."""

    offset: int
    length: int
    line: int
    rows: int
    remarks: tuple[int, ...]  # the numbers of those lines that look like rows


def header_of(file: BinaryIO, path: str) -> tuple[Source, tuple[str, ...]]:
    """The line that names the columns, and their names; the file is left at what follows. Raises NoteErrors."""
    number = 0
    while line := file.readline(LINE_MAX):
        number += 1
        line = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if _BARE_RETURN.search(line):
            raise _of_old_mac(number, path)
        if not _LEFT_OUT.match(line):
            break
    try:
        text = line.decode("utf-8").rstrip("\r\n")
        names = tuple(cell.strip() for cell in next(csv.reader([text], strict=True), []))
    except (UnicodeDecodeError, csv.Error):
        raise alone("E612", "the first line is no list of columns", None, "name the columns in it", path) from None
    if not text:
        raise alone("E326", "the table is empty", None, "name the columns in its first line", path)
    return Source(path, text, number), names


def _of_old_mac(line: int, path: str) -> NoteErrors:
    message = f"line {line} has a line end of old Macs in it, a carriage return alone"
    return alone("E612", message, None, "save the table with the line ends LF or CRLF", path)


def open_csv(file: BinaryIO, path: str) -> Table:
    """The table of a CSV file; raises NoteErrors."""
    with reading(path):
        header, names = header_of(file, path)
        stretches = tuple(_stretches(file, path, header.first_line + 1, len(names)))
        lines = _Lines(file, path, names, stretches, starts_of([each.rows for each in stretches]))
        types = (pa.string(),) * len(names)
        told = _told(path, [number for each in stretches for number in each.remarks])
        return Table(path, names, types, lines.starts, lines.read, lines.number_of, header, told)


def _told(path: str, remarks: Sequence[int]) -> tuple[str, ...]:
    """So that a row whose name begins with the sign of a remark is missed."""
    if not remarks:
        return ()
    lines = ", ".join(f"line {number}" for number in remarks[:SHOWN_MAX]) + (", …" if len(remarks) > SHOWN_MAX else "")
    return (f"{path}: {len(remarks):,} of its remarks, which begin with `#`, look like rows: {lines}",)


def _stretches(file: BinaryIO, path: str, line: int, columns: int) -> Iterator[_Stretch]:
    """The file from where it stands, cut after the last line end of every few megabytes."""
    while True:
        offset = file.tell()
        data = file.read(STRETCH_BYTES)
        if not data:
            return
        if len(data) == STRETCH_BYTES:
            rest = file.readline(LINE_MAX)
            if len(rest) == LINE_MAX:
                raise alone("E612", f"a line is longer than {LINE_MAX:,} bytes", None, "is this a CSV file?", path)
            data += rest
        count = data.count(b"\n") + (not data.endswith(b"\n"))
        out = _left_out(data)
        yield _Stretch(offset, len(data), line, count - len(out), _like_rows(data, out, line, columns))
        line += count


def _line_starts(data: bytes) -> Any:
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == NEW_LINE) + 1
    return np.concatenate([[0], ends[ends < len(data)]])


def _left_out(data: bytes) -> list[int]:
    """The lines, by number, that hold no row."""
    starts = _line_starts(data)
    first = np.frombuffer(data, np.uint8)[starts]
    suspects = np.flatnonzero(np.isin(first, (NEW_LINE, RETURN, HASH, BLANK, TAB)))
    ends = [*starts[1:].tolist(), len(data)] if len(suspects) else []
    return [int(each) for each in suspects if _LEFT_OUT.match(data[starts[each] : ends[each]])]


def _like_rows(data: bytes, left_out: Sequence[int], first: int, columns: int) -> tuple[int, ...]:
    """The numbers of the lines left out that have a cell for each column; of one column, a single word."""
    starts = [*_line_starts(data).tolist(), len(data)] if left_out else []
    found = []
    for line in left_out:
        text = data[starts[line] : starts[line + 1]].decode("utf-8", "replace").strip()
        with suppress(csv.Error):
            cells = next(csv.reader([text], strict=True), [])
            if text and len(cells) == columns and (columns > 1 or len(text.split()) == 1):
                found.append(first + line)
    return tuple(found)


@frozen(eq=False)
class _Lines:
    """The rows of a CSV file."""

    file: BinaryIO
    path: str
    names: tuple[str, ...]
    stretches: tuple[_Stretch, ...]
    starts: Any
    left_out: dict[int, list[int]] = field(factory=dict)  # by stretch, once the number of a line was asked for

    def read(self, stretch: int, columns: Sequence[str]) -> list[pa.Array]:
        """All cells as text; raises NoteErrors for lines with more or fewer cells than columns."""
        place = self.stretches[stretch]
        data = _without(self._bytes(place))
        if not place.rows:  # nothing but remarks, which is no table to Arrow
            return [pa.array([], pa.string()) for _ in columns]
        try:
            table = self._parsed(data, columns, None)
        except pa.ArrowInvalid:
            raise self._malformed(stretch, data, columns) from None
        if table.num_rows != place.rows:
            raise self._malformed(stretch, data, columns)
        return [table.column(name).combine_chunks() for name in columns]

    def number_of(self, row: int) -> int:
        """The line of a row, counted from 1."""
        stretch = int(np.searchsorted(self.starts, row, side="right")) - 1
        place = self.stretches[stretch]
        if stretch not in self.left_out:
            self.left_out[stretch] = _left_out(self._bytes(place))
        within = row - int(self.starts[stretch])
        for line in self.left_out[stretch]:
            within += line <= within
        return place.line + within

    def _bytes(self, place: _Stretch) -> bytes:
        self.file.seek(place.offset)
        data = self.file.read(place.length)
        if len(data) != place.length:
            raise OSError("the file was cut short while it was read")
        return data

    def _parsed(self, data: bytes, columns: Sequence[str], handler: Any) -> pa.Table:
        return arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(column_names=list(self.names), use_threads=handler is None, block_size=1 << 20),
            arrow_csv.ParseOptions(invalid_row_handler=handler),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(self.names, pa.string()),
                include_columns=list(columns),
                strings_can_be_null=False,
            ),
        )

    def _malformed(self, stretch: int, data: bytes, columns: Sequence[str]) -> NoteErrors:
        """What is wrong with the lines of a stretch that could not be read as rows."""
        whole = self._bytes(self.stretches[stretch])
        if bare := _BARE_RETURN.search(whole):
            return _of_old_mac(self.stretches[stretch].line + whole.count(b"\n", 0, bare.start()), self.path)
        first = int(self.starts[stretch])
        found: list[Diagnostic] = []

        def note(row: Any) -> str:
            if len(found) < FINDINGS_MAX:
                source = Source(self.path, shortened(row.text), self.number_of(first + row.number - 1))
                message = f"cells in this line: {row.actual_columns}; in the first: {row.expected_columns}"
                found.append(Diagnostic("E321", message, Span(source, 0, max(1, len(source.text))), CELLS))
            return "skip"

        try:
            self._parsed(data, columns, note)
        except pa.ArrowInvalid as error:
            why = "it holds a byte that is no UTF-8 text" if "UTF8" in str(error) else str(error).split("\n")[0]
            found.append(
                Diagnostic("E612", f"the table cannot be read: {why}", None, "save it as UTF-8 text", file=self.path)
            )
        line = self.stretches[stretch].line
        message = f"a quotation mark after line {line} is not closed on its line"
        help = 'write `"` where the cell ends, on its line'
        return NoteErrors(tuple(found) or (Diagnostic("E612", message, None, help, file=self.path),))


def _without(data: bytes) -> bytes:
    """The lines that hold rows."""
    out = _left_out(data)
    if not out:
        return data
    starts = [*_line_starts(data).tolist(), len(data)]
    kept = bytearray()
    before = 0
    for line in out:
        kept += data[before : starts[line]]
        before = starts[line + 1]
    return bytes(kept + data[before:])
