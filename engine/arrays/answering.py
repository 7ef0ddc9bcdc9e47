"""Answering: the columns of a block of notes, whatever their shapes.

Each shape has its records and kernels, made once and kept; what arrays cannot express is told to whoever
asked, who has another path for it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from ...grammar.classes import field, frozen
from ..compiled.causes import Causes
from ..compiled.shapes import Shape, shape_key
from ..exact.budgets import BUDGETS
from ..exact.reasons import kind_of_need
from ..meaning.model import Note
from ..world.facts import Ledger
from .blocks import Block
from .cells import Cells
from .cohort import Cohort
from .columns import Column
from .kernels import Kernels
from .markets import market_of
from .of_notes import OfNotes
from .refusal import NotOverArrays
from .sheets import Sheet
from .sweep import Sweep

DATES_TO_COME = "next_dates"


@frozen(eq=False)
class Known:
    """What is kept of a shape from block to block."""

    shape: Shape
    causes: Causes
    words: list[Any]
    kernels: Kernels


@frozen(eq=False)
class Answering:
    """Answers blocks of notes over arrays; `exact` keeps numerators and denominators too."""

    exact: bool = False
    _known: dict[Any, Known] = field(factory=dict, repr=False)

    def known(self, note: Note) -> Known:
        """The records and kernels of a note's shape."""
        key = shape_key(note)
        if key not in self._known:
            causes = Causes(kind_of_need, lambda reason: reason.code)
            words: list[Any] = []
            self._known[key] = Known(Shape(note), causes, words, Kernels(causes, words))
        return self._known[key]

    def answers(
        self, notes: Sequence[Note], ledgers: Sequence[Ledger], dates: Sequence[date], ask: Sequence[str]
    ) -> tuple[dict[str, Column], dict[int, str]]:
        """The columns, and the places of the notes that they leave out, each with the reason."""
        sheet = Sheet(len(notes), tuple(day.toordinal() for day in dates), tuple(ask), self.exact)
        if DATES_TO_COME in ask:
            return sheet.columns(), dict.fromkeys(range(len(notes)), f"`{DATES_TO_COME}` was asked")
        left: dict[int, str] = {}
        groups: dict[int, tuple[Known, list[int]]] = {}
        for place, note in enumerate(notes):
            known = self.known(note)
            groups.setdefault(id(known), (known, []))[1].append(place)
        for known, places in groups.values():
            cohort = OfNotes([notes[p] for p in places], [ledgers[p] for p in places], known.causes, known.words)
            try:
                self.sweep(known, cohort, sheet, np.array(places))
            except NotOverArrays as error:
                left |= dict.fromkeys(places, str(error))
            except BUDGETS as error:
                left |= dict.fromkeys(places, f"a limit was met: {error}")
        return sheet.columns(), left

    def of_rows(
        self, cohort: Callable[[Known], Cohort], note: Note, size: int, dates: Sequence[date], ask: Sequence[str]
    ) -> tuple[dict[str, Column], str]:
        """The columns of the rows of one template, or why they are not to be had over arrays."""
        sheet = Sheet(size, tuple(day.toordinal() for day in dates), tuple(ask), self.exact)
        known = self.known(note)
        try:
            if DATES_TO_COME in ask:
                raise NotOverArrays(f"`{DATES_TO_COME}` was asked")
            self.sweep(known, cohort(known), sheet, np.arange(size))
        except NotOverArrays as error:
            return {}, str(error)
        except BUDGETS as error:
            return {}, f"a limit was met: {error}"
        return sheet.columns(), ""

    def sweep(self, known: Known, cohort: Cohort, sheet: Sheet, places: Any) -> None:
        """Answers one cohort into the sheet, at these places of its notes."""
        names = sheet.asked()
        if known.shape.watches(names):
            raise NotOverArrays("prices or figures watched day by day")
        timelines = cohort.timelines(sheet.days[-1])
        market = market_of(known.shape, cohort, timelines, sheet.days, names)
        dimensions: dict[str, str] = {}
        for version in range(len(known.shape.note.versions)):
            dimensions |= known.shape.answers(version, names).dimensions

        def found(block: Block, answers: Mapping[str, Cells], fractions: Mapping[str, Cells] | None) -> None:
            sheet.put(places, block, answers, dimensions, known.causes, known.words)
            if fractions is not None:
                sheet.put_fractions(places, block, fractions)

        days = np.array(sheet.days, dtype=np.int64)

        def unissued(first: Any) -> None:
            sheet.not_issued(places, first)

        Sweep(known.shape, cohort, known.kernels, market, days, names, unissued, found, self.exact).run(timelines)
