"""Tenor over the columns of a book: the template's text, recorded once, run over all notes and dates.

Nothing here knows what the answers are made of: the template is read from its file, and the columns give the
figures and dates that it leaves open, the levels, the conversions and the quotes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.book_data import BASIS_POINTS, EPOCH, TEMPLATE, Answers, Book
from benchmarks.book_files import ROOT, SOURCES, write_note
from benchmarks.candidates import Candidate

from tenor.engine.arrays.answering import Answering, Known
from tenor.engine.arrays.cells import Cells, cells
from tenor.engine.arrays.cohort import column
from tenor.engine.arrays.columns import Column
from tenor.engine.arrays.quotes import Rows, dense_rows
from tenor.engine.arrays.sheets import Sheet
from tenor.engine.arrays.steps import Step, steps_by
from tenor.engine.compiled.reckoner import Reckoner
from tenor.engine.exact.dimensions import SHARES, money
from tenor.engine.meaning.literals import given_value, literals, with_literals
from tenor.engine.meaning.model import Note
from tenor.engine.running.statement import CORE
from tenor.engine.world.facts import NO_FACTS
from tenor.terms import load

ASK = tuple(Answers.__annotations__)
CENTS = 100


@dataclass(frozen=True)
class Prepared:
    """A book with what is kept of its shape."""

    answering: Answering
    known: Known
    columns: "Columns"


def prepare(book: Book) -> Prepared:
    """The template's records and the columns; code is made when a block first needs it, and kept."""
    answering = Answering()
    known = answering.known(load(str(ROOT / TEMPLATE)).note)
    return Prepared(answering, known, Columns(book, known))


def run(prepared: Prepared) -> dict[str, Column]:
    """The columns of answers, of all notes and dates."""
    book = prepared.columns.book
    notes = len(book.principal)
    sheet = Sheet(notes, tuple((book.dates + EPOCH).tolist()), ASK)
    prepared.answering.sweep(prepared.known, prepared.columns, sheet, np.arange(notes))
    return sheet.columns()


def answers(book: Book, given: dict[str, Column]) -> Answers:
    """A row for each note; every answer is known."""
    assert all(given[name].reasons is None for name in ASK)
    return Answers(*(given[name].values.reshape(len(book.principal), -1) for name in ASK))


def rows_left(prepared: Prepared) -> int:
    """How many rows were reckoned in Python's own integers, since a balance had outgrown 64 bits."""
    left = 0
    kernels = type(prepared.known.kernels)
    run_kernel = kernels.run

    def counting(self, record, inputs, rounded=False):
        nonlocal left
        results = run_kernel(self, record, inputs, rounded)
        if rounded and any(np.asarray(part).dtype == object for each in inputs.values() for part in _parts(each)):
            left += np.broadcast(*(part for each in inputs.values() for part in _parts(each))).size
        return results

    kernels.run = counting
    try:
        run(prepared)
    finally:
        kernels.run = run_kernel
    return left


def _parts(figures: Cells) -> tuple[Any, Any]:
    return figures.above, figures.below


class Columns:
    """The notes of a book as the engine asks for them."""

    def __init__(self, book: Book, known: Known) -> None:
        self.book, self.causes, self.words = book, known.causes, known.words
        self._given = {
            ("literal", "principal"): cells(book.principal, CENTS),
            ("literal", "interest"): cells(book.rate, BASIS_POINTS),
            ("literal", "ownership_cap"): cells(book.cap, BASIS_POINTS),
            ("literal", "conversion.price"): cells(book.percent, 100),
            ("date", "issue"): cells(book.issued + EPOCH),
            ("date", "accrual start"): cells(book.issued + EPOCH),
        }
        self._template = known.shape.note
        self._timelines = [self._steps(note) for note in range(len(book.principal))]

    def __len__(self) -> int:
        return len(self.book.principal)

    def given(self, version: int, kind: str, name: Any) -> Cells:
        if (kind, name) not in self._given:
            values = [given_value(note.versions[version], kind, name) for note in self._notes]
            self._given[kind, name] = column(values, self.causes, self.words)
        return self._given[kind, name]

    def timelines(self, until: int) -> Sequence[Sequence[Step]]:
        return self._timelines

    def ahead(self, note: int, day: int) -> Sequence[Step]:
        raise NotImplementedError("no answer here looks ahead")

    def happening(self, events: Sequence[tuple[int, Step]], name: str) -> Cells:
        """Levels are the entries 0 and 1 of a note, its conversions those after them."""
        notes = np.array([note for note, _ in events])
        entries = np.array([step.entry for _, step in events])
        if entries[0] < 2:
            return cells(np.where(entries == 0, self.book.outstanding[notes], self.book.held[notes]))
        return cells(self.book.converts[notes, entries - 2], CENTS)

    def splits(self, note: int) -> Sequence[tuple[int, Any, Any]]:
        return ()

    def quotes(self, series: str, sessions: Any, headroom: int, carried: bool) -> Rows | None:
        places = np.searchsorted(self.book.sessions + EPOCH, sessions)
        return dense_rows(self.book.bids[:, places], BASIS_POINTS, headroom)

    @cached_property
    def _notes(self) -> list[Note]:
        """The notes one by one, for what no column gives."""
        return [self._note(place) for place in range(len(self))]

    def _note(self, place: int) -> Note:
        written = literals(self._template)
        dates = {"issued": self.book.issued[place], "maturity": self.book.matures[place]}
        assert dates.keys() <= written.keys()
        return with_literals(self._template, {name: date.fromordinal(int(d) + EPOCH) for name, d in dates.items()})

    def _steps(self, note: int) -> list[Step]:
        book, field, sums = self.book, (("amount", SHARES),), (("amount", money("USD")),)
        issued, days = int(book.issued[note]) + EPOCH, book.converts_on[note]
        levels = [Step(issued, 0, "level", name, field, place) for place, name in enumerate(("outstanding", "held"))]
        acts = [Step(int(day) + EPOCH, 0, "conversion", "", sums, 2 + n) for n, day in enumerate(days) if day]
        last = int(book.dates[-1])
        if book.matures[note] > last:
            return levels + acts
        assert not acts, "the engine, not this list, knows the order of what happens on one day"
        return levels + steps_by(self._note(note), NO_FACTS, date.fromordinal(last + EPOCH))


CANDIDATES = (Candidate("Tenor, from the note's text", prepare, run, answers),)

COMPUTED = "Tenor, compiled: every core answer, in whole numbers"
READ = "Tenor, compiled: every core answer, each read as a fraction"


def one_note(book: Book, folder: Path, days: list[date]) -> dict[str, Callable[[], Any]]:
    """The first note on each day, from the files a person would write."""
    loaded = load(str(write_note(folder, book, 0)), [str(SOURCES)])
    names = [name for name in CORE if name != "next_dates"]  # which are no arithmetic
    reckoner = Reckoner(loaded.note, loaded.facts(), names)
    for day in days[:: len(days) // 6]:
        explained = loaded.at(day)
        assert all(value == explained[name].value.value for name, value in reckoner.at(day).items())
    return {
        COMPUTED: lambda: [reckoner.at(day) for day in days],
        READ: lambda: [dict(reckoner.at(day)) for day in days],
    }
