"""The book written for NumPy by hand: what an engine that knows the note only as text is up against.

Exact: every numerator stays below 2**53, where the floor of a float quotient is the whole quotient.
"""

import numpy as np
from benchmarks.book_data import BASIS_POINTS, WINDOW, YEAR, Answers, Book, Integers
from benchmarks.candidates import Candidate

BLOCK = 128  # notes: what a block makes on the way stays in the second-level cache
UNIT = float(BASIS_POINTS * YEAR)


def run(book: Book) -> Answers:
    """All rows, block by block."""
    shape = (len(book.principal), len(book.dates))
    answers = Answers(*(np.empty(shape, np.int64) for _ in range(3)))
    for start in range(0, shape[0], BLOCK):
        _block(book, slice(start, start + BLOCK), answers)
    return answers


def _block(book: Book, notes: slice, answers: Answers) -> None:
    def column(values: Integers) -> np.ndarray:
        return values[notes, None].astype(np.float64)

    parts = three_lowest(book.bids[notes, book.earlier - WINDOW :].astype(np.int32)).astype(np.float64)
    parts *= column(book.percent)
    dates = book.dates.astype(np.float64)
    owed = np.minimum(dates, column(book.matures))
    owed -= column(book.issued)
    if book.dates[-1] > book.pays[notes].min():
        owed += np.maximum(dates - column(book.pays), 0.0)
    owed *= column(book.rate)
    owed += UNIT
    owed *= column(book.principal)
    work = owed * 2.0
    answers.owed[notes] = _floor(work, UNIT, 2.0 * UNIT)
    np.multiply(parts, 2.0 * BASIS_POINTS, out=work)
    answers.conversion_price[notes] = _floor(work, 3.0, 6.0)
    owed *= 3.0
    parts *= float(YEAR)
    owed /= parts
    np.floor(owed, out=owed)
    np.minimum(owed, _room(book, notes), out=owed)
    answers.allowed_shares[notes] = np.maximum(owed, 0.0, out=owed)


def _room(book: Book, notes: slice) -> np.ndarray:
    cap = book.cap[notes, None]
    room = cap * book.outstanding[notes, None] - BASIS_POINTS * book.held[notes, None]
    return (room // (BASIS_POINTS - cap)).astype(np.float64)


def _floor(numerator: np.ndarray, half: float, denominator: float) -> np.ndarray:
    numerator += half
    numerator /= denominator
    return np.floor(numerator, out=numerator)


def three_lowest(bids: np.ndarray) -> np.ndarray:
    """The sums of the three lowest of each ten neighbours, from lowest ones of 2, 4, 8 and 2 that windows share."""
    low, high = np.minimum(bids[:, :-1], bids[:, 1:]), np.maximum(bids[:, :-1], bids[:, 1:])
    of_four = _lowest(low[:, :-2], high[:, :-2], None, low[:, 2:], high[:, 2:], None)
    of_eight = _lowest(*(each[:, :-4] for each in of_four), *(each[:, 4:] for each in of_four))
    count = bids.shape[1] - WINDOW  # of dates: the last session is not before any
    ends = slice(8, 8 + count)
    lowest = _lowest(*(each[:, :count] for each in of_eight), low[:, ends], high[:, ends], None)
    total = lowest[0] + lowest[1]
    total += lowest[2]
    return total


def _lowest(a1, a2, a3, b1, b2, b3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The three lowest of two ascending pairs or triples, ascending; None where there is no third."""
    middle, other = np.maximum(a1, b1), np.minimum(a2, b2)
    third = np.maximum(middle, other)
    for each in (a3, b3):
        if each is not None:
            third = np.minimum(third, each)
    return np.minimum(a1, b1), np.minimum(middle, other), third


CANDIDATES = (
    Candidate(
        "NumPy by hand, for this note only", lambda book: book, run, lambda book, given: given, packages=("numpy",)
    ),
)
