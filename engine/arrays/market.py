"""The market of many notes: what their look-backs and quotes give, on a day for each or on the same days for all.

Meanings are those of `world.market`: windows are sessions of the calendar, a session without its quote is a
missing fact, and a day that is no session has no quote.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from ...grammar.classes import field, frozen
from ..compiled.causes import Causes
from ..exact.values import Reason, Refused, Unknown
from ..meaning.expressions import LookBack
from .cells import Cells, is_run
from .quotes import Rows
from .windows import statistic, sums

NO_WINDOW = Unknown(("a window with a session in it",))
NO_DIVISOR = Unknown(("a divisor that is not zero",))
NO_SESSION = Refused((Reason("no-session", "no session of the calendar"),))


@frozen(eq=False, slots=False)
class Market:
    """Quotes of a block of notes over consecutive sessions, by series.

    `first_rows[n]` is the first row of note n, and `split_days[n]` the days that part its rows, if any, in order.
    """

    sessions: Any
    series: Mapping[str, Rows]
    first_rows: Any
    split_days: Mapping[int, tuple[int, ...]]
    causes: Causes
    _kept: dict[tuple[LookBack, int], Cells] = field(factory=dict, repr=False)

    def look_back(self, spec: LookBack, notes: Any, days: Any) -> Cells:
        """The look-back of each of these notes on its own day."""
        starts, ends = self.window(spec, days)
        rows = self._row(notes, days)
        found = _empty(len(rows))
        for length in np.unique(ends - starts).tolist():
            picked = np.flatnonzero(ends - starts == length)
            if length and len(picked) * length > len(self.sessions) * (int(rows.max()) + 1):
                # So many windows of the rows that all of them are less work than these one by one.
                every = self._every_window(spec, length)
                _put(found, picked, every.at((rows[picked], starts[picked])).reshaped(len(picked), 1))
                continue
            places = starts[picked, None] + np.arange(length)[None, :]
            _put(found, picked, self._windows(spec, rows[picked, None], places, length))
        return found.cells()

    def _every_window(self, spec: LookBack, length: int) -> Cells:
        key = (spec, length)
        if key not in self._kept:
            self._kept[key] = self._windows(spec, slice(None), slice(None), length)
        return self._kept[key]

    def look_back_on(self, spec: LookBack, notes: Any, days: Any) -> Cells:
        """The look-back of each of these notes on each of the same days: notes × days."""
        starts, ends = self.window(spec, days)
        lengths = np.unique(ends - starts)
        if len(lengths) != 1 or not lengths[0] or self._has_split[notes].any():
            each = self.look_back(spec, np.repeat(notes, len(days)), np.tile(days, len(notes)))
            return each.reshaped(len(notes), len(days))
        rows = self.first_rows[notes]
        if is_run(rows):
            rows = slice(int(rows[0]), int(rows[-1]) + 1)
        found = self._windows(spec, rows, slice(int(starts.min()), int(ends.max())), int(lengths[0]))
        columns = starts - starts.min()
        whole = np.array_equal(columns, np.arange(len(columns)))
        return found if whole else found.at((slice(None), columns))

    def quote(self, series: str, notes: Any, days: Any) -> Cells:
        """The quote of each of these notes on its own day."""
        places = np.searchsorted(self.sessions, days)
        is_session = self.sessions[np.minimum(places, len(self.sessions) - 1)] == days
        refused = np.where(is_session, 0, self.causes.of_refused(NO_SESSION))
        rows = self.series.get(series)
        need = self.causes.of_unknown(Unknown((series,)))
        if rows is None:
            return _bounded(np.ones(len(days)), 1, np.where(is_session, need, 0), refused)
        at = (self._row(notes, days), np.where(is_session, places, 0))
        missing = np.zeros(len(days), bool) if rows.missing is None else rows.missing[at]
        unknown = np.where(missing & is_session, need, 0)
        return _bounded(np.where(missing, 1, rows.values[at]), rows.below, unknown, refused)

    def window(self, spec: LookBack, days: Any) -> tuple[Any, Any]:
        """The places of the first session of the window of each day, and of the one after its last."""
        inclusive = spec.edge != "before"
        if spec.period.unit == "days":
            last = days if inclusive else days - 1
            starts = np.searchsorted(self.sessions, last - spec.period.count + 1)
            ends = np.searchsorted(self.sessions, last, side="right")
        else:
            ends = np.searchsorted(self.sessions, days, side="right" if inclusive else "left")
            starts = ends - spec.period.count
        # Of a window whose last quote is wanted, whatever became of those before it.
        return (np.maximum(starts, ends - 1) if spec.statistic == "last" else starts), ends

    def _row(self, notes: Any, days: Any) -> Any:
        """The row of each note on the basis of its day."""
        rows = self.first_rows[notes]
        split = np.flatnonzero(self._has_split[notes])
        rows = rows.copy() if len(split) else rows
        for place in split.tolist():
            rows[place] += sum(day <= days[place] for day in self.split_days[int(notes[place])])
        return rows

    @cached_property
    def _has_split(self) -> Any:
        """Whether the shares of each note have split."""
        found = np.zeros(len(self.first_rows), bool)
        found[list(self.split_days)] = True
        return found

    def _windows(self, spec: LookBack, rows: Any, places: Any, length: int) -> Cells:
        """The statistic of all windows of a length in a part of the table."""
        need = self.causes.of_unknown(Unknown((spec.series,)))
        quotes = self.series.get(spec.series)
        weighted = spec.statistic == "volume-weighted average"
        weights = self.series.get("volume") if weighted else None
        if not length or quotes is None or (weighted and weights is None):
            needed = need if length and quotes is None else 0
            if weighted and length and weights is None:
                needed |= self.causes.of_unknown(Unknown(("volume",)))
            return self._nothing(rows, places, length, needed or self.causes.of_unknown(NO_WINDOW))
        values = quotes.values[rows, places]
        unknown = _lacking(quotes, rows, places, length, need)
        if weights is not None:
            lacking = _lacking(weights, rows, places, length, self.causes.of_unknown(Unknown(("volume",))))
            unknown = lacking if unknown is None else unknown if lacking is None else unknown | lacking
            return self._weighted(quotes, weights, rows, places, length, unknown)
        found = statistic(spec.statistic, spec.count, spec.among, values, length)
        below = quotes.below * found.times
        low, high = quotes.low * found.times, quotes.high * found.times
        if quotes.missing is None:
            return Cells(found.above, below, None, None, low, high)
        lacking = np.zeros(found.above.shape, np.int64) if unknown is None else unknown
        values = found.above if unknown is None else np.where(unknown != 0, 1, found.above)
        return Cells(values, below, lacking, None, min(low, 1), max(high, 1))  # 1 stands for what is missing

    def _weighted(self, quotes: Rows, weights: Rows, rows: Any, places: Any, length: int, unknown: Any) -> Cells:
        shares = weights.values[rows, places].astype(object)
        above = _all(sums, shares * quotes.values[rows, places], length)
        below = _all(sums, shares, length)
        nothing = below == 0
        bits = np.zeros(nothing.shape, np.int64) if unknown is None else unknown
        bits = np.where(nothing & (bits == 0), self.causes.of_unknown(NO_DIVISOR), bits)
        return _bounded(np.where(bits != 0, 1, above), np.where(nothing, 1, below) * quotes.below, bits, None)

    def _nothing(self, rows: Any, places: Any, length: int, need: int) -> Cells:
        shape = np.zeros((len(self.first_rows), len(self.sessions)), np.int8)[rows, places].shape
        width = max(1, shape[1] - length + 1)
        return _bounded(np.ones((shape[0], width)), 1, np.full((shape[0], width), need), None)


@frozen(eq=False)
class _Parts:
    """Figures as they are put together, a few rows at a time."""

    above: Any
    below: Any
    unknown: Any
    uniform: set[int] = field(factory=set)

    def cells(self) -> Cells:
        below = next(iter(self.uniform)) if len(self.uniform) == 1 else self.below
        return _bounded(self.above, below, self.unknown if self.unknown.any() else None, None)


def _empty(rows: int) -> _Parts:
    return _Parts(np.ones(rows, object), np.ones(rows, object), np.zeros(rows, np.int64))


def _put(found: _Parts, picked: Any, part: Cells) -> None:
    found.above[picked] = part.above[:, 0]
    if isinstance(part.below, np.ndarray):
        found.below[picked] = part.below[:, 0]
        found.uniform.update((0, 1))  # not uniform
    else:
        found.below[picked] = part.below
        found.uniform.add(part.below)
    if part.unknown is not None:
        found.unknown[picked] = part.unknown[:, 0]


def _lacking(rows_of: Rows, rows: Any, places: Any, length: int, need: int) -> Any:
    """The bit of the need where a window lacks a quote."""
    if rows_of.missing is None:
        return None
    missing = statistic("highest", 0, "", rows_of.missing[rows, places].astype(np.int8), length).above
    return np.where(missing, need, 0) if missing.any() else None


def _all(reckon: Any, rows: Any, length: int) -> Any:
    return np.array([reckon(row, length) for row in rows])


def _bounded(above: Any, below: Any, unknown: Any, refused: Any) -> Cells:
    above = np.asarray(above)
    if above.dtype == object and above.size and max(int(above.max()), -int(above.min())) < 1 << 62:
        above = above.astype(np.int64)
    low, high = (int(above.min()), int(above.max())) if above.size else (0, 0)
    unknown = None if unknown is None or not unknown.any() else unknown
    refused = None if refused is None or not refused.any() else refused
    return Cells(above, below, unknown, refused, low, high)
