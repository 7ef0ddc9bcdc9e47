"""Events of default and where each stands; and the dates that the terms bring next."""

from datetime import date

from ...engine.quantities import Quantity
from ...engine.spelling import spelt
from ...engine.statement import Statement
from ...engine.values import Unknown
from .needed import needs_words
from .places import short
from .sheet import Row, Section, answer_row


def defaults_section(said: Statement) -> Section:
    """The summary, with whether the list is all there is; then each written event."""
    answer = said["defaults"]
    rows = [answer_row(said, "defaults", _summary(said))]
    for label, figures in answer.rows:
        state, since = figures["state"], figures.get("since")
        under = (f"needs {needs_words(said, state.value.needs)}",) if isinstance(state.value, Unknown) else ()
        words = "unknown" if isinstance(state.value, Unknown) else spelt(state)
        place = short(next(iter(state.cites[::-1]), None))
        rows.append(Row(f"  {label}", f"{words}{_since(since)}", place, under))
    return Section("Events of default", tuple(rows), words=True)


def _summary(said: Statement) -> str:
    model = said.note.in_force(said.date)
    listed = model.all_of("defaults")
    if not said["defaults"].rows or not listed:
        return "State"
    return "State (the list is not exhaustive)" if listed[0].value.is_("among others") else "State"


def _since(since: Quantity | None) -> str:
    known = since is not None and type(since.value) is int and since.value < date.max.toordinal()
    return f" since {spelt(since)}" if known and since is not None else ""


def dates_section(said: Statement) -> Section:
    """What the terms bring next, by date."""
    rows = [
        Row(label, f"{spelt(figures['date'])}{_weekday(figures['date'])}", short(next(iter(figures["date"].cites), None)))
        for label, figures in said["next_dates"].rows
    ]
    return Section("Next dates", tuple(rows), words=True)


def _weekday(day: Quantity) -> str:
    return f" {date.fromordinal(day.value):%A}" if type(day.value) is int else ""
