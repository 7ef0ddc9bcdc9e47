"""Rows that are notes: one template, and a table whose columns are named after its figures and dates.

`note` names each note; `issuer` is the issuer whose facts it shares, where it is not the template's. What a
table leaves out is as the template has it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ....engine.exact.dimensions import DATE, Dimension
from ....engine.exact.quantities import Quantity
from ....engine.meaning.literals import literals
from ....engine.meaning.model import Note
from ....grammar.diagnostics import Diagnostic, NoteErrors
from .cells import Cells, has_cell, shown, texts
from .figures import joined
from .layout import Column, Layout
from .names import unseen
from .reading import cells_of
from .table import Table, reading

NOTE, ISSUER = "note", "issuer"
KEPT = 4  # stretches whose cells are kept
AS_PARAMETER = {"E322": "E203"}  # a day in a table of notes is one of the language


class Rows:
    """A table of notes; raises NoteErrors for what is wrong with its columns and with its names."""

    def __init__(self, table: Table, template: Note) -> None:
        self.table = table
        layout = Layout(table)
        known = literals(template)
        if layout.words(NOTE) is None:
            layout.missing(NOTE, "name each note in it")
        self._issuer = layout.words(ISSUER)
        layout.unknown((NOTE, ISSUER, *known), (NOTE, ISSUER, *known))
        self.columns: dict[str, Column] = {
            name: layout.figures(name, _dimension(known[name])) for name in layout.headers if name in known
        }
        layout.raise_found()
        self._note = layout.headers[NOTE].written
        self.names = self._words(self._note)
        self._kept: dict[int, dict[str, Cells]] = {}

    def issuers(self, start: int, stop: int) -> list[str] | None:
        """The issuers of these rows, None where the table does not say them."""
        if self._issuer is None:
            return None
        found: list[str] = []
        for stretch, within in self.table.pieces(start, stop):
            (array,) = self.table.read(stretch, [self._issuer.written])
            found += pc.utf8_trim_whitespace(texts(array[within])).fill_null("").to_pylist()
        return found

    def every_issuer(self) -> set[str] | None:
        """All issuers of the table, None where it does not say them."""
        if self._issuer is None:
            return None
        arrays = (self.table.read(stretch, [self._issuer.written])[0] for stretch in range(self.table.stretches))
        return {name.strip() for array in arrays for name in texts(array).unique().to_pylist() if name}

    def cells(self, start: int, stop: int) -> tuple[dict[str, tuple[Any, int]], dict[int, list[Diagnostic]]]:
        """The figures of these rows by parameter, with their decimals; and what is wrong, by row."""
        figures: dict[str, list[tuple[Any, int]]] = {name: [] for name in self.columns}
        wrong: dict[int, list[Diagnostic]] = {}
        for stretch, within in self.table.pieces(start, stop):
            for name, cells in self._stretch(stretch).items():
                figures[name].append((cells.values[within], cells.decimals))
                for row, problem in self._wrong(stretch, within, self.columns[name].header.written, cells):
                    wrong.setdefault(row, []).append(problem)
        for row, issuer in enumerate(self.issuers(start, stop) or (), start):
            if not issuer:
                wrong.setdefault(row, []).append(self._empty(row, ISSUER))
        return {name: joined(parts) for name, parts in figures.items()}, wrong

    def _stretch(self, stretch: int) -> Mapping[str, Cells]:
        if stretch not in self._kept:
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            arrays = self.table.read(stretch, [each.header.written for each in self.columns.values()])
            pairs = zip(self.columns.items(), arrays, strict=True)
            with reading(self.table.path):
                self._kept[stretch] = {name: cells_of(column, array) for (name, column), array in pairs}
        return self._kept[stretch]

    def _words(self, column: str) -> pa.Array:
        """The names of all notes; raises NoteErrors for a row without one, or with one that cannot be shown."""
        parts = []
        for stretch in range(self.table.stretches):
            (array,) = self.table.read(stretch, [column])
            missing = np.flatnonzero(~has_cell(array))
            if len(missing):
                row = int(self.table.starts[stretch]) + int(missing[0])
                span = self.table.span(row, [(column, "")], 0)
                raise NoteErrors((Diagnostic("E608", "this row has no name", span, "name the note"),))
            parts.append(pc.utf8_trim_whitespace(texts(array)))
            if (hidden := unseen(parts[-1])) is not None:
                row = int(self.table.starts[stretch]) + hidden[0]
                span = self.table.span(row, [(column, parts[-1][hidden[0]].as_py())], 0)
                raise NoteErrors((Diagnostic("E003", hidden[1], span, "name the note in letters that can be seen"),))
        return pa.chunked_array(parts, pa.string()).combine_chunks() if parts else pa.array([], pa.string())

    def _wrong(self, stretch: int, within: slice, column: str, cells: Cells) -> Iterator[tuple[int, Diagnostic]]:
        """What is wrong in a column, by row."""
        first = int(self.table.starts[stretch])
        for row in (first + np.arange(within.start, within.stop)[~cells.present[within]]).tolist():
            yield row, self._empty(row, column)
        places = [place for place in cells.wrong if within.start <= place < within.stop]
        array = self.table.read(stretch, [column])[0] if places else pa.nulls(0)
        for place in places:
            code, message, help = cells.wrong[place]
            span = self.table.span(first + place, [(column, shown(array, place))], 0)
            yield first + place, Diagnostic(AS_PARAMETER.get(code, code), message, span, help)

    def _empty(self, row: int, column: str) -> Diagnostic:
        span = self.table.span(row, [(NOTE, self.names[row].as_py()), (column, "")], 1)
        help = "write it, or leave the whole column out: then it is as the template says"
        return Diagnostic("E608", f"this row has no `{column}`", span, help)


def _dimension(literal: Any) -> Dimension:
    return literal.dimension if isinstance(literal, Quantity) else DATE
