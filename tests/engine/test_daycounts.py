"""Day counts: laws, and a table worked by hand; QuantLib judges them in test_quantlib.py."""

import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.time.calendars import CALENDARS, NYSE, OutsideCalendar
from tenor.engine.time.daycounts import (
    ALIASES,
    AMBIGUOUS,
    DAY_COUNTS,
    Conditions,
    MissingConditions,
    days,
    missing,
    year_fraction,
)
from tenor.engine.time.periods import Period
from tenor.engine.time.schedules import FREQUENCIES, Schedule

TABLE = list(csv.DictReader(Path(__file__).with_name("day_counts.csv").read_text("utf-8").splitlines()))

# Where the 30/360 family moves a day, splitting a stretch there changes the sum: it does so by design.
ADDITIVE = [name for name in DAY_COUNTS if not name.startswith("30")]

NAMES = st.sampled_from(sorted(DAY_COUNTS))
DAYS = st.dates(date(1990, 1, 1), date(2027, 12, 31))
MONTHLY_FREQUENCIES = st.sampled_from(["annually", "semiannually", "quarterly", "monthly"])
SCHEDULES = st.builds(Schedule, DAYS, MONTHLY_FREQUENCIES.map(FREQUENCIES.__getitem__), st.booleans())
CONDITIONS = st.builds(Conditions, SCHEDULES, DAYS, st.just(NYSE))


def fraction(name: str, start: date, end: date, conditions: Conditions) -> Fraction:
    """The year fraction, reduced."""
    return Fraction(*year_fraction(name, start, end, conditions))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['convention']} {row['start']} {row['end']}")
def test_table(row: dict[str, str]) -> None:
    """Each row carries its arithmetic, from a contract, from ISDA's tables or by hand."""
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    conditions = stated(row)
    assert int(row["days"]) == days(row["convention"], start, end, conditions)
    assert sum(map(Fraction, row["fraction"].split("+"))) == fraction(row["convention"], start, end, conditions)


def stated(row: dict[str, str]) -> Conditions:
    """What a row of the table gives besides its dates."""
    schedule = None
    if row["schedule"]:
        anchor, frequency, *month_ends = row["schedule"].split(" ", 2)
        schedule = Schedule(date.fromisoformat(anchor), FREQUENCIES[frequency], month_ends == ["at month ends"])
    termination_date = date.fromisoformat(row["termination"]) if row["termination"] else None
    return Conditions(schedule, termination_date, CALENDARS.get(row["calendar"]))


def test_table_covers_every_convention() -> None:
    """No convention goes without a row."""
    assert set(DAY_COUNTS) == {row["convention"] for row in TABLE}


@given(NAMES, DAYS, CONDITIONS)
def test_no_time_is_no_part_of_a_year(name: str, day: date, conditions: Conditions) -> None:
    """Equal dates give 0, whatever the convention."""
    assert fraction(name, day, day, conditions) == 0
    assert days(name, day, day, conditions) == 0


@given(st.sampled_from(ADDITIVE), DAYS, DAYS, DAYS, CONDITIONS)
def test_parts_make_the_whole(name: str, a: date, b: date, c: date, conditions: Conditions) -> None:
    """Interest to a day and on from it is interest over both, exactly."""
    start, middle, end = sorted((a, b, c))
    parts = fraction(name, start, middle, conditions) + fraction(name, middle, end, conditions)
    assert fraction(name, start, end, conditions) == parts


@given(NAMES, DAYS, DAYS, st.integers(0, 40), CONDITIONS)
def test_time_never_runs_back(name: str, a: date, b: date, more: int, conditions: Conditions) -> None:
    """A later end never gives less, and nothing is negative."""
    start, end = sorted((a, b))
    later = min(end + timedelta(more), date(2027, 12, 31))
    assert 0 <= fraction(name, start, end, conditions) <= fraction(name, start, later, conditions)


@given(SCHEDULES, st.integers(-20, 20), st.integers(0, 40))
def test_icma_gives_each_period_its_share(schedule: Schedule, index: int, count: int) -> None:
    """A quarter is a quarter of a year, whatever its days."""
    start, end = schedule.date(index), schedule.date(index + count)
    share = fraction("actual/actual ICMA", start, end, Conditions(schedule))
    assert Fraction(count, schedule.periods_a_year or 0) == share


