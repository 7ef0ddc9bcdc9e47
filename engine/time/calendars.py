"""Calendars: which days are sessions or business days, and what a payment day rolls to.

Contract words: "the ten trading days immediately preceding", "the next succeeding business day".
A calendar is reference data with a known range. What needs a day outside it raises `OutsideCalendar`,
so that the answer is unknown and not a guess.
The law of rolls: the result is a business day; following never goes back, preceding never forward;
the modified ones stay in the month; rolling twice is rolling once.
Leaves out: opening hours (a half day is a session), and which calendar a note means.
"""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from ...grammar.classes import frozen

# The years a note may speak of.
EARLIEST = date(1900, 1, 1)
LATEST = date(2999, 12, 31)

# What a date that is no business day moves to (ISDA 2006 section 4.12, and its mirror image).
CONVENTIONS = ("unadjusted", "following", "modified following", "preceding", "modified preceding")


class OutsideCalendar(Exception):
    """A day was needed that the calendar does not know."""

    def __init__(self, name: str, day: date, first: date, last: date) -> None:
        super().__init__(f"the calendar `{name}` is known from {first} to {last}, not on {day}")
        self.name = name
        self.day = day
        self.first = first
        self.last = last

    @property
    def need(self) -> str:
        """What an unknown answer waits for."""
        return f"the calendar `{self.name}` for {self.day}"


