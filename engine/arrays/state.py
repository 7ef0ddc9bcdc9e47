"""State: every variable of every note of a cohort, changed a few notes at a time."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from ..exact.operations import BITS_SAFE
from .cells import Cells, in_lowest_terms
from .emission import OBJECTS, WORDS, as_width
from .refusal import NotOverArrays


class Variable:
    """One variable over all notes: whole numbers over denominators, and the bits of what is not known."""

    def __init__(self, size: int) -> None:
        self.above: Any = np.zeros(size, np.int64)
        self.below: Any = np.ones(size, np.int64)
        self.unknown = np.zeros(size, np.int64)
        self.refused = np.zeros(size, np.int64)

    def at(self, rows: Any) -> Cells:
        """The variable for some notes."""
        above, below = self.above[rows], self.below[rows]
        unknown, refused = self.unknown[rows], self.refused[rows]
        low, high = (int(above.min()), int(above.max())) if len(above) else (0, 0)
        if low >= 0 and high < 1 << 62 and above.dtype == object:
            above = above.astype(np.int64)
        common = below[0] if len(below) and (below == below[0]).all() else None
        return Cells(
            above,
            below if common is None else int(common),
            unknown if unknown.any() else None,
            refused if refused.any() else None,
            low,
            high,
        )

    def put(self, rows: Any, figures: Cells) -> None:
        """New values for some notes."""
        figures = in_lowest_terms(figures)
        self.above = _placed(self.above, rows, figures.above)
        self.below = _placed(self.below, rows, figures.below)
        self.unknown[rows] = 0 if figures.unknown is None else figures.unknown
        self.refused[rows] = 0 if figures.refused is None else figures.refused

    def copy(self) -> "Variable":
        """The same values, to be changed on their own."""
        other = Variable(0)
        other.above, other.below = self.above.copy(), self.below.copy()
        other.unknown, other.refused = self.unknown.copy(), self.refused.copy()
        return other


def _placed(held: Any, rows: Any, values: Any) -> Any:
    """The array with new values in some rows; one of Python's integers where they are too wide."""
    values = np.asarray(values)
    if values.dtype.kind == "f":
        values = as_width(values, WORDS)
    if values.dtype == object:
        if values.size and max(map(int.bit_length, values.reshape(-1).tolist())) > BITS_SAFE:
            raise NotOverArrays(f"numbers past {BITS_SAFE:,} bits")  # the exact path may find one past its limit
        held = as_width(held, OBJECTS)
    held[rows] = values
    return held


@frozen(eq=False)
class State:
    """All variables."""

    variables: dict[str, Variable]

    @classmethod
    def of(cls, names: Any, size: int) -> "State":
        """Variables yet to be set."""
        return cls({name: Variable(size) for name in names})

    def put(self, rows: Any, changes: Mapping[str, Cells]) -> None:
        """What a step leaves behind, by the names of its record."""
        for name, figures in changes.items():
            variable = name.removeprefix("state ")
            if variable in self.variables:
                self.variables[variable].put(rows, figures)

    def copy(self) -> "State":
        return State({name: variable.copy() for name, variable in self.variables.items()})
