"""Blocks: the rows that are reckoned together, small enough that a core keeps them close at hand."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from .cells import Cells, is_run

ROWS = 1 << 16  # of a block
TOGETHER = 128  # notes whose dates are nearly the same
SAME_MIN = 1 << 13  # rows that notes with the same dates must have together to be a block of their own
NEAR_MIN = 1 << 11  # rows that notes with nearly the same dates must share


@frozen(eq=False)
class Block:
    """Notes and places of dates: a grid, each of these notes on each of the dates; or row by row.

    `at` are the places of the notes among those that were cut into blocks.
    """

    notes: Any
    at: Any  # a slice where they follow one another
    dates: Any  # a slice for a grid, an array for rows
    is_grid: bool

    def by_note(self, figures: Cells) -> Cells:
        """Figures that have one value for a note."""
        return figures.reshaped(len(self.notes), 1) if self.is_grid else figures

    def by_date(self, figures: Cells) -> Cells:
        """Figures that have one value for a date."""
        return figures.reshaped(1, self.dates.stop - self.dates.start) if self.is_grid else figures

    def rows(self, days: Any) -> tuple[Any, Any]:
        """The note and the day of each row."""
        if not self.is_grid:
            return self.notes, days
        return np.repeat(self.notes, len(days)), np.tile(days, len(self.notes))

    def shaped(self, figures: Cells) -> Cells:
        """Figures that have a value for each row."""
        return figures.reshaped(len(self.notes), self.dates.stop - self.dates.start) if self.is_grid else figures


def blocks_of(notes: Any, first: Any, last: Any) -> Iterator[Block]:
    """Notes, each on the dates from `first` up to `last`, as grids of those with the same dates, and the rest."""
    span = int(last.max()) + 1
    stretches, which, counts = np.unique(first * span + last, return_inverse=True, return_counts=True)
    lengths = stretches % span - stretches // span
    grids = counts * lengths >= SAME_MIN
    for place in np.flatnonzero(grids).tolist():
        dates = slice(int(stretches[place] // span), int(stretches[place] % span))
        together = np.flatnonzero(which.reshape(-1) == place)
        size = max(1, ROWS // int(lengths[place]))
        for begin in range(0, len(together), size):
            at = together[begin : begin + size]
            yield Block(notes[at], slice(int(at[0]), int(at[-1]) + 1) if is_run(at) else at, dates, True)
    yield from _nearly_alike(notes, np.flatnonzero(~grids[which.reshape(-1)]), first, last)


def _nearly_alike(notes: Any, rest: Any, first: Any, last: Any) -> Iterator[Block]:
    """Notes whose dates begin and end close to one another: grids of the dates that all have, the edges by rows."""
    order = rest[np.lexsort((last[rest], first[rest]))]
    edges: list[tuple[Any, Any, Any]] = []
    for begin in range(0, len(order), TOGETHER):
        some = np.sort(order[begin : begin + TOGETHER])
        starts, stops = first[some], last[some]
        start, stop = int(starts.max()), int(stops.min())
        if (stop - start) * len(some) < NEAR_MIN:
            edges.append((some, starts, stops))
            continue
        yield Block(
            notes[some], slice(int(some[0]), int(some[-1]) + 1) if is_run(some) else some, slice(start, stop), True
        )
        edges += [(some, starts, np.full(len(some), start)), (some, np.full(len(some), stop), stops)]
    if edges:
        some, starts, stops = (np.concatenate(parts) for parts in zip(*edges, strict=True))
        left = starts < stops
        yield from _row_by_row(notes, some[left], starts[left], stops[left])


def _row_by_row(notes: Any, rest: Any, first: Any, last: Any) -> Iterator[Block]:
    """Each of these notes on its own dates."""
    if not len(rest):
        return
    lengths = last - first
    ends = np.cumsum(lengths)
    owners = np.repeat(np.arange(len(rest)), lengths)
    places = np.arange(int(ends[-1])) - np.repeat(ends - lengths, lengths) + first[owners]
    for begin in range(0, len(owners), ROWS):
        at = rest[owners[begin : begin + ROWS]]
        yield Block(notes[at], at, places[begin : begin + ROWS], False)
