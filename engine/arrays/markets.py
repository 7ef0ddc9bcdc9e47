"""Markets of cohorts: which quotes a block of notes can ask for, and no others, made into rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np

from ..compiled.readings import WATCHED
from ..compiled.shapes import Shape
from ..meaning.expressions import LookBack
from ..world.market import LAST_BEFORE
from .cohort import Cohort
from .market import Market
from .refusal import NotOverArrays
from .timelines import Timelines

QUOTED = ("look_back", "quote")


def market_of(
    shape: Shape, cohort: Cohort, timelines: Timelines, days: Sequence[int], names: tuple[str, ...]
) -> Market:
    """The quotes that the answers and steps of a cohort may read.

    Raises NotOverArrays for prices that are watched day by day, and what a calendar raises past its end.
    """
    answered = [shape.answers(version, names) for version in range(len(shape.note.versions))]
    stepped = [shape.step(*made_by) for made_by in timelines.kinds]
    reading = [place for place, record in enumerate(stepped) if any(kind in QUOTED for kind, _ in record.inputs)]
    events = timelines.days_of(reading)
    first, last = min(days[0], int(events.min(initial=days[0]))), max(days[-1], int(events.max(initial=days[-1])))
    asked = {each for record in (*answered, *stepped) for each in record.inputs}
    if any(kind in WATCHED for kind, _ in asked):
        raise NotOverArrays("prices or figures watched day by day")
    look_backs = [spec for kind, spec in asked if kind == "look_back"]
    if any(isinstance(spec.anchor, date) for spec in look_backs):
        raise NotOverArrays("look-backs that end on a fixed date")
    series = {spec.series for spec in look_backs} | {name for kind, name in asked if kind == "quote"}
    if any(spec.statistic == "volume-weighted average" for spec in look_backs):
        series.add("volume")
    return _market(cohort, shape, series, look_backs, first, last)


def _market(
    cohort: Cohort, shape: Shape, series: Iterable[str], look_backs: Sequence[LookBack], first: int, last: int
) -> Market:
    model = shape.note.versions[0]
    sessions = _sessions(model.calendar, look_backs, first, last) if series else np.zeros(0, np.int64)
    missing = model.missing_quote
    carried = missing is not None and missing.is_(LAST_BEFORE)
    headroom = max((spec.period.count for spec in look_backs), default=1)
    found = {name: cohort.quotes(name, sessions, headroom, carried) for name in sorted(series)}
    rows = {name: each for name, each in found.items() if each is not None}
    split_days = {note: tuple(day for day, _, _ in each) for note, each in cohort.splits().items()}
    counts = np.ones(len(cohort), dtype=np.int64)
    for note, days in split_days.items():
        counts[note] += len(days)
    return Market(sessions, rows, np.cumsum(counts) - counts, split_days, cohort.causes)


def _sessions(calendar: Any, look_backs: Sequence[LookBack], first: int, last: int) -> Any:
    """The sessions from the first that a window may reach back to, through the last day."""
    start = date.fromordinal(first)
    begins = start
    for spec in look_backs:
        if spec.period.unit == "days":
            begins = min(begins, date.fromordinal(first - spec.period.count))
        else:
            begins = min(begins, calendar.sessions_before(start, spec.period.count)[0])
    between = calendar.sessions_between(begins, date.fromordinal(last + 1))
    return np.array([day.toordinal() for day in between], dtype=np.int64)
