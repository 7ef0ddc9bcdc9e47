"""Needs in words: long runs of days drawn together.

`closing bid for 2019-08-12 … 2019-08-23 (10 sessions)` says that every session of the note's calendar from
the first day to the last is missing; machines get each day.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ...engine.meaning.phrases import calendar_day
from ...engine.running.statement import Statement
from ...engine.time.calendars import Calendar

RUN_MIN = 3  # a shorter run is written out


def needs_words(said: Statement, needs: Sequence[str]) -> str:
    """What is needed, in one line."""
    calendar = said.note.in_force(said.date).calendar
    days: dict[str, list[date]] = {}
    others = []
    for need in needs:
        what, _, text = need.rpartition(" for ")
        day = calendar_day(text) if what else None
        if day is None:
            others.append(need)
        else:
            days.setdefault(what, []).append(day)
    return "; ".join([f"{what} for {_days(each, calendar)}" for what, each in days.items()] + others)


def _days(days: list[date], calendar: Calendar) -> str:
    words = []
    for run in _runs(sorted(days), calendar):
        if len(run) < RUN_MIN:
            words += [str(day) for day in run]
        else:
            words.append(f"{run[0]} … {run[-1]} ({len(run)} sessions)")
    return ", ".join(words)


def _runs(days: Sequence[date], calendar: Calendar) -> Iterable[list[date]]:
    """The days in runs between which the calendar has no other session."""
    run: list[date] = []
    for day in days:
        if run and not _next_session(run[-1], day, calendar):
            yield run
            run = []
        run.append(day)
    yield run


def _next_session(day: date, later: date, calendar: Calendar) -> bool:
    """Whether there is none between; of days that the calendar does not know, which may be what is needed, no."""
    return calendar.first <= day and later <= calendar.last and calendar.session_count(day, later) == 1
