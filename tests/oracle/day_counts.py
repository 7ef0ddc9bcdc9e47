"""Day counts, from the conventions' published words.

Where a convention adds, a day has a part of a year of its own and a stretch is the sum of its days. The 30/360
family does not add: it measures a stretch from end to end.
"""

from datetime import date
from fractions import Fraction

from .calendar import DAY, is_open, month_end, period_with

ADDING = (
    "actual/365",
    "actual/360",
    "actual/365L",
    "actual/actual ISDA",
    "actual/actual ICMA",
    "NL/365",
    "business/252",
)
NEED_A_FREQUENCY = ("actual/365L", "actual/actual ICMA")
PERIODS_A_YEAR = {"annually": 1, "semiannually": 2, "quarterly": 4, "monthly": 12}


def has_leap_day(year: int) -> bool:
    return date(year, 12, 31).timetuple().tm_yday == 366


def parts_of_the_year(convention: str, day: date, calendar: str, anchor: date, frequency: str | None) -> int:
    """Interest of a day is a year's over this many, the day being the stretch to the next; 0: it bears none."""
    match convention:
        case "actual/365":
            return 365
        case "actual/360":
            return 360
        case "actual/actual ISDA":  # the days of a leap year over 366, the others over 365
            return 366 if has_leap_day(day.year) else 365
        case "NL/365":  # 29 February is left out where it ends a day's stretch, as Strata has it
            return 0 if (day + DAY).month == 2 and (day + DAY).day == 29 else 365
        case "business/252":
            return 252 if is_open(calendar, day) else 0
    assert frequency is not None
    start, end = period_with(day, anchor, frequency)
    if convention == "actual/actual ICMA":  # the days of a period share its part of a year
        return (end - start).days * PERIODS_A_YEAR[frequency]
    assert convention == "actual/365L"
    if frequency == "annually":  # 366 where 29 February lies after the period's start and not after its end
        days = (start + n * DAY for n in range(1, (end - start).days + 1))
        leap = any((day.month, day.day) == (2, 29) for day in days)
    else:  # 366 where the period ends in a leap year
        leap = has_leap_day(end.year)
    return 366 if leap else 365


def stretch(convention: str, start: date, end: date, termination: date) -> Fraction:
    """The years of [start, end) by one of the 30/360 family: 2006 ISDA Definitions 4.16(f) to (h), and the SIA's."""
    if end <= start:
        return Fraction(0)
    d1, d2 = start.day, end.day
    match convention:
        case "30/360 bond basis":  # D1 31 is 30; D2 31 is 30 if D1 is 30 or 31
            d1 = 30 if d1 == 31 else d1
            d2 = 30 if d2 == 31 and d1 == 30 else d2
        case "30/360 US":  # both the last of February: D2 is 30; D1 the last of February is 30; then as above
            if start.month == 2 and month_end(start):
                d2 = 30 if end.month == 2 and month_end(end) else d2
                d1 = 30
            d2 = 30 if d2 == 31 and d1 in (30, 31) else d2
            d1 = 30 if d1 == 31 else d1
        case "30E/360":  # 31 is 30
            d1, d2 = min(d1, 30), min(d2, 30)
        case "30E/360 ISDA":  # the last of a month is 30, but for a last of February that ends the note
            d1 = 30 if month_end(start) else d1
            d2 = 30 if month_end(end) and not (end == termination and end.month == 2) else d2
        case _:
            raise AssertionError(convention)
    return Fraction(360 * (end.year - start.year) + 30 * (end.month - start.month) + d2 - d1, 360)
