"""Schedules and the periods they are made of: laws, and tables worked by hand."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.time.calendars import CALENDARS, NYSE, WEEKDAYS
from tenor.engine.time.periods import UNITS, OutsideYears, Period, add, is_month_end, unit_of
from tenor.engine.time.schedules import FREQUENCIES, Schedule

SUMS = list(csv.DictReader(Path(__file__).with_name("periods.csv").read_text("utf-8").splitlines()))

DAYS = st.dates(date(1995, 1, 1), date(2022, 12, 31))
PERIODS = st.builds(Period, st.integers(1, 14), st.sampled_from(sorted(UNITS.values())))
SCHEDULES = st.builds(Schedule, DAYS, PERIODS, st.booleans(), st.sampled_from([NYSE, WEEKDAYS]))
MONTHLY = Period(1, "months")
QUARTERLY = FREQUENCIES["quarterly"]


@pytest.mark.parametrize("row", SUMS, ids=lambda row: f"{row['day']} + {row['period']}")
def test_period_table(row: dict[str, str]) -> None:
    """Each row says why."""
    count, words = row["period"].split(" ", 1)
    unit = unit_of(words)
    assert unit is not None
    later = add(date.fromisoformat(row["day"]), Period(int(count), unit), CALENDARS.get(row["calendar"]))
    assert date.fromisoformat(row["later"]) == later


def test_units_are_read_in_either_number() -> None:
    """`1 trading day` and `10 trading days` mean one unit; a fortnight means none."""
    for singular, unit in UNITS.items():
        assert unit_of(singular) == unit_of(unit) == unit
    assert unit_of("fortnight") is None
    assert unit_of("") is None


def test_a_period_reads_as_a_contract_writes_it() -> None:
    """Singular for one, plural otherwise."""
    assert str(Period(1, "trading days")) == "1 trading day"
    assert str(Period(10, "trading days")) == "10 trading days"


@pytest.mark.parametrize(
    "period",
    [
        Period(1, "years"),
        Period(9, "months"),
        Period(10**30, "months"),
        Period(10**30, "days"),
        Period(60, "weeks"),
    ],
)
def test_years_have_limits(period: Period) -> None:
    """Past 2999 there is no date, and a huge number is refused like any other."""
    with pytest.raises(OutsideYears):
        add(date(2999, 6, 1), period)
    with pytest.raises(OutsideYears):
        add(date(1900, 2, 1), period.times(-1))


@given(DAYS, st.integers(-400, 400))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    """The right month, and the same day of it unless it is too short."""
    later = add(day, Period(months, "months"))
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and is_month_end(later))


def test_dates_are_reckoned_from_the_anchor() -> None:
    """Monthly from 31 January: the short February leaves no mark on March."""
    schedule = Schedule(date(2019, 1, 31), MONTHLY)
    assert [schedule.date(index) for index in range(4)] == [
        date(2019, 1, 31),
        date(2019, 2, 28),
        date(2019, 3, 31),
        date(2019, 4, 30),
    ]


@pytest.mark.parametrize(
    ("end_of_month", "expected"),
    [
        (False, [date(2019, 11, 30), date(2020, 2, 29), date(2020, 5, 30), date(2020, 8, 30)]),
        (True, [date(2019, 11, 30), date(2020, 2, 29), date(2020, 5, 31), date(2020, 8, 31)]),
    ],
)
def test_month_ends_are_kept_where_the_schedule_says_so(end_of_month: bool, expected: list[date]) -> None:
    """From 30 November: the thirtieth or the last, as the switch says."""
    schedule = Schedule(date(2019, 11, 30), QUARTERLY, end_of_month)
    assert expected == [schedule.date(index) for index in range(4)]


def test_month_ends_are_nothing_to_another_anchor() -> None:
    """From the 22nd the switch changes nothing."""
    anchor = date(2019, 2, 22)
    assert Schedule(anchor, QUARTERLY, True).date(1) == Schedule(anchor, QUARTERLY).date(1)


@given(SCHEDULES, DAYS)
def test_each_day_lies_in_one_period(schedule: Schedule, day: date) -> None:
    """The period that holds a day starts on it or before, and ends after it."""
    start, end = schedule.period_containing(day)
    assert start <= day < end
    assert (start, end) == (schedule.date(schedule.index(day)), schedule.date(schedule.index(day) + 1))


@given(SCHEDULES, st.integers(-6, 6))
def test_dates_and_their_numbers_agree(schedule: Schedule, index: int) -> None:
    """The number of the k-th date is k, and the eve of it belongs to the one before."""
    day = schedule.date(index)
    assert index == schedule.index(day)
    assert index - 1 == schedule.index(day - timedelta(1))


@given(SCHEDULES, DAYS, DAYS, DAYS)
def test_dates_between_split_anywhere(schedule: Schedule, a: date, b: date, c: date) -> None:
    """Dates to a day and on from it are the dates over both: none twice, none lost, all after the start."""
    start, middle, end = sorted((a, b, c))
    dates = [*schedule.dates_between(start, end)]
    assert dates == [*schedule.dates_between(start, middle), *schedule.dates_between(middle, end)]
    assert all(start < day <= end for day in dates)
    assert all(earlier < later for earlier, later in pairwise(dates))


@given(SCHEDULES, DAYS, DAYS)
def test_stubs_and_whole_periods_fill_the_stretch(schedule: Schedule, a: date, b: date) -> None:
    """Front stub, periods of the schedule and back stub follow each other without a gap."""
    start, end = sorted((a, b))
    front, back = schedule.stubs(start, end)
    whole_start = front[1] if front else start
    whole_end = back[0] if back else end
    assert front is None or front[0] == start < whole_start
    assert back is None or whole_end < back[1] == end
    assert whole_start <= whole_end
    if start < end and whole_start < whole_end:
        assert schedule.date(schedule.index(whole_start)) == whole_start
        assert schedule.date(schedule.index(whole_end)) == whole_end
    for stub in filter(None, (front, back)):
        assert [*schedule.dates_between(stub[0], stub[1] - timedelta(1))] == []


@pytest.mark.parametrize(
    ("start", "end", "front", "back"),
    [
        # Accrual from 2017-12-29 to 2018-12-29, quarters from the 29th: four whole periods.
        (date(2017, 12, 29), date(2018, 12, 29), None, None),
        # From the issue on 2018-01-31 instead: a short front stub to 29 March.
        (date(2018, 1, 31), date(2018, 12, 29), (date(2018, 1, 31), date(2018, 3, 29)), None),
        # Paid early on 2018-08-01: a back stub from 29 June.
        (date(2017, 12, 29), date(2018, 8, 1), None, (date(2018, 6, 29), date(2018, 8, 1))),
        # Inside one quarter: one stub, at the front.
        (date(2018, 1, 31), date(2018, 2, 28), (date(2018, 1, 31), date(2018, 2, 28)), None),
        # From a date of the schedule, and short: one stub, at the back.
        (date(2018, 3, 29), date(2018, 4, 30), None, (date(2018, 3, 29), date(2018, 4, 30))),
        (date(2018, 4, 30), date(2018, 4, 30), None, None),
    ],
)
def test_stubs_have_names(start: date, end: date, front: object, back: object) -> None:
    """The BayBridge note's quarters, as its exhibit counts them."""
    assert (front, back) == Schedule(date(2017, 12, 29), QUARTERLY).stubs(start, end)


