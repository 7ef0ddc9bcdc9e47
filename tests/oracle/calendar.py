"""Days: sessions and business days from `holidays`, months, periods and rolls, from the words of the conventions."""

from datetime import date, timedelta
from functools import cache

import holidays

DAY = timedelta(days=1)
YEARS = range(1990, 2028)
# What `holidays` calls the days on which a calendar is closed beside its weekends; None: it has no weekends.
NAMES = ("NYSE", "US federal", "weekdays", "every day")


@cache
def closed(name: str) -> frozenset[date]:
    """The days of a calendar, weekends aside, without a session."""
    if name == "NYSE":
        return frozenset(holidays.financial_holidays("NYSE", years=YEARS))
    if name == "US federal":
        # The Reserve Banks keep a holiday on a Sunday on the Monday after it, and one on a Saturday not at all.
        days = set(holidays.country_holidays("US", years=YEARS, observed=False))
        return frozenset(days | {day + DAY for day in days if day.weekday() == 6})
    return frozenset()


@cache
def is_open(name: str, day: date) -> bool:
    return name == "every day" or (day.weekday() < 5 and day not in closed(name))


def next_open(name: str, day: date) -> date:
    """The first open day after a day."""
    day += DAY
    while not is_open(name, day):
        day += DAY
    return day


def last_open(name: str, day: date) -> date:
    """The last open day before a day."""
    day -= DAY
    while not is_open(name, day):
        day -= DAY
    return day


def rolled(name: str, day: date, convention: str) -> date:
    """Where a payment date moves, by the words of 2006 ISDA Definitions, section 4.12."""
    if convention == "unadjusted" or is_open(name, day):
        return day
    ahead, back = next_open(name, day), last_open(name, day)
    if convention.endswith("following"):
        return back if convention.startswith("modified") and ahead.month != day.month else ahead
    return ahead if convention.startswith("modified") and back.month != day.month else back


def month_end(day: date) -> bool:
    return (day + DAY).day == 1


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the last one of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    for of_month in (day.day, 30, 29, 28):
        try:
            return first.replace(day=min(of_month, day.day))
        except ValueError:
            continue
    raise AssertionError(day)


@cache
def later(day: date, count: int, unit: str, name: str) -> date:
    """The day so many days, weeks, months, years, or business days of a calendar, after another."""
    match unit:
        case "days":
            return day + count * DAY
        case "weeks":
            return day + 7 * count * DAY
        case "months":
            return months_later(day, count)
        case "years":
            return months_later(day, 12 * count)
    for _ in range(count):  # business days, trading days
        day = next_open(name, day)
    return day


PERIODS = {
    "annually": (12, "months"),
    "semiannually": (6, "months"),
    "quarterly": (3, "months"),
    "monthly": (1, "months"),
    "weekly": (1, "weeks"),
    "daily": (1, "days"),
}


def period_with(day: date, anchor: date, frequency: str) -> tuple[date, date]:
    """The period [start, end) with the day in it, of those that a frequency counts from an anchor both ways."""
    count, unit = PERIODS[frequency]
    apart = (day.year - anchor.year) * 12 + day.month - anchor.month if unit == "months" else (day - anchor).days
    index = apart // (7 * count if unit == "weeks" else count)
    while later(anchor, count * index, unit, "") > day:
        index -= 1
    return later(anchor, count * index, unit, ""), later(anchor, count * (index + 1), unit, "")
