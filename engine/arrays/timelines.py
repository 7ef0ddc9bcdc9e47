"""Timelines: the steps of many notes, each different order of events kept once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from .happenings import Happenings
from .steps import MadeBy, Step

ENDLESS = 1 << 40  # a day that never comes
LAST_DAY = 1 << 22  # after all that there are
NONE = -1
KIND, DAY, ENTRY = range(3)
NO_STEP = np.array([NONE, ENDLESS, NONE])


@frozen(eq=False)
class Timelines:
    """Orders of steps; of each note, `which` of them is its own.

    `steps` are three tables, an order in a row: the kind of each step, by its place in `kinds`, its day, and the line
    of a ledger that it comes from. Behind the last step of every order stands NO_STEP.
    """

    kinds: Sequence[MadeBy]
    steps: Any
    which: Any

    @classmethod
    def of(cls, orders: Sequence[Sequence[Step]], which: Any) -> "Timelines":
        """These orders, of which each note has one."""
        every = {id(step): step for steps in orders for step in steps}  # many orders share theirs
        kinds = list(dict.fromkeys(step.made_by for step in every.values()))
        numbers = {kind: place for place, kind in enumerate(kinds)}
        told = {each: (numbers[step.made_by], step.day, step.entry) for each, step in every.items()}
        tables = _nothing(len(orders), max(map(len, orders), default=0))
        for place, steps in enumerate(orders):
            if steps:
                tables[:, place, : len(steps)] = np.array([told[id(step)] for step in steps]).T
        return cls(kinds, tables, which)

    @classmethod
    def of_each(cls, steps: Sequence[Sequence[Step]]) -> "Timelines":
        """The steps of each note; those that share a list are kept once."""
        places: dict[int, int] = {}
        which = np.array([places.setdefault(id(each), len(places)) for each in steps], dtype=np.int64)
        kept = {id(each): each for each in steps}
        return cls.of([kept[each] for each in places], which)

    @property
    def waves(self) -> int:
        """The most steps that any note has."""
        return int(self.steps.shape[2]) - 1

    def kind_at(self, wave: int) -> Any:
        """Of each note, the place in `kinds` of its step of a wave; NONE where it has no such step."""
        return self.steps[KIND, self.which, wave]

    def days_at(self, wave: int, notes: Any) -> Any:
        """The days of the steps of a wave of some notes; ENDLESS where there is none."""
        return self.steps[DAY, self.which[notes], wave]

    def entries_at(self, wave: int, notes: Any) -> Any:
        """The lines of ledgers that the steps of a wave of some notes come from."""
        return self.steps[ENTRY, self.which[notes], wave]

    def days_of(self, kinds: Sequence[int]) -> Any:
        """The days of all steps of these kinds, by their places in `kinds`."""
        return self.steps[DAY][np.isin(self.steps[KIND], kinds)]

    def among(self, happenings: Happenings, rows: Any, same_day: Sequence[str]) -> "Timelines":
        """The same with some of these happenings among the steps of their notes; `same_day` is the order of one day.

        No step of a note is of their kinds: these are all that have the same turn.
        """
        if not len(rows):
            return self
        kinds = list(dict.fromkeys([*self.kinds, *happenings.made_by]))
        numbers = np.array([kinds.index(each) for each in happenings.made_by])
        own = np.stack([numbers[happenings.kinds[rows]], happenings.days[rows], rows])
        notes, owners = np.unique(happenings.owners[rows], return_inverse=True)
        held = self.steps[:, self.which[notes]]
        order, waves = np.nonzero(held[KIND] != NONE)
        every = np.concatenate([held[:, order, waves], own], axis=1)
        order = np.concatenate([order, owners.reshape(-1)])
        places = np.array([same_day.index(kind) for _, kind, _, _ in kinds])
        turns = (order * LAST_DAY + every[DAY]) * len(same_day) + places[every[KIND]]
        in_turn = np.argsort(turns, kind="stable")
        every, order = every[:, in_turn], order[in_turn]
        counts = np.bincount(order)
        waves = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
        orders = self.steps.shape[1]
        tables = _nothing(orders + len(notes), max(self.waves, int(counts.max())))
        tables[:, :orders, : self.waves + 1] = self.steps
        tables[:, orders + order, waves] = every
        which = self.which.copy()
        which[notes] = orders + np.arange(len(notes))
        return Timelines(kinds, tables, which)


def _nothing(orders: int, waves: int) -> Any:
    return np.broadcast_to(NO_STEP[:, None, None], (3, orders, waves + 1)).copy()
