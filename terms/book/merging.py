"""Merging: the figures of one series or level from all sources, in the order of each note's days.

Figures of one day from two places are an error, whatever they say; so is a quote for a day without a session.
Of the levels from before a note was issued the last one held then; the earlier ones say nothing of this note.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from ...engine.time.calendars import Calendar, OutsideCalendar
from ...grammar.classes import frozen
from ...grammar.diagnostics import Diagnostic
from .inputs.cells import LEFT_EMPTY
from .inputs.figures import joined
from .quotes import Origins, QuoteTable

UNKNOWN, OPEN, CLOSED = 0, 1, 2

Told = Callable[[int, Diagnostic], None]  # (place in the block, what is wrong)


@frozen(eq=False)
class Part:
    """Figures of one series from one source, note after note: when, how much, from when known, the line of each."""

    starts: Any
    days: Any
    values: Any
    decimals: int
    known: Any  # int32, 0 where it is the figure's own day; or None
    lines: Any
    origin: Origins

    @property
    def owners(self) -> Any:
        """Whose each figure is, by place in the block."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def where(self, kept: Any) -> "Part":
        """Some of the figures."""
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        known = None if self.known is None else self.known[kept]
        return Part(starts, self.days[kept], self.values[kept], self.decimals, known, self.lines[kept], self.origin)


@frozen(eq=False)
class Merging:
    """The notes of a block for which figures are merged; what is wrong is told by place in the block."""

    notes: int
    issued: Any
    sessions: "Sessions"
    tell: Told

    def quotes(self, series: str, parts: Sequence[Part]) -> QuoteTable:
        """All quotes of a series."""
        table = _together(self.notes, parts)
        self._distinct(series, table, "E324", np.diff(table.days))
        for row in np.flatnonzero(self.sessions.closed(table.days)).tolist():
            day = date.fromordinal(int(table.days[row]))
            message = f"{day} is a {day:%A} without a session of {self.sessions.name}"
            self._tell(series, table, "E325", row, message, f"{LEFT_EMPTY}; or name the right calendar in the note")
        return table

    def levels(self, level: str, parts: Sequence[Part]) -> QuoteTable:
        """All figures of a level since the issue, and the last one of before, which then held on the issue date."""
        table = _together(self.notes, parts)
        owners = table.owners
        early = table.days <= self.issued[owners]
        last = np.zeros(self.notes, np.int64)
        np.maximum.at(last, owners[early], table.days[early])
        table = table.since(last)
        step = np.diff(table.days)
        if table.known is not None:
            step = np.where(step == 0, np.diff(table.known), step)
        self._distinct(level, table, "E313", step)
        return table

    def _distinct(self, series: str, table: QuoteTable, code: str, step: Any) -> None:
        """Tell of figures that do not step on from the one before."""
        for row in (_same(table, step) + 1).tolist():
            message = f"there are two figures of `{series}` for {date.fromordinal(int(table.days[row]))}"
            self._tell(series, table, code, row, message, "keep one of them", row - 1)

    def _tell(
        self, series: str, table: QuoteTable, code: str, row: int, message: str, help: str, other: int | None = None
    ) -> None:
        span = table.fact(series, row).span
        related = () if other is None else ((table.fact(series, other).span, "the other"),)
        owner = int(np.searchsorted(table.starts, row, side="right")) - 1
        self.tell(owner, Diagnostic(code, message, span, help, related))


def _same(table: QuoteTable, step: Any) -> Any:
    """Where nothing steps on within a note."""
    step[_ends(table)] = 1
    return np.flatnonzero(step == 0)


def _ends(table: QuoteTable) -> Any:
    """The last figure of each note but the last, from which the step is to another note."""
    ends = table.starts[1:-1]
    return ends[(ends > 0) & (ends < len(table.days))] - 1


def _together(notes: int, parts: Sequence[Part]) -> QuoteTable:
    """The figures of all sources, by note, day, and the day from which they are known."""
    values, decimals = joined([(each.values, each.decimals) for each in parts])
    days = parts[0].days if len(parts) == 1 else np.concatenate([each.days for each in parts])
    lines = parts[0].lines if len(parts) == 1 else np.concatenate([each.lines for each in parts])
    sources = np.repeat(np.arange(len(parts), dtype=np.int16), [len(each.days) for each in parts])
    known = None
    if any(each.known is not None for each in parts):
        known = np.concatenate([_known(each) for each in parts])
    origins = tuple(each.origin for each in parts)
    starts = parts[0].starts
    if len(parts) > 1:
        owners = np.concatenate([each.owners for each in parts])
        order = np.lexsort((days, owners))
        starts = np.searchsorted(owners[order], np.arange(notes + 1))
        days, values, sources, lines = (each[order] for each in (days, values, sources, lines))
        known = None if known is None else known[order]
    table = QuoteTable(starts, days, values, decimals, known, sources, lines, origins)
    step = np.diff(days)
    step[_ends(table)] = 1
    if len(step) and (known is not None or int(step.min()) < 0):
        order = np.lexsort((days, table.owners)) if known is None else np.lexsort((known, days, table.owners))
        table = table.rows(starts, order)
    return table


def _known(part: Part) -> Any:
    return part.days if part.known is None else np.where(part.known == 0, part.days, part.known)


class Sessions:
    """Which days a calendar has no session on, looked up once for each day."""

    def __init__(self, calendar: Calendar) -> None:
        self.name = calendar.name
        self._calendar = calendar
        self._known = np.zeros(date.max.toordinal() + 1, np.int8)

    def closed(self, days: Any) -> Any:
        """Of each day, whether the calendar has no session; a day that it does not know is none of those."""
        states = self._known[days]
        if (states == UNKNOWN).any():
            for day in np.unique(days[states == UNKNOWN]).tolist():
                self._known[day] = self._state(date.fromordinal(day))
            states = self._known[days]
        return states == CLOSED

    def _state(self, day: date) -> int:
        try:
            return OPEN if self._calendar.is_session(day) else CLOSED
        except OutsideCalendar:
            return OPEN
