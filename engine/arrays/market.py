"""The market of many notes: what their look-backs and quotes give, on a day for each or on the same days for all.

Meanings are those of `world.market`: windows are sessions of the calendar, a session without its quote is a
missing fact, and a day that is no session has no quote.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from ...grammar.classes import evolve, field, frozen
from ..compiled.causes import Causes
from ..exact.values import Reason, Refused, Unknown
from ..meaning.expressions import LookBack
from .cells import Cells, is_run
from .quotes import Rows
from .timelines import LAST_DAY
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
        rows, lengths = self._row(notes, days), ends - starts
        parts = {length: np.flatnonzero(lengths == length) for length in np.unique(lengths).tolist()}
        found = [self._each_window(spec, rows[at], starts[at], length) for length, at in parts.items()]
        return found[0] if len(found) == 1 else _joined(len(rows), [*parts.values()], found)

    def _each_window(self, spec: LookBack, rows: Any, starts: Any, length: int) -> Cells:
        """The windows of one length that begin in these places of these rows."""
        every = len(self.sessions) * (int(rows.max()) + 1)
        if (spec, length) in self._kept or (length and len(rows) * length > every):
            # So many windows of the rows that all of them are less work than these one by one.
            return self._every_window(spec, length).at((rows, starts))
        places = starts[:, None] + np.arange(length)[None, :]
        return self._windows(spec, rows[:, None], places, length).at((slice(None), 0))

    def _every_window(self, spec: LookBack, length: int) -> Cells:
        key = (spec, length)
        if key not in self._kept:
            self._kept[key] = self._windows(spec, slice(None), slice(None), length)
        return self._kept[key]

    def look_back_on(self, spec: LookBack, notes: Any, days: Any) -> Cells:
        """The look-back of each of these notes on each of the same days: notes × days."""
        starts, ends = self.window(spec, days)
        lengths = np.unique(ends - starts)
        if len(lengths) != 1 or not lengths[0]:
            each = self.look_back(spec, np.repeat(notes, len(days)), np.tile(days, len(notes)))
            return each.reshaped(len(notes), len(days))
        every, rows = self._every_window(spec, int(lengths[0])), self.first_rows[notes]
        if self._has_split[notes].any():
            return every.at((self._row(notes[:, None], days), starts))
        if not is_run(starts):
            return every.at((rows[:, None], starts))
        columns = slice(int(starts[0]), int(starts[-1]) + 1)
        return every.at((slice(int(rows[0]), int(rows[-1]) + 1) if is_run(rows) else rows, columns))

    def quote(self, series: str, notes: Any, days: Any) -> Cells:
        """The quote of each of these notes on its own day."""
        places = np.searchsorted(self.sessions, days)
        is_session = self.sessions[np.minimum(places, len(self.sessions) - 1)] == days
        refused = np.where(is_session, 0, self.causes.of_refused(NO_SESSION))
        rows = self.series.get(series)
        need = self.causes.of_unknown(Unknown((series,)))
        if rows is None:
            return _bounded(np.ones(len(days), np.int64), 1, np.where(is_session, need, 0), refused)
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
        for turn in self._splits_in_turn:
            rows = rows + (turn[notes] <= days)
        return rows

    @cached_property
    def _splits_in_turn(self) -> list[Any]:
        """Of each note the day of its first split, then of its second; LAST_DAY where there is none."""
        found = [
            np.full(len(self.first_rows), LAST_DAY) for _ in range(max(map(len, self.split_days.values()), default=0))
        ]
        for note, days in self.split_days.items():
            for turn, day in zip(found, days, strict=False):
                turn[note] = day
        return found

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
        weight = self.causes.of_unknown(Unknown(("volume",))) if weighted else 0
        if not length:
            return self._nothing(rows, places, length, self.causes.of_unknown(NO_WINDOW))
        if quotes is None or (weighted and weights is None):
            needed = self._nothing(rows, places, length, (need if quotes is None else 0) | (0 if weights else weight))
            held, its = (weights, weight) if quotes is None else (quotes, need)
            lacking = None if held is None else _lacking(held, rows, places, length, its)
            return needed if lacking is None else evolve(needed, unknown=needed.unknown | lacking)
        values = quotes.values[rows, places]
        unknown = _lacking(quotes, rows, places, length, need)
        if weights is not None:
            lacking = _lacking(weights, rows, places, length, weight)
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
        every = len(self.first_rows) + sum(map(len, self.split_days.values()))
        shape = np.broadcast_to(np.int8(0), (every, len(self.sessions)))[rows, places].shape
        width = max(1, shape[1] - length + 1)
        return _bounded(np.ones((shape[0], width), np.int64), 1, np.full((shape[0], width), need), None)


def _joined(rows: int, places: list[Any], parts: list[Cells]) -> Cells:
    """The parts, each in its places among so many rows."""
    above = np.zeros(rows, np.result_type(*(each.above for each in parts)) if parts else np.int64)
    uniform = all(isinstance(each.below, int) and each.below == parts[0].below for each in parts)
    below = parts[0].below if parts and uniform else np.ones(rows, object)
    unknown = np.zeros(rows, np.int64)
    for at, each in zip(places, parts, strict=True):
        above[at] = each.above
        if isinstance(below, np.ndarray):
            below[at] = each.below
        if each.unknown is not None:
            unknown[at] = each.unknown
    return _bounded(above, below, unknown, None)


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
