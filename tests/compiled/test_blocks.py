"""Blocks: each row of each note stands in one of them, whatever dates the notes are asked on."""

from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.arrays import blocks
from tenor.engine.arrays.blocks import Block, blocks_of

SPANS = st.lists(st.sampled_from([(0, 4), (0, 4), (0, 4), (1, 3), (2, 5), (3, 1)]), min_size=1, max_size=30)
FEW = {"ROWS": 12, "TOGETHER": 3, "SAME_MIN": 8, "NEAR_MIN": 4}  # so that every kind of block is small enough to draw


def rows_of(block: Block, places: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """The place of each row among the notes that were cut into blocks, its note, and its date."""
    dates = np.arange(block.dates.start, block.dates.stop) if block.is_grid else block.dates
    notes, days = block.rows(dates)
    at = np.repeat(places[block.at], len(dates)) if block.is_grid else places[block.at]
    return zip(at.tolist(), notes.tolist(), days.tolist(), strict=True)


@given(SPANS)
def test_each_row_stands_in_one_block(spans: list[tuple[int, int]]) -> None:
    """With its place, its note and its date; no block has many more rows than it may."""
    first = np.array([start for start, _ in spans])
    last = first + np.array([length for _, length in spans])
    notes, places = np.arange(len(spans)) * 7 + 1, np.arange(len(spans))
    with patch.multiple(blocks, **FEW):
        made = list(blocks_of(notes, first, last))
    wanted = [(n, 7 * n + 1, day) for n, (start, length) in enumerate(spans) for day in range(start, start + length)]
    assert sorted(row for block in made for row in rows_of(block, places)) == wanted
    longest = max(length for _, length in spans)
    assert all(len(list(rows_of(block, places))) <= max(FEW["ROWS"], FEW["TOGETHER"] * longest) for block in made)
