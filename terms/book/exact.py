"""The exact path: each note on each date by the engine that explains, as slow and as sure as one statement.

Every other path is held against this one. It also takes the notes that another path cannot express.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from ...engine.arrays.columns import DECIMALS, Answered, Column
from ...engine.exact.budgets import BUDGETS, spent
from ...engine.exact.quantities import Exact, Quantity
from ...engine.exact.reasons import reason_code
from ...engine.exact.rounding import NEAREST, rounded_units
from ...engine.exact.spelling import exact_text
from ...engine.running.statement import Statement, statement
from ...grammar.classes import field, frozen
from .blocks import Block
from .members import Member
from .tally import FAILED

NOT_ISSUED = "refused: not-issued"
NO_CLAUSE = "refused: no-clause"


@frozen
class Exactly:
    """The evaluator that makes a statement for every row; `exact` keeps the figures before rounding too."""

    exact: bool = False

    def answers(self, members: Sequence[Member], dates: Sequence[date], ask: Sequence[str]) -> Answered:
        """The columns asked for; a note that spends a budget on a date fails there, and goes on."""
        cells = {name: _Cells() for name in ask}
        for member in members:
            for day in dates:
                for name, found in _row(member, day, ask).items():
                    cells[name].add(found)
        return Answered({name: each.column(self.exact) for name, each in cells.items()})

    def columns(self, block: Block, dates: Sequence[date], ask: Sequence[str]) -> Answered:
        """The columns asked for, of the rows of a table."""
        return self.answers([block.member(place) for place in range(len(block))], dates, ask)


def figure(said: Statement, name: str) -> Quantity | str:
    """The figure of an answer, or of a part of one as in `owed.interest`; the reason where there is none."""
    head, _, part = name.partition(".")
    if head not in said.answers:
        return NOT_ISSUED if said.date < said.note.issued else NO_CLAUSE
    answer = said[head]
    if not part:
        return answer.value
    return answer.parts[part] if part in answer.parts else reason_code(answer.value.value) or NO_CLAUSE


def _row(member: Member, day: date, ask: Sequence[str]) -> Mapping[str, Quantity | str]:
    try:
        said = statement(member.note, member.ledger, day)
    except BUDGETS as error:
        return dict.fromkeys(ask, FAILED + spent(error, member.place).code)
    return {name: figure(said, name) for name in ask}


@frozen
class _Cells:
    """A column as it grows: values, places of reasons, and what was seen of dimensions and words."""

    values: list[int] = field(factory=list)
    reasons: list[int] = field(factory=list)
    codes: dict[str, int] = field(factory=lambda: {"": 0})
    words: dict[str, int] = field(factory=dict)
    kinds: dict[str, None] = field(factory=dict)
    fractions: list[tuple[int, int]] = field(factory=list)

    def add(self, found: Quantity | str) -> None:
        code = found if isinstance(found, str) else reason_code(found.value)
        self.reasons.append(self.codes.setdefault(code, len(self.codes)))
        if isinstance(found, str) or code:
            self.values.append(0)
            self.fractions.append((0, 1))
            return
        kind = found.dimension.name
        self.kinds[kind] = None
        self.fractions.append((found.value.numerator, found.value.denominator) if _counts(found) else (0, 1))
        self.values.append(self._units(kind, found.value))

    def _units(self, kind: str, value: Any) -> int:
        if kind == "word":
            return self.words.setdefault(exact_text(value), len(self.words))
        if not isinstance(value, Exact):
            return int(value)  # a date or a truth
        units = rounded_units(abs(value.numerator) * 10 ** DECIMALS.get(kind, 0), value.denominator, NEAREST)
        return -units if value < 0 else units

    def column(self, exact: bool) -> Column:
        assert len(self.kinds) < 2, f"one answer with figures of two kinds: {', '.join(self.kinds)}"
        kind = next(iter(self.kinds), "word")
        reasons = np.array(self.reasons, np.uint16)
        fractions = np.array(self.fractions, object).reshape(-1, 2)
        return Column(
            kind,
            DECIMALS.get(kind, 0),
            integers(self.values),
            reasons if reasons.any() else None,
            tuple(self.codes),
            tuple(self.words),
            (fractions[:, 0], fractions[:, 1]) if exact else None,
        )


def _counts(found: Quantity) -> bool:
    return isinstance(found.value, Exact)


def integers(values: Sequence[int]) -> Any:
    """The numbers as an array of 64 bits, or of Python's own where one of them is wider."""
    try:
        return np.array(values, np.int64)
    except OverflowError:
        return np.array(values, object)