def test_compounding_dates_of_the_baybridge_note() -> None:
    """Quarters of 90, 92, 92 and 91 days from 2017-12-29."""
    start, end = date(2017, 12, 29), date(2018, 12, 29)
    dates = [*Schedule(start, QUARTERLY).dates_between(start, end)]
    assert dates == [date(2018, 3, 29), date(2018, 6, 29), date(2018, 9, 29), end]
    assert [(later - earlier).days for earlier, later in pairwise((start, *dates))] == [90, 92, 92, 91]


def test_frequencies_have_their_number_a_year() -> None:
    """Weeks and days do not fill a year, so they have none."""
    anchor = date(2020, 1, 1)
    numbers = {words: Schedule(anchor, period).periods_a_year for words, period in FREQUENCIES.items()}
    assert numbers == {
        "annually": 1,
        "semiannually": 2,
        "quarterly": 4,
        "monthly": 12,
        "weekly": None,
        "daily": None,
    }
    assert Schedule(anchor, Period(5, "months")).periods_a_year is None
    assert Schedule(anchor, Period(2, "years")).periods_a_year is None


@given(DAYS, st.integers(1, 10), st.integers(-30, 30))
def test_schedules_of_trading_days_step_over_holidays(anchor: date, count: int, index: int) -> None:
    """Ten trading days and ten more are twenty from the anchor, session or not."""
    schedule = Schedule(anchor, Period(count, "trading days"), calendar=NYSE)
    assert schedule.date(index) == NYSE.add_business_days(anchor, index * count)
