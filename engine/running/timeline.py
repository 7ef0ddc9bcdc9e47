"""The timeline: what happens to a note, in order.

Dates come from the terms (schedules) and from the facts; on one day the kinds of event follow `SAME_DAY`,
and events of one kind their file's order. Each version of the terms schedules its own stretch of time.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from ...grammar.classes import field, frozen, made_often
from ..exact.origins import Origin
from ..exact.quantities import Quantity
from ..meaning.model import Note
from ..time.same_day import SAME_DAY
from ..world.facts import Recorded
from ..world.market import Market

# After these the interest rate may be another.
REFRESHING = frozenset({"amendment", "occurrence", "ending", "consequence"})
ACTS = frozenset({"payment", "conversion", "sale"})  # what `--open` leaves out

Turn = tuple[date, int, int, str]


@made_often
class Event:
    """Something that happens to a note on a day. `subject` tells apart events of a kind."""

    date: date
    kind: str
    subject: str = ""
    fields: Mapping[str, Quantity] = field(factory=dict)
    origin: Origin | None = None
    order: int = 0


def whose(kind: str, subject: str) -> str:
    """The label of the clause that an event is for; an ending also says how, as in `cured/payment`."""
    return subject.partition("/")[2] if kind == "ending" else subject


@frozen
class Visible:
    """What may be read for an answer: the facts, the market, and the last day."""

    entries: tuple[Recorded, ...]
    market: Market
    until: date

    def dates_of(self, event: str, subject: str) -> tuple[date, ...]:
        """The days on which this was recorded."""
        return tuple(entry.date for entry in self.entries if (entry.event, entry.subject) == (event, subject))


def scheduled(note: Note, visible: Visible, after: date, until: date) -> list[Event]:
    """What the terms bring after one day and by another, each version for its own time."""
    events = []
    for index, model in enumerate(note.versions):
        if index and model.effective > visible.until:
            break
        if index and after < model.effective <= until:
            events.append(Event(model.effective, "amendment"))
        follows = note.versions[index + 1].effective if index + 1 < len(note.versions) else date.max
        ends = follows if follows <= visible.until else date.max
        for clause, schedule in model.signed("schedule"):
            for event in schedule(clause, model, visible):
                if after < event.date <= until and (not index or event.date >= model.effective) and event.date < ends:
                    events.append(event)
    return events


def recorded(visible: Visible) -> list[Event]:
    """What the facts bring."""
    return [
        Event(each.date, each.event, each.subject, each.fields, each.origin, each.order) for each in visible.entries
    ]


def until_due(events: list[Event]) -> list[Event]:
    """Of what is still to come, in order, what leads to the sum that falls due; nothing where that is behind."""
    falls_due = [place for place, event in enumerate(events) if event.kind == "maturity"]
    return events[: falls_due[-1] + 1] if falls_due else []


@cache
def turns(same_day: tuple[str, ...]) -> Callable[[Event], Turn]:
    """What puts events in order: the day, the place of the kind among those of one day, and the order in the file."""
    places = {kind: index for index, kind in enumerate(same_day)}

    def turn(event: Event) -> Turn:
        return event.date, places[event.kind], event.order, event.subject

    return turn


def in_order(events: list[Event], same_day: tuple[str, ...] = SAME_DAY) -> list[Event]:
    """The events in their turns, and after those that may change the rate, that change."""
    refreshed = {event.date for event in events if event.kind in REFRESHING}
    events = events + [Event(day, "rate change") for day in refreshed]
    return sorted(events, key=turns(same_day))
