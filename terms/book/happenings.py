"""Happenings of a block: what the cells of a table tell of acts and splits, as columns.

The line of a ledger that such a cell stands for, with its words and its place, is made when it is asked for.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from ...engine.arrays.cells import whole
from ...engine.arrays.happenings import Happenings
from ...engine.exact.origins import Fact
from ...engine.running.timeline import ACTS
from ...engine.world.facts import Recorded
from ...grammar.classes import frozen
from .inputs.fact_cells import FactReader, Said
from .inputs.figures import times
from .inputs.gathering import Gathered

AS_COLUMNS = ACTS | {"split"}

Origin = Callable[[int, str, date], Fact]  # of the row of a table, its cell, and its day


@frozen(eq=False)
class Told:
    """The happenings of the notes of a block, note after note, and the cell of each: what it says, and its row."""

    happenings: Happenings
    said: Sequence[Said] = ()
    texts: Sequence[str] = ()
    rows: Any = ()  # of the table
    known: Any = None  # day numbers, 0 where it is the happening's own; None where it is for all
    origin: Origin | None = None

    def of(self, note: int) -> list[Recorded]:
        """The lines of a ledger that would tell the happenings of a note."""
        first, stop = np.searchsorted(self.happenings.owners, (note, note + 1)).tolist()
        return [self._recorded(place) for place in range(first, stop)]

    def _recorded(self, place: int) -> Recorded:
        assert self.origin is not None
        text, row, day = self.texts[place], int(self.rows[place]), date.fromordinal(int(self.happenings.days[place]))
        known = None if self.known is None or not self.known[place] else date.fromordinal(int(self.known[place]))
        return self.said[place].recorded(text, day, known, row, self.origin(row, text, day))

    def at(self, notes: Any) -> "Told":
        """The same of these notes only, which are in order."""
        owners = self.happenings.owners
        kept = np.flatnonzero(np.isin(owners, notes))
        said, texts = [self.said[place] for place in kept.tolist()], [self.texts[place] for place in kept.tolist()]
        known = None if self.known is None else self.known[kept]
        happenings = self.happenings.at(kept, np.searchsorted(notes, owners[kept]))
        return Told(happenings, said, texts, np.asarray(self.rows)[kept], known, self.origin)


NOTHING_TOLD = Told(Happenings.together([]))


def told_in(rows: Gathered, cells: Any, issued: Any, reader: FactReader, origin: Origin) -> tuple[Told, Any]:
    """What these cells tell as columns, since the issue of their notes; and the other cells."""
    assert rows.lines is not None
    owners = np.searchsorted(rows.starts, cells, side="right") - 1
    every = [(text, reader.said(text)) for place in cells.tolist() if (text := rows.lines[place])]
    taken = rows.days[cells] >= issued[owners]
    taken &= np.array([said is not None and said.event in AS_COLUMNS for _, said in every], bool)
    pairs = zip(every, taken.tolist(), strict=True)
    kept = [(text, said) for (text, said), is_taken in pairs if is_taken and said is not None]
    texts, said = [text for text, _ in kept], [said for _, said in kept]
    places = cells[taken]
    known = None if rows.known is None else rows.known[places]
    happenings = _as_columns(owners[taken], rows.days[places].astype(np.int64), texts, said)
    return Told(happenings, said, texts, rows.rows[places], known, origin), cells[~taken]


def _as_columns(owners: Any, days: Any, texts: Sequence[str], said: Sequence[Said]) -> Happenings:
    alike: dict[int, list[int]] = {}
    for place, each in enumerate(said):
        alike.setdefault(id(each), []).append(place)
    groups = [(said[places[0]], places) for places in alike.values()]
    written = [each.figures([texts[place] for place in places]) for each, places in groups]
    made_by = {each.made_by: 0 for each, _ in groups}  # and the decimals of its figures
    for (each, _), columns in zip(groups, written, strict=True):
        made_by[each.made_by] = max([made_by[each.made_by], *(decimals for _, decimals in columns.values())])
    numbers = {each: number for number, each in enumerate(made_by)}
    kinds = np.zeros(len(said), np.int64)
    figures: dict[str, Any] = {}
    for (each, places), columns in zip(groups, written, strict=True):
        kinds[places] = numbers[each.made_by]
        for name, (units, decimals) in columns.items():
            values = times(whole(units), 10 ** (made_by[each.made_by] - decimals))
            held = figures.get(name, np.zeros(len(said), np.int64))
            figures[name] = held.astype(object) if values.dtype == object else held
            figures[name][places] = values
    return Happenings(owners, days, [*made_by], [*made_by.values()], kinds, figures)
