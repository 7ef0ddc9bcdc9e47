"""What is owed: principal, interest summed day by day, and what of it is due.

A day bears the rate that applies on it, and where the last day counts the principal with which it began. Interest of a
stretch with one principal and one rate is their product with the years that its days make; a change of either ends
the stretch.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from .calendar import DAY, period_with
from .day_counts import ADDING, parts_of_the_year, stretch
from .terms import Terms
from .unknown import above, applied, at_most, chosen, every, known, least, minus, most, negated, plus, times

CENT = Fraction(1, 100)


def to_the_cent(amount: Any) -> Any:
    """Half up."""
    return applied(lambda exact: (exact / CENT + Fraction(1, 2)) // 1 * CENT, amount)


class Balances:
    """The account of a note. `rate` is what interest runs at; `counted` the first day not yet counted."""

    def __init__(self, terms: Terms, first_day: date) -> None:
        self.principal: Any = terms.note.principal
        self.settled: Any = Fraction(0)  # unpaid interest of stretches that are over
        self.due: Any = Fraction(0)
        self.due_since: Any = date.max  # when what is due fell due
        self.rate: Any = Fraction(0)
        self.counted = first_day
        self.days: dict[int, int] = {}  # of the running stretch: how many days bear so many parts of a year
        self.began: date | None = None  # the first day of the running stretch

    def count(self, terms: Terms, through: date) -> None:
        """Count the days up to one, itself taken in where the last day counts."""
        if terms.interest is None:
            return
        end = through + DAY if terms.last_counts else through
        while self.counted < end:
            day = self.counted
            if day < terms.start or (day == terms.start and not terms.first_counts) or not terms.bears(day):
                if self.began is not None:
                    self.settle(terms)
                    self.began = None
            else:
                self.began = self.began or day
                self._count(terms, day)
            self.counted += DAY

    def _count(self, terms: Terms, day: date, by: int = 1) -> None:
        if terms.day_count in ADDING:
            parts = parts_of_the_year(terms.day_count, day, terms.calendar, terms.anchor, terms.frequency)
            if parts:
                self.days[parts] = self.days.get(parts, 0) + by

    def interest(self, terms: Terms) -> Any:
        """Interest unpaid."""
        if terms.interest is None or self.began is None:
            return self.settled
        if terms.day_count in ADDING:
            years = sum((Fraction(days, parts) for parts, days in self.days.items()), Fraction(0))
        else:
            years = stretch(terms.day_count, self.began, self.counted, terms.note.maturity)
        return plus(self.settled, times(times(self.principal, self.rate), years))

    def settle(self, terms: Terms) -> None:
        """End the stretch: what accrued stays, and counting starts anew."""
        self.settled = self.interest(terms)
        self.days = {}
        if self.began is not None:
            self.began = self.counted

    def owed(self, terms: Terms) -> Any:
        return plus(self.principal, self.interest(terms))

    def set_rate(self, terms: Terms, rate: Any, day: date) -> None:
        """From a day on, that day included."""
        if rate != self.rate:
            self.uncount(terms, day)
            self.settle(terms)
            self.rate = rate
            self.count(terms, day)

    def uncount(self, terms: Terms, day: date) -> None:
        """Let the day that was counted last be counted anew, unless its stretch is over."""
        if self.began is not None and self.began <= day and self.counted == day + DAY:
            self._count(terms, day, -1)
            self.counted = day

    def run_again(self, terms: Terms, day: date) -> None:
        """Extended after its interest has stopped, a note runs anew from the day, which counts as a first one."""
        if self.began is None and terms.start < day and self.counted in (day, day + DAY):
            self.counted = day if terms.first_counts else day + DAY
            self.count(terms, day)

    def capitalise(self, terms: Terms, day: date) -> None:
        """On a day that ends a period, its interest becomes principal."""
        assert terms.compounds is not None
        if terms.start < day <= terms.note.maturity and period_with(day, terms.anchor, terms.compounds)[0] == day:
            self.settle(terms)
            self.principal, self.settled = plus(self.principal, self.settled), Fraction(0)

    def discharge(self, terms: Terms, amount: Any, order: Iterable[str], happens: Any = True) -> None:
        """Take an amount from the parts in their order, if it happens."""
        if happens is False:
            return
        interest, left, total = self.interest(terms), amount, Fraction(0)
        taken = {"interest": Fraction(0), "principal": Fraction(0)}
        for part in order:
            if part in taken and (part == "principal" or terms.interest is not None):
                taken[part] = least(left, interest if part == "interest" else self.principal)
                left, total = minus(left, taken[part]), plus(total, taken[part])
        principal = chosen(happens, minus(self.principal, taken["principal"]), self.principal)
        unpaid = chosen(happens, minus(interest, taken["interest"]), interest)
        if principal != self.principal:
            self.settle(terms)
            self.principal = principal
        # What is left unpaid is the settled interest and that of the running stretch.
        self.settled = minus(unpaid, minus(self.interest(terms), self.settled)) if known(unpaid) else unpaid
        still_due = most(minus(self.due, total), Fraction(0))
        some_cents = above(to_the_cent(still_due), 0)
        if self.due != 0:  # of nothing nothing is due, whatever is paid
            self.due = chosen(happens, chosen(some_cents, still_due, Fraction(0)), self.due)

    def fall_due(self, terms: Terms, day: date, happens: Any = True) -> None:
        """All that is owed; since that day, unless something is due and unpaid already."""
        owed = self.owed(terms)
        self.due_since = chosen(every(happens, negated(self.unpaid())), day, self.due_since)
        self.due = chosen(happens, chosen(above(to_the_cent(owed), 0), owed, Fraction(0)), self.due)

    def unpaid(self) -> Any:
        return above(self.due, 0)

    def late(self, terms: Terms) -> Any:
        """Whether something is unpaid that fell due by the payment date, and not by an acceleration after it."""
        return every(self.unpaid(), at_most(self.due_since, terms.payment_date))

    def pay(self, terms: Terms, paid: Fraction, order: tuple[str, ...]) -> None:
        """A payment of what is owed, to the cent, is a payment of all of it."""
        owed = self.owed(terms)
        exact = every(applied(lambda sum_: to_the_cent(sum_) == paid, owed))
        self.discharge(terms, chosen(exact, owed, least(paid, owed)), order)
