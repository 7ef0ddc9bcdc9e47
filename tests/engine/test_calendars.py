"""Calendars: the laws of sessions and rolls, a table of known days, and three packages as judges."""

import csv
import runpy
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.time.calendars import (
    CALENDARS,
    CONVENTIONS,
    EVERY_DAY,
    NYSE,
    WEEKDAYS,
    Calendar,
    OutsideCalendar,
)

HERE = Path(__file__).parent
ROLLS = list(csv.DictReader((HERE / "rolls.csv").read_text("utf-8").splitlines()))

DAY = timedelta(1)
# Far enough from the ends for forty sessions either way.
DAYS = st.dates(date(1991, 1, 1), date(2026, 12, 31))
ALL = st.sampled_from(sorted(CALENDARS.values(), key=lambda calendar: calendar.name))
COUNTS = st.integers(0, 40)


def sessions(calendar: Calendar, start: date, end: date) -> tuple[date, ...]:
    """The sessions of [start, end), asked day by day."""
    days = (start + timedelta(n) for n in range((end - start).days))
    return tuple(day for day in days if calendar.is_session(day))


@pytest.mark.parametrize("row", ROLLS, ids=lambda row: f"{row['calendar']} {row['day']} {row['convention']}")
def test_roll_table(row: dict[str, str]) -> None:
    """Days whose weekday and holidays are known, with the reason beside them."""
    day = date.fromisoformat(row["day"])
    assert date.fromisoformat(row["rolled"]) == CALENDARS[row["calendar"]].roll(day, row["convention"])


@given(ALL, DAYS, st.sampled_from(CONVENTIONS))
def test_a_roll_ends_on_a_business_day_and_stays_there(calendar: Calendar, day: date, convention: str) -> None:
    """Rolling gives a business day, the day itself if it is one, and rolling again changes nothing."""
    rolled = calendar.roll(day, convention)
    assert calendar.business_day(rolled) or convention == "unadjusted"
    assert rolled == day or not calendar.business_day(day)
    assert rolled == calendar.roll(rolled, convention)


@given(ALL, DAYS)
def test_rolls_keep_their_direction_and_their_month(calendar: Calendar, day: date) -> None:
    """Following never goes back, preceding never forward; the modified ones stay in the month."""
    assert calendar.roll(day, "preceding") <= day <= calendar.roll(day, "following")
    for convention in ("modified following", "modified preceding"):
        assert day.month == calendar.roll(day, convention).month


@given(ALL, DAYS)
def test_following_and_preceding_skip_no_session(calendar: Calendar, day: date) -> None:
    """Between a day and where it rolls there is no session."""
    assert sessions(calendar, day, calendar.roll(day, "following")) == ()
    assert sessions(calendar, calendar.roll(day, "preceding") + DAY, day + DAY) == ()


def test_modified_following_turns_round_at_the_month_end() -> None:
    """Saturday 31 August 2019 goes back to Friday, for Tuesday would be September."""
    calendar = evolve(WEEKDAYS, closed=(date(2019, 9, 2),))
    assert calendar.roll(date(2019, 8, 31), "following") == date(2019, 9, 3)
    assert calendar.roll(date(2019, 8, 31), "modified following") == date(2019, 8, 30)


@given(ALL, DAYS, COUNTS)
def test_sessions_before_are_the_last_ones_strictly_before(calendar: Calendar, day: date, count: int) -> None:
    """As many as asked, oldest first, none on the day or after it, none skipped."""
    found = calendar.sessions_before(day, count)
    assert count == len(found)
    assert found == sessions(calendar, found[0] if found else day, day)


@given(ALL, DAYS, COUNTS)
def test_sessions_through_count_the_day_if_it_is_one(calendar: Calendar, day: date, count: int) -> None:
    """The window that ends on a day is the window before the next."""
    assert calendar.sessions_before(day + DAY, count) == calendar.sessions_through(day, count)


@given(ALL, DAYS, st.integers(-5, 200))
def test_sessions_between_are_those_of_each_day(calendar: Calendar, start: date, length: int) -> None:
    """[start, end): the start counts and the end does not; a stretch that runs back holds none."""
    end = start + timedelta(length)
    found = calendar.sessions_between(start, end)
    assert sessions(calendar, start, end) == found
    assert len(found) == calendar.session_count(start, end)


@given(ALL, DAYS, st.integers(1, 40))
def test_business_days_are_counted_from_the_day_after(calendar: Calendar, day: date, count: int) -> None:
    """The fifth business day after a day has four between them; and so before it."""
    later = calendar.add_business_days(day, count)
    earlier = calendar.add_business_days(day, -count)
    assert calendar.is_session(later)
    assert count - 1 == calendar.session_count(day + DAY, later)
    assert earlier == calendar.sessions_before(day, count)[0]


