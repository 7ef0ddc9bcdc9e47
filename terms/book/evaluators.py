"""Evaluators: how the rows of a book get their answers, by the name of the path."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from ...engine.arrays.columns import Answered
from .blocks import Block
from .exact import Exactly
from .fast import Fast
from .members import Member

EXACT, FAST = "exact", "fast"
PATHS = (FAST, EXACT)


class Evaluator(Protocol):
    """What answers a block: rows are notes times dates, all dates of the first note, then of the second."""

    def answers(self, members: Sequence[Member], dates: Sequence[date], ask: Sequence[str]) -> Answered: ...

    def columns(self, block: Block, dates: Sequence[date], ask: Sequence[str]) -> Answered: ...


def evaluator(path: str, exact: bool = False) -> Evaluator:
    """The evaluator of a path, one of `PATHS`; `exact` keeps numerators and denominators too."""
    return Exactly(exact) if path == EXACT else Fast(exact)
