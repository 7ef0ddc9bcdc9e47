"""Restating: quotes from before a split on the basis of the shares after it, many notes at once.

A note whose shares split has a row for the time before the first split, one from there on, and so on, each with
the earlier quotes restated to its own basis: the meaning is that of `world.market`, done once.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import lcm
from typing import Any

import numpy as np

from ...grammar.classes import frozen
from ..world.series import VOLUMES
from .cells import times, whole
from .emission import OBJECTS, as_width

KEPT_MAX = 10_000  # splits

Split = tuple[int, Any, Any]  # the day, the new shares, and the old ones that they replace


@frozen(eq=False)
class Restated:
    """A split as far as quotes go: from a day on, earlier figures times above / below."""

    day: int
    above: int
    below: int


@lru_cache(KEPT_MAX)
def restated(series: str, split_day: int, new: Any, old: Any) -> Restated:
    """What a split of new shares for old ones does to earlier quotes: prices rise as shares get fewer."""
    factor = new / old if series in VOLUMES else old / new
    return Restated(split_day, factor.numerator, factor.denominator)


def restatings(series: str, splits: Mapping[int, Sequence[Split]]) -> dict[int, list[Restated]]:
    """What splits do to the quotes of a series."""
    return {note: [restated(series, *split) for split in each] for note, each in splits.items()}


def on_each_basis(table: Any, on: Any, splits: Mapping[int, Sequence[Restated]]) -> tuple[Any, int, Any]:
    """The rows of a table of quotes, one for each basis of a note: over how much more than before, and whose each is.

    `on` are the days of the quotes, one for each place or for each column of the table.
    """
    counts = np.ones(len(table), np.int64)
    for note, each in splits.items():
        counts[note] += len(each)
    owners, first = np.repeat(np.arange(len(table)), counts), np.cumsum(counts) - counts
    found, below = table[owners], np.ones(len(owners), object)
    for turn in range(int(counts.max(initial=1)) - 1):
        by = {note: each[turn] for note, each in splits.items() if len(each) > turn}
        notes, days = list(by), np.array([each.day for each in by.values()])
        above, own = (whole([getattr(each, part) for each in by.values()]) for part in ("above", "below"))
        rows = first[notes] + turn + 1
        earlier = (on if on.ndim == 1 else on[notes]) < days[:, None]
        before = found[rows - 1]
        after = np.where(earlier, times(before, above[:, None]), times(before, own[:, None]))
        found = as_width(found, OBJECTS) if after.dtype == object else found
        found[rows] = after
        below[rows] = below[rows - 1] * as_width(own, OBJECTS)
    common = lcm(*below.tolist())
    return times(found, whole((common // below).tolist())[:, None]), common, owners
