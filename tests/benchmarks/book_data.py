"""Books of notes for the benchmarks: integer columns from a seed, on the template `examples/gs-capital.terms`.

Each note has its own principal, rate, issue date, share counts, cap, part of the market price and daily closing
bids; the dates asked about are the sessions of 2019. Holders may convert money on some of them; nobody pays.
Units are whole: cents, shares, days since 1970-01-01, hundredths of a percent of a year's interest and of the
cap, percent of the market price, and ten-thousandths of a dollar for bids.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tenor.engine.time.calendars import NYSE

Integers = NDArray[np.int64]

FIRST, AFTER_LAST = date(2019, 1, 1), date(2020, 1, 1)
WINDOW, LOWEST = 10, 3
SESSIONS_EARLIER = 15  # of bids, before the first date
BASIS_POINTS = 10_000
YEAR = 365
EPOCH = date(1970, 1, 1).toordinal()
TEMPLATE = "examples/gs-capital.terms"


@dataclass(frozen=True)
class Book:
    """Columns of N notes, the S sessions that have bids, and where among these the D dates asked about begin."""

    sessions: Integers  # S days, the dates last
    earlier: int  # S - D
    principal: Integers  # N, cents
    rate: Integers  # N, hundredths of a percent a year
    issued: Integers  # N, days
    matures: Integers  # N, days: the stated date
    pays: Integers  # N, days: that date rolled to the next session
    outstanding: Integers  # N, shares
    held: Integers  # N, shares
    cap: Integers  # N, hundredths of a percent
    percent: Integers  # N, percent of the market price
    bids: Integers  # N x S, ten-thousandths of a dollar
    converts_on: Integers  # N x K, days in their order; 0 where a note has fewer conversions
    converts: Integers  # N x K, cents

    @property
    def dates(self) -> Integers:
        """The D days asked about."""
        return self.sessions[self.earlier :]

    @property
    def rows(self) -> int:
        """Notes times dates."""
        return len(self.principal) * len(self.dates)


@dataclass(frozen=True)
class Answers:
    """N x D each: cents, ten-billionths of a dollar a share, shares."""

    owed: Integers
    conversion_price: Integers
    allowed_shares: Integers


def make_book(notes: int, *, seed: int | list[int] = 2019, maturing: bool = False, conversions: int = 0) -> Book:
    """A book of this many notes over the sessions of 2019.

    With `maturing`, every note matures among them. Each note has up to so many conversions, each on a day of its
    own and of such a sum that interest is retired in full and all of them together leave principal; some are refused,
    since they need more shares than the cap leaves.
    """
    random = np.random.default_rng(seed)
    whole = random.integers
    dates = NYSE.sessions_between(FIRST, AFTER_LAST)
    sessions = days([*NYSE.sessions_before(dates[0], SESSIONS_EARLIER), *dates])
    first, last = sessions[SESSIONS_EARLIER], sessions[-1]
    issued = first - whole(1, 251, notes)
    matures = whole(first + 20, last - 20, notes) if maturing else last + whole(30, 396, notes)
    outstanding = whole(20_000_000, 3_000_000_000, notes)
    cap = random.choice(np.array([499, 599, 999]), notes)
    principal = whole(2_000_000, 25_000_001, notes)
    converts_on, converts = _conversions(random, principal, sessions[SESSIONS_EARLIER:], conversions)
    return Book(
        sessions=sessions,
        earlier=SESSIONS_EARLIER,
        principal=principal,
        rate=whole(400, 1_201, notes),
        issued=issued,
        matures=matures,
        pays=next_sessions(matures),
        outstanding=outstanding,
        # From none to a little more than the cap lets anyone hold.
        held=outstanding * cap // BASIS_POINTS * whole(0, 105, notes) // 100 * (whole(0, 3, notes) > 0),
        cap=cap,
        percent=random.choice(np.array([60, 65, 70]), notes),
        bids=_bids(random, notes, len(sessions)),
        converts_on=converts_on,
        converts=converts,
    )


def part(book: Book, notes: int) -> Book:
    """The first notes of a book."""
    columns = {name: column[:notes] for name, column in vars(book).items() if name not in ("sessions", "earlier")}
    return Book(sessions=book.sessions, earlier=book.earlier, **columns)


def days(dates: list[date]) -> Integers:
    """Days since 1970-01-01."""
    return np.array([day.toordinal() - EPOCH for day in dates])


def next_sessions(stated: Integers) -> Integers:
    """Each day itself where it is a session of the New York Stock Exchange, else the next one."""
    rolled = {day: NYSE.roll(date.fromordinal(int(day) + EPOCH), "following") for day in np.unique(stated)}
    return days([rolled[day] for day in stated])


def _bids(random: np.random.Generator, notes: int, sessions: int) -> Integers:
    """Random walks of 4 % a session from USD 0.002 to 2.00, never below the smallest quote."""
    walks = random.standard_normal((notes, sessions), dtype=np.float32)
    walks *= np.float32(0.04)
    walks[:, 0] = random.uniform(np.log(20), np.log(20_000), notes)
    np.cumsum(walks, axis=1, out=walks)
    np.exp(walks, out=walks)
    return np.maximum(walks, 1).astype(np.int64)


def _conversions(
    random: np.random.Generator, principal: Integers, dates: Integers, most: int
) -> tuple[Integers, Integers]:
    """Days and sums: from none to `most` for each note."""
    notes = len(principal)
    counts = random.integers(0, most + 1, notes)
    days_of = np.sort(random.permuted(np.tile(dates, (notes, 1)), axis=1)[:, :most], axis=1)
    sums = random.integers(50, 101, (notes, most)) * principal[:, None] // (100 * (most + 2))
    held = np.arange(most) < counts[:, None]
    return days_of * held, sums * held
