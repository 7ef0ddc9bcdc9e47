"""Cases: a note, a ledger and a day, with what is said of them."""

from datetime import date
from typing import Any

from ...engine.exact.origins import Clause
from ...engine.exact.quantities import Quantity
from ...engine.exact.trace import origins
from ...engine.exact.values import Refused, Unknown
from ...engine.meaning.model import Note
from ...engine.running.statement import Statement, statement
from ...grammar.classes import field, frozen
from .drawing import Line, Lines, ledger_of


@frozen
class Broken:
    """How an invariant is broken on a day, and the clauses that let it."""

    how: str
    clauses: tuple[Clause, ...] = ()


@frozen
class Case:
    """A day of a note under a ledger; what it says is reckoned once."""

    note: Note
    lines: Lines
    day: date
    _said: dict[str, Statement] = field(factory=dict, init=False, eq=False, repr=False)

    @property
    def said(self) -> Statement:
        """The explained statement; raises NoteErrors where the lines cannot be written so."""
        if "said" not in self._said:
            self._said["said"] = statement(self.note, ledger_of(self.note, self.lines), self.day)
        return self._said["said"]

    def earlier(self) -> "Case":
        """The same day, told by nothing that comes later."""
        return Case(self.note, tuple(line for line in self.lines if line.day <= self.day), self.day)

    def on(self, day: date, *words: str) -> "Case":
        """Another day, before which nothing else happens than these lines on it."""
        return Case(self.note, (*self.earlier().lines, *(Line(day, each) for each in words)), day)


def known(quantity: Quantity) -> Any:
    """The value, or None where it is unknown or refused."""
    return None if isinstance(quantity.value, Unknown | Refused) else quantity.value


def clauses_under(*roots: Quantity, keyword: str = "") -> tuple[Clause, ...]:
    """The clauses that figures rest on, of one kind where it is named, each once."""
    found = (each for each in origins(*roots) if isinstance(each, Clause))
    return tuple(each for each in found if not keyword or each.name.split(" ")[0].split(".")[0] == keyword)
