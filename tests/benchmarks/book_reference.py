"""The answers of a book in whole numbers of any size, one row at a time: slow, and what every candidate must give.

Written from the note's words, not from the engine: interest is simple, actual/365, from the issue date to the day
asked about, stops at the stated maturity and runs again from the day its payment fell due. A conversion retires
interest first, and its shares count as outstanding and as held.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from benchmarks.book_data import BASIS_POINTS, LOWEST, WINDOW, YEAR, Book


@dataclass(frozen=True)
class Balances:
    """A note at the close of a date: cents and shares, and the day to which interest is in `interest`."""

    principal: Fraction
    interest: Fraction
    through: int
    outstanding: int
    held: int


def row(book: Book, note: int, day: int) -> tuple[int, int, int]:
    """Owed in cents and the price in ten-billionths of a dollar, each rounded half up; and the shares allowed."""
    now, price = balances(book, note, day), price_exact(book, note, day)
    owed = now.principal + now.interest
    covered = floor(owed / 100 / price)
    return half_up(owed), half_up(price * 10**10), max(0, min(covered, room(book, note, now)))


def balances(book: Book, note: int, day: int) -> Balances:
    """What the conversions up to the close of this date leave, with its interest."""
    date, dates = int(book.dates[day]), book.dates.tolist()
    first = int(book.principal[note]), int(book.issued[note]), int(book.outstanding[note]), int(book.held[note])
    now = Balances(Fraction(first[0]), Fraction(0), first[1], first[2], first[3])
    for on, asked in zip(book.converts_on[note].tolist(), book.converts[note].tolist(), strict=True):
        if 0 < on <= date:
            now = _converted(book, note, _accrued(book, note, now, on), asked, dates.index(on))
    return _accrued(book, note, now, date)


def _accrued(book: Book, note: int, now: Balances, date: int) -> Balances:
    matures, pays = int(book.matures[note]), int(book.pays[note])
    ran = min(date, matures) - min(now.through, matures) + max(0, date - pays) - max(0, now.through - pays)
    interest = now.interest + now.principal * Fraction(int(book.rate[note]) * ran, BASIS_POINTS * YEAR)
    return replace(now, interest=interest, through=date)


def _converted(book: Book, note: int, now: Balances, asked: int, day: int) -> Balances:
    """Refused whole where it asks for more shares than the cap leaves, or for more money than is owed."""
    shares = floor(Fraction(asked, 100) / price_exact(book, note, day))
    if shares > room(book, note, now) or asked > now.principal + now.interest:
        return now
    of_interest = min(asked, now.interest)
    return replace(
        now,
        interest=now.interest - of_interest,
        principal=now.principal - (asked - of_interest),
        outstanding=now.outstanding + shares,
        held=now.held + shares,
    )


def price_exact(book: Book, note: int, day: int) -> Fraction:
    """Dollars a share: the part of the average of the lowest bids of the sessions strictly before the date."""
    end = book.earlier + day
    lowest = sorted(int(bid) for bid in book.bids[note, end - WINDOW : end])[:LOWEST]
    return Fraction(int(book.percent[note]), 100) * Fraction(sum(lowest), LOWEST) / BASIS_POINTS


def room(book: Book, note: int, now: Balances) -> int:
    """The most shares N with (held + N) / (outstanding + N) not above the cap; below zero where held is above it."""
    cap = Fraction(int(book.cap[note]), BASIS_POINTS)
    return floor((cap * now.outstanding - now.held) / (1 - cap))


def half_up(value: Fraction) -> int:
    """The nearest whole number, the greater of two: half up, for what is not negative."""
    return floor(value + Fraction(1, 2))
