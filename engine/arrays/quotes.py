"""Quotes of many notes as one table: a row for each note on each basis (`restating`), a place for each session."""

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from ..world.facts import Quotes
from .cells import times, whole
from .emission import as_width
from .restating import Restated, on_each_basis

SHORT = np.dtype(np.int32)


@frozen(eq=False)
class Quoted:
    """The figures of one series for one note: day numbers in order, and whole numbers over `below`."""

    days: Any
    values: Any
    below: int = 1


@frozen(eq=False)
class Rows:
    """All rows of one series: `values` over `below`, `missing` where no quote is (None where none is missing).

    `low` and `high` bound the quotes that there are.
    """

    values: Any
    below: int
    missing: Any
    low: int
    high: int


def quoted(quotes: Quotes) -> Quoted:
    """The same figures as whole numbers over one denominator."""
    below = lcm(*(value.denominator for value in quotes.values), 1)
    values = whole([value.numerator * (below // value.denominator) for value in quotes.values])
    return Quoted(np.array(quotes.days, dtype=np.int64), values, below)


def rows_of(
    notes: Sequence[Quoted | None],
    splits: Mapping[int, Sequence[Restated]],
    sessions: Any,
    headroom: int,
    carried: bool,
) -> Rows:
    """The rows of a series for these notes over these sessions.

    `headroom` is the largest number of quotes that will be added up; `carried` has the last quote before stand
    in for one that is missing.
    """
    there = [quotes for quotes in notes if quotes is not None]
    below = lcm(*(quotes.below for quotes in there))
    scaled = [None if quotes is None else times(quotes.values, below // quotes.below) for quotes in notes]
    wide = any(values is not None and values.dtype == object for values in scaled)
    table = np.zeros((len(notes), len(sessions)), dtype=object if wide else np.int64)
    missing = np.ones(table.shape, dtype=bool)
    on = np.tile(sessions, (len(notes), 1)) if carried else sessions
    for place, (quotes, values) in enumerate(zip(notes, scaled, strict=True)):
        if quotes is not None:
            _fill(table[place], missing[place], quotes.days, values, sessions)
            if carried:
                _carry(table[place], missing[place], on[place], quotes.days, values)
    return _on_each_basis(table, below, missing, on, splits, headroom)


def scattered_rows(
    starts: Any,
    days: Any,
    values: Any,
    below: int,
    splits: Mapping[int, Sequence[Restated]],
    sessions: Any,
    headroom: int,
) -> Rows:
    """The rows of a series that stands in columns: of note n, days and values starts[n]:starts[n + 1]."""
    counts = np.diff(starts)
    notes, first = len(counts), int(counts[0]) if len(counts) else 0
    if first and (counts == first).all() and (days.reshape(notes, first) == days[:first]).all():
        # All notes have the same days, as books of one market do.
        places = np.searchsorted(days[:first], sessions)
        inside = np.minimum(places, first - 1)
        written = days[inside] == sessions
        table = values.reshape(notes, first)
        if written.all() and places[-1] - places[0] + 1 == len(places):
            table = table[:, places[0] : places[-1] + 1]
            return _on_each_basis(table, below, None, sessions, splits, headroom)
        missing = np.broadcast_to(~written, (notes, len(sessions)))
        table = np.where(written, table[:, inside], 0)
        return _on_each_basis(table, below, missing, sessions, splits, headroom)
    table = np.zeros((notes, len(sessions)), values.dtype)
    missing = np.ones(table.shape, bool)
    places = np.searchsorted(sessions, days)
    on_session = sessions[np.minimum(places, len(sessions) - 1)] == days
    owners = np.repeat(np.arange(notes), counts)[on_session]
    table[owners, places[on_session]] = values[on_session]
    missing[owners, places[on_session]] = False
    return _on_each_basis(table, below, missing, sessions, splits, headroom)


def _fill(row: Any, missing: Any, days: Any, values: Any, sessions: Any) -> None:
    """The quotes of a note on the sessions that have one."""
    first, last = np.searchsorted(days, (sessions[0], sessions[-1] + 1)) if len(sessions) else (0, 0)
    places = np.searchsorted(sessions, days[first:last])
    on_session = sessions[places] == days[first:last]
    row[places[on_session]] = values[first:last][on_session]
    missing[places[on_session]] = False


def _carry(row: Any, missing: Any, on: Any, days: Any, values: Any) -> None:
    """The last quote before each session that has none, and its day."""
    lacking = np.flatnonzero(missing)
    before = np.searchsorted(days, on[lacking]) - 1
    lacking, before = lacking[before >= 0], before[before >= 0]
    row[lacking], on[lacking], missing[lacking] = values[before], days[before], False


def _on_each_basis(
    table: Any, below: int, missing: Any, on: Any, splits: Mapping[int, Sequence[Restated]], headroom: int
) -> Rows:
    if splits:
        table, more, owners = on_each_basis(table, on, splits)
        below, missing = below * more, None if missing is None else missing[owners]
    return _narrowed(table, below, missing, headroom)


def _narrowed(table: Any, below: int, missing: Any, headroom: int) -> Rows:
    """In the narrowest numbers that a sum of quotes fits: short ones are twice as fast."""
    missing = missing if missing is not None and missing.any() else None
    written = table if missing is None else table[~missing]
    low, high = (int(written.min()), int(written.max())) if written.size else (1, 1)
    most = high * max(1, headroom)
    if table.dtype != object and most < 1 << 31:
        table = table.astype(SHORT)
    elif most >= 1 << 63:
        table = as_width(table, 2)
    return Rows(table, below, missing, low, high)
