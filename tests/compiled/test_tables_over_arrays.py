"""Tables of day numbers, asked for arrays: each distinct question once, and each row has its own answer."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.arrays.emission import over_arrays

DAYS = st.integers(0, 4) | st.integers(730_000, 740_000)
ROWS = st.integers(0, 8).flatmap(lambda rows: st.lists(st.tuples(DAYS, DAYS), min_size=rows, max_size=rows))


@given(ROWS)
def test_each_row_has_its_own_answer(rows: list[tuple[int, int]]) -> None:
    asked: list[tuple[int, ...]] = []

    def table(*days: int) -> int:
        asked.append(days)
        return sum(day * 1_000_003**place for place, day in enumerate(days))

    first, second = (np.array([row[place] for row in rows], dtype=np.int64) for place in (0, 1))
    assert over_arrays(table)(first, second).tolist() == [a + b * 1_000_003 for a, b in rows]
    assert len(asked) == len(set(rows))
    assert over_arrays(table)(second).tolist() == [b for _, b in rows]


def test_a_day_for_all_rows_is_spread() -> None:
    """One column of days and one row of others make a grid."""
    found = over_arrays(lambda start, end: end - start)(np.array([[1], [2]]), np.array([[10, 20, 30]]))
    assert found.tolist() == [[9, 19, 29], [8, 18, 28]]
