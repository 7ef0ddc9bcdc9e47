"""Asking: what the terms of a template say, once for each combination of the parameters that it reads, and kept."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from ..meaning.literals import Literal
from ..meaning.model import Note
from ..meaning.varying import Varying

KEPT_MAX = 200_000  # answers to a question


class Parameter(Protocol):
    """A literal in the rows of a table: `values` over 10**decimals, or day numbers."""

    @property
    def values(self) -> Any: ...
    @property
    def decimals(self) -> int: ...
    def literal(self, place: int) -> Literal:
        """What the language would write in a row."""


class Asking:
    """A template whose parameters of these names vary; what one block of rows taught serves the next."""

    def __init__(self, template: Note, names: Sequence[str]) -> None:
        self._varying = Varying(template, names)
        self._read: dict[Hashable, tuple[str, ...]] = {}
        self._known: dict[Hashable, dict[Any, Any]] = {}

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
            keys, firsts, which = _combinations([parameters[name] for name in names], rows)
            known = self._known.setdefault(question, {})
            found = []
            for key, row in zip(keys, firsts, strict=True):
                if key not in known:
                    answer, read = self._varying.ask(lambda name, row=row: parameters[name].literal(row), find)  # type: ignore[misc]
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


def _combinations(parameters: Sequence[Parameter], rows: int) -> tuple[list[Any], list[int], Any]:
    """Each combination of the values, one of its rows, and of each row which is its own."""
    codes = np.zeros(rows, np.int64)
    for parameter in parameters:
        distinct, places = np.unique(parameter.values, return_inverse=True)
        codes = np.unique(codes * len(distinct) + places.reshape(-1), return_inverse=True)[1].reshape(-1)
    _, firsts, which = np.unique(codes, return_index=True, return_inverse=True)
    scales = [parameter.decimals for parameter in parameters]
    values = [parameter.values[firsts].tolist() for parameter in parameters]
    keys = [(*key, *scales) for key in zip(*values, strict=True)] if parameters else [()] * len(firsts)
    return keys, firsts.tolist(), which.reshape(-1)
