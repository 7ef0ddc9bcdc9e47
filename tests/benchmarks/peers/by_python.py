"""The book in Python's own whole numbers, one row after the other."""

import numpy as np
from benchmarks.book_data import BASIS_POINTS, LOWEST, WINDOW, YEAR, Answers, Book
from benchmarks.candidates import Candidate

UNIT = BASIS_POINTS * YEAR
COLUMNS = ("principal", "rate", "issued", "matures", "pays", "outstanding", "held", "cap", "percent", "bids")


def prepare(book: Book) -> tuple[int, list[int], list[tuple]]:
    """Lists of whole numbers, a tuple for each note."""
    columns = (getattr(book, name).tolist() for name in COLUMNS)
    return book.earlier, book.dates.tolist(), list(zip(*columns, strict=True))


def run(given: tuple[int, list[int], list[tuple]]) -> list[tuple[int, int, int]]:
    """A tuple of answers for each note and date."""
    earlier, dates, notes = given
    rows = []
    for principal, rate, issued, matures, pays, outstanding, held, cap, percent, bids in notes:
        room = (cap * outstanding - BASIS_POINTS * held) // (BASIS_POINTS - cap)
        for place, day in enumerate(dates, start=earlier):
            days = (day if day < matures else matures) - issued + (day - pays if day > pays else 0)
            owes = principal * (UNIT + rate * days)
            parts = percent * sum(sorted(bids[place - WINDOW : place])[:LOWEST])
            shares = owes * 3 // (YEAR * parts)
            if shares > room:
                shares = room if room > 0 else 0
            rows.append(((owes * 2 + UNIT) // (2 * UNIT), (parts * 2 * BASIS_POINTS + 3) // 6, shares))
    return rows


def answers(book: Book, given: list[tuple[int, int, int]]) -> Answers:
    """A row for each note."""
    return Answers(*(np.array(column).reshape(len(book.principal), -1) for column in zip(*given, strict=True)))


CANDIDATES = (Candidate("Python's whole numbers", prepare, run, answers, notes=200),)
