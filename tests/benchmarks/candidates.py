"""What a candidate is: the same book in, the same three answers out, and how right they are.

A candidate is given the book in its own form beforehand, so that only its reckoning is timed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from benchmarks.book_data import Answers, Book
from benchmarks.book_reference import row

SAMPLE = 600


@dataclass(frozen=True)
class Candidate:
    """One way to answer a book; `prepare` and `answers` are not timed, `run` is."""

    name: str
    prepare: Callable[[Book], Any]
    run: Callable[[Any], Any]
    answers: Callable[[Book, Any], Answers]
    notes: int = 4_000  # the size of book that it is quickest on, or that ends soon enough
    exact: bool = True
    packages: tuple[str, ...] = field(default=())


def verified(candidate: Candidate, book: Book) -> float:
    """The share of cents that a candidate on floats gets wrong.

    Raises AssertionError where one that calls itself exact errs in any answer.
    """
    answers = candidate.answers(book, candidate.run(candidate.prepare(book)))
    shape = (len(book.principal), len(book.dates))
    assert all(column.shape == shape for column in vars(answers).values())
    rows = [(given(answers, *place), row(book, *place)) for place in places(*shape)]
    if not candidate.exact:
        return sum(mine[0] != exact[0] for mine, exact in rows) / len(rows)
    wrong = [f"{mine} for {exact}" for mine, exact in rows if mine != exact]
    assert not wrong, f"{candidate.name}: {len(wrong)} of {len(rows)} rows are wrong, first {wrong[0]}"
    return 0.0


def places(notes: int, dates: int, count: int = SAMPLE) -> list[tuple[int, int]]:
    """The corners of a book and a random sample of its rows, the same in every run."""
    random = np.random.default_rng(count)
    sample = zip(random.integers(notes, size=count), random.integers(dates, size=count), strict=True)
    return [(0, 0), (0, dates - 1), (notes - 1, 0), (notes - 1, dates - 1), *((int(n), int(d)) for n, d in sample)]


def given(answers: Answers, note: int, day: int) -> tuple[int, ...]:
    """One row of a candidate's answers."""
    return tuple(int(column[note, day]) for column in vars(answers).values())
