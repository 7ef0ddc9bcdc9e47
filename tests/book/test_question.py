"""Questions: how a book is cut into parts."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from tenor.terms.book.members import Members
from tenor.terms.book.question import Inputs, Question


@dataclass
class Rows:
    """Notes that are rows of tables, by how many each has, and then notes in files."""

    tables: list[int]
    files: int

    def __len__(self) -> int:
        return sum(self.tables) + self.files

    def templated(self) -> tuple[range, ...]:
        ends = [sum(self.tables[:count]) for count in range(len(self.tables) + 1)]
        return tuple(range(start, stop) for start, stop in pairwise(ends))


@given(st.lists(st.integers(1, 500), max_size=3), st.integers(0, 500), st.integers(1, 200))
def test_parts_are_few_and_alike(tables: list[int], files: int, most: int) -> None:
    """Of what lies between two cuts, all have one size but the last, which lacks less than one note for each part."""
    rows = Rows(tables, files)
    question = Question(Inputs(()), (date(2019, 1, 2),), ("owed",), ("money",), "auto", rows_max=most)
    parts = question.parts(cast(Members, rows))
    assert [note for part in parts for note in part] == list(range(len(rows)))
    left = iter(parts)
    for notes in [*tables, *([files] if files else [])]:
        own = [len(next(left))]
        while sum(own) < notes:
            own.append(len(next(left)))
        assert sum(own) == notes
        assert max(own) <= most
        assert len(own) <= -(-notes // most)
        assert set(own[:-1]) <= {own[0]}
        assert 0 <= own[0] - own[-1] < len(own)
