"""Quotes of a block: the figures of one series, or of one level, for all of its notes, as arrays.

Days, whole numbers of one scale, and from when each is known. What the engine that explains wants, an exact
number and the line it comes from, is made of a row when that row is looked at.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, overload

import numpy as np

from ...engine.exact.origins import Fact
from ...engine.exact.quantities import Exact
from ...engine.world.facts import Quotes
from ...grammar.classes import frozen
from .inputs.units import digits


@frozen(eq=False)
class QuoteTable:
    """The figures of one series for the notes of a block: rows starts[i]:starts[i + 1] belong to note i.

    `days` are int32 day numbers, ascending within a note. The figure is `values` over 10**decimals: prices in whole
    units of the note's currency a share, volumes and levels in shares. `values` are int64, or Python's own integers
    where they are wider. `known` are the days from which each is known, None where that is its own day for all.
    `origins[sources]` gives the line of each, of which `lines` is the number there.
    """

    starts: Any
    days: Any
    values: Any
    decimals: int
    known: Any
    sources: Any  # int16
    lines: Any  # int64
    origins: Sequence["Origins"]

    def at(self, places: Any) -> "QuoteTable":
        """The same of these notes only."""
        lengths = np.diff(self.starts)[places]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        rows = np.repeat(self.starts[:-1][places] - starts[:-1], lengths) + np.arange(starts[-1])
        return self.rows(starts, rows)

    def since(self, days: Any) -> "QuoteTable":
        """Of each note the figures from a day on."""
        owners = self.owners
        kept = self.days >= days[owners]
        return self if kept.all() else self.rows(np.concatenate([[0], np.cumsum(kept)])[self.starts], kept)

    @property
    def owners(self) -> Any:
        """Whose each figure is, by place in the block."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def rows(self, starts: Any, rows: Any) -> "QuoteTable":
        """These figures alone, which are from `starts` on those of each note."""
        known = None if self.known is None else self.known[rows]
        days, values, sources, lines = (each[rows] for each in (self.days, self.values, self.sources, self.lines))
        return QuoteTable(starts, days, values, self.decimals, known, sources, lines, self.origins)

    def fact(self, series: str, row: int) -> Fact:
        """The line of a figure."""
        return self.origin(series, row, int(self.days[row]), int(self.values[row]))

    def quotes(self, series: str, place: int) -> Quotes:
        """The quotes of a note, as the engine that explains reads them."""
        rows = slice(int(self.starts[place]), int(self.starts[place + 1]))
        days = self.days[rows].tolist()
        known = () if self.known is None else tuple(self.known[rows].tolist())
        values = self.values[rows].tolist()
        origins = _Origins(series, self, rows.start, days, values)
        return Quotes(series, tuple(days), _Figures(values, 10**self.decimals), origins, known)

    def origin(self, series: str, row: int, day: int, value: int) -> Fact:
        """The line of a figure."""
        figure = digits(value, self.decimals)
        line = int(self.lines[row])
        return self.origins[int(self.sources[row])](series, line, f"{series} {date.fromordinal(day)}: {figure}", figure)


# What gives the line of a figure: its series, the number of the line, the words for it, and its digits.
Origins = Callable[[str, int, str, str], Fact]


@frozen(eq=False)
class _Figures(Sequence[Any]):
    """Exact numbers, each made when it is looked at."""

    units: list[int]
    denominator: int

    def __len__(self) -> int:
        return len(self.units)

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return Exact(self.units[place], self.denominator)


@frozen(eq=False)
class _Origins(Sequence[Fact]):
    """The lines of quotes, each made when it is looked at."""

    series: str
    table: QuoteTable
    first: int
    days: list[int]
    values: list[int]

    def __len__(self) -> int:
        return len(self.days)

    @overload
    def __getitem__(self, place: int) -> Fact: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Fact]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return self.table.origin(
            self.series, self.first + range(len(self))[place], self.days[place], self.values[place]
        )
