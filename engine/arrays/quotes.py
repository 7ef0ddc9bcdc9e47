"""Quotes of many notes as one table: a row for each note on each basis, a place for each session.

A note whose shares split has a row for the time before the first split, one from there on, and so on, each
with the earlier quotes restated to its own basis: the meaning is that of `world.market`, done once.
"""

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from ..world.facts import Quotes
from ..world.series import VOLUMES
from .cells import whole
from .emission import as_width

SHORT = np.dtype(np.int32)


@frozen(eq=False)
class Quoted:
    """The figures of one series for one note: day numbers in order, and whole numbers over `below`."""

    days: Any
    values: Any
    below: int = 1


@frozen(eq=False)
class Restated:
    """A split as far as quotes go: from a day on, earlier figures times above / below."""

    day: int
    above: int
    below: int


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


def restated(series: str, split_day: int, new: Any, old: Any) -> Restated:
    """What a split of new shares for old ones does to earlier quotes: prices rise as shares get fewer."""
    factor = new / old if series in VOLUMES else old / new
    return Restated(split_day, factor.numerator, factor.denominator)


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
    made = [row for note, quotes in enumerate(notes) for row in _bases(quotes, splits.get(note, ()))]
    below = lcm(*(row.below for row in made if row is not None), 1)
    table = np.zeros((len(made), len(sessions)), dtype=object if any(_is_wide(row) for row in made) else np.int64)
    missing = np.ones(table.shape, dtype=bool)
    for place, row in enumerate(made):
        if row is not None:
            _fill(table[place], missing[place], row, below // row.below, sessions, carried)
    return _narrowed(table, below, missing, headroom)


def scattered_rows(starts: Any, days: Any, values: Any, below: int, sessions: Any, headroom: int) -> Rows:
    """The rows of a series whose shares never split: of note n, days and values starts[n]:starts[n + 1]."""
    counts = np.diff(starts)
    notes, first = len(counts), int(counts[0]) if len(counts) else 0
    if first and (counts == first).all() and (days.reshape(notes, first) == days[:first]).all():
        # All notes have the same days, as books of one market do.
        places = np.searchsorted(days[:first], sessions)
        inside = np.minimum(places, first - 1)
        written = days[inside] == sessions
        table = values.reshape(notes, first)
        if written.all() and places[-1] - places[0] + 1 == len(places):
            return _narrowed(table[:, places[0] : places[-1] + 1], below, None, headroom)
        missing = np.broadcast_to(~written, (notes, len(sessions)))
        return _narrowed(np.where(written, table[:, inside], 0), below, missing, headroom)
    table = np.zeros((notes, len(sessions)), values.dtype)
    missing = np.ones(table.shape, bool)
    places = np.searchsorted(sessions, days)
    on_session = sessions[np.minimum(places, len(sessions) - 1)] == days
    owners = np.repeat(np.arange(notes), counts)[on_session]
    table[owners, places[on_session]] = values[on_session]
    missing[owners, places[on_session]] = False
    return _narrowed(table, below, missing, headroom)


def _bases(quotes: Quoted | None, splits: Sequence[Restated]) -> list[Quoted | None]:
    """The quotes as written, then on the basis of each split in turn; as many of None where there are none."""
    if quotes is None:
        return [None] * (len(splits) + 1)
    rows = [quotes]
    for split in splits:
        before = rows[-1]
        earlier = before.days < split.day
        values = np.where(earlier, as_width(before.values, 2) * split.above, as_width(before.values, 2) * split.below)
        rows.append(Quoted(before.days, whole([int(each) for each in values]), before.below * split.below))
    return list(rows)


def _is_wide(row: Quoted | None) -> bool:
    return row is not None and row.values.dtype == object


def _fill(values: Any, missing: Any, row: Quoted, factor: int, sessions: Any, carried: bool) -> None:
    first, last = np.searchsorted(row.days, (sessions[0], sessions[-1] + 1)) if len(sessions) else (0, 0)
    days = row.days[first:last]
    places = np.searchsorted(sessions, days)
    on_session = sessions[places] == days
    places = places[on_session]
    values[places] = row.values[first:last][on_session] * factor
    missing[places] = False
    if carried and (first or len(places)):
        at = np.maximum.accumulate(np.where(missing, -1, np.arange(len(values))))
        before = row.values[first - 1] * factor if first else 0
        values[:] = np.where(at >= 0, values[at], before)
        missing[:] = (at < 0) & (not first)


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
