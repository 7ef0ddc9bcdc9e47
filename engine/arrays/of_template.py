"""A cohort of the rows of a table under one template: its figures are columns, and no note is made of a row.

What the terms say of dates is asked once for each combination of the dates that it reads. Acts come among the
schedule as columns. The ledger of a note with other facts is read line by line, and where these change the schedule
itself the note is made, and asked.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, Protocol

import numpy as np

from ...grammar.classes import frozen
from ..compiled.causes import Causes
from ..exact.dimensions import SHARES
from ..exact.quantities import Exact, Quantity
from ..meaning.literals import given_value, left_standing
from ..meaning.model import Note
from ..running.run import visible_facts
from ..running.timeline import REFRESHING, Event, in_order, scheduled, turns, until_due
from ..time.calendars import LATEST
from ..world.facts import NO_FACTS, Ledger, Recorded
from .asking import Asking, Coming, Parameter, told_apart
from .cells import Cells, cells
from .cohort import column
from .happenings import Happenings
from .of_notes import splits_of
from .quotes import Quoted, Rows, rows_of, scattered_rows
from .restating import Split, restatings
from .steps import Order, Step, steps_after, steps_by
from .timelines import Timelines

SCHEDULING = REFRESHING | {"notice"}  # facts that bring events of the terms, a change of the rate among them


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
    """The notes of a block of rows. `others` are the facts of each that are in no columns, and `entries` gives the
    whole of its ledger.
    """

    template: Note
    parameters: Mapping[str, Parameter]
    series: Mapping[str, Figures]
    levels: Mapping[str, Figures]
    happenings: Happenings
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
        coming, which = self._coming(until)
        terms = [self.asking.order(each, self._ordered) for each in coming]
        orders: list[Sequence[Step]] = [each.steps for each in terms]
        for note in np.flatnonzero(self._read_whole).tolist():
            steps = self._by_ledger(note, terms[which[note]], until)
            which[note] = len(orders)
            orders.append(steps)
        rows = np.flatnonzero((self._recorded.days <= until) & ~self._read_whole[self._recorded.owners])
        return Timelines.of(orders, which).among(self._recorded, rows, self.template.versions[0].same_day)

    def ahead(self, notes: Any, days: Any) -> Timelines:
        distinct, own = _distinct(np.stack([self._which[notes], days]))
        orders = [self._ahead(*key) for key in distinct.T.tolist()]
        which = own.copy()
        for place in np.flatnonzero(self._read_whole[notes]).tolist():
            note = int(notes[place])
            if self._reschedules(note):
                which[place] = len(orders)
                ledger = Ledger(entries=self._ledger(note))
                on = date.fromordinal(int(days[place]))
                orders.append(self._of_row(note, partial(steps_after, self.asking.note, ledger, on)))
        return Timelines.of(orders, which)

    def happening(self, notes: Any, entries: Any, name: str) -> Cells:
        if not self._read_whole[notes].any():
            return self._recorded.field(entries, name)
        asked = zip(notes.tolist(), entries.tolist(), strict=True)
        return column([self._field(note, entry, name) for note, entry in asked], self.causes, self.words)

    def splits(self) -> Mapping[int, Sequence[Split]]:
        return self._splits

    def quotes(self, series: str, sessions: Any, headroom: int, carried: bool) -> Rows | None:
        table = self.series.get(series)
        if table is None or not len(table.days):
            return None
        below, splits = 10**table.decimals, restatings(series, self.splits())
        if not carried:
            return scattered_rows(table.starts, table.days, table.values, below, splits, sessions, headroom)
        notes = [
            Quoted(table.days[start:stop], table.values[start:stop], below)
            for start, stop in zip(table.starts[:-1].tolist(), table.starts[1:].tolist(), strict=True)
        ]
        return rows_of(notes, splits, sessions, headroom, carried)

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

    def _of_row(self, note: int, find: Callable[[], Sequence[Step]]) -> Sequence[Step]:
        steps: Sequence[Step] = self.asking.of_row(self.parameters, note, find)
        return steps

    def _version(self, day: date) -> int:
        return self.template.versions.index(self.template.in_force(day))

    # What is recorded.

    @cached_property
    def _read_whole(self) -> Any:
        """Whether a note has a ledger that is read line by line."""
        return np.array([bool(each) for each in self.others], bool)

    @cached_property
    def _splits(self) -> Mapping[int, Sequence[Split]]:
        whole = [self._ledger(note) if is_read else () for note, is_read in enumerate(self._read_whole.tolist())]
        found, told = splits_of(whole), self.happenings
        kinds = [kind for kind, (_, event, _, _) in enumerate(told.made_by) if event == "split"]
        for row in np.flatnonzero(np.isin(told.kinds, kinds) & ~self._read_whole[told.owners]).tolist():
            new, old = (Exact(*told.number(row, name)) for name in ("new", "old"))
            found.setdefault(int(told.owners[row]), []).append((int(told.days[row]), new, old))
        return {note: sorted(each, key=lambda split: split[0]) for note, each in found.items()}

    @cached_property
    def _recorded(self) -> Happenings:
        """All that columns tell."""
        return Happenings.together([self.happenings, *(self._level(name) for name in sorted(self.levels))])

    def _level(self, name: str) -> Happenings:
        """What is told of a level; before the issue it counts from the issue, and of one day the last known holds."""
        level = self.levels[name]
        owners = np.repeat(np.arange(len(self)), np.diff(level.starts))
        days = np.maximum(level.days, self.given(0, "date", "issue").above[owners]).astype(np.int64)
        last = np.ones(len(days), bool)
        last[:-1] = (owners[1:] != owners[:-1]) | (days[1:] != days[:-1])
        made_by = (0, "level", name, (("amount", SHARES),))
        kinds = np.zeros(int(last.sum()), np.int64)
        return Happenings(owners[last], days[last], [made_by], [level.decimals], kinds, {"amount": level.values[last]})

    @cached_property
    def _ledgers(self) -> dict[int, tuple[Recorded, ...]]:
        return {}

    def _ledger(self, note: int) -> tuple[Recorded, ...]:
        """What is recorded for a note that is read line by line."""
        if note not in self._ledgers:
            self._ledgers[note] = self.entries(note)
        return self._ledgers[note]

    def _by_ledger(self, note: int, terms: Order, until: int) -> Sequence[Step]:
        """The steps that a ledger brings among those of the terms, or makes of them."""
        ledger, last = Ledger(entries=self._ledger(note)), date.fromordinal(until)
        if self._reschedules(note):
            return self._of_row(note, partial(steps_by, self.asking.note, ledger, last))
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

    def _ordered(self, coming: Sequence[Event]) -> Order:
        same_day = self.template.versions[0].same_day
        events = in_order([*coming], same_day)
        steps = [Step(each.date.toordinal(), self._version(each.date), each.kind, each.subject) for each in events]
        return Order([*map(turns(same_day), events)], steps)

    def _field(self, note: int, entry: int, name: str) -> Any:
        if not self._read_whole[note]:
            return Exact(*self._recorded.number(entry, name))
        held: Quantity = self._ledger(note)[entry].fields[name]
        return held.value


def _distinct(keys: Any) -> tuple[Any, Any]:
    """The different columns of a table, and of each which that is."""
    firsts, which = told_apart(keys)
    return keys[:, firsts], which
