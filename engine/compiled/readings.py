"""Readings for one note: what its market says on a day, kept once it was asked.

The market is the one that explains; kept here are only the values.
"""

from collections.abc import Callable
from math import lcm
from typing import Any

from ...grammar.classes import field, frozen
from ..exact.dimensions import DATE
from ..exact.quantities import given
from ..exact.values import Refused, Unknown
from ..meaning.expressions import LookBack
from ..world.market import Market

WATCHED = ("run_now", "run_since")  # prices watched day by day
READINGS = ("look_back", "quote", *WATCHED)


@frozen(eq=False)
class Readings:
    """A market whose readings are kept by day."""

    market: Market
    _kept: dict[tuple[str, Any, int], Any] = field(factory=dict, repr=False)

    def value(self, kind: str, name: Any, day: int) -> Any:
        """What a reading gives: an exact number, a date, a truth, Unknown or Refused."""
        key = (kind, name, day)
        if key not in self._kept:
            self._kept[key] = getattr(self.market, kind)(name, given(DATE, day)).value
        return self._kept[key]

    def denominator(self, kind: str, name: Any) -> int:
        """One that most readings have or divide: that of the quotes, times that of the statistic."""
        series = name.series if isinstance(name, LookBack) else name
        quotes = self.market.quotes.get(series)
        below = lcm(*(value.denominator for value in quotes.values), 1) if quotes is not None else 1
        if not isinstance(name, LookBack):
            return below
        return below * {"average": name.count or name.period.count, "median": 2}.get(name.statistic, 1)

    def whole(self, kind: str, name: Any, below: int) -> Callable[[int], int | None]:
        """The reading of a day as a whole number over `below`; None where it is not known, not above 0, or no such."""
        kept: dict[int, int | None] = {}

        def ask(day: int) -> int | None:
            if day not in kept:
                value = self.value(kind, name, day)
                fits = not isinstance(value, Unknown | Refused) and value > 0 and not below % value.denominator
                kept[day] = value.numerator * (below // value.denominator) if fits else None
            return kept[day]

        return ask
