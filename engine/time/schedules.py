"""Schedules: the dates anchor + k × period, for every whole k, and the stubs at the ends.

Contract words: "payable quarterly in arrears", "compounded monthly", "the first day of each quarter".
The law it keeps: a date is reckoned from the anchor, never from its neighbour, so that monthly from
31 January gives 28 February and 31 March again. Dates are unadjusted: whoever pays on them rolls them.
An anchor on 30 November gives 28 February and 30 May quarterly; with `end_of_month`, an anchor on the last
day of its month gives last days throughout (28 February, 31 May), and another anchor is not affected.
"""

import datetime
from collections.abc import Iterator

from ...grammar.classes import frozen
from .calendars import Calendar
from .periods import CALENDAR_UNITS, Period, add, is_month_end, month_length

# How often, as a note says it, and the period that means.
FREQUENCIES = {
    "annually": Period(1, "years"),
    "semiannually": Period(6, "months"),
    "quarterly": Period(3, "months"),
    "monthly": Period(1, "months"),
    "weekly": Period(1, "weeks"),
    "daily": Period(1, "days"),
}

# A stretch of time [start, end).
Stretch = tuple[datetime.date, datetime.date]


@frozen
class Schedule:
    """Dates a period apart, both ways from an anchor.

    The period is at least one of its unit; business and trading days need the calendar.
    """

    anchor: datetime.date
    period: Period
    end_of_month: bool = False
    calendar: Calendar | None = None

    def __attrs_post_init__(self) -> None:
        assert self.period.count > 0, "a schedule goes forward"
        assert self.calendar or self.period.unit not in CALENDAR_UNITS, f"{self.period.unit} need a calendar"

    @property
    def periods_a_year(self) -> int | None:
        """How many periods make a year (1, 2, 3, 4, 6 or 12), if a whole number of them does.

        None for days and weeks, which do not fill a year, and for five months or two years.
        """
        months = self.period.months
        return 12 // months if months and 12 % months == 0 else None

    def date(self, index: int) -> datetime.date:
        """The date so many periods after the anchor. Raises `OutsideYears`, `OutsideCalendar`."""
        day = add(self.anchor, self.period.times(index), self.calendar)
        if self.end_of_month and self.period.months and is_month_end(self.anchor):
            return day.replace(day=month_length(day.year, day.month))
        return day

    def index(self, day: datetime.date) -> int:
        """The number k of the last date on or before a day: date(k) <= day < date(k + 1).

        Raises `OutsideCalendar`.
        """
        if months := self.period.months:
            # INVARIANT: date(k) lies in the k × months-th month from the anchor's, clipped or not.
            apart = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
            index = apart // months
            return index - 1 if apart % months == 0 and self._day_in_month(day) > day.day else index
        if days := self.period.days:
            return (day.toordinal() - self.anchor.toordinal()) // days
        assert self.calendar is not None
        after = _next(self.anchor)
        if day >= self.anchor:
            return self.calendar.session_count(after, _next(day)) // self.period.count
        # date(-i) is the i × count-th session before the anchor, and on or before the day when the sessions
        # between the two are fewer than that.
        return -(self.calendar.session_count(_next(day), self.anchor) // self.period.count + 1)

    def dates_between(self, start: datetime.date, end: datetime.date) -> Iterator[datetime.date]:
        """The dates after `start`, up to and including `end`, one by one: a reader may have enough of them.

        Raises `OutsideYears`, `OutsideCalendar`.
        """
        numbers = range(self.index(start) + 1, self.index(end) + 1) if start < end else ()
        return map(self.date, numbers)

    def period_containing(self, day: datetime.date) -> Stretch:
        """The period [start, end) that holds a day: a date of the schedule starts its own.

        Raises `OutsideYears`, `OutsideCalendar`.
        """
        index = self.index(day)
        return self.date(index), self.date(index + 1)

    def stubs(self, start: datetime.date, end: datetime.date) -> tuple[Stretch | None, Stretch | None]:
        """The broken periods at the front and at the back of [start, end), each None where it is whole.

        The front stub runs from `start` to the first date, the back stub from the last date to `end`.
        A stretch with no date inside is one stub: at the back if it starts on a date, else at the front.
        Raises `OutsideYears`, `OutsideCalendar`.
        """
        if end <= start:
            return None, None
        first, last = self.index(start), self.index(end)
        starts_on_date, ends_on_date = self.date(first) == start, self.date(last) == end
        if first == last and not starts_on_date:
            return (start, end), None
        front = None if starts_on_date else (start, self.date(first + 1))
        back = None if ends_on_date else (self.date(last), end)
        return front, back

    def _day_in_month(self, day: datetime.date) -> int:
        """The day of the month on which the schedule falls in a day's month."""
        length = month_length(day.year, day.month)
        if self.end_of_month and is_month_end(self.anchor):
            return length
        return min(self.anchor.day, length)


def _next(day: datetime.date) -> datetime.date:
    return datetime.date.fromordinal(day.toordinal() + 1)
