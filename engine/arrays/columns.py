"""Columns: the answers of many notes on many dates, each exact figure rounded to stated decimals.

A row is one note on one date: all dates of the first note, then of the second, and so on. What is not
known is never a number: it has a code that says why.
"""

from collections.abc import Mapping
from typing import Any

from ...grammar.classes import field, frozen

# The decimals to which a figure of a dimension is rounded, half up, away from zero; the others are whole.
DECIMALS = {"money": 2, "price": 10, "rate": 10, "ratio": 10, "years": 10, "shares": 0}


@frozen(eq=False)
class Column:
    """One answer over rows.

    `values` are integers, the figures times 10**decimals: int64, or Python's own where they are wider.
    Dates are day numbers, truths 0 and 1, words places in `vocabulary`. `reasons` is 0 where the answer is
    known, and else a place in `codes`; None where all are known. `exact`, where it was asked for, holds the
    numerators and denominators before rounding.
    """

    kind: str
    decimals: int
    values: Any
    reasons: Any = None
    codes: tuple[str, ...] = ("",)
    vocabulary: tuple[str, ...] = ()
    exact: tuple[Any, Any] | None = None


@frozen(eq=False)
class Answered:
    """The columns of a block, and how many of its notes went through the exact path, by reason."""

    columns: Mapping[str, Column]
    exact_path: Mapping[str, int] = field(factory=dict)
