"""Timelines: the steps of many notes, each different order of events kept once."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from .steps import Step

ENDLESS = 1 << 40  # a day that never comes
NONE = -1


@frozen(eq=False, slots=False)
class Timelines:
    """Of each note, which of the `orders` of steps is its own."""

    orders: Sequence[Sequence[Step]]
    which: Any

    @classmethod
    def of(cls, steps: Sequence[Sequence[Step]]) -> "Timelines":
        """The steps of each note; those that share a list are kept once."""
        places: dict[int, int] = {}
        which = np.array([places.setdefault(id(each), len(places)) for each in steps], dtype=np.int64)
        kept = {id(each): each for each in steps}
        return cls([kept[each] for each in places], which)

    @cached_property
    def waves(self) -> int:
        """The most steps that any note has."""
        return max(map(len, self.orders), default=0)

    @cached_property
    def kinds(self) -> list[tuple[int, str, str, Any]]:
        """What the records of the steps are made of, each once."""
        return list(dict.fromkeys(step.made_by for step in self._steps.values()))

    @cached_property
    def _steps(self) -> dict[int, Step]:
        """Every step once, by itself: many orders share theirs."""
        return {id(step): step for steps in self.orders for step in steps}

    def kind_at(self, wave: int) -> Any:
        """Of each note, the place in `kinds` of its step of a wave; NONE where it has no such step."""
        return self._kinds[self.which, wave]

    def days_at(self, wave: int, notes: Any) -> Any:
        """The days of the steps of a wave of some notes; ENDLESS where there is none."""
        return self._days[self.which[notes], wave]

    def entries_at(self, wave: int, notes: Any) -> Any:
        """The lines of ledgers that the steps of a wave of some notes come from."""
        return self._entries[self.which[notes], wave]

    def days_of(self, kinds: Sequence[int]) -> Any:
        """The days of all steps of these kinds, by their places in `kinds`."""
        return self._days[np.isin(self._kinds, kinds)]

    @cached_property
    def _kinds(self) -> Any:
        kinds = {kind: place for place, kind in enumerate(self.kinds)}
        places = {each: kinds[step.made_by] for each, step in self._steps.items()}
        return self._table(NONE, [[places[id(step)] for step in steps] for steps in self.orders])

    @cached_property
    def _days(self) -> Any:
        return self._table(ENDLESS, [[step.day for step in steps] for steps in self.orders])

    @cached_property
    def _entries(self) -> Any:
        return self._table(NONE, [[step.entry for step in steps] for steps in self.orders])

    def _table(self, filler: int, rows: list[list[int]]) -> Any:
        table = np.full((len(rows), self.waves + 1), filler, dtype=np.int64)
        for place, row in enumerate(rows):
            table[place, : len(row)] = row
        return table
