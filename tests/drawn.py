"""A drawn case: a note and its ledger as text, checked and asked. Its failures carry both files, ready to run."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from attrs import evolve, field, frozen
from hypothesis import given, settings

from tenor.engine.checking.check import check, checked
from tenor.engine.checking.ledger import read_ledger
from tenor.engine.exact.quantities import Quantity
from tenor.engine.exact.trace import origins
from tenor.engine.exact.values import Refused
from tenor.engine.meaning.model import Note
from tenor.engine.running.statement import Statement, quantities_named, quantities_of, statement
from tenor.engine.world.facts import Ledger
from tenor.grammar.diagnostics import NoteErrors
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS


@frozen
class Case:
    """Clauses of a note, lines of a ledger, and a day to ask about."""

    clauses: tuple[str, ...]
    lines: tuple[str, ...] = ()
    day: date = date.min
    _made: dict[str, Note] = field(factory=dict, init=False, eq=False, repr=False)

    @property
    def text(self) -> str:
        """The `.terms` file."""
        return "\n".join(self.clauses) + "\n"

    @property
    def note(self) -> Note:
        """The note, parsed and checked once."""
        if "note" not in self._made:
            self._made["note"] = checked(parse(Source("drawn.terms", self.text)), TERMS)
        return self._made["note"]

    def wrong(self) -> tuple[str, ...]:
        """What the checker has against the note."""
        try:
            note, found = check(parse(Source("drawn.terms", self.text)), TERMS)
        except NoteErrors as errors:
            note, found = None, errors.diagnostics
        if note is not None:
            self._made["note"] = note
        return tuple(f"{each.code} {each.message}" for each in found)

    def ledger(self, lines: Iterable[str] | None = None) -> Ledger:
        """The facts of these lines, or of its own."""
        text = "".join(f"{line}\n" for line in (self.lines if lines is None else lines))
        return read_ledger(parse(Source("drawn.facts", text)), self.note, {})

    def at(self, day: date | None = None, lines: Iterable[str] | None = None, **how: Any) -> Statement:
        """The statement on the case's day, or on another, or with other lines."""
        return statement(self.note, self.ledger(lines), self.day if day is None else day, **how)

    def said(self, **clauses: str | None) -> "Case":
        """The same case with other clauses of some kinds, or with none."""
        kept = tuple(each for each in self.clauses if kind_of(each) not in clauses)
        return evolve(self, clauses=(*kept, *(each for each in clauses.values() if each is not None)))

    def read_as(self, **readings: str) -> Note:
        """The note under other readings, dots written as double underscores."""
        return self.note.read_as({name.replace("__", "."): reading for name, reading in readings.items()})

    def __str__(self) -> str:
        lines = "".join(f"{line}\n" for line in self.lines)
        return f"# drawn.terms\n{self.text}\n# drawn.facts\n{lines}\n# terms eval drawn.terms --date {self.day}\n"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("drawn")  # the files stand below the failure, where they can be copied


def kind_of(clause: str) -> str:
    """The keyword with which a clause starts."""
    return clause.split(maxsplit=1)[0].rstrip(":")


def values(stated: Statement) -> dict[str, Any]:
    """Every figure of a statement by its name; of a refusal the reasons, wherever their clauses stand."""
    return {name: _placeless(figure.value) for name, figure in quantities_named(stated.answers).items()}


def shown(figures: Mapping[str, Quantity]) -> dict[str, Any]:
    """The values of figures."""
    return {name: figure.value for name, figure in figures.items()}


def _placeless(value: Any) -> Any:
    return frozenset((each.code, each.words) for each in value.reasons) if isinstance(value, Refused) else value


def told(stated: Statement) -> list[Any]:
    """All that a statement says: figures, what they rest on, what happened, what it needs and assumes."""
    return [
        [
            (name, [(q.value, q.dimension, q.label) for q in quantities_of(answer)], origins(*quantities_of(answer)))
            for name, answer in stated.answers.items()
        ],
        [
            (each.event.date, each.event.kind, each.event.subject, each.event.origin, shown(each.change.shown))
            for each in stated.history
        ],
        stated.needs,
        stated.assumptions,
    ]


@contextmanager
def ready_to_run(*cases: Case) -> Iterator[None]:
    """What fails within carries the files of the cases, so that they can be run as they stand."""
    try:
        yield
    except Exception as error:
        for case in cases:
            error.add_note(str(case))
        raise


def promise(share: float = 1, **drawn: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A property over what is drawn, on this share of the profile's examples; its failures print their files."""

    def made(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def printing(**arguments: Any) -> None:
            pairs = (each if isinstance(each, tuple) else (each,) for each in arguments.values())
            with ready_to_run(*(each for pair in pairs for each in pair if isinstance(each, Case))):
                test(**arguments)

        examples = max(1, int(settings().max_examples * share))
        return settings(max_examples=examples)(given(**drawn)(printing))

    return made
