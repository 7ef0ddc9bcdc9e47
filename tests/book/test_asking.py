"""Questions to a template, asked once for each combination of the parameters that they read."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.arrays.asking import combinations, told_apart
from tenor.grammar.classes import frozen

NUMBERS = st.integers(-3, 3) | st.sampled_from([-(1 << 62), (1 << 62) - 1])
COLUMNS = st.integers(1, 12).flatmap(lambda rows: st.lists(st.lists(NUMBERS, min_size=rows, max_size=rows), min_size=1))


@frozen(eq=False)
class Column:
    """A parameter whose cells are whole numbers over a power of ten."""

    values: object
    decimals: int = 0


@given(COLUMNS)
def test_rows_are_told_apart_by_all_columns(columns: Sequence[Sequence[int]]) -> None:
    """The first row of each combination, and of each row which of them is its own."""
    firsts, which = told_apart([np.array(each) for each in columns])
    rows = list(zip(*columns, strict=True))
    assert [rows[firsts[each]] for each in which.tolist()] == rows
    assert sorted(firsts.tolist()) == [place for place, row in enumerate(rows) if row not in rows[:place]]


@given(COLUMNS)
def test_a_combination_has_its_decimals(columns: Sequence[Sequence[int]]) -> None:
    """10 over 10 is not 10 over 100."""
    rows = np.arange(len(columns[0]))
    keys, firsts, which = combinations([Column(np.array(each), 2) for each in columns], rows)
    assert keys == [(*(each[place] for each in columns), *[2] * len(columns)) for place in firsts.tolist()]
    assert len(which) == len(rows)


def test_what_reads_no_parameter_is_asked_once() -> None:
    """Of any number of rows, and not at all of none."""
    keys, firsts, which = combinations([], np.arange(3))
    assert (keys, firsts.tolist(), which.tolist()) == ([()], [0], [0, 0, 0])
    keys, firsts, which = combinations([], np.arange(0))
    assert (keys, firsts.tolist(), which.tolist()) == ([], [], [])
