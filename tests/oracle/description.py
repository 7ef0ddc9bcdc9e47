"""What a note says and what happened to it, as plain data: the one input of the simulator and of the writer.

None is "the note is silent". A condition and a price are nested tuples that start with a word:

    ("in default",)  ("event", "DTC chill")  ("bankruptcy",)  ("insolvency",)  ("late", period or None)
    ("not", c)  ("and", c, d)  ("or", c, d)
    ("watched", order, price, sessions)         `closing bid below USD 0.01 per share for 10 trading days`
    ("compared", what, order, amount or price)  what: "principal", "accrued interest" or a Lookback
    ("fixed", price)  ("percent", ratio, price)  ("lookback", Lookback)  ("lesser", p, q)  ("greater", p, q)
    ("minus", p, q)  ("otherwise",)

A period is a count and a unit, a moment a date or a period after the issue.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

Condition = tuple[Any, ...]
Price = tuple[Any, ...]
Period = tuple[int, str]


@dataclass(frozen=True)
class Lookback:
    """`average of the 3 lowest closing bids over the 10 trading days before conversion`."""

    statistic: str  # lowest, highest, average, median, last
    length: int
    unit: str = "trading days"
    edge: str = "before"  # before, through, ending on
    series: str = "closing bid"
    count: int = 0  # of so many lowest or highest
    among: str = ""
    anchor: date | None = None  # None: conversion


@dataclass(frozen=True)
class Exception_:
    """`price "chill": … when …`; each prevails over those written before it."""

    label: str
    value: Any
    when: Condition


@dataclass(frozen=True)
class Interest:
    rate: Fraction
    method: str | None = None  # simple, or compounded and a frequency
    day_count: str | None = None
    accrues_from: date | None = None
    days_counted: str | None = None
    frequency: str | None = None
    anchor: date | None = None
    exceptions: tuple[Exception_, ...] = ()


@dataclass(frozen=True)
class Conversion:
    price: Price
    by: str = "at any time"  # on or after, after, before, on or before, until fully paid, nobody
    moment: date | Period | None = None
    by_exceptions: tuple[Exception_, ...] = ()  # values as `by`, without a moment
    price_exceptions: tuple[Exception_, ...] = ()
    amount: str | None = None
    retires: str | None = None
    shares: str | None = None
    fraction: str | None = None
    excess: str | None = None
    market_quote: str | None = None


@dataclass(frozen=True)
class Cap:
    ratio: Fraction
    of: str = "after"  # outstanding shares after or before conversion
    rights: bool = False  # whether exercisable rights count
    at_the_cap: str | None = None
    exceptions: tuple[Exception_, ...] = ()  # values are a ratio and what it is of


@dataclass(frozen=True)
class Default:
    label: str
    when: Condition
    grace: Period | None = None
    cure: Period | None = None
    then: str | None = None  # acceleration, acceleration on notice
    rate: Fraction | None = None


@dataclass(frozen=True)
class Amendment:
    """New terms from a day on; None leaves what was."""

    effective: date
    maturity: date | None = None
    rate: Fraction | None = None
    day_count: str | None = None
    price: Price | None = None
    cap: Fraction | None = None
    method: str | None = None
    business_day: str | None = None
    order: tuple[str, ...] | None = None
    after_maturity: str | None = None
    interest_runs: str | None = None
    maturity_calendar: str | None = None
    days_counted: str | None = None
    anchor: date | None = None
    rate_exceptions: tuple[Exception_, ...] = ()  # each in the place of one with its label, or after all
    by: str | None = None  # as of a conversion, without a moment
    by_exceptions: tuple[Exception_, ...] = ()
    price_exceptions: tuple[Exception_, ...] = ()
    amount: str | None = None
    retires: str | None = None
    shares: str | None = None
    fraction: str | None = None
    excess: str | None = None
    market_quote: str | None = None
    rights: bool | None = None
    at_the_cap: str | None = None
    cap_exceptions: tuple[Exception_, ...] = ()
    when: Condition | None = None  # of the first event of default, as the rest
    grace: Period | None = None
    cure: Period | None = None
    then: str | None = None
    default_rate: Fraction | None = None


@dataclass(frozen=True)
class Note:
    issued: date
    principal: Fraction
    maturity: date
    interest: Interest | None = None
    calendar: str | None = None
    missing_quote: str | None = None
    fixed_prices: str | None = None
    same_day: tuple[str, str] | None = None
    business_day: str | None = None
    maturity_calendar: str | None = None
    interest_runs: str | None = None
    after_maturity: str | None = None
    order: tuple[str, ...] | None = None
    conversion: Conversion | str | None = None  # or "not allowed"
    cap: Cap | None = None
    defaults: tuple[Default, ...] = ()
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A line of a ledger. `what` is its words as docs/language.md lists them, `quote` for a price."""

    day: date
    what: str
    amount: Fraction | None = None
    label: str = ""
    old: Fraction | None = None  # of a split: old shares for new ones, which `amount` counts
    known: date | None = None  # None: on its day

    @property
    def known_from(self) -> date:
        return self.day if self.known is None else self.known


@dataclass(frozen=True)
class Case:
    """A note, its ledger, and the days it is asked about, as known on a day, before each day's acts or after them."""

    note: Note
    facts: tuple[Fact, ...]
    days: tuple[date, ...]
    known: date | None = None
    opened: bool = False
