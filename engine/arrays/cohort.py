"""Cohorts: notes of one shape side by side, as the sweep asks for them.

What a cohort is made of, notes one by one or a template with columns of parameters, is its own affair.
"""

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any, Protocol

import numpy as np

from ..compiled.causes import Causes
from ..exact.values import Refused, Unknown
from .cells import Cells, cells, whole
from .quotes import Rows
from .restating import Split
from .timelines import Timelines


class Cohort(Protocol):
    """Notes of one shape."""

    @property
    def causes(self) -> Causes:
        """The bits of all code for the shape."""

    @property
    def words(self) -> list[Any]:
        """The words of all code for the shape, by their numbers."""

    def __len__(self) -> int: ...

    def given(self, version: int, kind: str, name: Any) -> Cells:
        """A literal or a date of the terms, for every note."""

    def timelines(self, until: int) -> Timelines:
        """What happens to each note by a day, in order."""

    def ahead(self, notes: Any, days: Any) -> Timelines:
        """What the terms still schedule for some notes, each after a day, as it is known on that day."""

    def happening(self, notes: Any, entries: Any, name: str) -> Cells:
        """A field of an event of each of these notes, by the line of its ledger."""

    def splits(self) -> Mapping[int, Sequence[Split]]:
        """The splits of the notes that have seen any."""

    def quotes(self, series: str, sessions: Any, headroom: int, carried: bool) -> Rows | None:
        """The quotes of a series as rows over these sessions; None where no note has any."""


def column(values: Sequence[Any], causes: Causes, words: list[Any]) -> Cells:
    """Exact values of one kind, as whole numbers over a common denominator; words by their number."""
    lacking = {Unknown, Refused} & {type(value) for value in values}
    unknown, refused = zip(*map(causes.of, values), strict=True) if lacking else (None, None)
    known = [value for value in values if not isinstance(value, Unknown | Refused)] if lacking else values
    instead = known[0] if known else 1  # for what is not known: never read, but within range
    written = [instead if isinstance(value, Unknown | Refused) else value for value in values] if lacking else values
    bits = (None if unknown is None else whole(list(unknown)), None if refused is None else whole(list(refused)))
    if isinstance(instead, bool):
        return cells(np.array(written, dtype=bool), 1, *bits)
    if isinstance(instead, str | tuple):
        return cells(whole([_word(word, words) for word in written]), 1, *bits)
    below = lcm(*{value.denominator for value in written}, 1)
    above = [value.numerator * (below // value.denominator) for value in written]
    return cells(whole(above), below, *bits)


def _word(word: Any, words: list[Any]) -> int:
    if word not in words:
        words.append(word)
    return words.index(word)
