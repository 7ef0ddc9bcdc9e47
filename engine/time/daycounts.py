"""Day counts: what part of a year lies between two dates, by each convention a contract may name.

Contract words: "on the basis of a 365-day year and actual days elapsed", "twelve 30-day months".
Every convention counts the half-open stretch [start, end): the start day counts, the end day does not.
Equal dates give 0, and a fraction is two integers, so that nothing is rounded here.
The table is closed: a convention is fully implemented with its source, or absent.
Letters are those of the 2006 ISDA Definitions, section 4.16.
"""

from collections.abc import Callable
from datetime import date

from ...grammar.classes import frozen
from .calendars import Calendar
from .periods import is_leap, is_month_end
from .schedules import Schedule

# Numerator and denominator, not necessarily reduced; the denominator is positive.
YearFraction = tuple[int, int]

NOTHING_MORE: frozenset[str] = frozenset()
FREQUENCY = frozenset({"frequency"})  # a schedule with a whole number of periods a year
TERMINATION_DATE = frozenset({"termination_date"})
CALENDAR = frozenset({"calendar"})


@frozen
class Conditions:
    """What a convention needs besides the two dates: each None where the note does not say."""

    schedule: Schedule | None = None
    termination_date: date | None = None
    calendar: Calendar | None = None


NOTHING = Conditions()

# The days of a stretch, and the part of a year it is; 0 days is never asked.
Counted = Callable[[date, date, Conditions], int]
Measured = Callable[[date, date, Conditions], YearFraction]


@frozen
class DayCount:
    """A convention: its name in the language, its source, what it needs, and how it counts.

    `needs` holds names of `missing`. `days` is the number of days it counts, `fraction` the part of a year;
    `over` is a denominator that serves every fraction, where there is one.
    """

    name: str
    source: str
    needs: frozenset[str]
    days: Counted
    fraction: Measured
    over: int | None = None

    @property
    def is_actual(self) -> bool:
        """Whether a fraction is the days from start to end over a fixed number."""
        return self.days is _actual_days and self.over in (360, 365)


class MissingConditions(KeyError):
    """A convention was asked without what it needs: a programmer's error, for `missing` tells beforehand."""


def year_fraction(name: str, start: date, end: date, conditions: Conditions | None = None) -> YearFraction:
    """The part of a year in [start, end), as numerator and denominator; not necessarily reduced.

    Raises KeyError for a name not in `DAY_COUNTS`, `MissingConditions`, and `OutsideCalendar` where a
    calendar is needed past its range. `start` is not after `end`.
    """
    day_count, conditions = _ready(name, start, end, conditions)
    return (0, 1) if start == end else day_count.fraction(start, end, conditions)


def days(name: str, start: date, end: date, conditions: Conditions | None = None) -> int:
    """The days the convention counts in [start, end): 30 for a month by the 30/360 family, say.

    Raises as `year_fraction` does.
    """
    day_count, conditions = _ready(name, start, end, conditions)
    return 0 if start == end else day_count.days(start, end, conditions)


def missing(name: str, conditions: Conditions) -> tuple[str, ...]:
    """Which of the convention's `needs` are not given; empty if it can be asked."""
    given = {
        "frequency": conditions.schedule and conditions.schedule.periods_a_year,
        "termination_date": conditions.termination_date,
        "calendar": conditions.calendar,
    }
    return tuple(need for need, value in given.items() if need in DAY_COUNTS[name].needs and value is None)


def _ready(name: str, start: date, end: date, conditions: Conditions | None) -> tuple[DayCount, Conditions]:
    assert start <= end, f"{start} is after {end}"
    day_count, given = DAY_COUNTS[name], conditions or NOTHING
    if day_count.needs and (needed := missing(name, given)):
        raise MissingConditions(f"{name} needs {', '.join(needed)}")
    return day_count, given


# Actual days, or sessions, over a fixed number or the year's own.


def _fixed(name: str, source: str, days: Counted, denominator: int, needs: frozenset[str] = NOTHING_MORE) -> DayCount:
    """A convention that divides the days it counts by one number."""

    def fraction(start: date, end: date, conditions: Conditions) -> YearFraction:
        return days(start, end, conditions), denominator

    return DayCount(name, source, needs, days, fraction, denominator)


