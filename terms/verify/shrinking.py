"""Shrinking: the smallest ledger that still breaks what a larger one broke.

Lines are dropped, all is moved towards the issue, figures lose their digits. Every step is tried, and kept only
where the break stays; so what is left is small, though perhaps not the least of all.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ...engine.time.calendars import Calendar, OutsideCalendar
from ...grammar.classes import evolve
from .drawing import Lines

TRIES_MAX = 800  # of one break: each is a statement or a few
ROUNDS = 3
Breaks = Callable[[Lines, date], bool]
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Shrinking:
    """One break on its way down."""

    def __init__(self, lines: Lines, day: date, breaks: Breaks, calendar: Calendar, issued: date) -> None:
        self.lines, self.day = lines, day
        self._breaks, self._calendar, self._issued = breaks, calendar, issued
        self._tries = 0

    def smallest(self) -> tuple[Lines, date]:
        """The lines that are left, in the order of their days, and the day on which they break it."""
        self._keep(tuple(line for line in self.lines if line.day <= self.day), self.day)
        for _ in range(ROUNDS):
            before = self.lines, self.day
            self._drop()
            self._alike()
            self._earlier()
            self._simpler()
            if before == (self.lines, self.day):
                break
        self._keep(tuple(sorted(self.lines, key=lambda line: line.day)), self.day)
        return self.lines, self.day

    def _keep(self, lines: Lines, day: date) -> bool:
        """Whether the break stays; then this is what is at hand."""
        if (lines, day) == (self.lines, self.day) or self._tries >= TRIES_MAX:
            return False
        self._tries += 1
        if not self._breaks(lines, day):
            return False
        self.lines, self.day = lines, day
        return True

    def _drop(self) -> None:
        """Halves first, then smaller pieces, down to single lines."""
        size = max(len(self.lines) // 2, 1)
        while True:
            at = 0
            while at < len(self.lines):
                if not self._keep(self.lines[:at] + self.lines[at + size :], self.day):
                    at += size
            if size == 1:
                return
            size //= 2

    def _alike(self) -> None:
        """All quotes of a series the same."""
        for words in sorted({line.words for line in self.lines if " per share" in line.words}):
            series = _NUMBER.split(words)[0]
            self._keep(
                tuple(evolve(line, words=words) if line.words.startswith(series) else line for line in self.lines),
                self.day,
            )

    def _earlier(self) -> None:
        """By the same number of sessions nearer to the issue: everything, or all but what is on its day."""
        try:
            sessions = self._after_issue()
            while sessions:
                day = self._before(self.day, sessions)
                moved = tuple(evolve(line, day=self._before(line.day, sessions)) for line in self.lines)
                others = zip(self.lines, moved, strict=True)
                stays = tuple(line if line.day == self._issued else other for line, other in others)
                kept = self._keep(moved, day) or self._keep(stays, day)
                sessions = min(sessions, self._after_issue()) if kept else sessions // 2
        except OutsideCalendar:
            return

    def _after_issue(self) -> int:
        """How many sessions lie after the issue, up to the first on or after the day."""
        between = self._calendar.sessions_between(self._issued + timedelta(1), self.day)
        return len(between) + (self.day > self._issued)

    def _before(self, day: date, sessions: int) -> date:
        """A day without a session goes where the next session goes, so that its window goes with it."""
        return self._calendar.sessions_before(day, sessions)[0]

    def _simpler(self) -> None:
        """Figures of fewer digits, then smaller ones: those of alike lines together, then one by one."""
        for words in sorted({line.words for line in self.lines}):
            for simple in _simplified(words):
                if self._keep(tuple(evolve(x, words=simple) if x.words == words else x for x in self.lines), self.day):
                    break
        for place in range(len(self.lines)):
            for simple in _simplified(self.lines[place].words):
                line = evolve(self.lines[place], words=simple)
                if self._keep((*self.lines[:place], line, *self.lines[place + 1 :]), self.day):
                    break


def _simplified(words: str) -> Iterator[str]:
    """The same sentence with a simpler figure in it, the simplest first."""
    for match in _NUMBER.finditer(words):
        text = match[0]
        whole, point, part = text.replace(",", "").partition(".")
        digits = int(whole + part)
        for simple in _simpler_numbers(digits):
            spelt = f"{simple:0{len(part) + 1}d}"
            above, below = spelt[: len(spelt) - len(part)], spelt[len(spelt) - len(part) :]
            yield f"{words[: match.start()]}{int(above):,}{point}{below}{words[match.end() :]}"


def _simpler_numbers(digits: int) -> Iterator[int]:
    """Powers of ten below, then the number with one digit, then with two."""
    length = len(str(digits))
    yield from (10**power for power in range(length) if 10**power < digits)
    for kept in (1, 2):
        cut = digits // 10 ** (length - kept) * 10 ** (length - kept) if length > kept else digits
        if cut < digits:
            yield cut
