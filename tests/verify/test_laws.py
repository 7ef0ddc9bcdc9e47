"""Each law finds what it is there to find: a note whose terms are wrong in that one way."""

from datetime import date

from tenor.engine.checking.check import checked
from tenor.engine.exact.dimensions import price
from tenor.engine.exact.quantities import choose, given, whole_shares
from tenor.engine.running.view import SPLITS
from tenor.grammar.classes import evolve
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS
from tenor.terms.verify import laws
from tenor.terms.verify.case import Case
from tenor.terms.verify.drawing import Line
from tenor.terms.verify.invariants import applying
from tenor.terms.verify.verifying import verified

TEXT = """\
note "Example note" {
  issuer: "Example, Inc."
  holder: "Example Fund LP"
}
issued: 2019-02-22
principal: USD 100,000.00
maturity: 2020-02-21
interest: 8% per year
conversion {
  by:    holder at any time
  price: 65% of Market Price
}
define Market Price: average of the 3 lowest closing bids over the 10 trading days before conversion
ownership_cap: 4.99% of outstanding shares after conversion
"""
COMPOUNDED = TEXT.replace("interest: 8% per year", "interest: 8% per year { method: compounded monthly }")
EXAMPLES = 40


def note_of(text, term=None):
    terms = tuple(term if term is not None and each.keyword == term.keyword else each for each in TERMS)
    return checked(parse(Source("note.terms", text)), terms)


def found(term=None):
    """The laws broken by the note, where one of the terms is another."""
    note = note_of(TEXT, term)
    par = given(price("USD"), 0)  # nothing is below it, so that the floor is not in question
    outcome = verified(note, applying(note, par), EXAMPLES, 0)
    return {each.invariant.law for each in outcome.verdicts if each.broken}


def term(keyword):
    return next(each for each in TERMS if each.keyword == keyword)


def test_the_note_as_it_is_breaks_none():
    """What the laws say of the terms as they are."""
    assert found() == set()


def test_a_notice_of_which_the_excess_alone_is_refused():
    """One share more than is allowed is a notice for those that are."""
    note = note_of(TEXT.replace("conversion {", "conversion {\n  excess: refused alone"))
    outcome = verified(note, applying(note, given(price("USD"), 0)), EXAMPLES, 0)
    assert [each.invariant.law for each in outcome.verdicts if each.broken] == []


def test_a_cap_one_share_too_wide():
    """The holder may then take one share more than leaves him within the cap."""
    cap = term("ownership_cap")

    def wide(clause, view):
        return {name: room + whole_shares(1) for name, room in cap.questions["conversion_limit"](clause, view).items()}

    assert laws.cap_holds in found(evolve(cap, questions={"conversion_limit": wide}))


def test_a_cap_one_share_too_narrow():
    """The holder is then refused a share that would leave him within the cap."""
    cap = term("ownership_cap")

    def narrow(clause, view):
        return {name: room - whole_shares(1) for name, room in cap.questions["conversion_limit"](clause, view).items()}

    assert laws.cap_holds in found(evolve(cap, questions={"conversion_limit": narrow}))


def test_a_conversion_past_the_cap():
    """100,000 shares are 9 % of 1,100,000, which a cap twice as wide as 4.99 % lets through."""
    cap = term("ownership_cap")

    def twice(clause, view):
        return {name: room + room for name, room in cap.questions["conversion_limit"](clause, view).items()}

    note = note_of(
        TEXT.replace("65% of Market Price", "USD 0.05 per share"), evolve(cap, questions={"conversion_limit": twice})
    )
    day = date(2019, 8, 26)
    levels = (Line(note.issued, "outstanding 1,000,000 shares"), Line(note.issued, "held 0 shares"))
    broken = laws.cap_holds(Case(note, (*levels, Line(day, "convert 100,000 shares")), day))
    assert broken.how.startswith("the conversion of 2019-08-26 leaves ")
    assert broken.how.endswith(" under the cap")


def test_interest_that_becomes_principal_adds_up():
    """What is capitalised on 2019-03-22 leaves the sum of the balances as it was."""
    day = date(2019, 3, 25)
    case = Case(note_of(COMPOUNDED), (), day)
    assert [each.event.kind for each in case.said.history] == ["capitalisation"]
    assert laws.principal_adds_up(case) is None


def test_a_cap_that_only_answers():
    """A limit that answers heed and conversions do not: a notice for one more is carried out."""
    conversion = term("conversion")

    def heedless(clause, view):
        change = conversion.steps["conversion"](clause, view)
        asked = change.shown["asked"] / change.shown["price"]
        return evolve(change, shown={**change.shown, "shares": asked})

    assert laws.cap_holds in found(evolve(conversion, steps={"conversion": heedless}))


def test_a_payment_that_loses_its_rounding():
    """A cent that is neither applied nor given back."""
    payment = term("payment")

    def careless(clause, view):
        change = payment.steps["payment"](clause, view)
        shown = {**change.shown, "unapplied": change.shown["unapplied"] - change.shown["unapplied"]}
        return evolve(change, shown=shown)

    assert laws.payments_add_up in found(evolve(payment, steps={"payment": careless}))


def test_a_conversion_that_retires_nothing():
    """Shares are issued, and the balances stay."""
    conversion = term("conversion")

    def generous(clause, view):
        change = conversion.steps["conversion"](clause, view)
        state = {name: value for name, value in change.state.items() if name in ("outstanding", "held")}
        return evolve(change, state=state)

    assert laws.principal_adds_up in found(evolve(conversion, steps={"conversion": generous}))


def test_money_that_splits():
    """A principal counted on the basis of the shares of today."""
    principal = term("principal")

    def split(clause, view):
        return view.balances()["principal"] * view.state[SPLITS]

    assert laws.splits_change_no_money in found(evolve(principal, answers={"principal": split}))


def test_an_answer_below_zero():
    """A balance from which more is taken than there is."""
    principal = term("principal")

    def overdrawn(clause, view):
        balance = view.balances()["principal"]
        return balance - choose(balance.same_as(balance), balance + balance, balance)

    assert laws.never_below_zero in found(evolve(principal, answers={"principal": overdrawn}))


def test_an_allowance_past_its_limits():
    """As many shares as the whole balance buys, whatever the cap leaves."""
    conversion = term("conversion")
    answers = dict(conversion.answers)
    answers["allowed_shares"] = answers["full_conversion_shares"]
    assert {laws.allowed_is_least, laws.cap_holds} & found(evolve(conversion, answers=answers))
