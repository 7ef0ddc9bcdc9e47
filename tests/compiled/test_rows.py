"""Exactness: the arrays, the compiled whole numbers and the engine that explains answer alike, row for row.

A million random rows over notes with every kind of term, the largest figures of their blocks pushed across
2**52, 2**53 and 2**63, where arrays change the kind of number that holds them.
"""

from itertools import compress

import numpy as np
import pytest
from compiled.random_rows import drawn, one_by_one

from tenor.engine.arrays.kernels import Kernels, to_decimals
from tenor.engine.compiled.causes import Causes
from tenor.engine.compiled.shapes import Shape
from tenor.terms import load

NOTES = (
    *("examples/gs-capital", "examples/widjaja", "examples/baybridge", "tests/book/watched"),
    *(f"tests/cases/{name}" for name in ("A06", "A11", "A17", "C01", "C07", "C15", "D01", "E01", "K04", "L03a")),
)
# What is owed has numerators up to 2**47.8 as it is: up to 2**51.8, 2**52.8, 2**53.8, 2**62.8, 2**63.8 and far beyond.
WIDER = (1 << 4, 1 << 5, 1 << 6, 1 << 15, 1 << 16, 1 << 40)
ROWS = 1_000_000 // (len(NOTES) * len(WIDER)) + 1


@pytest.mark.parametrize("wider", WIDER)
@pytest.mark.parametrize("path", NOTES)
def test_arrays_are_the_whole_numbers(path, wider):
    """Each answer, rounded to the decimals of a column, and each reason, bit for bit."""
    record = Shape(load(f"{path}.terms").note).answers(0, None)
    check_rows(record, wider, ROWS, np.random.default_rng(len(path) + wider))


def check_rows(record, wider, rows, draw):
    """A part of the rows with figures that are not known."""
    for count, lacking in ((rows * 4 // 5, 0.0), (rows - rows * 4 // 5, 0.1)):
        causes, words = Causes(), ["cured", "waived"]
        inputs = drawn(draw, record, count, causes, wider, lacking)
        results = Kernels(causes, words).run(record, inputs, rounded=True)
        wanted, places = one_by_one(record, inputs, causes, words, to_decimals)
        columns = list(zip(*wanted, strict=True))
        for place in places:
            found, refused, unknown = results[place.name], columns[place.refused], columns[place.unknown]
            lacks = any(refused) or any(unknown)
            if lacks or found.refused is not None or found.unknown is not None:
                # Of what is refused the needs are no part of the answer.
                assert bits_of(found.refused, count) == list(refused), place.name
                needs = zip(bits_of(found.unknown, count), unknown, refused, strict=True)
                assert all(one == other for one, other, reasons in needs if not reasons), place.name
            if place.above is not None:
                values, exactly = np.broadcast_to(np.asarray(found.above), count).tolist(), columns[place.above]
                if lacks:
                    known = [not (reasons or needs) for reasons, needs in zip(refused, unknown, strict=True)]
                    values, exactly = list(compress(values, known)), compress(exactly, known)
                assert values == list(exactly), place.name


def bits_of(bits, count):
    """The sets of a column, none where it has none."""
    return [0] * count if bits is None else np.broadcast_to(bits, count).tolist()


def test_the_rows_cross_the_widths():
    """What is owed is held in each kind of machine number, by how large the figures of a block are."""
    record = Shape(load(f"{NOTES[0]}.terms").note).answers(0, ("owed",))
    held = set()
    for wider in WIDER:
        causes = Causes()
        inputs = drawn(np.random.default_rng(1), record, 100, causes, wider, 0.0)
        held.add(np.asarray(Kernels(causes, []).run(record, inputs)["owed"].above).dtype)
    assert held == {np.dtype(np.float64), np.dtype(np.int64), np.dtype(object)}
