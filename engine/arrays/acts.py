"""Acts of many notes as columns: payments, conversions and sales, each with one figure."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from .steps import MadeBy


@frozen(eq=False)
class Acts:
    """Rows starts[i]:starts[i + 1] are note i's, those of one day in the order of its ledger.

    `told[kinds]` make the records of the acts; the figure of each is `values` over 10**decimals.
    """

    starts: Any
    days: Any
    told: Sequence[MadeBy]
    kinds: Any
    values: Any
    decimals: int

    @classmethod
    def none(cls, notes: int) -> "Acts":
        """Nothing for so many notes."""
        empty = np.zeros(0, np.int64)
        return cls(np.zeros(notes + 1, np.int64), empty, (), empty, empty, 0)

    @property
    def counts(self) -> Any:
        """How many each note has."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Any:
        """Whose each is, by place among the notes."""
        return np.repeat(np.arange(len(self.starts) - 1), self.counts)