def _actual_days(start: date, end: date, conditions: Conditions) -> int:
    return end.toordinal() - start.toordinal()


def _sessions(start: date, end: date, conditions: Conditions) -> int:
    assert conditions.calendar is not None
    return conditions.calendar.session_count(start, end)


def _actual_actual_isda(start: date, end: date, conditions: Conditions) -> YearFraction:
    """Days in leap years over 366, plus days in other years over 365."""
    leap = _leap_year_days(end) - _leap_year_days(start)
    return _split(end.toordinal() - start.toordinal() - leap, leap)


def _leap_year_days(day: date) -> int:
    """How many days of leap years lie before a day, from 0001-01-01."""
    years = day.year - 1
    whole = 366 * (years // 4 - years // 100 + years // 400)
    return whole + (day.toordinal() - date(day.year, 1, 1).toordinal() if is_leap(day.year) else 0)


def _split(ordinary: int, leap: int) -> YearFraction:
    """ordinary / 365 + leap / 366"""
    if not leap:
        return ordinary, 365
    if not ordinary:
        return leap, 366
    return ordinary * 366 + leap * 365, 365 * 366


def _no_leap_days(start: date, end: date, conditions: Conditions) -> int:
    """Actual days, less one for each 29 February after `start` and not after `end`.

    The stretch is half-open at its other end here, as Strata and QuantLib have it: the day before
    29 February earns nothing, and 29 February earns until 1 March.
    """
    return end.toordinal() - start.toordinal() - (_leap_days_through(end) - _leap_days_through(start))


def _leap_days_through(day: date) -> int:
    """How many times 29 February has come by the end of a day, from 0001-01-01."""
    years = day.year if (day.month, day.day) >= (2, 29) else day.year - 1
    return years // 4 - years // 100 + years // 400


# Conventions that look at the periods of the schedule, extended both ways where the stretch leaves it.


def _actual_actual_icma(start: date, end: date, conditions: Conditions) -> YearFraction:
    """For each period the stretch touches, its days in the stretch over (its days × periods a year).

    The whole periods in between are 1 / periods a year each, so only the two at the ends are measured.
    """
    schedule, periods_a_year = _schedule(conditions)
    first, last = schedule.index(start), schedule.index(end)
    head, head_length = _elapsed(schedule, first, start)
    tail, tail_length = _elapsed(schedule, last, end)
    # (last + tail) − (first + head), in periods.
    if head_length == tail_length:
        return (last - first) * head_length + tail - head, head_length * periods_a_year
    numerator = ((last - first) * head_length - head) * tail_length + tail * head_length
    return numerator, head_length * tail_length * periods_a_year


def _elapsed(schedule: Schedule, index: int, day: date) -> tuple[int, int]:
    """How many days of a period lie before a day, and how many it has."""
    start = schedule.date(index).toordinal()
    if start == day.toordinal():
        return 0, 1
    return day.toordinal() - start, schedule.date(index + 1).toordinal() - start


def _actual_365l(start: date, end: date, conditions: Conditions) -> YearFraction:
    """For each period the stretch touches, its days in the stretch over that period's 365 or 366.

    Annual periods have 366 where 29 February lies after their start and not after their end; others where
    their end lies in a leap year. The period decides, not the stretch, so that its days weigh the same.
    """
    schedule, periods_a_year = _schedule(conditions)
    ordinary = leap = 0
    for index in range(schedule.index(start), schedule.index(end) + 1):
        period_start, period_end = schedule.date(index), schedule.date(index + 1)
        counted = max(0, min(end, period_end).toordinal() - max(start, period_start).toordinal())
        if periods_a_year == 1:
            long = _leap_days_through(period_end) > _leap_days_through(period_start)
        else:
            long = is_leap(period_end.year)
        ordinary, leap = (ordinary, leap + counted) if long else (ordinary + counted, leap)
    return _split(ordinary, leap)


def _schedule(conditions: Conditions) -> tuple[Schedule, int]:
    schedule = conditions.schedule
    assert schedule is not None
    periods_a_year = schedule.periods_a_year
    assert periods_a_year is not None
    return schedule, periods_a_year


# The 30/360 family: 360 days a year, 30 a month, and the days D1 and D2 of the month adjusted.


def _thirty(adjusted: Callable[[date, date, Conditions], tuple[int, int]]) -> Counted:
    """The day number that an adjustment of D1 and D2 gives."""

    def counted(start: date, end: date, conditions: Conditions) -> int:
        first, last = adjusted(start, end, conditions)
        return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first

    return counted


def _bond_basis(start: date, end: date, conditions: Conditions) -> tuple[int, int]:
    """D1 of 31 is 30; D2 of 31 is 30 where D1 is then 30."""
    first = min(start.day, 30)
    return first, 30 if end.day == 31 and first == 30 else end.day


def _us(start: date, end: date, conditions: Conditions) -> tuple[int, int]:
    """As the bond basis, but first: February's last day as D1 is 30, and as D2 too if D1 was one."""
    if not _is_february_end(start):
        return _bond_basis(start, end, conditions)
    return 30, 30 if end.day == 31 or _is_february_end(end) else end.day


def _european(start: date, end: date, conditions: Conditions) -> tuple[int, int]:
    """31 is 30, at either end."""
    return min(start.day, 30), min(end.day, 30)


def _european_isda(start: date, end: date, conditions: Conditions) -> tuple[int, int]:
    """The last day of any month is 30, but for a D2 that is the termination date in February."""
    first = 30 if is_month_end(start) else start.day
    kept = end == conditions.termination_date and end.month == 2
    return first, 30 if is_month_end(end) and not kept else end.day


def _is_february_end(day: date) -> bool:
    return day.month == 2 and is_month_end(day)


ISDA = "2006 ISDA Definitions, section 4.16"
ICMA = "ICMA rules 251.1(iii) and 251.3"
ACTUAL_365L = "ICMA rule 251.1(i), second part, as ICMA clarified it; ISDA 4.16(i)"
SIA = "SIA, Standard Securities Calculation Methods (Mayle, 1993)"

DAY_COUNTS = {
    day_count.name: day_count
    for day_count in (
        _fixed("actual/365", f"{ISDA}(d), Actual/365 (Fixed)", _actual_days, 365),
        _fixed("actual/360", f"{ISDA}(e)", _actual_days, 360),
        DayCount("actual/365L", ACTUAL_365L, FREQUENCY, _actual_days, _actual_365l, 365 * 366),
        DayCount("actual/actual ISDA", f"{ISDA}(b)", NOTHING_MORE, _actual_days, _actual_actual_isda, 365 * 366),
        DayCount("actual/actual ICMA", f"{ISDA}(c); {ICMA}", FREQUENCY, _actual_days, _actual_actual_icma),
        _fixed("30/360 bond basis", f"{ISDA}(f)", _thirty(_bond_basis), 360),
        # The February rule is written for securities that pay at month ends; to name it is to invoke it.
        _fixed("30/360 US", SIA, _thirty(_us), 360),
        _fixed("30E/360", f"{ISDA}(g), Eurobond Basis", _thirty(_european), 360),
        _fixed("30E/360 ISDA", f"{ISDA}(h)", _thirty(_european_isda), 360, TERMINATION_DATE),
        _fixed("NL/365", "market practice, as OpenGamma Strata's NL/365", _no_leap_days, 365),
        _fixed("business/252", "Brazilian market practice", _sessions, 252, CALENDAR),
    )
}

# Other words for a convention, each with one meaning.
ALIASES = {
    "actual/365 fixed": "actual/365",
    "bond basis": "30/360 bond basis",  # ISDA (f)
    "360/360": "30/360 bond basis",  # ISDA (f)
    "eurobond basis": "30E/360",  # ISDA (g)
    "actual/365 no leap": "NL/365",
}

# Words that name several conventions, and which.
AMBIGUOUS = {
    "30/360": ("30/360 US", "30/360 bond basis", "30E/360", "30E/360 ISDA"),
    "actual/actual": ("actual/actual ISDA", "actual/actual ICMA"),
}
