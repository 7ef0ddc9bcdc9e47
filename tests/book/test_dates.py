"""Dates: the days that a text means."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from tenor.engine.time.calendars import NYSE, WEEKDAYS, Calendar
from tenor.terms.book.dates import dates_of, days_of
from tenor.terms.book.trouble import Unaskable


def nyse() -> Calendar:
    return NYSE


def days(text: str) -> list[str]:
    return [day.isoformat() for day in dates_of(text, nyse)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-08-26", ["2019-08-26"]),
        ("2019-08-26,2019-01-02, 2019-08-26", ["2019-01-02", "2019-08-26"]),
        # From Friday through Tuesday, without Monday 2019-09-02, which is Labor Day.
        ("2019-08-30..2019-09-03", ["2019-08-30", "2019-09-03"]),
        ("2019-08-30..2019-09-03 by day", [f"2019-{day}" for day in ("08-30", "08-31", "09-01", "09-02", "09-03")]),
        ("2019-08-30..2019-09-15 by week", ["2019-08-30", "2019-09-06", "2019-09-13"]),
        # Counted from the first day, which 28 February does not shorten.
        ("2019-01-31..2019-04-30 by month", ["2019-01-31", "2019-02-28", "2019-03-31", "2019-04-30"]),
        ("2027-12-30..2027-12-31", ["2027-12-30", "2027-12-31"]),  # the last that the calendar knows
        ("2999-12-30..2999-12-31 by day", ["2999-12-30", "2999-12-31"]),
    ],
)
def test_what_a_text_means(text: str, expected: list[str]):
    assert days(text) == expected


def test_a_file_of_days(tmp_path: Path):
    """One a line, with a head and comments if need be."""
    path = tmp_path / "days.csv"
    path.write_text("\ufeffdate\n2019-08-26  # the first conversion\n\n2019-01-02\n", "utf-8")
    assert days(str(path)) == ["2019-01-02", "2019-08-26"]


def test_other_calendars_have_other_sessions():
    """Labor Day is a weekday."""
    assert date(2019, 9, 2) in dates_of("2019-08-30..2019-09-03", lambda: WEEKDAYS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2019-02-30", "`2019-02-30` is no day"),
        ("26 August 2019", "`26 August 2019` is no day"),
        ("3000-01-01", "`3000-01-01` is no day"),
        ("2019-08-26..2019-08-25", "2019-08-25 is before 2019-08-26"),
        ("2019-08-31..2019-09-02", "holds no day"),
        ("2019-08-26..2019-09-26 by year", "`by year` is no step"),
        ("2027-12-30..2028-01-03", "the calendar `NYSE` is known from 1990-01-01 to 2027-12-31, not on 2028-01-03"),
        ("1989-12-29..1990-01-03", "the calendar `NYSE` is known from 1990-01-01 to 2027-12-31, not on 1989-12-29"),
        ("", "`` is no day"),
    ],
)
def test_what_is_no_day_is_said(text: str, message: str):
    with pytest.raises(Unaskable) as raised:
        days(text)
    assert message in raised.value.message
    assert raised.value.help


MONDAY = date(2019, 8, 26)


@pytest.mark.parametrize(
    "given",
    [
        MONDAY,
        [MONDAY],
        ["2019-08-26", " 2019-08-26 "],
        {datetime(2019, 8, 26)},
        iter([datetime(2019, 8, 26), MONDAY]),
        np.datetime64("2019-08-26"),
        np.array(["2019-08-26"], "datetime64[ns]"),
        np.array(["2019-08-26T00"], "datetime64[h]"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_day_may_come_in_many_forms(given: object):
    """Those of Python and of NumPy, one or many, in whatever holds them."""
    assert days_of(given) == (MONDAY,)


def test_days_of_pandas_are_days():
    """Whose times are datetimes of Python."""
    pandas = pytest.importorskip("pandas")
    assert days_of(pandas.date_range("2019-08-26", "2019-08-26")) == (MONDAY,)
    assert days_of(pandas.Series(pandas.to_datetime(["2019-08-26"]))) == (MONDAY,)
    with pytest.raises(Unaskable, match="`NaT` is no day"):
        days_of([pandas.NaT])


@pytest.mark.parametrize(
    "given",
    [
        None,
        20190826,
        [None],
        ["2019-02-30"],
        [datetime(2019, 8, 26, 12)],
        [datetime(2019, 8, 26, tzinfo=UTC)],
        [np.datetime64("NaT")],
        [np.datetime64("2019-08-26T12")],
        [date(1899, 12, 31)],
        np.datetime64("9999-12-31"),
        np.datetime64("12345-12-31"),
    ],
    ids=repr,
)
def test_a_program_is_told_what_is_no_day(given: object):
    """In words of the library, with what to write."""
    with pytest.raises(Unaskable, match="is no day") as raised:
        days_of(given)
    assert "2019-08-26" in raised.value.help


def test_a_wrong_line_of_a_file_is_named(tmp_path: Path):
    path = tmp_path / "days.txt"
    path.write_text("2019-08-26\n2019-13-01\n")
    with pytest.raises(Unaskable, match=rf"`2019-13-01` is no day in {path}:2"):
        days(str(path))


def test_a_file_that_is_no_text_is_named(tmp_path: Path):
    path = tmp_path / "days.txt"
    path.write_bytes(b"\xff\xfe2")
    with pytest.raises(Unaskable, match="is not text"):
        days(str(path))
