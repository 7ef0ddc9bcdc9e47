"""Figures: what a register of a record is as nodes: its value, the needs it waits for, the reasons that refuse it.

Needs and reasons are sets of bits. A set that is always empty is a constant and costs nothing when it runs.
Where a figure is not known its value is any value in range, and is never read.
"""

from collections.abc import Iterable
from typing import Any

from ...grammar.classes import field, frozen
from .causes import Causes
from .nodes import Graph, Node
from .rationals import Arithmetic

NUMBERS = frozenset({"money", "price", "shares", "rate", "ratio", "years", "days"})  # dimensions of rationals


@frozen(eq=False)
class Figure:
    """A rational for a number, a node for a date, a truth or a word; None where it never is known."""

    value: Any
    unknown: Node
    refused: Node


@frozen(eq=False)
class Sheet:
    """The graph that figures are written on, and the meanings of its bits and words."""

    causes: Causes
    words: list[Any]
    graph: Graph = field(factory=Graph)
    arithmetic: Arithmetic = field(init=False)

    @arithmetic.default
    def _on_the_graph(self) -> Arithmetic:
        return Arithmetic(self.graph)

    def known(self, value: Any) -> Figure:
        """A figure that always is known."""
        return Figure(value, self.graph.constant(0), self.graph.constant(0))

    def word(self, word: Any) -> int:
        """The number that stands for a word."""
        if word not in self.words:
            self.words.append(word)
        return self.words.index(word)

    def run_of(self, words: list[Any]) -> int:
        """The number of the first of words that are numbered one after the other."""
        for first in range(len(self.words) - len(words) + 1):
            if self.words[first : first + len(words)] == words:
                return first
        self.words.extend(words)
        return len(self.words) - len(words)

    def joined(self, figures: Iterable[Figure]) -> tuple[Node, Node]:
        """The needs and the reasons of all."""
        unknown = refused = self.graph.constant(0)
        for figure in figures:
            unknown = self.graph.joined(unknown, figure.unknown)
            refused = self.graph.joined(refused, figure.refused)
        return unknown, refused

    def is_empty(self, bits: Node) -> Node:
        return self.graph.compare("eq", bits, self.graph.constant(0))

    def is_known(self, figure: Figure) -> Node:
        return self.graph.both(self.is_empty(figure.unknown), self.is_empty(figure.refused))

    def needs(self, figure: Figure) -> Node:
        """The needs of a figure that is not refused; a refusal comes before what is unknown."""
        return self.where(self.is_empty(figure.refused), figure.unknown)

    def where(self, truth: Node, bits: Node) -> Node:
        """The bits where a truth holds, else none."""
        return self.graph.choose(truth, bits, self.graph.constant(0))

    def holds(self, truth: Figure) -> Node:
        """Whether a truth is known to hold."""
        return (
            self.graph.both(self.is_known(truth), truth.value) if truth.value is not None else self.graph.truth(False)
        )

    def fails(self, truth: Figure) -> Node:
        """Whether a truth is known not to hold."""
        if truth.value is None:
            return self.graph.truth(False)
        return self.graph.both(self.is_known(truth), self.graph.invert(truth.value))
