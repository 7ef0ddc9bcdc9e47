"""Tenor over the columns of a book: the template's text, recorded once, run over all notes and dates.

Nothing here knows what the answers are made of: the template is read from its file, and the columns give the
figures and dates that it writes, the levels, the conversions and the quotes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.book_data import EPOCH, TEMPLATE, Answers, Book, Integers
from benchmarks.book_files import ROOT, SOURCES, write_note
from benchmarks.candidates import Candidate

from tenor.engine.arrays.answering import Answering, Known
from tenor.engine.arrays.asking import Asking
from tenor.engine.arrays.happenings import Happenings
from tenor.engine.arrays.kernels import Kernels
from tenor.engine.arrays.of_template import OfTemplate
from tenor.engine.compiled.reckoner import Reckoner
from tenor.engine.exact.dimensions import DATE, RATE, RATIO, money
from tenor.engine.exact.quantities import Exact, given
from tenor.engine.meaning.literals import literals
from tenor.engine.meaning.model import Note
from tenor.engine.meaning.varying import Varying
from tenor.engine.running.statement import CORE
from tenor.terms import load

ASK = tuple(Answers.__annotations__)


@dataclass(frozen=True)
class Prepared:
    """A book as rows of its template, with what is kept from block to block."""

    answering: Answering
    template: Note
    rows: dict[str, Any]  # of `OfTemplate`
    notes: int
    dates: tuple[date, ...]
    scheduled: list["Scheduled"]  # once it has been asked for


class Scheduled:
    """A cohort that keeps what it was told of dates, as peers are given the days on which sums fall due."""

    def __init__(self, cohort: OfTemplate) -> None:
        self._cohort = cohort
        self._kept: dict[tuple[Any, ...], Any] = {}

    def __len__(self) -> int:
        return len(self._cohort)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cohort, name)

    def given(self, *asked: Any) -> Any:
        return self._once("given", *asked)

    def timelines(self, until: int) -> Any:
        return self._once("timelines", until)

    def _once(self, what: str, *asked: Any) -> Any:
        if (what, *asked) not in self._kept:
            self._kept[what, *asked] = getattr(self._cohort, what)(*asked)
        return self._kept[what, *asked]


@dataclass(frozen=True)
class Column:
    """A figure or date that the template writes, in every note: whole numbers over 10**decimals, or day numbers."""

    values: Integers
    decimals: int
    kind: Any

    def literal(self, place: int) -> Any:
        value = int(self.values[place])
        return date.fromordinal(value) if self.kind is DATE else given(self.kind, Exact(value, 10**self.decimals), "")


@dataclass(frozen=True)
class Figures:
    """Dated figures of every note: rows starts[n]:starts[n + 1] belong to note n."""

    starts: Integers
    days: Integers
    values: Integers
    decimals: int


def prepare(book: Book) -> Prepared:
    """The columns; records and code are made when a block first needs them, and kept."""
    template = load(str(ROOT / TEMPLATE)).note
    notes, sessions = book.bids.shape
    parameters = {
        "issued": Column(book.issued + EPOCH, 0, DATE),
        "maturity": Column(book.matures + EPOCH, 0, DATE),
        "principal": Column(book.principal, 2, money("USD")),
        "interest": Column(book.rate, 4, RATE),
        "ownership_cap": Column(book.cap, 4, RATIO),
        "conversion.price": Column(book.percent, 2, RATIO),
    }
    assert parameters.keys() <= literals(template).keys()
    each = np.arange(notes + 1)
    bids = Figures(each * sessions, np.tile(book.sessions + EPOCH, notes), book.bids.ravel(), 4)
    levels = {name: Figures(each, book.issued + EPOCH, getattr(book, name), 0) for name in ("outstanding", "held")}
    rows = {"template": template, "parameters": parameters, "series": {"closing bid": bids}, "levels": levels}
    rows |= {"happenings": _converted(book), "others": [()] * notes, "entries": lambda note: ()}
    dates = tuple(date.fromordinal(int(day) + EPOCH) for day in book.dates)
    return Prepared(Answering(), template, rows, notes, dates, [])


def run(prepared: Prepared) -> dict[str, Any]:
    """The columns of answers, of all notes and dates."""

    def cohort(known: Known) -> Any:
        if not prepared.scheduled:
            prepared.scheduled.append(Scheduled(_cohort(prepared, known)))
        return prepared.scheduled[0]

    return _columns(prepared, cohort)


def run_anew(prepared: Prepared) -> dict[str, Any]:
    """The same, with everything that the terms say of dates asked for again."""
    return _columns(prepared, lambda known: _cohort(prepared, known))


def _cohort(prepared: Prepared, known: Known) -> OfTemplate:
    asking = Asking(Varying(prepared.template, tuple(prepared.rows["parameters"])))
    return OfTemplate(**prepared.rows, causes=known.causes, words=known.words, asking=asking)


def _columns(prepared: Prepared, cohort: Callable[[Known], Any]) -> dict[str, Any]:
    columns, why = prepared.answering.of_rows(cohort, prepared.template, prepared.notes, prepared.dates, ASK)
    assert not why, why
    return columns


def _converted(book: Book) -> Happenings:
    """What the holders convert, as the rows of a table would tell it."""
    notes, places = np.nonzero(book.converts_on)
    converts = (0, "conversion", "", (("amount", money("USD")),))
    kinds, cents = np.zeros(len(notes), np.int64), book.converts[notes, places]
    return Happenings(notes, book.converts_on[notes, places] + EPOCH, [converts], [2], kinds, {"amount": cents})


def answers(book: Book, given: dict[str, Any]) -> Answers:
    """A row for each note; every answer is known."""
    assert all(given[name].reasons is None for name in ASK)
    return Answers(*(given[name].values.reshape(len(book.principal), -1) for name in ASK))


def rows_left(prepared: Prepared) -> int:
    """How many rows were reckoned in Python's own integers, since a balance had outgrown 64 bits."""
    left = 0
    reckon = Kernels.run

    def counting(self: Kernels, record: Any, inputs: Any, rounded: bool = False) -> Any:
        nonlocal left
        parts = [part for each in inputs.values() for part in (each.above, each.below)]
        if rounded and any(np.asarray(part).dtype == object for part in parts):
            left += np.broadcast(*parts).size
        return reckon(self, record, inputs, rounded)

    Kernels.run = counting  # type: ignore[method-assign]
    try:
        run(prepared)
    finally:
        Kernels.run = reckon  # type: ignore[method-assign]
    return left


CANDIDATES = (
    Candidate("Tenor, from the note's text", prepare, run, answers),
    Candidate("Tenor, the schedules of all notes made too", prepare, run_anew, answers),
)

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
