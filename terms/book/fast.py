"""The fast path: notes of one shape together over arrays, and the rest through the exact path, in one call.

The answers are the same either way; how many notes took the exact path, and why, is counted.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from ...engine.arrays.answering import Answering, Known
from ...engine.arrays.asking import Asking
from ...engine.arrays.columns import Answered, Column
from ...engine.arrays.of_template import OfTemplate
from ...engine.compiled.shapes import brings_by_facts, counts_by_own_dates
from ...engine.meaning.varying import Varying
from ...grammar.classes import field, frozen
from .blocks import Block
from .exact import Exactly, integers
from .members import Member


@frozen(eq=False)
class Fast:
    """The evaluator of books; `exact` keeps numerators and denominators too."""

    exact: bool = False
    _answering: Answering = field(init=False, repr=False)
    _asked: dict[Varying, Asking] = field(factory=dict, init=False, repr=False)

    @_answering.default
    def _over_arrays(self) -> Answering:
        return Answering(self.exact)

    def answers(self, members: Sequence[Member], dates: Sequence[date], ask: Sequence[str]) -> Answered:
        """The columns asked for."""
        notes, ledgers = [member.note for member in members], [member.ledger for member in members]
        columns, left = self._answering.answers(notes, ledgers, dates, ask)
        if left:
            places = sorted(left)
            others = Exactly(self.exact).answers([members[place] for place in places], dates, ask).columns
            rows = (np.array(places)[:, None] * len(dates) + np.arange(len(dates))[None, :]).reshape(-1)
            columns = {name: merged(columns[name], others[name], rows, len(left) == len(members)) for name in ask}
        return Answered(columns, Counter(left.values()))

    def columns(self, block: Block, dates: Sequence[date], ask: Sequence[str]) -> Answered:
        """The columns asked for, of the rows of a table; no note is made of a row that arrays can answer."""
        if len(block.note.versions) > 1 or counts_by_own_dates(block.note) or brings_by_facts(block.note):
            return self.answers([block.member(place) for place in range(len(block))], dates, ask)

        def cohort(known: Known) -> OfTemplate:
            columns = block.parameters, block.quotes, block.levels, block.happenings
            meanings = known.causes, known.words, self._asking_of(block)
            return OfTemplate(block.note, *columns, block.others, block.world.entries, *meanings)

        columns, why = self._answering.of_rows(cohort, block.note, len(block), dates, ask)
        if why:
            found = Exactly(self.exact).columns(block, dates, ask)
            return Answered(found.columns, {why: len(block)})
        return Answered(columns)

    def _asking_of(self, block: Block) -> Asking:
        """What the blocks of a template have asked it so far."""
        return self._asked.setdefault(block.varying, Asking(block.varying))


def merged(column: Column, other: Column, rows: Any, all_of_it: bool) -> Column:
    """The column with the rows of another in these places; of two kinds, that of the one with anything known."""
    if all_of_it or not _knows(column):
        column = _emptied(column, other)
    if not _knows(other):
        other = _emptied(other, column)
    assert column.kind == other.kind, f"one answer of two kinds: {column.kind} and {other.kind}"
    codes, reasons = _joined(column.codes, other.codes)
    vocabulary, words = _joined(column.vocabulary, other.vocabulary)
    values = [int(each) for each in column.values] if _is_wide(column, other) else column.values.copy()
    values = np.array(values, object) if isinstance(values, list) else values
    values[rows] = words[other.values] if column.kind == "word" and len(words) else other.values
    all_reasons = np.zeros(len(values), np.uint16) if column.reasons is None else column.reasons.copy()
    all_reasons[rows] = 0 if other.reasons is None else reasons[other.reasons]
    exact = None
    if column.exact is not None and other.exact is not None:
        parts = [part.copy() for part in column.exact]
        for part, new in zip(parts, other.exact, strict=True):
            part[rows] = new
        exact = (parts[0], parts[1])
    known = all_reasons if all_reasons.any() else None
    return Column(column.kind, column.decimals, _narrowest(values), known, codes, vocabulary, exact)


def _knows(column: Column) -> bool:
    return column.reasons is None or not column.reasons.all()


def _emptied(column: Column, like: Column) -> Column:
    """A column that knows nothing, of the kind of another."""
    return Column(
        like.kind, like.decimals, np.zeros_like(column.values), column.reasons, column.codes, (), column.exact
    )


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, ...], Any]:
    """Both lists as one, and where each of the second stands in it."""
    every = list(dict.fromkeys((*one, *other)))
    return tuple(every), np.array([every.index(each) for each in other], dtype=np.int64)


def _is_wide(*columns: Column) -> bool:
    return any(column.values.dtype == object for column in columns)


def _narrowest(values: Any) -> Any:
    return integers(values.tolist()) if values.dtype == object else values
