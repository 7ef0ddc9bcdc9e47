"""Periods: lengths of time as contracts write them, and the day that lies so much later.

Contract words: "six months after the Issue Date", "within five (5) business days", "ten trading days".
The law it keeps: days, business days, trading days and months do not mix. Months and years keep the day
of the month, or take the last day of a shorter month (ISDA 2006 section 4.11: 31 January and one month is
28 February); so a date is always reckoned from its anchor, never from the date before it.
Leaves out: whether a day so found is then rolled to a business day.
"""

from datetime import date

from ...grammar.classes import frozen
from .calendars import EARLIEST, LATEST, Calendar

# Words of the language and the unit they mean; a unit is its own plural.
UNITS = {
    "day": "days",
    "business day": "business days",
    "trading day": "trading days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}

# Units that are nothing without a calendar.
CALENDAR_UNITS = ("business days", "trading days")


class OutsideYears(ValueError):
    """A date would lie outside the years a note may speak of, 1900 to 2999."""

    def __init__(self) -> None:
        super().__init__(f"the date would lie outside the years {EARLIEST.year} to {LATEST.year}")


@frozen
class Period:
    """A number of days, business days, trading days, weeks, months or years; negative runs backwards."""

    count: int
    unit: str

    def times(self, factor: int) -> "Period":
        """The period so many times over."""
        return Period(self.count * factor, self.unit)

    @property
    def months(self) -> int | None:
        """Its length in months, if it is one of months or years."""
        match self.unit:
            case "months":
                return self.count
            case "years":
                return self.count * 12
            case _:
                return None

    @property
    def days(self) -> int | None:
        """Its length in calendar days, if it is one of days or weeks."""
        match self.unit:
            case "days":
                return self.count
            case "weeks":
                return self.count * 7
            case _:
                return None

    def __str__(self) -> str:
        words = self.unit[:-1] if abs(self.count) == 1 else self.unit
        return f"{self.count} {words}"


def unit_of(words: str) -> str | None:
    """The unit a word or two mean, singular or plural: `trading day` is `trading days`; None if none."""
    return UNITS.get(words) or (words if words in UNITS.values() else None)


def add(day: date, period: Period, calendar: Calendar | None = None) -> date:
    """The day that lies a period after another, or before it where the period is negative.

    Business and trading days are the calendar's sessions strictly after the day. Months and years keep the
    day of the month or take the month's last. Raises `OutsideYears`, and `OutsideCalendar` for a session.
    """
    if (months := period.months) is not None:
        return add_months(day, months)
    if (days := period.days) is not None:
        return _in_years(day.toordinal() + days)
    assert period.unit in CALENDAR_UNITS, f"no such unit: {period.unit}"
    assert calendar is not None, f"{period.unit} need a calendar"
    return calendar.add_business_days(day, period.count)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day. Raises `OutsideYears`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not EARLIEST.year <= year <= LATEST.year:
        raise OutsideYears
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """How many days a month has; months count from 1."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def is_leap(year: int) -> bool:
    """Whether a year has 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month."""
    return day.day == month_length(day.year, day.month)


def _in_years(ordinal: int) -> date:
    if EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
        return date.fromordinal(ordinal)
    raise OutsideYears
