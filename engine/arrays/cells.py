"""Cells: one input or result of a record over many rows, as whole numbers over denominators.

Arrays broadcast against each other: a figure of a note is a column, a day is a row of one, a quote is both.
"""

from math import lcm
from typing import Any

import numpy as np
from attrs import define, evolve, field

from .emission import EXACT_WORD, OBJECTS, as_width, width


@define(eq=False)
class Cells:
    """Figures: numerators, denominators (one for all, or an array), and the bits of what is not known.

    `unknown` and `refused` are None where every row is known. `low` and `high` bound the numerators; `fixed` says
    that where they meet they do so in every block, so that code may be written for the one figure.
    """

    above: Any
    below: Any = 1
    unknown: Any = None
    refused: Any = None
    low: int = field(default=0)
    high: int = field(default=0)
    fixed: bool = False
    key: Any = field(default=None, repr=False)  # what `Kernels` makes of all but the figures themselves

    def at(self, rows: Any) -> "Cells":
        """The figures of some rows; the bounds of all hold for them too."""
        return Cells(
            self.above[rows],
            self.below[rows] if isinstance(self.below, np.ndarray) else self.below,
            None if self.unknown is None else self.unknown[rows],
            None if self.refused is None else self.refused[rows],
            self.low,
            self.high,
            self.fixed,
            self.key,
        )

    def spread(self, rows: int) -> "Cells":
        """The one figure for so many rows."""
        above = np.broadcast_to(self.above, rows)
        bits = (None if part is None else np.broadcast_to(part, rows) for part in (self.unknown, self.refused))
        unknown, refused = bits
        return Cells(above, self.below, unknown, refused, self.low, self.high, True)

    def reshaped(self, *shape: int) -> "Cells":
        """The same figures in another shape."""
        above = self.above.reshape(shape)
        below, unknown, refused = (
            part.reshape(shape) if isinstance(part, np.ndarray) else part
            for part in (self.below, self.unknown, self.refused)
        )
        return Cells(above, below, unknown, refused, self.low, self.high, self.fixed, self.key)


def cells(above: Any, below: Any = 1, unknown: Any = None, refused: Any = None) -> Cells:
    """Figures with the bounds that they have, in the narrowest array that holds them; bits that are all empty go."""
    above = np.asarray(above)
    low, high = (int(above.min()), int(above.max())) if above.size else (0, 0)
    if above.dtype != bool:
        above = as_width(above, width(low, high))
    return Cells(above, below, _or_none(unknown), _or_none(refused), low, high)


def whole(numbers: list[int]) -> Any:
    """An array of Python integers, an int64 one where they fit."""
    try:
        return np.array(numbers, dtype=np.int64)
    except OverflowError:
        found = np.empty(len(numbers), dtype=object)
        found[:] = numbers
        return found


def times(values: Any, factors: Any) -> Any:
    """Whole numbers times others above zero, in Python's integers where 64 bits are too few."""
    factors = np.asarray(factors)
    if (factors == 1).all():
        return values
    largest = max(int(values.max(initial=1)), -int(values.min(initial=0)))
    if values.dtype == object or largest * int(factors.max()) >= EXACT_WORD:
        return as_width(values, OBJECTS) * as_width(factors, OBJECTS)
    return values * factors


def is_run(places: Any) -> bool:
    """Whether they follow one another, so that a slice says the same and is faster."""
    return len(places) > 0 and places[-1] - places[0] + 1 == len(places) and bool((np.diff(places) == 1).all())


def over_one(figures: Cells) -> Cells:
    """The same figures over one denominator, where that keeps them narrow; else as they are."""
    if not isinstance(figures.below, np.ndarray):
        return figures
    distinct = [int(each) for each in np.unique(figures.below)]
    common = lcm(*distinct)
    factor = common // min(distinct)
    if len(distinct) > 1 and width(figures.low * factor, figures.high * factor) == OBJECTS:
        return figures
    if len(distinct) == 1:
        return evolve(figures, below=common)
    factors = common // as_width(figures.below, OBJECTS)
    return cells(as_width(figures.above, OBJECTS) * factors, common, figures.unknown, figures.refused)


def in_lowest_terms(figures: Cells) -> Cells:
    """The same figures reduced, where they are too wide for a machine's word: wide numbers cost by their length."""
    if not ((isinstance(figures.below, int) and figures.below >= EXACT_WORD) or _is_wide(figures.below)):
        return figures
    above, below = as_width(figures.above, OBJECTS), as_width(figures.below, OBJECTS)
    shared = np.gcd(above, below)
    return cells(above // shared, as_width(below // shared, OBJECTS), figures.unknown, figures.refused)


def _is_wide(part: Any) -> bool:
    return isinstance(part, np.ndarray) and part.dtype == object


def _or_none(bits: Any) -> Any:
    return None if bits is None or not np.any(bits) else np.asarray(bits, dtype=np.int64)
