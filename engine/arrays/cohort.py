"""Cohorts: notes of one shape side by side, what their terms give a record, and what happens to them in order."""

from collections.abc import Sequence
from datetime import date
from math import lcm
from typing import Any

import numpy as np
from attrs import field, frozen

from ..compiled.causes import Causes
from ..compiled.shapes import Fields
from ..exact.quantities import Quantity
from ..exact.values import Refused, Unknown
from ..meaning.literals import given_value
from ..meaning.model import Note
from ..running.run import visible_facts
from ..running.timeline import in_order, recorded, scheduled, until_due
from ..time.calendars import LATEST
from ..world.facts import Ledger
from .cells import Cells, cells, whole


@frozen
class Step:
    """One event as a cohort sees it: its day, what makes its record, and whose fields it has."""

    day: int
    version: int
    kind: str
    subject: str
    fields: Fields = ()
    entry: int = -1  # the place of its line among those of the ledger; -1 for what the terms bring


@frozen(eq=False)
class Cohort:
    """Notes of one shape with their ledgers."""

    notes: Sequence[Note]
    ledgers: Sequence[Ledger]
    causes: Causes
    words: list[Any]
    _given: dict[Any, Cells] = field(factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.notes)

    def given(self, version: int, kind: str, name: Any) -> Cells:
        """A literal or a date of the terms, for every note."""
        key = (version, kind, name)
        if key not in self._given:
            values = [given_value(note.versions[version], kind, name) for note in self.notes]
            self._given[key] = self.column(values)
        return self._given[key]

    def column(self, values: Sequence[Any]) -> Cells:
        """Values of any kind as cells."""
        return column(values, self.causes, self.words)

    def steps(self, note: int, until: date) -> list[Step]:
        """What happens to a note by a day, in order."""
        return ordered(self.notes[note], self.ledgers[note], until)

    def steps_ahead(self, note: int, day: int) -> list[Step]:
        """What the terms still schedule after a day, as it is known on that day."""
        return ahead(self.notes[note], self.ledgers[note], date.fromordinal(day))


def column(values: Sequence[Any], causes: Causes, words: list[Any]) -> Cells:
    """Exact values of one kind, as whole numbers over a common denominator; words by their number."""
    unknown, refused = (whole([bits[side] for bits in map(causes.of, values)]) for side in (0, 1))
    known = [value for value in values if not isinstance(value, Unknown | Refused)]
    instead = known[0] if known else 0  # for what is not known: never read, but within range
    written = [instead if isinstance(value, Unknown | Refused) else value for value in values]
    if isinstance(instead, bool):
        return cells(np.array(written, dtype=bool), 1, unknown, refused)
    if isinstance(instead, str | tuple):
        return cells(whole([_word(word, words) for word in written]), 1, unknown, refused)
    below = lcm(*(value.denominator for value in written), 1)
    return cells(whole([value.numerator * (below // value.denominator) for value in written]), below, unknown, refused)


def _word(word: Any, words: list[Any]) -> int:
    if word not in words:
        words.append(word)
    return words.index(word)


def ordered(note: Note, ledger: Ledger, until: date) -> list[Step]:
    """The events of a note by a day, those of its terms and those of its ledger, in their order."""
    visible = visible_facts(note, ledger, until, None)
    facts = recorded(visible)
    entries = {id(event): place for place, event in enumerate(facts)}
    events = in_order(scheduled(note, visible, date.min, until) + facts, note.versions[0].same_day)
    places = {id(entry): place for place, entry in enumerate(ledger.entries)}
    return [
        Step(
            event.date.toordinal(),
            _version(note, event.date),
            event.kind,
            event.subject,
            tuple((name, figure.dimension) for name, figure in event.fields.items()),
            places[id(visible.entries[entries[id(event)]])] if id(event) in entries else -1,
        )
        for event in events
    ]


def ahead(note: Note, ledger: Ledger, day: date) -> list[Step]:
    """What the terms schedule after a day."""
    visible = visible_facts(note, ledger, day, None)
    version = _version(note, day)  # a projection knows no amendment to come
    events = until_due(in_order(scheduled(note, visible, day, LATEST), note.versions[0].same_day))
    return [Step(event.date.toordinal(), version, event.kind, event.subject) for event in events]


def _version(note: Note, day: date) -> int:
    return note.versions.index(note.in_force(day))


def event_field(ledgers: Sequence[Ledger], picked: Sequence[tuple[int, Step]], name: str) -> list[Any]:
    """The values of a field of some events, each of its note's ledger."""
    values: list[Any] = []
    for note, step in picked:
        figure: Quantity = ledgers[note].entries[step.entry].fields[name]
        values.append(figure.value)
    return values
