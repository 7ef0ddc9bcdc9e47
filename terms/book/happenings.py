"""Happenings of a block: what the cells of a table tell of acts and splits, as columns.

The line of a ledger that such a cell stands for, with its words and its place, is made when it is asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from ...engine.arrays.cells import times, whole
from ...engine.arrays.happenings import Happenings
from ...engine.checking.findings import CORRECT_A_DATE
from ...engine.checking.ledger import known_early
from ...engine.exact.origins import Fact
from ...engine.running.timeline import ACTS
from ...engine.world.facts import Recorded
from ...grammar.classes import evolve, frozen
from .inputs.cells import Problem
from .inputs.fact_cells import FactReader, Said
from .inputs.gathering import Gathered

AS_COLUMNS = ACTS | {"split"}

Origin = Callable[[int, str, date], Fact]  # of the row of a table, its cell, and its day


@frozen(eq=False, slots=False)
class Told:
    """What cells tell of the notes of a block, note after note."""

    owners: Any  # by place in the block
    days: Any
    said: Sequence[Said]
    texts: Sequence[str]
    rows: Any  # of the table
    known: Any  # day numbers, 0 where it is the day itself
    sources: Any  # of each, the number of its table
    origins: Mapping[int, Origin]

    @classmethod
    def together(cls, parts: Sequence["Told"]) -> "Told":
        """What several tables tell."""
        nothing = np.zeros(0, np.int64)
        columns = ("owners", "days", "rows", "known", "sources")
        joined = {name: np.concatenate([nothing, *(getattr(each, name) for each in parts)]) for name in columns}
        said, texts = [each for part in parts for each in part.said], [each for part in parts for each in part.texts]
        origins = {number: origin for part in parts for number, origin in part.origins.items()}
        told = cls(said=said, texts=texts, origins=origins, **joined)
        return told if len(parts) < 2 else told.rows_at(np.argsort(told.owners, kind="stable"))

    @cached_property
    def happenings(self) -> Happenings:
        """The same as columns, without the cells."""
        return _as_columns(self.owners, self.days, self.texts, self.said)

    def places(self, note: int) -> range:
        """Which of all belong to a note."""
        first, stop = np.searchsorted(self.owners, (note, note + 1)).tolist()
        return range(first, stop)

    def of(self, note: int) -> list[Recorded]:
        """The lines of a ledger that would tell what is told of a note."""
        return [self.recorded(place) for place in self.places(note)]

    def recorded(self, place: int) -> Recorded:
        """The line of a ledger that would tell the same."""
        text, row, day = self.texts[place], int(self.rows[place]), date.fromordinal(int(self.days[place]))
        known = date.fromordinal(int(self.known[place])) if self.known[place] else None
        origin = self.origins[int(self.sources[place])](row, text, day)
        return self.said[place].recorded(text, day, known, row, origin)

    def twice(self) -> list[tuple[int, int]]:
        """What several tables tell of one kind, note and day: each that is not in the first of them, with the first."""
        if len(self.origins) < 2:
            return []
        kinds = sorted(AS_COLUMNS)
        events = np.array([kinds.index(each.event) for each in self.said], np.int64)
        order = np.lexsort((self.sources, events, self.days, self.owners))
        alike = [each[order] for each in (self.owners, self.days, events)]
        starts = np.ones(len(order), bool)
        starts[1:] = np.logical_or.reduce([each[1:] != each[:-1] for each in alike])
        first = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
        clashing = np.flatnonzero(self.sources[order] != self.sources[order[first]])
        return [(int(order[place]), int(order[first[place]])) for place in clashing.tolist()]

    def same_splits(self) -> Iterator[tuple[int, int]]:
        """Each split that is told a second time of a note and day, with the first; another ratio is another split."""
        rows = np.flatnonzero([each.event == "split" for each in self.said])
        rows = rows[np.lexsort((self.days[rows], self.owners[rows]))]
        found: dict[tuple[Any, ...], int] = {}
        for place in _alike(self.owners[rows], self.days[rows]):
            split = self.recorded(int(rows[place]))
            key = (int(self.owners[rows[place]]), split.date, split.fields["new"].value, split.fields["old"].value)
            first = found.setdefault(key, int(rows[place]))
            if first != rows[place]:
                yield int(rows[place]), first

    def at(self, notes: Any) -> "Told":
        """The same of these notes only, which are in order."""
        found = self.rows_at(np.flatnonzero(np.isin(self.owners, notes)))
        return evolve(found, owners=np.searchsorted(notes, found.owners))

    def rows_at(self, places: Any) -> "Told":
        """Some of all."""
        columns = (each[places] for each in (self.owners, self.days, self.rows, self.known, self.sources))
        owners, days, rows, known, sources = columns
        said, texts = [self.said[each] for each in places.tolist()], [self.texts[each] for each in places.tolist()]
        return Told(owners, days, said, texts, rows, known, sources, self.origins)


def told_in(
    rows: Gathered, cells: Any, issued: Any, reader: FactReader, source: int, origin: Origin
) -> tuple[Told, Any]:
    """What these cells of a table tell since the issue of their notes, as far as columns hold it; the other cells."""
    assert rows.lines is not None
    owners = np.searchsorted(rows.starts, cells, side="right") - 1
    every = [(text, reader.said(text)) for place in cells.tolist() if (text := rows.lines[place])]
    taken = rows.days[cells] >= issued[owners]
    taken &= np.array([said is not None and said.event in AS_COLUMNS for _, said in every], bool)
    if rows.known is not None or any(said is not None and said.known is not None for _, said in every):
        known_from = [None] * len(every) if rows.known is None else map(_day, rows.known[cells].tolist())
        checked = zip(every, map(date.fromordinal, rows.days[cells].tolist()), known_from, strict=True)
        taken &= np.array(
            [said is None or misknown(said, day, since) is None for (_, said), day, since in checked], bool
        )
    pairs = zip(every, taken.tolist(), strict=True)
    kept = [(text, said) for (text, said), is_taken in pairs if is_taken and said is not None]
    places = cells[taken]
    days = rows.days[places].astype(np.int64)
    known = np.zeros(len(places), np.int64) if rows.known is None else rows.known[places]
    told = Told(
        owners[taken],
        days,
        [said for _, said in kept],
        [text for text, _ in kept],
        rows.rows[places],
        known,
        np.full(len(places), source),
        {source: origin},
    )
    return told, cells[~taken]


def _alike(*columns: Any) -> list[int]:
    """The places of rows that agree in these columns with the row before or after."""
    same = np.logical_and.reduce([each[1:] == each[:-1] for each in columns])
    found: list[int] = np.flatnonzero(np.append(same, False) | np.append(False, same)).tolist() if len(same) else []
    return found


def misknown(said: Said, day: date, known: date | None) -> Problem | None:
    """What is wrong with the day from which a cell is known: by itself, and by the column for that."""
    if known is not None and said.known is not None and said.known != known:
        message = f"this is known from {said.known} by its fact, and from {known} by the column `known`"
        return "E616", message, "keep one of the two"
    early = known_early(said.event, day, known or said.known)
    return None if early is None else ("E318", early, CORRECT_A_DATE)


def _day(number: int) -> date | None:
    return date.fromordinal(number) if number else None


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
