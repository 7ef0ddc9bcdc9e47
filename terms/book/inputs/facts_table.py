"""Tables of facts: quotes, levels and lines of a ledger, by note or by issuer and date.

A row says for one note, or for all notes of one issuer, what a day brought: figures of series and levels under
their units, or in the column `fact` what a ledger would say of that day. An empty cell says nothing; a row that
says nothing at all is an error. From `known` on a row is known; where that is empty, on its own date.
"""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from ....engine.checking.findings import CORRECT_A_DATE
from ....engine.checking.ledger import known_early
from ....engine.exact.dimensions import SHARES, price
from ....engine.world.facts import LEVELS
from ....engine.world.series import SERIES, VOLUMES, series_named
from ....grammar.classes import field, frozen
from .cells import LEFT_EMPTY, Cells, Problem, has_cell, shown, texts
from .days import days
from .keys import Keys, keys_of
from .layout import Column, Layout
from .reading import cells_of
from .table import Table, reading
from .units import Header, header, unit_of

NOTE, ISSUER, DATE, KNOWN, FACT = "note", "issuer", "date", "known", "fact"
KEPT_ROWS = 1 << 21  # of all tables together, in their compact form
AS_QUOTE = {"E014": "E323", "E615": "E323"}  # what is said of a figure that is none, where it is a quote


@frozen(eq=False)
class Stretch:
    """Some rows: days and, where the table has them, the days from which they are known; figures; lines."""

    days: Any  # int32; 0 where there is none
    known: Any  # int32, 0 where it is the row's own date; or None
    figures: dict[str, Cells]
    lines: pa.Array | None
    wrong: dict[int, list[tuple[str, Problem]]]  # by place: the column, and what is wrong


@frozen(eq=False)
class FactTable:
    """A table of facts, and where the rows of each of its keys are."""

    table: Table
    by: str  # `note` or `issuer`
    keys: Keys
    date: str
    known: str | None
    line: str | None
    columns: dict[str, Column]  # by series or level
    _looked_at: dict[tuple[int, str], pa.Array] = field(factory=dict)

    def cell(self, row: int, column: str) -> str:
        """What stands in a cell, for a message."""
        stretch = self.table.stretch_of(row)
        if (stretch, column) not in self._looked_at:
            self._looked_at.clear()
            self._looked_at[stretch, column] = self.table.read(stretch, [column])[0]
        array, place = self._looked_at[stretch, column], row - int(self.table.starts[stretch])
        return shown(array, place) if array[place].is_valid else ""

    def stretch(self, number: int) -> Stretch:
        """The rows of a stretch, read anew; raises NoteErrors where the file cannot be read."""
        with reading(self.table.path):
            return self._stretch(number)

    def _stretch(self, number: int) -> Stretch:
        names = [self.date, *([self.known] if self.known else []), *([self.line] if self.line else [])]
        wanted = [*names, *(each.header.written for each in self.columns.values())]
        arrays = dict(zip(wanted, self.table.read(number, wanted), strict=True))
        wrong: dict[int, list[tuple[str, Problem]]] = {}
        dated = days(arrays[self.date])
        _note(wrong, self.date, dated.wrong)
        _note(wrong, self.date, dict.fromkeys(np.flatnonzero(~dated.present).tolist(), NO_DATE))
        known = days(arrays[self.known]) if self.known else None
        if known is not None and self.known:
            _note(wrong, self.known, known.wrong)
        figures = {name: _figure(name, column, arrays) for name, column in self.columns.items()}
        for name, cells in figures.items():
            _note(wrong, self.columns[name].header.written, cells.wrong)
        if known is not None and self.known:
            _note(wrong, self.known, _known_early(dated.values, known.values, figures))
        lines = texts(arrays[self.line]) if self.line else None
        said = np.zeros(len(dated.values), bool) if lines is None else has_cell(lines)
        for cells in figures.values():
            said = said | cells.present
        _note(wrong, self.date, dict.fromkeys(np.flatnonzero(~said).tolist(), NOTHING))
        from_day = None if known is None else known.values.astype(np.int32, copy=False)
        return Stretch(dated.values.astype(np.int32, copy=False), from_day, figures, lines, wrong)


