"""The benchmark's own arithmetic: what candidates are compared with is what the engine explains."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from benchmarks.book_data import make_book, part
from benchmarks.book_files import SOURCES, iso, write_note
from benchmarks.book_reference import balances, half_up, row
from benchmarks.candidates import verified
from benchmarks.peers import by_numpy, by_python

from tenor.terms import load

MATURING = pytest.mark.parametrize("maturing", [False, True])


@MATURING
@pytest.mark.parametrize("candidate", [*by_numpy.CANDIDATES, *by_python.CANDIDATES], ids=lambda each: each.name)
def test_formulas_agree_with_fractions(candidate, maturing: bool):
    """Integers in Python and floats in NumPy give the cents, the prices and the shares that fractions give."""
    verified(candidate, make_book(140, seed=7, maturing=maturing))


@MATURING
@pytest.mark.parametrize("conversions", [0, 4])
@pytest.mark.parametrize("note", range(3))
def test_the_reference_says_what_the_engine_explains(tmp_path: Path, note: int, conversions: int, maturing: bool):
    """A row of the reference is the rounded statement of the same note written as a file."""
    book = make_book(3, seed=11, maturing=maturing, conversions=conversions)
    loaded = load(str(write_note(tmp_path, book, note)), [str(SOURCES)])
    for day in (0, 100, 251):
        said = loaded.at(iso(book.dates[day]))
        owed, price, shares = (said[name].value.value for name in ("owed", "conversion_price", "allowed_shares"))
        assert row(book, note, day) == (half_up(owed * 100), half_up(price * 10**10), shares)


def test_a_book_is_the_same_in_every_run():
    """The seed alone makes it, and the first notes of a book are a book."""
    one, other = make_book(20, seed=3), make_book(20, seed=3)
    assert all(np.array_equal(column, vars(other)[name]) for name, column in vars(one).items())
    assert row(part(one, 5), 4, 9) == row(one, 4, 9)


def test_conversions_are_refused_and_accepted():
    """Books of conversions hold both kinds, and retire interest in full before principal."""
    book = make_book(150, seed=2, conversions=3)
    last = len(book.dates) - 1
    left = [balances(book, note, last) for note in range(150)]
    converted = {note for note in range(150) if left[note].principal < int(book.principal[note])}
    asked = {note for note in range(150) if book.converts_on[note].any()}
    assert converted < asked
    assert all(left[note].principal > 0 for note in range(150))


def test_half_up_takes_the_greater_of_two():
    """A half is rounded up, and less than a half down."""
    assert [half_up(Fraction(n, 4)) for n in (1, 2, 3, 5, 6)] == [0, 1, 1, 1, 2]
