"""Payments, conversions and capitalisation: no dollar appears, vanishes or is counted twice, after any sequence."""

from datetime import timedelta
from fractions import Fraction

from drawn import Case, promise, ready_to_run
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from properties.plain import ISSUED, converting, levels, plain
from strategies import cases

from tenor.engine.exact.values import Refused, Unknown
from tenor.terms.export.answers import plain_statement

CENT = Fraction(1, 100)


def known(*figures):
    return not any(isinstance(figure.value, Unknown | Refused) for figure in figures)


@promise(1 / 2, case=cases(acts=10))
def test_no_event_makes_or_loses_a_dollar(case):
    """8, 9. Of any note, each event takes from principal and interest what it says it took, and leaves the rest."""
    for applied in case.at(case.day + timedelta(days=200)).history:
        before, after = applied.before.balances(), applied.after.balances()
        if not known(*before.values(), *after.values()):
            continue
        gone = sum(each.value for each in before.values()) - sum(each.value for each in after.values())
        shown = {name: figure.value for name, figure in applied.change.shown.items()}
        match applied.event.kind:
            case "payment":
                assert gone == shown["applied"]
                assert shown["applied"] + shown["unapplied"] + shown["rounding"] == shown["paid"]
            case "conversion":
                retired = shown.get("retired", 0)
                assert gone == (0 if isinstance(retired, Refused) else retired)
            case "capitalisation":
                assert gone == 0
                assert after["principal"].value - before["principal"].value == shown["capitalised"]
            case _:
                assert gone == 0


@promise(1 / 2, case=cases(acts=10))
def test_no_balance_is_below_zero(case):
    """10. Whatever is paid, converted or asked, no balance falls below zero."""
    for applied in case.at(case.day + timedelta(days=200)).history:
        for figure in applied.after.balances().values():
            assert not known(figure) or figure.value >= 0


@promise(1 / 3, case=cases())
def test_what_is_shown_is_within_half_a_cent(case):
    """12. Cents are for showing: they lie within half a cent of the exact figure, which keeps its own."""
    stated = case.at()
    for name, shown in plain_statement(stated, ())["answers"].items():
        figure = stated[name].value
        if shown["kind"] == "money" and known(figure):
            assert Fraction(shown["exact"]) == figure.value
            assert abs(Fraction(shown["amount"]) - figure.value) <= CENT / 2


ORDERS = ("fees, interest, principal", "fees, principal, interest", "interest, principal", "principal, interest")
RETIRES = ("interest first", "principal first")
PRICE = Fraction(1, 100)


