"""The reader: what names may stand for while one note is read, and what has been found wrong so far."""

from collections.abc import Mapping
from typing import Any

from ...grammar import tree
from ...grammar.classes import field, frozen
from ...grammar.source import Span
from ..meaning.expressions import Expression
from ..meaning.term import Term
from .findings import Findings


class Unreadable(Exception):
    """The value in hand cannot be read; the finding is already in the list."""


@frozen
class Reader:
    """Names are declared by terms and by the note; the checker asks nothing else of either."""

    whole: Span  # where an implied clause is said to stand
    conditions: tuple[str, ...]
    nouns: frozenset[str]
    anchors: frozenset[str]
    definitions: Mapping[str, tree.Value]
    occurrences: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    terms: Mapping[str, Term] = field(factory=dict)
    term: Term | None = None  # whose clause is read
    currency: str = "USD"  # in which examples are given
    example_day: str = "a day on which both conditions hold"
    found: Findings = field(factory=Findings)
    being_read: list[str] = field(factory=list)
    definitions_read: dict[str, Expression] = field(factory=dict)
    unreadable: set[str] = field(factory=set)  # definitions that are already found wrong
    extents: dict[str, tuple[int, int]] = field(factory=dict)  # of each definition read, as `extent` tells them

    def problem(self, code: str, message: str, span: Span, help: str = "") -> None:
        """Note a finding."""
        self.found.add(code, message, span, help)

    def overlap(self, name: str, later: Any, earlier: Any) -> None:
        """Note that two exceptions set one field on one day, with nothing to say which prevails."""
        related = (earlier.span, f"and this one also holds, for example on {self.example_day}")
        help = f'say which prevails, for example `over "{earlier.label}"`'
        self.found.add("E210", f"two rules set `{name}` on the same day", later.span, help, related)

    def fail(self, code: str, message: str, span: Span, help: str = "") -> Unreadable:
        """Note a finding, and give up on the value in hand."""
        self.problem(code, message, span, help)
        return Unreadable()
