"""A cohort of the rows of a table under one template: its figures are columns, and no note is made of a row.

What the terms say of dates is asked once for each combination of the dates that it reads. Acts come among the
schedule as columns. The ledger of a note with other facts is read line by line, and where these change the schedule
itself the note is made, and asked.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from ...grammar.classes import frozen
from ..compiled.causes import Causes
from ..exact.dimensions import SHARES
from ..exact.quantities import Exact, Quantity
from ..meaning.literals import given_value, left_standing, with_literals
from ..meaning.model import Note
from ..running.run import visible_facts
from ..running.timeline import REFRESHING, Event, in_order, scheduled, turns, until_due
from ..time.calendars import LATEST
from ..world.facts import NO_FACTS, Ledger, Recorded
from .acts import Acts
from .asking import Asking, Coming, Parameter, told_apart
from .cells import Cells, cells
from .cohort import Split, column
from .of_notes import restatings, splits_of
from .quotes import Quoted, Rows, rows_of, scattered_rows
from .steps import Order, Step, steps_after, steps_by
from .timelines import NONE, Timelines

SCHEDULING = REFRESHING | {"notice"}  # facts that bring events of the terms, a change of the rate among them
LEVEL = -2  # the entry of a step that sets the first of the levels; the others follow below


class Figures(Protocol):
    """The dated figures of a series or a level: rows starts[i]:starts[i + 1] are note i's, in order of their days."""

    @property
    def starts(self) -> Any: ...
    @property
    def days(self) -> Any: ...
    @property
    def values(self) -> Any: ...
    @property
    def decimals(self) -> int: ...


