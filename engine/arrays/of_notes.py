"""A cohort of notes that were each read from a file of their own, with their ledgers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ...grammar.classes import field, frozen
from ..compiled.causes import Causes
from ..exact.quantities import Quantity
from ..meaning.literals import given_value
from ..meaning.model import Note
from ..world.facts import Ledger, Recorded
from .cells import Cells
from .cohort import column
from .quotes import Quoted, Rows, quoted, rows_of
from .restating import Split, restatings
from .steps import steps_after, steps_by
from .timelines import Timelines


@frozen(eq=False)
class OfNotes:
    """Notes of one shape; a series that several ledgers share is read once."""

    notes: Sequence[Note]
    ledgers: Sequence[Ledger]
    causes: Causes
    words: list[Any]
    _given: dict[Any, Cells] = field(factory=dict, repr=False)
    _quoted: dict[int, Quoted] = field(factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.notes)

    def given(self, version: int, kind: str, name: Any) -> Cells:
        key = (version, kind, name)
        if key not in self._given:
            values = [given_value(note.versions[version], kind, name) for note in self.notes]
            self._given[key] = column(values, self.causes, self.words)
        return self._given[key]

    def timelines(self, until: int) -> Timelines:
        last = date.fromordinal(until)
        return Timelines.of_each(
            [steps_by(note, ledger, last) for note, ledger in zip(self.notes, self.ledgers, strict=True)]
        )

    def ahead(self, notes: Any, days: Any) -> Timelines:
        asked = zip(notes.tolist(), days.tolist(), strict=True)
        return Timelines.of_each(
            [steps_after(self.notes[note], self.ledgers[note], date.fromordinal(day)) for note, day in asked]
        )

    def happening(self, notes: Any, entries: Any, name: str) -> Cells:
        asked = zip(notes.tolist(), entries.tolist(), strict=True)
        figures: list[Quantity] = [self.ledgers[note].entries[entry].fields[name] for note, entry in asked]
        return column([figure.value for figure in figures], self.causes, self.words)

    def splits(self) -> Mapping[int, Sequence[Split]]:
        return splits_of(ledger.entries for ledger in self.ledgers)

    def quotes(self, series: str, sessions: Any, headroom: int, carried: bool) -> Rows | None:
        found = [self._read(ledger, series) for ledger in self.ledgers]
        if not any(found):
            return None
        return rows_of(found, restatings(series, self.splits()), sessions, headroom, carried)

    def _read(self, ledger: Ledger, series: str) -> Quoted | None:
        quotes = ledger.quotes.get(series)
        if quotes is None:
            return None
        if id(quotes) not in self._quoted:
            self._quoted[id(quotes)] = quoted(quotes)
        return self._quoted[id(quotes)]


def splits_of(ledgers: Iterable[Sequence[Recorded]]) -> dict[int, list[Split]]:
    """The splits that ledgers record, by the place of the ledger."""
    found: dict[int, list[Split]] = {}
    for place, entries in enumerate(ledgers):
        for each in entries:
            if each.event == "split":
                split = (each.date.toordinal(), each.fields["new"].value, each.fields["old"].value)
                found.setdefault(place, []).append(split)
    return found
