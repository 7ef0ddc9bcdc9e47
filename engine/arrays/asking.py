"""Asking: what the terms of a template say, once for each combination of the parameters that it reads, and kept."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from ...grammar.classes import frozen
from ..meaning.literals import Literal
from ..meaning.model import Note
from ..meaning.varying import Varying
from ..running.timeline import Event

KEPT_MAX = 200_000  # answers to a question


class Parameter(Protocol):
    """A literal in the rows of a table: `values` over 10**decimals, or day numbers."""

    @property
    def values(self) -> Any: ...
    @property
    def decimals(self) -> int: ...
    def literal(self, place: int) -> Literal:
        """What the language would write in a row."""


@frozen(eq=False)
class Coming:
    """Events that terms bring, in the order of the terms; of one template those with equal events are one."""

    events: Sequence[Event]


class Asking:
    """A template whose parameters vary; what one block of rows taught serves the next."""

    def __init__(self, varying: Varying) -> None:
        self._varying = varying
        self._read: dict[Hashable, tuple[str, ...]] = {}
        self._known: dict[Hashable, dict[Any, Any]] = {}
        self._coming: dict[Hashable, Coming] = {}
        self._orders: dict[Coming, Any] = {}

    @property
    def note(self) -> Note:
        """The template, for questions to be put to."""
        return self._varying.note

    def ask(
        self, question: Hashable, parameters: Mapping[str, Parameter], rows: int, find: Callable[[], Any]
    ) -> tuple[list[Any], Any]:
        """The answers that rows have to a question, each once, and of each row which is its own."""
        while True:
            names = self._read.get(question, ())
            keys, firsts, which = combinations([parameters[name] for name in names], np.arange(rows))
            known = self._known.setdefault(question, {})
            found = []
            for key, row in zip(keys, firsts.tolist(), strict=True):
                if key not in known:
                    literal_of, unit_of = values_in(parameters, row)
                    answer, read = self._varying.ask(literal_of, find, unit_of)
                    if not read <= set(names):
                        # It reads more than it had shown so far: all is told apart anew.
                        self._read[question] = tuple(sorted({*names, *read}))
                        known.clear()
                        break
                    if len(known) >= KEPT_MAX:
                        known.clear()
                    known[key] = answer
                found.append(known[key])
            else:
                return found, which

    def of_row(self, parameters: Mapping[str, Parameter], row: int, find: Callable[[], Any]) -> Any:
        """What is found of the template as it is in a row."""
        literal_of, unit_of = values_in(parameters, row)
        return self._varying.ask(literal_of, find, unit_of)[0]

    def coming(self, events: Sequence[Event]) -> Coming:
        """These events, or those that are equal to them."""
        if len(self._coming) >= KEPT_MAX:
            self._coming.clear()
        key = tuple((event.date, event.kind, event.subject) for event in events)
        return self._coming.setdefault(key, Coming(events))

    def order(self, coming: Coming, make: Callable[[Sequence[Event]], Any]) -> Any:
        """What `make` makes of events, made once."""
        if len(self._orders) >= KEPT_MAX:
            self._orders.clear()
        if coming not in self._orders:
            self._orders[coming] = make(coming.events)
        return self._orders[coming]


def values_in(
    parameters: Mapping[str, Parameter], row: int
) -> tuple[Callable[[str], Literal], Callable[[str], tuple[int, int]]]:
    """What the parameters are in a row, by name: as literals, and as units and decimals, which tell these apart."""

    def literal_of(name: str) -> Literal:
        return parameters[name].literal(row)

    def unit_of(name: str) -> tuple[int, int]:
        parameter = parameters[name]
        return int(parameter.values[row]), parameter.decimals

    return literal_of, unit_of


def combinations(parameters: Sequence[Parameter], rows: Any) -> tuple[list[Any], Any, Any]:
    """Each combination that parameters have in these rows, the place of its first row, and of each row its own."""
    if not parameters:
        return [()][: len(rows)], np.arange(min(1, len(rows))), np.zeros(len(rows), np.int64)
    columns = [parameter.values[rows] for parameter in parameters]
    firsts, which = told_apart(columns)
    scales = [parameter.decimals for parameter in parameters]
    return [(*key, *scales) for key in zip(*(each[firsts].tolist() for each in columns), strict=True)], firsts, which


def told_apart(columns: Sequence[Any]) -> tuple[Any, Any]:
    """Of each different row of these columns the place of the first, and of each row which of them it is."""
    codes = columns[0]
    for column in columns[1:]:
        before, after = np.unique(codes, return_inverse=True)[1], np.unique(column, return_inverse=True)
        codes = before * len(after[0]) + after[1]
    _, firsts, which = np.unique(codes, return_index=True, return_inverse=True)
    return firsts, which