NO_DATE: Problem = ("E322", "this row has no date", "write the date as in `2019-08-23`, or take the row out")
NOTHING: Problem = ("E613", "this row says nothing", "write what the day brought, or take the row out")


def facts_table(table: Table) -> FactTable:
    """The facts of a table; raises NoteErrors for what is wrong with its columns or the order of its keys."""
    layout = Layout(table)
    by = NOTE if NOTE in layout.headers else ISSUER
    key = layout.words(by)
    if key is None:
        layout.missing(NOTE, "say in `note`, or in `issuer`, whose each row is")
    elif by == NOTE and ISSUER in layout.headers:
        message = "`note` and `issuer` both say whose the rows are"
        layout.found.append(table.about(layout.headers[ISSUER].written, "E605", message, "keep one of them"))
    date = layout.dates(DATE)
    if date is None:
        layout.missing(DATE, "write the date of each row")
    known, line = layout.dates(KNOWN), layout.lines(FACT)
    columns: dict[str, Column] = {}
    taken = {NOTE, ISSUER, DATE, KNOWN, FACT}
    for name in layout.headers:
        figure = None if name in taken else figure_named(name)
        if figure in columns:
            message = f"two columns are named `{figure}`"
            layout.found.append(table.about(layout.headers[name].written, "E605", message, "keep one of them"))
        if figure is not None:
            taken.add(name)
            columns[figure] = _column(layout, name, figure)
    layout.unknown((NOTE, ISSUER, DATE, KNOWN, FACT, *SERIES, *LEVELS), taken)
    if not columns and line is None and not layout.found:
        layout.missing(FACT, "add it, or a series such as `closing bid [USD per share]`")
    layout.raise_found()
    assert key is not None
    assert date is not None
    return FactTable(table, by, keys_of(table, key.written), date.written, _written(known), _written(line), columns)


def _written(each: Header | None) -> str | None:
    return None if each is None else each.written


def is_keyed(columns: tuple[str, ...]) -> bool:
    """Whether these are the columns of a table that says whose its rows are."""
    return any(header(each).name in (NOTE, ISSUER) for each in columns)


def figure_named(name: str) -> str | None:
    """The series or level that a column holds."""
    words = name.replace("_", " ")
    return series_named(words) or series_named(words.lower()) or (words if words in LEVELS else None)


def _column(layout: Layout, name: str, figure: str) -> Column:
    each = layout.headers[name]
    unit = None if each.unit is None else unit_of(each.unit)
    counted = figure in VOLUMES or figure in LEVELS
    wanted = SHARES if counted else price(unit.dimension.currency if unit and unit.dimension.currency else "USD")
    column = layout.figures(name, wanted)
    if each.unit is None and column.kind != "number":
        example = f"{name} [shares]" if counted else f"{name} [USD per share]"
        help = f"write it into the header, as in `{example}`, and plain digits below"
        layout.problem(name, "E201", f"the figures of `{name}` have no unit", help)
    return column


def _figure(name: str, column: Column, arrays: dict[str, pa.Array]) -> Cells:
    cells = cells_of(column, arrays[column.header.written])
    codes = AS_QUOTE if name in SERIES else {}
    wrong = {place: (codes.get(code, code), why, help) for place, (code, why, help) in cells.wrong.items()}
    if name in SERIES and name not in VOLUMES and (cells.values == 0).any():
        for place in np.flatnonzero(cells.present & (cells.values == 0)).tolist():
            wrong.setdefault(place, ("E323", f"a {name} is above zero", f"if there was none, {LEFT_EMPTY}"))
    return Cells(cells.values, cells.present, cells.decimals, wrong)


def _known_early(dated: Any, known: Any, figures: dict[str, Cells]) -> dict[int, Problem]:
    """Figures that are known before their day; what a line may announce is looked at where lines are read."""
    early = (known != 0) & (known < dated) & np.logical_or.reduce([cells.present for cells in figures.values()])
    found = {}
    for place in np.flatnonzero(early).tolist():
        message = known_early("level", date.fromordinal(int(dated[place])), date.fromordinal(int(known[place])))
        assert message is not None
        found[place] = ("E318", message, CORRECT_A_DATE)
    return found


def _note(wrong: dict[int, list[tuple[str, Problem]]], column: str, found: dict[int, Problem]) -> None:
    for place, problem in found.items():
        wrong.setdefault(place, []).append((column, problem))
