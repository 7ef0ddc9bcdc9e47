"""QuantLib as a judge: 100,000 random pairs of dates for each day count, and as many dates of schedules and rolls.

Half of the dates touch the end of a month, where conventions part. Where QuantLib and this house differ they do so by
design, and the last tests say where and why.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest

from tenor.engine.time.calendars import CALENDARS, NYSE
from tenor.engine.time.daycounts import DAY_COUNTS, Conditions, days, year_fraction
from tenor.engine.time.periods import Period, add
from tenor.engine.time.schedules import FREQUENCIES, Schedule

ql = pytest.importorskip("QuantLib")

PAIRS = 100_000
FIRST, LAST = date(1990, 1, 1), date(2027, 12, 31)  # what the calendars of both know
TERMINATION_DATE = date(2016, 2, 29)
NEAR = 1e-12  # theirs are floats

THIRTY, ACTUAL = ql.Thirty360, ql.ActualActual
CONVENTIONS = {
    "actual/365": ql.Actual365Fixed(),
    "actual/360": ql.Actual360(),
    "actual/actual ISDA": ACTUAL(ACTUAL.ISDA),
    "30/360 bond basis": THIRTY(THIRTY.BondBasis),
    "30/360 US": THIRTY(THIRTY.USA),
    "30E/360": THIRTY(THIRTY.European),
    "30E/360 ISDA": THIRTY(THIRTY.ISDA, ql.Date(29, 2, 2016)),
    "NL/365": ql.Actual365Fixed(ql.Actual365Fixed.NoLeap),
    "business/252": ql.Business252(ql.UnitedStates(ql.UnitedStates.NYSE)),
}
THEIR_CALENDARS = {
    "NYSE": ql.UnitedStates(ql.UnitedStates.NYSE),
    "US federal": ql.UnitedStates(ql.UnitedStates.FederalReserve),
    "weekdays": ql.WeekendsOnly(),
    "every day": ql.NullCalendar(),
}
ROLLS = {
    "unadjusted": ql.Unadjusted,
    "following": ql.Following,
    "modified following": ql.ModifiedFollowing,
    "preceding": ql.Preceding,
    "modified preceding": ql.ModifiedPreceding,
}


def test_every_day_count_has_a_judge() -> None:
    """All but actual/365L, which QuantLib has not: tests/oracle reckons that one a second time."""
    assert set(DAY_COUNTS) - set(CONVENTIONS) == {"actual/actual ICMA", "actual/365L"}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_day_counts(name: str) -> None:
    """Days and parts of a year are equal."""
    theirs, conditions = CONVENTIONS[name], Conditions(termination_date=TERMINATION_DATE, calendar=NYSE)
    for start, end in stretches(Random(name)):
        if name == "30E/360 ISDA" and start == end:
            continue  # see below
        stretch = theirs_of(start), theirs_of(end)
        assert theirs.dayCount(*stretch) == days(name, start, end, conditions), (start, end)
        numerator, denominator = year_fraction(name, start, end, conditions)
        assert abs(theirs.yearFraction(*stretch) - numerator / denominator) < NEAR, (start, end)


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_actual_actual_icma(months: int) -> None:
    """On stretches of schedules that QuantLib makes itself, from many anchors."""
    random = Random(months)
    for _ in range(100):
        anchor = random_day(random, FIRST, date(2020, 1, 1))
        theirs = ACTUAL(ACTUAL.ISMA, their_schedule(anchor, months, 48))
        conditions = Conditions(Schedule(anchor, Period(months, "months")))
        last = add(anchor, Period(48, "months")).toordinal() - anchor.toordinal()
        for _ in range(PAIRS // 400):
            start, end = sorted(anchor + timedelta(random.randrange(last)) for _ in range(2))
            numerator, denominator = year_fraction("actual/actual ICMA", start, end, conditions)
            theirs_says = theirs.yearFraction(theirs_of(start), theirs_of(end))
            assert abs(theirs_says - numerator / denominator) < 1e-9, (anchor, start, end)  # they sum many floats


@pytest.mark.parametrize("frequency", [name for name, period in FREQUENCIES.items() if period.months])
def test_schedules(frequency: str) -> None:
    """Dates counted from an anchor, month ends and all: 25,000 of each frequency, of 1,000 anchors or more."""
    random, period, seen = Random(frequency), FREQUENCIES[frequency], 0
    while seen < PAIRS // 4:
        anchor = random_day(random, FIRST, date(2015, 1, 1))
        dates = list(their_schedule(anchor, period.months or 0, 300 if period.months == 12 else 96))
        schedule = Schedule(anchor, period)
        assert dates == [theirs_of(schedule.date(index)) for index in range(len(dates))], anchor
        seen += len(dates)


@pytest.mark.parametrize("convention", ROLLS)
def test_rolls(convention: str) -> None:
    """Where a payment date moves, by each calendar: 25,000 days for each."""
    random = Random(convention)
    for name, calendar in CALENDARS.items():
        for _ in range(PAIRS // 4):
            day = random_day(random, FIRST + timedelta(20), LAST - timedelta(20))
            moved = THEIR_CALENDARS[name].adjust(theirs_of(day), ROLLS[convention])
            assert moved == theirs_of(calendar.roll(day, convention)), (name, day)


def test_periods() -> None:
    """So many months, or business days, after a day."""
    random = Random("periods")
    for _ in range(PAIRS):
        day = random_day(random, date(1995, 1, 1), date(2020, 1, 1))
        months = random.randint(-40, 60)
        later = ql.NullCalendar().advance(theirs_of(day), ql.Period(months, ql.Months))
        assert later == theirs_of(add(day, Period(months, "months"))), (day, months)
        count = random.randint(1, 60)
        later = THEIR_CALENDARS["NYSE"].advance(theirs_of(day), ql.Period(count, ql.Days))
        assert later == theirs_of(add(day, Period(count, "business days"), NYSE)), (day, count)


# ---- where QuantLib differs, by design ---------------------------------------------------------------------------


def test_no_time_is_no_time_in_february() -> None:
    """By 30E/360 ISDA QuantLib counts -1 day from a termination date in February to itself; here equal dates give 0."""
    conditions = Conditions(termination_date=TERMINATION_DATE)
    assert CONVENTIONS["30E/360 ISDA"].dayCount(theirs_of(TERMINATION_DATE), theirs_of(TERMINATION_DATE)) == -1
    assert days("30E/360 ISDA", TERMINATION_DATE, TERMINATION_DATE, conditions) == 0


@pytest.mark.parametrize(
    ("theirs", "start", "end", "counted", "why"),
    [
        ("Italian", date(2019, 2, 28), date(2019, 8, 28), 178, "28 and 29 February are the 30th whatever the year"),
        ("Italian", date(2020, 2, 28), date(2020, 8, 28), 178, "in a leap year too, where the month does not end then"),
    ],
)
def test_variants_that_no_note_may_name(theirs: str, start: date, end: date, counted: int, why: str) -> None:
    """QuantLib has variants of 30/360 that the table of day counts leaves out; those it has count 180 days here."""
    assert THIRTY(getattr(THIRTY, theirs)).dayCount(theirs_of(start), theirs_of(end)) == counted, why
    ours = {days(name, start, end) for name in ("30/360 bond basis", "30E/360")}
    assert ours == {180}, why


# ---- dates, theirs and ours --------------------------------------------------------------------------------------


def stretches(random: Random) -> Iterator[tuple[date, date]]:
    """Two days in order, half of them no more than four years apart."""
    for _ in range(PAIRS):
        start, end = sorted((random_day(random, FIRST, LAST), random_day(random, FIRST, LAST)))
        yield start, min(end, start + timedelta(1500)) if random.random() < 0.5 else end


def random_day(random: Random, first: date, last: date) -> date:
    """Any day, or one about the end of a month."""
    day = first + timedelta(random.randrange((last - first).days))
    if random.random() < 0.5:
        return day
    return min(max(day.replace(day=1) + timedelta(random.randint(-3, 1)), first), last)


def their_schedule(anchor: date, months: int, length: int) -> Any:
    """Unadjusted dates from an anchor on, over so many months."""
    return ql.Schedule(
        theirs_of(anchor),
        theirs_of(add(anchor, Period(length, "months"))),
        ql.Period(months, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Forward,
        False,
    )


@cache
def theirs_of(day: date) -> Any:
    """A day as QuantLib writes it."""
    return ql.Date(day.day, day.month, day.year)