@given(SCHEDULES, DAYS, DAYS)
def test_icma_sums_over_periods(schedule: Schedule, a: date, b: date) -> None:
    """The closed form is the rule's own sum: each period's days in the stretch over its days × frequency."""
    start, end = sorted((a, b))
    total, day = Fraction(0), start
    while day < end:
        period_start, period_end = schedule.period_containing(day)
        length = (period_end - period_start).days * (schedule.periods_a_year or 0)
        total += Fraction((min(end, period_end) - day).days, length)
        day = period_end
    assert total == fraction("actual/actual ICMA", start, end, Conditions(schedule))


@given(st.integers(1990, 2020), st.integers(0, 7))
def test_calendar_years_are_years(year: int, years: int) -> None:
    """From one New Year to another: whole years by ISDA's actual/actual and without leap days."""
    for name in ("actual/actual ISDA", "NL/365", "30E/360"):
        assert years == fraction(name, date(year, 1, 1), date(year + years, 1, 1), Conditions())


@given(DAYS, DAYS)
def test_actual_actual_isda_counts_day_by_day(a: date, b: date) -> None:
    """Each day is a 366th of a year in a leap year and a 365th in another."""
    start, end = sorted((a, b))
    end = min(end, start + timedelta(2000))
    leap = sum((start + timedelta(n)).year % 4 == 0 for n in range((end - start).days))
    total = Fraction(leap, 366) + Fraction((end - start).days - leap, 365)
    assert total == fraction("actual/actual ISDA", start, end, Conditions())


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("actual/365", ()),
        ("actual/actual ICMA", ("frequency",)),
        ("actual/365L", ("frequency",)),
        ("30E/360 ISDA", ("termination_date",)),
        ("business/252", ("calendar",)),
    ],
)
def test_needs_are_told_and_enforced(name: str, needed: tuple[str, ...]) -> None:
    """The checker can ask what is missing; who asks the convention regardless has made a mistake."""
    assert needed == missing(name, Conditions())
    if needed:
        with pytest.raises(MissingConditions, match=needed[0]):
            year_fraction(name, date(2020, 1, 1), date(2020, 2, 1))


@pytest.mark.parametrize("period", [Period(1, "weeks"), Period(30, "days"), Period(5, "months")])
def test_a_frequency_is_a_whole_number_a_year(period: Period) -> None:
    """Weeks do not fill a year, so they give no frequency."""
    schedule = Schedule(date(2020, 1, 1), period)
    assert missing("actual/actual ICMA", Conditions(schedule)) == ("frequency",)


def test_nothing_is_missing_where_all_is_given() -> None:
    """Every convention can be asked with a schedule, a termination date and a calendar."""
    given_all = Conditions(Schedule(date(2020, 1, 1), Period(3, "months")), date(2021, 1, 1), NYSE)
    assert not any(missing(name, given_all) for name in DAY_COUNTS)


def test_a_calendar_past_its_end_is_unknown() -> None:
    """Business days of 2028 are not guessed; actual days are counted all the same."""
    conditions = Conditions(calendar=NYSE)
    with pytest.raises(OutsideCalendar):
        year_fraction("business/252", date(2027, 1, 1), date(2028, 6, 1), conditions)
    assert year_fraction("actual/365", date(2027, 1, 1), date(2028, 1, 1), conditions) == (365, 365)


def test_words_mean_one_convention_or_say_so() -> None:
    """Names and aliases are told apart from what is ambiguous, and every choice offered exists."""
    assert set(ALIASES.values()) <= set(DAY_COUNTS)
    assert all(set(choices) <= set(DAY_COUNTS) for choices in AMBIGUOUS.values())
    assert not (set(ALIASES) | set(AMBIGUOUS)) & set(DAY_COUNTS)


def test_every_convention_cites_its_source() -> None:
    """A convention without a source is absent."""
    assert all(day_count.source for day_count in DAY_COUNTS.values())