class Sequences(RuleBasedStateMachine):
    """8, 9, 10, 14, 39. Any sequence of payments and conversions, against a ledger of two balances kept by hand.

    Simple interest by actual/365 on the principal of each day; a payment or conversion goes in the declared order.
    """

    @initialize(
        rate=st.integers(0, 3_000),
        order=st.sampled_from(ORDERS),
        retires=st.sampled_from(RETIRES),
        kept=st.booleans(),
    )
    def begin(self, rate, order, retires, kept):
        self.rate = Fraction(rate, 10_000)
        self.order = [part for part in order.split(", ") if part != "fees"]
        self.retires = ["interest", "principal"] if retires == "interest first" else ["principal", "interest"]
        self.kept = kept
        self.clauses = (
            f"interest: {rate // 100}.{rate % 100:02}% per year {{ day_count: actual/365 }}",
            f"payment {{ order: {order} }}",
            converting("USD 0.0100 per share", f"retires: {retires}", *["fraction: kept on the note"] * kept),
        )
        self.day, self.converted_on, self.lines = ISSUED, None, list(levels(10**9, 0))
        self.balances = {"principal": Fraction(100_000), "interest": Fraction(0)}
        self.accrued, self.left, self.shares = Fraction(0), {"paid": Fraction(0), "converted": Fraction(0)}, 0

    def owed(self):
        return sum(self.balances.values())

    def take(self, amount, order, how):
        for part in order:
            taken = min(amount, self.balances[part])
            self.balances[part] -= taken
            self.left[how] += taken
            amount -= taken

    @rule(days=st.integers(1, 90))
    @precondition(lambda self: self.day < ISSUED + timedelta(days=1_200))
    def wait(self, days):
        interest = self.balances["principal"] * self.rate * days / 365
        self.balances["interest"] += interest
        self.accrued += interest
        self.day += timedelta(days=days)

    # Payments of a day come before its conversions.
    @precondition(lambda self: self.converted_on != self.day)
    @rule(cents=st.one_of(st.integers(1, 2_000_00), st.integers(1, 120_000_00)))
    def pay(self, cents):
        self.lines.append(f"{self.day} pay USD {cents // 100:,}.{cents % 100:02}")
        amount = cents * CENT
        self.take(self.owed() if amount == rounded(self.owed()) else amount, self.order, "paid")

    @precondition(lambda self: self.converted_on != self.day)
    @rule()
    def pay_everything(self):
        cents = int(rounded(self.owed()) / CENT)
        if cents:
            self.pay(cents)

    @rule(cents=st.integers(1, 60_000_00))
    def convert(self, cents):
        self.converted_on = self.day
        self.lines.append(f"{self.day} convert USD {cents // 100:,}.{cents % 100:02}")
        amount = cents * CENT
        asked = self.owed() if amount == rounded(self.owed()) else amount
        if asked <= self.owed():
            shares = asked // PRICE
            self.shares += shares
            self.take(min(asked, shares * PRICE) if self.kept else asked, self.retires, "converted")

    @rule(count=st.integers(1, 6_000_000))
    def convert_shares(self, count):
        self.converted_on = self.day
        self.lines.append(f"{self.day} convert {count:,} shares")
        if count * PRICE <= self.owed():
            self.shares += count
            self.take(count * PRICE, self.retires, "converted")

    def case(self):
        return plain(*self.clauses, lines=tuple(self.lines), day=self.day)

    @invariant()
    def as_kept_by_hand(self):
        if hasattr(self, "clauses"):
            case: Case = self.case()
            with ready_to_run(case):
                stated = case.at()
                assert stated["principal"].value.value == self.balances["principal"]
                assert stated["accrued_interest"].value.value == self.balances["interest"]
                assert 100_000 + self.accrued == self.owed() + sum(self.left.values())
                state = stated.outcome.view.state
                assert state["outstanding"].value == 10**9 + self.shares
                assert state["held"].value == self.shares


def rounded(amount):
    """To the cent, half up."""
    return (amount / CENT + Fraction(1, 2)) // 1 * CENT


Sequences.TestCase.settings = settings(max_examples=max(1, settings().max_examples // 6), stateful_step_count=12)
TestSequences = Sequences.TestCase


@promise(1 / 3, days=st.integers(1, 1_000), cents=st.integers(1, 200_000_00), order=st.sampled_from(ORDERS))
def test_a_payment_goes_in_the_declared_order(days, cents, order):
    """14. A later part is reduced only once nothing is left of those before it; together they take the payment."""
    day = ISSUED + timedelta(days=days)
    clauses = ("interest: 10% per year", f"payment {{ order: {order} }}")
    before = plain(*clauses, day=day).at()
    case = plain(*clauses, lines=(f"{day} pay USD {cents // 100:,}.{cents % 100:02}",), day=day)
    with ready_to_run(case):
        after = case.at()
        names = {"interest": "accrued_interest", "principal": "principal"}
        parts = [names[part] for part in order.split(", ") if part != "fees"]
        left = [after[part].value.value for part in parts]
        reduced = [before[part].value.value - rest for part, rest in zip(parts, left, strict=True)]
        assume(cents * CENT != rounded(before["owed"].value.value))
        assert sum(reduced) == min(cents * CENT, before["owed"].value.value)
        assert not reduced[1] or not left[0]
