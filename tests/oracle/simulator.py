"""The simulator: a note from its first day on, one day at a time, with all that each day brings in its order.

It never jumps and never looks ahead: a day's facts are read on that day.
"""

from copy import copy
from datetime import date
from fractions import Fraction
from typing import Any

from .balances import Balances
from .calendar import DAY
from .conversion import convert, price_of
from .description import Case, Condition, Exception_, Fact, Lookback
from .market import Market
from .standing import NEVER, Standing, holds, leaves
from .terms import OF_INTEREST, Terms, amended, order_of
from .unknown import above, at_most, chosen, every, lacking, least, minus, ordered, some, times

KINDS = {
    "pay": "payment",
    "split": "split",
    "outstanding": "level",
    "held": "level",
    "exercisable": "level",
    "convert money": "conversion",
    "convert everything": "conversion",
    "convert shares": "conversion",
    "sold": "sale",
    "bankruptcy": "occurrence",
    "insolvency": "occurrence",
    "event": "occurrence",
    "acceleration": "occurrence",
    "notice": "notice",
    "cured": "ending",
    "waived": "ending",
}
LEVELS = ("outstanding", "held", "exercisable")
PARTS = ("fees", "interest", "principal")
ACTS = ("payment", "conversion", "sale")


class Simulator:
    """A note on the days that have been stepped through."""

    def __init__(self, case: Case) -> None:
        note = case.note
        self.terms = Terms(note)
        self.order = order_of(note)
        seen = known_by(case)
        self.market = Market(seen, self.terms.calendar, note.missing_quote)
        self.facts: dict[tuple[date, str], list[Fact]] = {}
        for fact in seen:
            if fact.what in KINDS:
                self.facts.setdefault((fact.day, KINDS[fact.what]), []).append(fact)
        self.amendments = {
            each.effective: each for each in note.amendments if case.known is None or each.effective <= case.known
        }
        first_day = min(note.issued, self.terms.start) if note.interest else note.issued
        self.day = first_day - DAY
        self.balances = Balances(self.terms, first_day)
        self.shares: dict[str, Any] = {name: lacking(name) for name in LEVELS}
        self.happened: set[Condition] = set()
        self.acceleration_noticed: date | None = None
        self.standings = {each.label: Standing(each) for each in note.defaults}
        self.matured = False
        self.fallen_due: Any = None  # what a projection found, until something happens
        self.balances.rate = self.rate()

    # ---- days --------------------------------------------------------------------------------------------------

    def until(self, day: date) -> None:
        """Step to the close of a day."""
        while self.day < day:
            self.day += DAY
            self._close()

    def _close(self) -> None:
        """All that a day brings; the day is counted first, and anew where its terms or its rate change."""
        self.balances.count(self.terms, self.day)
        self._morning()
        for kind in self.order:
            facts = self.facts.get((self.day, kind), ())
            match kind:
                case "amendment":
                    if self.day in self.amendments:
                        self._amend()
                case "maturity":
                    if self.day == self.terms.falls_due:
                        self._mature()
                case "capitalisation":
                    if self.terms.interest is not None and self.terms.compounds:
                        self.balances.capitalise(self.terms, self.day)
                case "default test":
                    for said in self.terms.note.defaults:
                        self.standings[said.label].test(said, *self._now())
                case "consequence":
                    self._consequences()
                case "rate change":
                    self.balances.set_rate(self.terms, self.rate(), self.day)
                case _:
                    for fact in facts:
                        self.fallen_due = None
                        getattr(self, f"_{kind}")(fact)
            if kind == "occurrence" and self.market.has_session(self.day):
                for said in self.terms.note.defaults:
                    self.standings[said.label].watch(said, self.terms, self.day, self.passes, self.market)

    def _morning(self) -> None:
        """What the day before left unpaid when it closed, as the terms of today have it."""
        terms = self.terms
        if self.day in self.amendments:
            terms = Terms(amended(terms.note, self.amendments[self.day]))
            for said in terms.note.defaults:
                self.standings[said.label].take_up(said, terms, self.day, self.passes, self.market)
        for said in terms.note.defaults:
            self.standings[said.label].morning(said, terms, self.day, self.balances.late(terms))

    def _now(self) -> tuple[Terms, date, Any]:
        return self.terms, self.day, self.balances.late(self.terms)

    def _amend(self) -> None:
        """New terms; what accrued under the old ones stays, and what is to be paid later is not due."""
        old = self.terms
        self.fallen_due = None
        change = self.amendments[self.day]
        self.terms = Terms(amended(old.note, change))
        if old.interest is not None and old.note.maturity != self.terms.note.maturity:
            self.balances.run_again(self.terms, self.day)
        if old.interest is not None and any(getattr(change, name) not in (None, ()) for name in OF_INTEREST):
            self.balances.uncount(old, self.day)
            self.balances.settle(old)
            if self.day <= old.start:  # no day was counted, and whether this one is, the new terms say
                self.balances.counted = min(self.balances.counted, self.day)
            self.balances.rate = self.rate()  # of all of this day
            self.balances.count(self.terms, self.day)
        if old.interest is None and self.terms.interest is not None:
            self.balances.rate = self.rate()  # it runs from this day on, also where the note falls due on it
        if old.note.maturity != self.terms.note.maturity and self.terms.payment_date > self.day:
            self.balances.due, self.matured = Fraction(0), False
            for standing in self.standings.values():
                standing.accelerated = NEVER
        for said in self.terms.note.defaults:
            self.standings[said.label].look_again(said, self.terms, self.day)

    def _mature(self) -> None:
        """Everything owed falls due, interest to its end included."""
        self.balances.count(self.terms, self.terms.end_of_interest)
        self.balances.settle(self.terms)
        self.balances.fall_due(self.terms, self.day)
        self.balances.due_since = self.day  # whatever was or was not accelerated before
        self.matured = True

    # ---- facts -------------------------------------------------------------------------------------------------

    def _split(self, fact: Fact) -> None:
        factor = Fraction(fact.amount) / fact.old
        self.shares = {name: times(count, factor) for name, count in self.shares.items()}

    def _level(self, fact: Fact) -> None:
        self.shares[fact.what] = fact.amount

    def _payment(self, fact: Fact) -> None:
        first = self.terms.note.order or ()
        # What the order does not name comes last.
        self.balances.pay(self.terms, fact.amount, (*first, *(part for part in PARTS if part not in first)))

    def _occurrence(self, fact: Fact) -> None:
        key = ("event", fact.label) if fact.what == "event" else (fact.what,)
        self.happened.add(key)
        if fact.what == "acceleration":
            self.acceleration_noticed = self.day
        for said in self.terms.note.defaults:
            self.standings[said.label].occur(said, self.terms, key, self.day)

    def _notice(self, fact: Fact) -> None:
        self.standings[fact.label].notice(self._said(fact.label), *self._now())

    def _ending(self, fact: Fact) -> None:
        self.standings[fact.label].end(self._said(fact.label), *self._now(), fact.what)

    def _conversion(self, fact: Fact) -> None:
        convert(self, fact)

    def _said(self, label: str) -> Any:
        return next(each for each in self.terms.note.defaults if each.label == label)

    def _sale(self, fact: Fact) -> None:
        held = self.shares["held"]
        self.shares["held"] = chosen(at_most(fact.amount, held), minus(held, fact.amount), held)

    def _consequences(self) -> None:
        """Acceleration at once, or on the holder's notice while the default continues."""
        for said in self.terms.note.defaults:
            standing = self.standings[said.label]
            noticed_today = self.acceleration_noticed == self.day
            if said.then is None or not (standing.looks(self.day) or noticed_today):
                continue
            # Each time that the event becomes a default it accelerates once; where that was undone, a notice does anew.
            last, noticed = standing.last_accelerated, self.acceleration_noticed
            fresh, continuing = some(above(last, self.day), above(standing.since, last)), standing.continuing(self.day)
            if said.then == "acceleration on notice":
                fresh = some(fresh, every(above(standing.accelerated, self.day), above(noticed or self.day, last)))
                continuing = every(continuing, False if noticed is None else at_most(standing.since, noticed))
            falls = every(continuing, fresh)
            self.balances.fall_due(self.terms, self.day, falls)
            standing.accelerated = chosen(falls, least(self.day, standing.accelerated), standing.accelerated)
            standing.last_accelerated = chosen(falls, self.day, last)

    # ---- conditions, rates and prices --------------------------------------------------------------------------

    def in_default(self) -> Any:
        return some(*(each.continuing(self.day) for each in self.standings.values()))

    def sees(self, leaf: Condition) -> Any:
        """Whether what a condition names is so today."""
        match leaf:
            case ("in default",):
                return self.in_default()
            case ("watched", _, _, count):
                sessions = self.market.window(Lookback("lowest", count, edge="through"), self.day)
                return every(*(self.passes(leaf, session) for session in sessions))
            case ("compared", Lookback() as look, order, level):
                return ordered(order, self.market.look_back(look, self.day), price_of(self, level))
            case ("compared", what, order, amount):
                balances = self.balances
                figure = balances.principal if what == "principal" else balances.interest(self.terms)
                return ordered(order, figure, amount)
            case ("late", by):
                return every(self.day > self.terms.moved(self.terms.payment_date, by), self.balances.late(self.terms))
        return leaf in self.happened

    def passes(self, leaf: Condition, session: date) -> Any:
        """Whether the closing bid of a session stands to a level as a condition has it."""
        _, order, (_, level, *day), _ = leaf
        note = self.terms.note
        kept = note.fixed_prices == "as written"
        bid, level = self.market.watched(level, day[0] if day else note.issued, session, kept)
        return ordered(order, bid, level)

    def excepted(self, base: Any, exceptions: tuple[Exception_, ...], read: Any) -> Any:
        """A value with its exceptions: each replaces what held before it."""
        for each in exceptions:
            instead = read(each.value, base)
            base = chosen(holds(each.when, self.sees), instead, base)
        return base

    def rate(self) -> Any:
        """The yearly rate: the note's, or that of a default while it continues."""
        interest = self.terms.interest
        if interest is None:
            return Fraction(0)
        rate = self.excepted(interest.rate, interest.exceptions, lambda written, prior: written)
        for said in self.terms.note.defaults:
            if said.rate is not None:
                rate = chosen(self.standings[said.label].continuing(self.day), said.rate, rate)
        return rate

    # ---- ahead -------------------------------------------------------------------------------------------------

    def due_at_maturity(self) -> Any:
        """What will fall due if nothing happens; once it has fallen due, what is left of it."""
        if self.matured or self.day >= self.terms.falls_due:
            return self.balances.due
        if self.fallen_due is None:
            ahead = self._copied()
            ahead.facts, ahead.amendments = {}, {}
            ahead.until(self.terms.falls_due - DAY)
            ahead.order = ahead.order[: ahead.order.index("maturity") + 1]
            ahead.until(self.terms.falls_due)
            self.fallen_due = ahead.balances.due
        return self.fallen_due

    def foresees_prices(self) -> bool:
        """Whether what falls due rests on prices to come, without which the engine lets stand what holds today."""
        if self.matured or self.day >= self.terms.falls_due:
            return False
        interest = self.terms.interest
        conditions = [each.when for each in (*self.terms.note.defaults, *(interest.exceptions if interest else ()))]
        seen = [leaf for each in conditions for leaf in leaves(each)]
        return any(leaf[0] == "watched" or (leaf[0] == "compared" and isinstance(leaf[1], Lookback)) for leaf in seen)

    def opened(self) -> "Simulator":
        """The next day without its payments, conversions and sales."""
        ahead = self._copied()
        day = self.day + DAY
        ahead.facts = {key: facts for key, facts in self.facts.items() if key[0] != day or key[1] not in ACTS}
        ahead.fallen_due = None
        ahead.until(day)
        return ahead

    def _copied(self) -> "Simulator":
        """Another that may go its own way."""
        other = copy(self)
        other.balances = copy(self.balances)
        other.balances.days = dict(self.balances.days)
        other.shares, other.happened = dict(self.shares), set(self.happened)
        other.standings = {label: each.copied() for label, each in self.standings.items()}
        return other


def known_by(case: Case) -> list[Fact]:
    """The facts that are known on the day asked for, all of them where none is; of two levels the later known."""
    seen = [fact for fact in case.facts if case.known is None or fact.known_from <= case.known]
    latest: dict[tuple[date, str], Fact] = {}
    for fact in seen:
        if fact.what in LEVELS:
            other = latest.get((fact.day, fact.what))
            if other is None or fact.known_from > other.known_from:
                latest[fact.day, fact.what] = fact
    return [fact for fact in seen if fact.what not in LEVELS or latest[fact.day, fact.what] is fact]
