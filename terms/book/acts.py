"""Acts of a block: the payments, conversions and sales that the cells of a table tell, as columns.

The line of a ledger that such a cell stands for, with its words and its place, is made when it is asked for.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from ...engine.arrays.acts import Acts
from ...engine.arrays.cells import whole
from ...engine.exact.origins import Fact
from ...engine.running.timeline import ACTS
from ...engine.world.facts import Recorded
from ...grammar.classes import evolve, frozen
from .inputs.fact_cells import FactReader, Form
from .inputs.figures import shortened
from .inputs.gathering import Gathered

Origin = Callable[[int, str, date], Fact]  # of the row of a table, its cell, and its day


@frozen(eq=False)
class ActTable:
    """The acts of the notes of a block, and of each its cell: the form of the text, its row, and from when known."""

    acts: Acts
    forms: Sequence[Form]
    texts: Any  # str
    rows: Any  # of the table
    known: Any  # day numbers, 0 where it is the act's own; or None
    origin: Origin | None

    @classmethod
    def none(cls, notes: int) -> "ActTable":
        """Nothing for so many notes."""
        acts = Acts.none(notes)
        return cls(acts, (), acts.days, acts.days, None, None)

    def at(self, places: Any) -> "ActTable":
        """The same of these notes only."""
        counts = self.acts.counts[places]
        starts = np.concatenate([[0], np.cumsum(counts)])
        rows = np.repeat(self.acts.starts[:-1][places] - starts[:-1], counts) + np.arange(starts[-1])
        days, kinds, values = (each[rows] for each in (self.acts.days, self.acts.kinds, self.acts.values))
        acts = Acts(starts, days, self.acts.told, kinds, values, self.acts.decimals)
        known = None if self.known is None else self.known[rows]
        return evolve(self, acts=acts, texts=self.texts[rows], rows=self.rows[rows], known=known)

    def recorded(self, place: int) -> list[Recorded]:
        """The lines of a ledger that would tell the acts of a note."""
        return [self._recorded(each) for each in range(int(self.acts.starts[place]), int(self.acts.starts[place + 1]))]

    def _recorded(self, at: int) -> Recorded:
        assert self.origin is not None
        text, row, day = str(self.texts[at]), int(self.rows[at]), date.fromordinal(int(self.acts.days[at]))
        known = None if self.known is None or not self.known[at] else date.fromordinal(int(self.known[at]))
        form = self.forms[int(self.acts.kinds[at])]
        return form.recorded(text, day, known, row, self.origin(row, text, day))


def acts_in(rows: Gathered, said: Any, issued: Any, reader: FactReader, origin: Origin) -> tuple[ActTable, Any]:
    """The acts among the cells `said` of a table, those since the issue of their notes; and the other cells."""
    assert rows.lines is not None
    forms = [reader.form(rows.lines[place] or "") for place in said.tolist()]
    owners = np.searchsorted(rows.starts, said, side="right") - 1
    taken = rows.days[said] >= issued[owners]
    taken &= np.array([form is not None and form.event in ACTS for form in forms], bool)
    places = said[taken]
    own = [form for form, is_act in zip(forms, taken.tolist(), strict=True) if form is not None and is_act]
    texts = np.array([rows.lines[place] for place in places.tolist()], object)
    each_once = tuple({id(form): form for form in own}.values())
    decimals = max((form.decimals for form in each_once), default=0)
    units = [
        form.units(text) * 10 ** (decimals - form.decimals) for form, text in zip(own, texts.tolist(), strict=True)
    ]
    values, decimals = shortened(whole(units), decimals)
    number = {id(form): place for place, form in enumerate(each_once)}
    acts = Acts(
        np.searchsorted(owners[taken], np.arange(len(issued) + 1)),
        rows.days[places].astype(np.int64),
        [form.made_by for form in each_once],
        np.array([number[id(form)] for form in own], np.int64),
        values,
        decimals,
    )
    known = None if rows.known is None else rows.known[places]
    return ActTable(acts, each_once, texts, rows.rows[places], known, origin), said[~taken]
