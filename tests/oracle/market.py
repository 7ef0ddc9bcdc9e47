"""Quotes, as they may be read for an answer of one day, and the prices and look-backs that are made of them."""

from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from .calendar import DAY, is_open, last_open
from .description import Fact, Lookback
from .unknown import Unknown, applied, joined, known, lacking


class Market:
    """The quotes and splits of a ledger; each question says on which day it is asked, and sees nothing later."""

    def __init__(self, facts: tuple[Fact, ...], calendar: str, missing: str | None) -> None:
        self.calendar = calendar
        self.falls_back = missing == "last quote before"
        self.quotes = {(fact.label, fact.day): fact.amount for fact in facts if fact.what == "quote"}
        self.days: dict[str, list[date]] = {}
        for series, day in sorted(self.quotes):
            self.days.setdefault(series, []).append(day)
        self.splits = [(fact.day, Fraction(fact.old) / fact.amount) for fact in facts if fact.what == "split"]

    def quote(self, series: str, day: date, asked: date) -> Any:
        """A day's quote on the basis of the day asked about."""
        written = self.quotes.get((series, day)) if day <= asked else None
        if written is None and self.falls_back and day <= asked:
            earlier = [other for other in self.days.get(series, ()) if other < day]
            if earlier:
                return self.quote(series, earlier[-1], asked)
        return lacking(f"{series} for {day}") if written is None else self.restated(written, day, asked)

    def restated(self, price: Fraction, since: date, asked: date) -> Fraction:
        """A price of one day in the shares of another: a share after 1 for 10 is ten before it."""
        for day, old_for_new in self.splits:
            if since < day <= asked:
                price *= old_for_new
        return price

    def has_session(self, day: date) -> bool:
        return is_open(self.calendar, day)

    def watched(self, price: Fraction, priced: date, day: date, kept: bool) -> tuple[Any, Fraction]:
        """The closing bid of a day and the price that it meets, of another; one that is `kept` is not restated."""
        bid = self.quote("closing bid", day, day)
        if kept or day >= priced:
            return bid, price if kept else self.restated(price, priced, day)
        return applied(lambda exact: self.restated(exact, day, priced), bid), price

    def window(self, look: Lookback, asked: date) -> list[date]:
        """The sessions that a look-back speaks of, oldest first."""
        end = look.anchor or asked
        last = end - DAY if look.edge == "before" else end
        if look.unit == "days":
            days = (last - n * DAY for n in reversed(range(look.length)))
            return [day for day in days if is_open(self.calendar, day)]
        sessions = [last if is_open(self.calendar, last) else last_open(self.calendar, last)]
        while len(sessions) < look.length:
            sessions.append(last_open(self.calendar, sessions[-1]))
        return sessions[::-1]

    def look_back(self, look: Lookback, asked: date) -> Any:
        """The statistic of the window; a session without its quote is a missing fact."""
        quotes = [self.quote(look.series, day, asked) for day in self.window(look, asked)]
        if not quotes:
            return lacking("a window with a session in it")
        if not known(*quotes):
            # The last of a window is known whatever came before it.
            return quotes[-1] if look.statistic == "last" and not look.among else joined(*quotes)
        if look.among:
            quotes = sorted(quotes, reverse=look.among == "highest")[: look.count]
        match look.statistic:
            case "lowest":
                return min(quotes)
            case "highest":
                return max(quotes)
            case "average":
                return sum(quotes, Fraction(0)) / len(quotes)
            case "median":
                return Fraction(median(quotes))
            case "last":
                return quotes[-1]
        raise AssertionError(look.statistic)


def of_both(which: str, first: Any, second: Any) -> Any:
    """The lesser or the greater of two prices: the lesser is bounded by what is known, the greater waits for both."""
    if which == "greater":
        return applied(max, first, second)
    told = [price for price in (first, second) if known(price)]
    return min(told) if len(told) == 2 else Unknown(joined(first, second).needs, told[0] if told else None)
