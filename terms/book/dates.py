"""Dates: the days that a book is asked about, as they are written on a command line or in a program.

`2019-01-02..2019-12-31` is every session of a calendar from the first day through the last; `… by day`,
`… by week` and `… by month` count from the first day. Single days are joined by commas, or stand in a file.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time

import numpy as np

from ...engine.meaning.phrases import note_day
from ...engine.time.calendars import EARLIEST, LATEST, Calendar, OutsideCalendar
from ...engine.time.periods import OutsideYears, Period, add
from .trouble import Unaskable

STEPS = {"day": (1, "days"), "week": (7, "days"), "month": (1, "months")}
_RANGE = re.compile(r"(\S+?)\s*\.\.\s*(\S+?)(?:\s+by\s+(\S+))?")
FORMS = "write `2019-01-02..2019-12-31`, `2019-01-02..2019-12-31 by month`, days joined by commas, or a file of days"


def dates_of(text: str, calendar: Callable[[], Calendar]) -> tuple[date, ...]:
    """The days, each once and in order; `calendar` is asked for only where sessions are meant.

    Raises Unaskable for what is no day or lies outside the calendar.
    """
    if match := _RANGE.fullmatch(text.strip()):
        first, last, step = match.groups()
        days = tuple(_between(_day(first), _day(last), step, calendar))
    elif os.path.isfile(text):
        days = tuple(_in_file(text))
    else:
        days = tuple(_day(each.strip()) for each in text.split(","))
    if not days:
        raise Unaskable(f"`{text}` holds no day", FORMS)
    return tuple(sorted(set(days)))


def days_of(given: object) -> tuple[date, ...]:
    """A day or many, as a program gives them: each once and in order. Raises Unaskable for what is no day."""
    days = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    return tuple(sorted({_as_day(each) for each in days}))


def _as_day(given: object) -> date:
    """A text, a date, or a time at midnight, which is what NumPy and pandas have for days."""
    day = given.astype("datetime64[us]").item() if isinstance(given, np.datetime64) else given
    with suppress(ValueError):  # of the day that is no day, of pandas
        if isinstance(day, datetime) and day.timetz() == time.min:
            day = day.date()
    if isinstance(day, str):
        return _day(day.strip())
    if isinstance(day, datetime) or not isinstance(day, date) or not EARLIEST <= day <= LATEST:
        raise Unaskable(f"`{given}` is no day", f"write `2019-08-26` or a date, from {EARLIEST.year} to {LATEST.year}")
    return day


def _between(first: date, last: date, step: str | None, calendar: Callable[[], Calendar]) -> Iterator[date]:
    if last < first:
        raise Unaskable(f"{last} is before {first}", "write the earlier day first")
    if step is None:
        try:
            # The day after the last need not be known: the last one itself may be a session.
            known = calendar()
            yield from known.sessions_between(first, last)
            if known.is_session(last):
                yield last
        except OutsideCalendar as outside:
            raise Unaskable(str(outside), "ask about days that it knows, or add `by day`") from None
        return
    if step not in STEPS:
        raise Unaskable(f"`by {step}` is no step", f"write one of {', '.join(f'`by {each}`' for each in STEPS)}")
    count, unit = STEPS[step]
    place = 0
    while (day := _stepped(first, count * place, unit)) is not None and day <= last:
        yield day
        place += 1


def _stepped(first: date, count: int, unit: str) -> date | None:
    try:
        return add(first, Period(count, unit))
    except OutsideYears:
        return None


def _in_file(path: str) -> Iterator[date]:
    """One day a line; `#` begins a comment, and a first line that says `date` is a head."""
    with open(path, encoding="utf-8-sig") as file:
        try:
            for number, line in enumerate(file, 1):
                text = line.partition("#")[0].strip()
                if text and not (number == 1 and text == "date"):
                    yield _day(text, f" in {path}:{number}")
        except UnicodeDecodeError:
            raise Unaskable(f"`{path}` is not text", "write one day a line") from None


def _day(text: str, where: str = "") -> date:
    day = note_day(text)
    if day is None:
        years = f"a day is written as in `2019-08-26`, from {EARLIEST.year} to {LATEST.year}"
        raise Unaskable(f"`{text}` is no day{where}", years if where else f"{years}; {FORMS}")
    return day
