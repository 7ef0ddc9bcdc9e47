"""Tables: rows of a file, read in stretches of bounded size, whatever the format.

A row is named as a reader finds it: by its line in a CSV file, by its number in a binary one. What is wrong
in a cell is shown as `column: cell`, at that line.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa

from ....engine.checking.findings import alone
from ....grammar.classes import field, frozen
from ....grammar.diagnostics import Diagnostic, NoteErrors
from ....grammar.source import Source, Span

STRETCH_ROWS = 1 << 20  # at most, of binary tables; what most writers put into one row group
SHOWN = 60  # letters of a cell, in a message

Cell = tuple[str, str]  # the column as the table names it, and what stands there


@frozen(eq=False)
class Table:
    """A file with rows. `starts` are the first rows of its stretches, and then the number of all rows."""

    path: str
    columns: tuple[str, ...]
    types: tuple[pa.DataType, ...]
    starts: Any
    read_stretch: Callable[[int, Sequence[str]], list[pa.Array]] = field(repr=False)
    line_of: Callable[[int], int] = field(repr=False)
    header: Source | None = None  # where the columns are named, if that is a line of text
    notices: tuple[str, ...] = ()  # what of the file is no row though it looks like one, in words

    @property
    def rows(self) -> int:
        """How many there are."""
        return int(self.starts[-1])

    @property
    def stretches(self) -> int:
        """Into how many pieces the rows are cut."""
        return len(self.starts) - 1

    def stretch_of(self, row: int) -> int:
        """The stretch that a row lies in."""
        return int(np.searchsorted(self.starts, row, side="right")) - 1

    def pieces(self, start: int, stop: int) -> Iterator[tuple[int, slice]]:
        """The stretches that these rows lie in, and from where to where in each."""
        row = start
        while row < stop:
            stretch = self.stretch_of(row)
            first, end = int(self.starts[stretch]), int(self.starts[stretch + 1])
            yield stretch, slice(row - first, min(stop, end) - first)
            row = end

    def read(self, stretch: int, columns: Sequence[str]) -> list[pa.Array]:
        """The columns of a stretch; raises NoteErrors where the file cannot be read on."""
        with reading(self.path):
            return self.read_stretch(stretch, columns)

    def place(self, row: int) -> str:
        """A row, as a list of notes names it: `notes.parquet row 17`, `notes.csv line 18`."""
        return f"{self.path} {'row' if self.header is None else 'line'} {self.line_of(row)}"

    def span(self, row: int, cells: Sequence[Cell], at: int | None = None) -> Span:
        """Cells of a row as a place to point at; at one of them, or at them all."""
        texts = [f"{column}: {shortened(cell)}" for column, cell in cells]
        source = Source(self.path, ", ".join(texts), self.line_of(row))
        if at is None:
            return Span(source, 0, len(source.text))
        start = sum(len(text) + 2 for text in texts[:at]) + len(cells[at][0]) + 2
        return Span(source, start, max(start + 1, start + len(texts[at]) - len(cells[at][0]) - 2))

    def about(self, column: str, code: str, message: str, help: str) -> Diagnostic:
        """A finding about a column, at its name where that stands in a line of text."""
        if self.header is None:
            return Diagnostic(code, message, None, help, file=self.path)
        return Diagnostic(code, message, self._head(column), help)

    def _head(self, column: str) -> Span:
        """The name of a column in the line of names, the last where it is there twice; all of the line for no name."""
        assert self.header is not None
        text, start, end = self.header.text, 0, len(self.header.text)
        place = 0
        for name in self.columns:
            written = name.replace('"', '""')
            found = text.find(written, place)
            if name and found >= 0:
                place = found + len(written)
                if name == column:
                    start, end = found, place
        return Span(self.header, start, max(end, start + 1))


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Whatever the libraries say of a file that is no table, or a broken one, is a finding about that file."""
    try:
        yield
    except NoteErrors:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        why = str(error).split("\n")[0].split(". ")[0].rstrip(".") or type(error).__name__
        message = f"the table cannot be read: {why[:200]}"
        raise alone(
            "E612", message, None, "write the file anew, whole, in the format that its name says", path
        ) from None


def shortened(text: str) -> str:
    """A cell, as much of it as a message has room for."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def starts_of(lengths: Sequence[int]) -> Any:
    """Where each of so many stretches starts, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(np.array(lengths, np.int64))]).astype(np.int64)
