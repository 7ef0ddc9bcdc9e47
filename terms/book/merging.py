"""Merging: the figures of one series or level from all sources, in the order of each note's days.

Figures of one day from two places are an error, whatever they say; so is a quote for a day without a session.
Of the levels from before a note was issued the last one held then; the earlier ones say nothing of this note.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
from attrs import frozen

from ...engine.time.calendars import Calendar, OutsideCalendar
from ...engine.world.series import SERIES
from ...grammar.diagnostics import Diagnostic
from .inputs.figures import joined
from .quotes import Origins, QuoteTable

UNKNOWN, OPEN, CLOSED = 0, 1, 2

Told = Callable[[int, Diagnostic], None]  # (place in the block, what is wrong)


@frozen(eq=False)
class Part:
    """Figures of one series from one source: whose, when, how much, from when known, and the line of each."""

    owners: Any
    days: Any
    values: Any
    decimals: int
    known: Any  # int32, 0 where it is the figure's own day; or None
    lines: Any
    origin: Origins


@frozen(eq=False)
class Merging:
    """The notes of a block for which figures are merged; what is wrong is told by place in the block."""

    notes: int
    issued: Any
    sessions: "Sessions"
    tell: Told

    def quotes(self, series: str, parts: Sequence[Part]) -> QuoteTable:
        """All quotes of a series."""
        merged = self._merged(series, parts, by_known=False)
        for row in np.flatnonzero(self.sessions.closed(merged.table.days)).tolist():
            day = date.fromordinal(int(merged.table.days[row]))
            message = f"{day} is a {day:%A} without a session of {self.sessions.name}"
            help = "take it out, or name the right calendar in the note"
            self._tell(merged, "E325", series, row, message, help)
        return merged.table

    def levels(self, level: str, parts: Sequence[Part]) -> QuoteTable:
        """All figures of a level since the issue, and the last one of before, which then held on the issue date."""
        merged = self._merged(level, [self._since_issue(each) for each in parts], by_known=True)
        return merged.table

    def _since_issue(self, part: Part) -> Part:
        issued = self.issued[part.owners]
        early = part.days <= issued
        if not early.any():
            return part
        last = np.zeros(self.notes, np.int64)
        np.maximum.at(last, part.owners[early], part.days[early])
        kept = ~early | (part.days == last[part.owners])
        known = None if part.known is None else part.known[kept]
        owners, days, values, lines = (each[kept] for each in (part.owners, part.days, part.values, part.lines))
        return Part(owners, days, values, part.decimals, known, lines, part.origin)

    def _merged(self, series: str, parts: Sequence[Part], by_known: bool) -> "_Merged":
        owners: Any = np.concatenate([each.owners for each in parts])
        days: Any = np.concatenate([each.days for each in parts]).astype(np.int32)
        values, decimals = joined([(each.values, each.decimals) for each in parts])
        sources: Any = np.repeat(np.arange(len(parts), dtype=np.int16), [len(each.owners) for each in parts])
        lines: Any = np.concatenate([each.lines for each in parts]).astype(np.int64)
        known = None
        if any(each.known is not None for each in parts):
            told = [
                each.days if each.known is None else np.where(each.known == 0, each.days, each.known) for each in parts
            ]
            known = np.concatenate(told).astype(np.int32)
        stepped = np.diff(owners) * (1 << 32) + np.diff(days)
        if (stepped < 0).any():
            order = np.lexsort((days, owners)) if known is None else np.lexsort((known, days, owners))
            owners, days, values, sources, lines = (each[order] for each in (owners, days, values, sources, lines))
            known = None if known is None else known[order]
        starts = np.searchsorted(owners, np.arange(self.notes + 1))
        table = QuoteTable(starts, days, values, decimals, known, sources, lines, tuple(each.origin for each in parts))
        merged = _Merged(table, owners)
        same = (np.diff(owners) == 0) & (np.diff(days) == 0)
        if by_known and known is not None:
            same &= np.diff(known) == 0
        code = "E324" if series in SERIES else "E313"
        for row in (np.flatnonzero(same) + 1).tolist():
            message = f"there are two figures of `{series}` for {date.fromordinal(int(days[row]))}"
            self._tell(merged, code, series, row, message, "keep one of them", row - 1)
        return merged

    def _tell(
        self, merged: "_Merged", code: str, series: str, row: int, message: str, help: str, other: int | None = None
    ) -> None:
        span = merged.fact(series, row).span
        related = () if other is None else ((merged.fact(series, other).span, "the other"),)
        self.tell(int(merged.owners[row]), Diagnostic(code, message, span, help, related))


@frozen(eq=False)
class _Merged:
    table: QuoteTable
    owners: Any

    def fact(self, series: str, row: int) -> Any:
        return self.table.origin(series, row, int(self.table.days[row]), int(self.table.values[row]))


class Sessions:
    """Which days a calendar has no session on, looked up once for each day."""

    def __init__(self, calendar: Calendar) -> None:
        self.name = calendar.name
        self._calendar = calendar
        self._known = np.zeros(date.max.toordinal() + 1, np.int8)

    def closed(self, days: Any) -> Any:
        """Of each day, whether the calendar has no session; a day that it does not know is none of those."""
        new = np.unique(days[self._known[days] == UNKNOWN])
        for day in new.tolist():
            self._known[day] = self._state(date.fromordinal(day)) if day else OPEN
        return self._known[days] == CLOSED

    def _state(self, day: date) -> int:
        try:
            return OPEN if self._calendar.is_session(day) else CLOSED
        except OutsideCalendar:
            return OPEN
