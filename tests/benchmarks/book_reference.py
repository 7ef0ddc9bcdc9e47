"""The answers of a book in whole numbers of any size, one row at a time: slow, and what every candidate must give.

Written from the note's words, not from the engine: interest is simple, actual/365, from the issue date to the day
asked about, stops at the stated maturity and runs again from the day its payment fell due.
"""

from fractions import Fraction
from math import floor

from benchmarks.book_data import BASIS_POINTS, LOWEST, WINDOW, YEAR, Book


def row(book: Book, note: int, day: int) -> tuple[int, int, int]:
    """Owed in cents and the price in ten-billionths of a dollar, each rounded half up; and the shares allowed."""
    owed, price = owed_exact(book, note, day), price_exact(book, note, day)
    covered = floor(owed / 100 / price)
    return half_up(owed), half_up(price * 10**10), max(0, min(covered, room(book, note)))


def owed_exact(book: Book, note: int, day: int) -> Fraction:
    """Principal and interest in cents, at the close of the date of this number."""
    date, principal = int(book.dates[day]), int(book.principal[note])
    return principal + Fraction(principal * int(book.rate[note]) * _days(book, note, date), BASIS_POINTS * YEAR)


def price_exact(book: Book, note: int, day: int) -> Fraction:
    """Dollars a share: the part of the average of the lowest bids of the sessions strictly before the date."""
    end = book.earlier + day
    lowest = sorted(int(bid) for bid in book.bids[note, end - WINDOW : end])[:LOWEST]
    return Fraction(int(book.percent[note]), 100) * Fraction(sum(lowest), LOWEST) / BASIS_POINTS


def room(book: Book, note: int) -> int:
    """The most shares N with (held + N) / (outstanding + N) not above the cap; below zero where held is above it."""
    cap = Fraction(int(book.cap[note]), BASIS_POINTS)
    return floor((cap * int(book.outstanding[note]) - int(book.held[note])) / (1 - cap))


def half_up(value: Fraction) -> int:
    """The nearest whole number, the greater of two: half up, for what is not negative."""
    return floor(value + Fraction(1, 2))


def _days(book: Book, note: int, date: int) -> int:
    issued, matures, pays = (int(column[note]) for column in (book.issued, book.matures, book.pays))
    return min(date, matures) - issued + max(0, date - pays)