@given(ALL, DAYS, st.integers(-40, 40))
def test_from_a_session_there_and_back_is_home(calendar: Calendar, day: date, count: int) -> None:
    """Adding and taking away the same number of business days."""
    session = calendar.roll(day, "following")
    assert session == calendar.add_business_days(calendar.add_business_days(session, count), -count)


@given(DAYS, st.lists(DAYS, max_size=30), st.integers(1, 40))
def test_further_closures_close(day: date, closed: list[date], count: int) -> None:
    """A calendar with days closed has the sessions of the plain one less those days."""
    calendar = evolve(WEEKDAYS, closed=tuple(closed))
    plain = WEEKDAYS.sessions_before(day, count + len(closed))
    assert calendar.sessions_before(day, count) == tuple(d for d in plain if d not in closed)[-count:]


def test_the_ten_trading_days_before_the_conversion() -> None:
    """The GS Capital note's look-back from 2019-08-26: 12 to 16 and 19 to 23 August."""
    expected = tuple(date(2019, 8, day) for day in (12, 13, 14, 15, 16, 19, 20, 21, 22, 23))
    assert expected == NYSE.sessions_before(date(2019, 8, 26), 10)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: NYSE.is_session(date(2028, 1, 1)),
        lambda: NYSE.is_session(date(1989, 12, 31)),
        lambda: NYSE.sessions_before(date(2028, 1, 2), 1),
        lambda: NYSE.sessions_before(date(1990, 1, 10), 10),
        lambda: NYSE.sessions_before(date(2020, 1, 1), 1_000_000_000),
        lambda: NYSE.sessions_through(date(2028, 1, 1), 1),
        lambda: NYSE.sessions_between(date(2027, 12, 1), date(2028, 1, 2)),
        lambda: NYSE.session_count(date(1989, 12, 31), date(1990, 2, 1)),
        lambda: NYSE.add_business_days(date(2027, 12, 31), 1),
        lambda: NYSE.add_business_days(date(1990, 1, 2), -1),
        lambda: NYSE.roll(date(1990, 1, 1), "preceding"),
        lambda: EVERY_DAY.add_business_days(date(2020, 1, 1), 1_000_000_000),
    ],
)
def test_past_its_range_a_calendar_refuses(ask: object) -> None:
    """What needs a day outside the range is not guessed, however far it lies."""
    assert callable(ask)
    with pytest.raises(OutsideCalendar) as refused:
        ask()
    assert not refused.value.first <= refused.value.day <= refused.value.last


def test_up_to_its_last_day_a_calendar_answers() -> None:
    """What needs no day outside the range is answered, at the ends too."""
    assert NYSE.sessions_before(date(2028, 1, 1), 1) == (date(2027, 12, 31),)
    assert NYSE.sessions_between(date(2027, 12, 31), date(2028, 1, 1)) == (date(2027, 12, 31),)
    assert NYSE.sessions_before(date(1990, 1, 3), 1) == (date(1990, 1, 2),)
    assert NYSE.roll(date(2050, 1, 1), "unadjusted") == date(2050, 1, 1)


def test_the_error_names_the_calendar_and_its_range() -> None:
    """The reader learns which calendar ends where."""
    with pytest.raises(OutsideCalendar) as refused:
        NYSE.is_session(date(2030, 1, 2))
    assert str(refused.value) == "the calendar `NYSE` is known from 1990-01-01 to 2027-12-31, not on 2030-01-02"
    assert refused.value.need == "the calendar `NYSE` for 2030-01-02"


def test_shipped_days_are_weekdays_in_order() -> None:
    """Each data file is sorted, without repeats, and lists no weekend."""
    reference = HERE.parents[1] / "engine" / "reference"
    for path in sorted(reference.glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        days = [date.fromisoformat(line[:10]) for line in lines]
        assert all(earlier < later for earlier, later in pairwise(days)), path.name
        assert all(day.weekday() < 5 for day in days), path.name


def test_every_calendar_says_what_it_is_and_whence() -> None:
    """The table is by name, and nothing in it lacks a description or a source."""
    for name, calendar in CALENDARS.items():
        assert name == calendar.name
        assert calendar.description
        assert calendar.source


@pytest.mark.filterwarnings("default")  # what the judges deprecate among themselves is not ours
def test_what_ships_is_what_the_judges_say() -> None:
    """The NYSE by exchange_calendars and by holidays, the Federal Reserve by holidays and by QuantLib."""
    for package in ("exchange_calendars", "holidays", "QuantLib"):
        pytest.importorskip(package)
    script = HERE.parent / "reference" / "make_nyse.py"
    make = runpy.run_path(str(script))
    for name, text in make["texts"]().items():
        assert text == (make["REFERENCE"] / name).read_text("utf-8")
