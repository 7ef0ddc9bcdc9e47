"""Gathering: of the tables of facts, the rows that belong to the notes of a block, note after note.

Only the stretches in which these rows lie are read, and those read last are kept: a table in the order of the
book is read once, whatever its size. An issuer's rows serve each of its notes.
"""

from collections import OrderedDict
from typing import Any

import numpy as np
import pyarrow as pa

from ....grammar.classes import frozen
from .cells import Cells, Problem
from .facts_table import KEPT_ROWS, FactTable, Stretch
from .figures import joined


@frozen(eq=False)
class Gathered:
    """The rows of one table for a block, note after note: those of note i are starts[i]:starts[i + 1].

    `lines` is the text of the column of facts, None where the table has none or the cell is empty.
    """

    rows: Any  # int64, the rows of the table
    starts: Any  # int64, by place in the block
    days: Any  # int32
    known: Any  # int32, or None
    figures: dict[str, Cells]
    lines: list[str | None] | None
    wrong: list[tuple[int, str, Problem]]  # the place among the rows, the column, what is wrong

    def owner(self, place: int) -> int:
        """Whose a row is, by place in the block."""
        return int(np.searchsorted(self.starts, place, side="right")) - 1


class Stretches:
    """The stretches of all tables that were read last, no more rows of them than `KEPT_ROWS` and one stretch."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], Stretch] = OrderedDict()
        self._rows = 0

    def read(self, table: FactTable, number: int) -> Stretch:
        """A stretch of a table."""
        key = (id(table), number)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        stretch = table.stretch(number)
        self._rows += len(stretch.days)
        while self._rows > KEPT_ROWS and self._kept:
            self._rows -= len(self._kept.popitem(last=False)[1].days)
        self._kept[key] = stretch
        return stretch


def gathered(table: FactTable, places: Any, kept: Stretches) -> Gathered:
    """What a table says of notes, each by the place of its key among the keys of the table, -1 where it has none."""
    there = places >= 0
    first = np.where(there, table.keys.starts[places], 0)
    lengths = np.where(there, table.keys.starts[places + 1] - first, 0)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    count = int(starts[-1])
    held = lengths > 0
    if (first[held][1:] == (first + lengths)[held][:-1]).all():  # in the order of the table
        begin = int(first[held][0]) if count else 0
        rows = np.arange(begin, begin + count)
        parts = [_Part(kept.read(table, number), *spot) for number, spot in _in_a_row(table, begin, count)]
    else:
        rows = np.repeat(first - starts[:-1], lengths) + np.arange(count)
        parts = [_Part(kept.read(table, number), *spot) for number, spot in _scattered(table, rows)]
    days = _put(count, [(each.at, each.stretch.days[each.within]) for each in parts], np.int32)
    known = None
    if table.known is not None:
        known = _put(count, [(each.at, each.stretch.known[each.within]) for each in parts], np.int32)
    figures = {name: _figures(count, name, parts) for name in table.columns}
    wrong = [problem for each in parts for problem in each.wrong()]
    return Gathered(rows, starts, days, known, figures, _lines(count, table, parts), wrong)


@frozen(eq=False)
class _Part:
    """Rows of one stretch: where they go among those gathered, and where they are in the stretch."""

    stretch: Stretch
    at: Any
    within: Any

    def wrong(self) -> list[tuple[int, str, Problem]]:
        if not self.stretch.wrong:
            return []
        places = np.arange(len(self.stretch.days))[self.within]
        bad = np.flatnonzero(np.isin(places, np.array(list(self.stretch.wrong), np.int64)))
        ats = np.arange(self.at.stop)[self.at] if isinstance(self.at, slice) else self.at
        return [(int(ats[each]), *problem) for each in bad for problem in self.stretch.wrong[int(places[each])]]


Spot = tuple[int, tuple[Any, Any]]  # a stretch: where its rows go, and where they are in it


def _in_a_row(table: FactTable, begin: int, count: int) -> list[Spot]:
    """The stretches of so many rows that follow one another."""
    return [
        (number, (slice(first + within.start - begin, first + within.stop - begin), within))
        for number, within in table.table.pieces(begin, begin + count)
        for first in (int(table.table.starts[number]),)
    ]


def _scattered(table: FactTable, rows: Any) -> list[Spot]:
    """The stretches of rows that stand here and there."""
    numbers = np.searchsorted(table.table.starts, rows, side="right") - 1
    spots = [(int(number), np.flatnonzero(numbers == number)) for number in np.unique(numbers)]
    return [(number, (spot, rows[spot] - int(table.table.starts[number]))) for number, spot in spots]


def _put(length: int, parts: list[tuple[Any, Any]], kind: Any) -> Any:
    """The parts, each in its place."""
    if len(parts) == 1:
        return parts[0][1]  # one part is all there is
    whole = np.zeros(length, kind)
    for at, values in parts:
        whole[at] = values
    return whole


def _figures(length: int, name: str, parts: list[_Part]) -> Cells:
    cells = [each.stretch.figures[name] for each in parts]
    scaled, decimals = joined(
        [(each.values[part.within], each.decimals) for each, part in zip(cells, parts, strict=True)]
    )
    present = _put(
        length, [(part.at, each.present[part.within]) for each, part in zip(cells, parts, strict=True)], bool
    )
    if all(isinstance(part.at, slice) for part in parts):
        return Cells(scaled, present, decimals)  # one stretch after the other
    order = np.concatenate([np.arange(length)[part.at] for part in parts]) if parts else np.zeros(0, np.int64)
    values = np.zeros(length, scaled.dtype)
    values[order] = scaled
    return Cells(values, present, decimals)


def _lines(length: int, table: FactTable, parts: list[_Part]) -> list[str | None] | None:
    if table.line is None:
        return None
    whole: list[str | None] = [None] * length
    for part in parts:
        assert part.stretch.lines is not None
        taken = part.stretch.lines
        taken = taken[part.within] if isinstance(part.within, slice) else taken.take(pa.array(part.within))
        for at, text in zip(np.arange(length)[part.at].tolist(), taken.to_pylist(), strict=True):
            whole[at] = text.strip() or None if text is not None else None
    return whole