# Not slotted, so that the closures can be read on first use and kept.
@frozen(slots=False)
class Calendar:
    """The sessions of an exchange, or the business days of a place, from `first` through `last`.

    The first `days_a_week` days of every week are open (5: Monday to Friday; 7: every day), but for
    the days in the data file named `closures` and those in `closed`.
    """

    name: str
    description: str
    source: str
    days_a_week: int = 5
    first: date = EARLIEST
    last: date = LATEST
    closures: str = ""
    closed: tuple[date, ...] = ()

    def is_session(self, day: date) -> bool:
        """Whether the calendar is open on a day. Raises `OutsideCalendar`."""
        ordinal = self._known(day)
        return (ordinal - 1) % 7 < self.days_a_week and ordinal not in self._closed_set

    def business_day(self, day: date) -> bool:
        """Whether a day is a business day: `is_session`, in the words of a payment clause."""
        return self.is_session(day)

    def sessions_before(self, day: date, count: int) -> tuple[date, ...]:
        """The `count` sessions strictly before a day, oldest first. Raises `OutsideCalendar`.

        The day itself need not be known, only the day before it.
        """
        end = self._sessions_until(self._known_before(day))
        return self._sessions(end - count, end)

    def sessions_through(self, day: date, count: int) -> tuple[date, ...]:
        """The last `count` sessions up to and including a day, oldest first. Raises `OutsideCalendar`."""
        end = self._sessions_until(self._known(day) + 1)
        return self._sessions(end - count, end)

    def sessions_between(self, start: date, end: date) -> tuple[date, ...]:
        """The sessions of [start, end), `end` itself left out. Raises `OutsideCalendar`."""
        if end <= start:
            return ()
        return self._sessions(self._sessions_until(self._known(start)), self._sessions_until(self._known_before(end)))

    def session_count(self, start: date, end: date) -> int:
        """How many sessions [start, end) holds; 0 where it is empty. Raises `OutsideCalendar`."""
        if end <= start:
            return 0
        return self._sessions_until(self._known_before(end)) - self._sessions_until(self._known(start))

    def add_business_days(self, day: date, count: int) -> date:
        """The `count`-th session strictly after a day, or strictly before it where `count` is negative.

        None at all leaves the day where it is, session or not. Raises `OutsideCalendar`.
        """
        if count == 0:
            return day
        ordinal = self._known(day)
        index = self._sessions_until(ordinal + 1) - 1 if count > 0 else self._sessions_until(ordinal)
        return self._session(index + count)

    def roll(self, day: date, convention: str) -> date:
        """The day a payment moves to under one of `CONVENTIONS`; `unadjusted` asks nothing of the calendar.

        The modified conventions turn round where they would leave the month.
        Raises `OutsideCalendar`.
        """
        match convention:
            case "unadjusted":
                return day
            case "following" | "modified following":
                rolled, other = self._following(day), self._preceding
            case "preceding" | "modified preceding":
                rolled, other = self._preceding(day), self._following
            case _:
                raise AssertionError(f"no such roll: {convention}")
        if convention.startswith("modified") and rolled.month != day.month:
            return other(day)
        return rolled

    def _following(self, day: date) -> date:
        return self._session(self._sessions_until(self._known(day)))

    def _preceding(self, day: date) -> date:
        return self._session(self._sessions_until(self._known(day) + 1) - 1)

    # Sessions are numbered from 0001-01-01, which is a Monday of ordinal 1, as if the calendar reached back
    # that far: the open days of whole weeks by arithmetic, less the closures by bisection. No table of
    # sessions is ever built, so a range of eleven centuries costs nothing.

    def _sessions_until(self, ordinal: int) -> int:
        """How many sessions lie strictly before a day: the number of the first one on or after it."""
        weeks, weekday = divmod(ordinal - 1, 7)
        week = self.days_a_week
        return weeks * week + (weekday if weekday < week else week) - bisect_left(self._closed, ordinal)

    def _session(self, index: int) -> date:
        """The session of a number."""
        return date.fromordinal(self._open_day(index + bisect_right(self._sessions_until_closed, index)))

    def _sessions(self, start: int, end: int) -> tuple[date, ...]:
        """The sessions numbered from `start`, up to but not including `end`."""
        if end <= start:
            return ()
        # The same days, numbered among the open days of all weeks, closures included.
        first_open = start + bisect_right(self._sessions_until_closed, start)
        last_open = end - 1 + bisect_right(self._sessions_until_closed, end - 1)
        self._open_day(first_open), self._open_day(last_open)  # both ends known, before the list is made
        week = self.days_a_week
        ordinals = [index // week * 7 + index % week + 1 for index in range(first_open, last_open + 1)]
        if len(ordinals) > end - start:
            closed = self._closed_set
            ordinals = [ordinal for ordinal in ordinals if ordinal not in closed]
        return tuple(map(date.fromordinal, ordinals))

    def _open_day(self, index: int) -> int:
        """The ordinal of an open day of the week, by its number. Raises `OutsideCalendar`."""
        weeks, weekday = divmod(index, self.days_a_week)
        ordinal = weeks * 7 + weekday + 1
        known = self._range
        if ordinal in known:
            return ordinal
        # Past an end nothing is known, so the first day past it is the one that is missing.
        missing = known.start - 1 if ordinal < known.start else known.stop
        raise OutsideCalendar(self.name, date.fromordinal(missing), self.first, self.last)

    @cached_property
    def _closed(self) -> tuple[int, ...]:
        """The ordinals of the closures that fall on days of the week otherwise open."""
        ordinals = {day.toordinal() for day in self.closed}
        if self.closures:
            ordinals.update(_read(self.closures))
        return tuple(sorted(ordinal for ordinal in ordinals if (ordinal - 1) % 7 < self.days_a_week))

    @cached_property
    def _closed_set(self) -> frozenset[int]:
        return frozenset(self._closed)

    @cached_property
    def _sessions_until_closed(self) -> tuple[int, ...]:
        """For each closure, how many sessions lie before it."""
        return tuple(self._sessions_until(ordinal) for ordinal in self._closed)

    @cached_property
    def _range(self) -> range:
        """The ordinals of the days the calendar knows."""
        return range(self.first.toordinal(), self.last.toordinal() + 1)

    def _known(self, day: date) -> int:
        """The ordinal of a day the calendar knows."""
        ordinal = day.toordinal()
        if ordinal in self._range:
            return ordinal
        raise OutsideCalendar(self.name, day, self.first, self.last)

    def _known_before(self, day: date) -> int:
        """The ordinal of a day whose eve the calendar knows."""
        ordinal = day.toordinal()
        if ordinal - 1 in self._range:
            return ordinal
        raise OutsideCalendar(self.name, day, self.first, self.last)


def _read(file: str) -> Iterable[int]:
    """The ordinals of the days a data file lists: one ISO date a line, then the reason; `#` comments."""
    # By its path: `importlib.resources` takes as long to import as all of the engine, and wheels are never run zipped.
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "reference", file)
    with open(path, encoding="utf-8") as data:
        lines = data.read().splitlines()
    return [date.fromisoformat(line[:10]).toordinal() for line in lines if line[:1] not in ("", "#")]


NYSE = Calendar(
    name="NYSE",
    description="sessions of the New York Stock Exchange, every unscheduled closure included",
    source="NYSE Rule 7.2 and the exchange's notices, as `exchange_calendars` and `holidays` agree",
    first=date(1990, 1, 1),
    last=date(2027, 12, 31),
    closures="nyse.txt",
)
FEDERAL_RESERVE = Calendar(
    name="US federal",
    description="business days of the Federal Reserve Banks: a holiday on a Saturday is not moved",
    source="the Federal Reserve's holiday schedule; 5 U.S.C. 6103(a)",
    first=date(1990, 1, 1),
    last=date(2027, 12, 31),
    closures="federal-reserve.txt",
)
WEEKDAYS = Calendar(
    name="weekdays",
    description="Monday to Friday, no holidays",
    source="by definition",
)
EVERY_DAY = Calendar(
    name="every day",
    description="every calendar day",
    source="by definition",
    days_a_week=7,
)

# By the name a note gives.
CALENDARS = {calendar.name: calendar for calendar in (NYSE, FEDERAL_RESERVE, WEEKDAYS, EVERY_DAY)}
