"""Dates: the days that a book is asked about, as they are written on a command line or in a program.

`2019-01-02..2019-12-31` is every session of a calendar from the first day through the last; `… by day`,
`… by week` and `… by month` count from the first day. Single days are joined by commas, or stand in a file.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date

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
