"""Happenings: what is recorded of many notes, as columns, events with whole numbers over powers of ten."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from .cells import Cells, cells
from .steps import MadeBy


@frozen(eq=False)
class Happenings:
    """Events; those of one note, day and kind stand in the order of its ledger.

    `owners` are the places of the notes, `days` day numbers, and `made_by[kinds]` make the records. Of a field,
    `figures[name]` are the values over 10**decimals[kinds], whatever they are where the kind has no such field.
    """

    owners: Any
    days: Any
    made_by: Sequence[MadeBy]
    decimals: Sequence[int]
    kinds: Any
    figures: Mapping[str, Any]

    @classmethod
    def together(cls, parts: Sequence["Happenings"]) -> "Happenings":
        """The events of all parts, which have no kind in common."""
        sizes = [len(each.days) for each in parts]
        before = np.cumsum([0, *(len(each.made_by) for each in parts)])[:-1]
        figures = {
            name: np.concatenate(
                [each.figures.get(name, np.zeros(size, np.int64)) for each, size in zip(parts, sizes, strict=True)]
            )
            for name in dict.fromkeys(name for each in parts for name in each.figures)
        }
        nothing = np.zeros(0, np.int64)
        return cls(
            np.concatenate([nothing, *(each.owners for each in parts)]),
            np.concatenate([nothing, *(each.days for each in parts)]),
            [each for part in parts for each in part.made_by],
            [each for part in parts for each in part.decimals],
            np.concatenate([nothing, *(each.kinds + first for each, first in zip(parts, before, strict=True))]),
            figures,
        )

    def number(self, row: int, name: str) -> tuple[int, int]:
        """A field of one event: the numerator and the denominator."""
        return int(self.figures[name][row]), 10 ** self.decimals[int(self.kinds[row])]

    def field(self, rows: Any, name: str) -> Cells:
        """A field of these events, which are of one kind."""
        return cells(self.figures[name][rows], 10 ** self.decimals[int(self.kinds[rows[0]])])