@frozen(eq=False, slots=False)
class OfTemplate:
    """The notes of a block of rows. `others` are what is recorded of each besides acts and figures of columns, and
    `entries` gives the whole of its ledger.
    """

    template: Note
    parameters: Mapping[str, Parameter]
    series: Mapping[str, Figures]
    levels: Mapping[str, Figures]
    acts: Acts
    others: Sequence[Sequence[Recorded]]
    entries: Callable[[int], tuple[Recorded, ...]]
    causes: Causes
    words: list[Any]
    asking: Asking  # what earlier blocks of the same columns have asked

    def __len__(self) -> int:
        return len(self.others)

    def given(self, version: int, kind: str, name: Any) -> Cells:
        if kind not in ("literal", "date"):
            raise AssertionError("templates that are amended are asked note by note")
        if kind == "date":
            model = self.asking.note.versions[version]
            found, which = self._asked((version, name), lambda: given_value(model, kind, name))
            return column(found, self.causes, self.words).at(which)
        parameter = self.parameters.get(name)
        if parameter is None or name not in left_standing(self.template.versions[0], self.template.versions[version]):
            value = given_value(self.template.versions[version], kind, name)
            return column([value], self.causes, self.words).spread(len(self))
        return cells(parameter.values, 10**parameter.decimals)

    def timelines(self, until: int) -> Timelines:
        coming, scheduled_by = self._coming(until)
        levels = [np.where((days <= until) & ~self._read_whole, days, NONE) for days in self._level_days]
        distinct, which = _distinct(np.stack([scheduled_by, *levels]))
        terms = [self._in_turn(coming[place], days) for place, *days in distinct.T.tolist()]
        orders: list[Sequence[Step]] = [each.steps for each in terms]
        for note in np.flatnonzero(self._read_whole).tolist():
            steps = self._by_ledger(note, terms[which[note]], until)
            which[note] = len(orders)
            orders.append(steps)
        rows = np.flatnonzero((self.acts.days <= until) & ~self._read_whole[self.acts.owners])
        return Timelines.of(orders, which).with_acts(self.acts, rows, self.template.versions[0].same_day)

    def ahead(self, notes: Any, days: Any) -> Timelines:
        distinct, own = _distinct(np.stack([self._which[notes], days]))
        orders = [self._ahead(*key) for key in distinct.T.tolist()]
        which = own.copy()
        for place in np.flatnonzero(self._read_whole[notes]).tolist():
            note = int(notes[place])
            if self._reschedules(note):
                which[place] = len(orders)
                ledger = Ledger(entries=self._ledger(note))
                orders.append(steps_after(self._note(note), ledger, date.fromordinal(int(days[place]))))
        return Timelines.of(orders, which)

    def happening(self, notes: Any, entries: Any, name: str) -> Cells:
        if (entries <= LEVEL).all():
            (level,) = {int(each) for each in np.unique(entries)}  # of one kind of event all set one level
            figures = list(self.levels.values())[LEVEL - level]
            return cells(figures.values[figures.starts[notes]], 10**figures.decimals)
        if not self._read_whole[notes].any():
            return cells(self.acts.values[entries], 10**self.acts.decimals)
        asked = zip(notes.tolist(), entries.tolist(), strict=True)
        return column([self._field(note, entry, name) for note, entry in asked], self.causes, self.words)

    def splits(self) -> Mapping[int, Sequence[Split]]:
        return splits_of(self.others)

    def quotes(self, series: str, sessions: Any, headroom: int, carried: bool) -> Rows | None:
        table = self.series.get(series)
        if table is None or not len(table.days):
            return None
        below, splits = 10**table.decimals, self.splits()
        if carried or splits:
            notes = [
                Quoted(table.days[start:stop], table.values[start:stop], below)
                for start, stop in zip(table.starts[:-1].tolist(), table.starts[1:].tolist(), strict=True)
            ]
            return rows_of(notes, restatings(series, splits), sessions, headroom, carried)
        return scattered_rows(table.starts, table.days, table.values, below, sessions, headroom)

    # What the terms say, once for each combination of what they read.

    @cached_property
    def _schedule(self) -> tuple[list[list[Event]], Any]:
        return self._asked("schedule", self._scheduled)

    def _scheduled(self) -> list[Event]:
        visible = visible_facts(self.template, NO_FACTS, LATEST, None)
        return scheduled(self.asking.note, visible, date.min, LATEST)

    def _asked(self, question: Hashable, find: Callable[[], Any]) -> tuple[list[Any], Any]:
        """What is found, and of each note which of that is its own."""
        return self.asking.ask(question, self.parameters, len(self), find)

    @property
    def _which(self) -> Any:
        """Of each note, which of the schedules is its own."""
        return self._schedule[1]

    @cached_property
    def _in_order(self) -> list[list[Event]]:
        return [in_order(events, self.template.versions[0].same_day) for events in self._schedule[0]]

    def _ahead(self, which: int, day: int) -> Sequence[Step]:
        on = date.fromordinal(day)
        version = self._version(on)  # a projection knows no amendment to come
        left = until_due([event for event in self._in_order[which] if event.date > on])
        return [Step(each.date.toordinal(), version, each.kind, each.subject) for each in left]

    def _note(self, note: int) -> Note:
        return with_literals(self.template, {name: each.literal(note) for name, each in self.parameters.items()})

    def _version(self, day: date) -> int:
        return self.template.versions.index(self.template.in_force(day))

    # What is recorded.

    @cached_property
    def _issued(self) -> Any:
        return self.given(0, "date", "issue").above.astype(np.int64)

    @cached_property
    def _read_whole(self) -> Any:
        """Whether a note has a ledger that is read line by line: for more than acts and one figure of each level."""
        several = [np.diff(level.starts) > 1 for level in self.levels.values()]
        return np.logical_or.reduce([np.array([bool(each) for each in self.others], bool), *several])

    @cached_property
    def _level_days(self) -> list[Any]:
        """Of each level, the day on which each note has it, or NONE; before the issue it counts from the issue."""
        found = []
        for level in self.levels.values():
            has = np.diff(level.starts) > 0
            days = np.full(len(self), NONE, np.int64)
            days[has] = np.maximum(level.days[level.starts[:-1][has]], self._issued[has])
            found.append(days)
        return found

    @cached_property
    def _ledgers(self) -> dict[int, tuple[Recorded, ...]]:
        return {}

    def _ledger(self, note: int) -> tuple[Recorded, ...]:
        """What is recorded for a note that is read line by line."""
        if note not in self._ledgers:
            self._ledgers[note] = self.entries(note)
        return self._ledgers[note]

    def _level_events(self, days: Sequence[int]) -> list[tuple[Event, Step]]:
        found = []
        for place, (name, day) in enumerate(zip(self.levels, days, strict=True)):
            if day >= 0:
                event = Event(date.fromordinal(day), "level", name)
                fields = (("amount", SHARES),)
                found.append((event, Step(day, self._version(event.date), "level", name, fields, LEVEL - place)))
        return found

    def _by_ledger(self, note: int, terms: Order, until: int) -> Sequence[Step]:
        """The steps that a ledger brings among those of the terms, or makes of them."""
        ledger, last = Ledger(entries=self._ledger(note)), date.fromordinal(until)
        if self._reschedules(note):
            return steps_by(self._note(note), ledger, last)
        found, turn = [], turns(self.template.versions[0].same_day)
        places = {id(each): place for place, each in enumerate(ledger.entries)}
        for each in ledger.visible(last, None):
            event = Event(each.date, each.event, each.subject, order=each.order)
            fields = tuple((name, figure.dimension) for name, figure in each.fields.items())
            day, version = each.date.toordinal(), self._version(each.date)
            found.append((turn(event), Step(day, version, each.event, each.subject, fields, places[id(each)])))
        return terms.between(found)

    def _reschedules(self, note: int) -> bool:
        return any(each.event in SCHEDULING for each in self.others[note])

    def _coming(self, until: int) -> tuple[list[Coming], Any]:
        """What the terms bring by a day, each different schedule once, and of each note which of them is its own."""

        def find() -> Coming:
            return self.asking.coming([event for event in self._scheduled() if event.date <= last])

        last = date.fromordinal(until)
        found, which = self._asked(("coming", until), find)
        places = {each: place for place, each in enumerate(dict.fromkeys(found))}
        return list(places), np.array([places[each] for each in found], np.int64)[which]

    def _in_turn(self, coming: Coming, days: Sequence[int]) -> Order:
        """A schedule with levels of these days among it."""
        order: Order = self.asking.order(coming, days, lambda: self._ordered(coming.events, self._level_events(days)))
        return order

    def _ordered(self, coming: Sequence[Event], facts: Sequence[tuple[Event, Step]]) -> Order:
        """A schedule with facts among it."""
        steps = {id(event): step for event, step in facts}
        same_day = self.template.versions[0].same_day
        events = in_order([*coming, *(event for event, _ in facts)], same_day)
        found = [
            steps.get(id(event)) or Step(event.date.toordinal(), self._version(event.date), event.kind, event.subject)
            for event in events
        ]
        return Order([*map(turns(same_day), events)], found)

    def _field(self, note: int, entry: int, name: str) -> Any:
        if entry <= LEVEL:
            level = list(self.levels.values())[LEVEL - entry]
            return int(level.values[level.starts[note]])
        if not self._read_whole[note]:
            return Exact(int(self.acts.values[entry]), 10**self.acts.decimals)
        figure: Quantity = self._ledger(note)[entry].fields[name]
        return figure.value


def _distinct(keys: Any) -> tuple[Any, Any]:
    """The different columns of a table, and of each which that is."""
    firsts, which = told_apart(keys)
    return keys[:, firsts], which
