"""The ends of what quantities, expressions and budgets do: what may not meet, what is fixed, what a limit says."""

from datetime import date
from fractions import Fraction

import pytest

from tenor.engine.exact.budgets import BUDGETS, spent
from tenor.engine.exact.dimensions import DATE, DAYS, RATE, RATIO, SHARES, TRUTH, YEARS, DimensionError, money, price
from tenor.engine.exact.quantities import choose, given, truth
from tenor.engine.exact.rounding import rounded_units
from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Unknown
from tenor.engine.meaning.expressions import (
    FIXED,
    Constant,
    Happened,
    LookBack,
    Named,
    NotFixed,
    Noun,
    Run,
    Stated,
    evaluate,
    holds,
)
from tenor.engine.meaning.phrases import Moment, said
from tenor.engine.time.calendars import CALENDARS, OutsideCalendar
from tenor.engine.time.periods import OutsideYears, Period
from tenor.engine.world.market import Market
from tenor.grammar.lexer import words_of
from tenor.grammar.source import Source
from tenor.terms import load

USD, EUR = money("USD"), money("EUR")
A_PRICE = price("USD")


@pytest.mark.parametrize(
    ("meet", "told"),
    [
        (lambda: given(USD, 5) * given(USD, 5), "means nothing"),
        (lambda: given(RATE, 5) / given(SHARES, 5), "means nothing"),
        (lambda: given(USD, 5) + given(EUR, 5), "do not mix"),
        (lambda: given(USD, 5) / given(EUR, 5), "do not mix"),
        (lambda: given(EUR, 5) / given(A_PRICE, 5), "do not mix"),
        (lambda: given(USD, 5) < given(SHARES, 5), "do not mix"),
        (lambda: choose(given(USD, 5), given(USD, 1), given(USD, 2)), "a condition is wanted"),
        (lambda: ~given(RATIO, 1), "a condition is wanted"),
    ],
)
def test_what_may_not_meet_says_so(meet, told):
    """Dollars times dollars are nothing, and no rate of exchange is guessed."""
    with pytest.raises(DimensionError, match=told):
        meet()


TRUTHS = {True: truth(True, "yes"), False: truth(False, "no"), None: given(TRUTH, Unknown(("a fact",)))}


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_signs_of_logic_are_those_of_three_values(left, right):
    """Kleene's: one false makes `and` false, one true makes `or` true, whatever is unknown."""
    both = False if left is False or right is False else None if None in (left, right) else True
    some = True if left is True or right is True else None if None in (left, right) else False
    assert settled(TRUTHS[left] & TRUTHS[right]) is both
    assert settled(TRUTHS[left] | TRUTHS[right]) is some


def settled(quantity):
    return None if isinstance(quantity.value, Unknown) else quantity.value


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OutsideYears(), "E504"),
        (OutsideCalendar("NYSE", date(2029, 1, 2), date(1990, 1, 2), date(2027, 12, 31)), "E506"),
    ],
)
def test_every_budget_has_a_code(error, code):
    """And words of its own."""
    assert isinstance(error, BUDGETS)
    assert spent(error, "note.terms").code == code


@pytest.mark.parametrize(
    ("dimension", "value", "words"),
    [(DAYS, 30, "30 days"), (YEARS, Fraction(2), "2 years"), (YEARS, Fraction(1, 4), "1/4 of a year")],
)
def test_stretches_of_time_are_spelt_exactly(dimension, value, words):
    """A quarter of a year is no number of days."""
    assert spelt(given(dimension, value)) == words


def test_only_literals_and_definitions_are_fixed():
    """Whatever looks at a market, a ledger or another clause says what it would need."""
    model = load("tests/book/weekdays.terms").note.versions[0]
    [(look_back, _)] = model.definitions.values()
    with pytest.raises(NotFixed, match="closing bid"):
        evaluate(Named("Market Price", look_back), FIXED)
    assert evaluate(Named("Par", Constant(given(A_PRICE, 2))), FIXED).value == 2
    late = said(tokens("payment is late"), ("payment is late",))
    conditions = [Happened("bankruptcy"), Stated(late), Run("closing bid", "below", given(A_PRICE, 1), 10)]
    for condition in conditions:
        with pytest.raises(NotFixed, match=r"bankruptcy|payment is late|closing bid"):
            holds(condition, FIXED)
    with pytest.raises(NotFixed, match="outstanding shares"):
        evaluate(Noun("outstanding shares"), FIXED)


def test_a_model_knows_no_figure_date_or_reading_by_another_name():
    """Whoever asks for one that the note has not, learns which."""
    note = load("tests/book/weekdays.terms").note
    for ask in (note.versions[0].noun, note.versions[0].date_of, lambda name: note.read_as({name: "simple"})):
        with pytest.raises(KeyError, match="moon"):
            ask("full moon")


def tokens(text):
    return words_of(Source("words", text), 100).tokens


@pytest.mark.parametrize("words", ["5 days after 3 days after 2019-01-02", "5 days after USD 5.00"])
def test_a_date_is_one_step_from_another(words):
    """A step from a step, or from what is no date, is none."""
    assert said(tokens("5 days after 2019-01-02"), ("{moment}",))["moment"] == Moment(
        date(2019, 1, 2), Period(5, "days"), False
    )
    assert said(tokens(words), ("{moment}",)) is None


def test_a_market_by_itself_takes_quotes_as_they_are():
    """Where no clause says what stands in for a missing one or what splits do: it is unknown, and cites nothing."""
    day = date(2019, 1, 3)
    market = Market({}, (), CALENDARS["NYSE"], "USD", date(2019, 1, 2), day)
    last = LookBack("last", "closing bid", Period(1, "trading days"), "before", "conversion")
    found = market.look_back(last, given(DATE, date(2019, 1, 3).toordinal()))
    assert (found.value, found.cites) == (Unknown(("closing bid for 2019-01-02",)), ())
    run = market.run_now(Run("closing bid", "below", given(A_PRICE, 1), 1), given(DATE, day.toordinal()))
    assert run.value == Unknown(("closing bid for 2019-01-03",))


def test_a_rule_of_rounding_has_a_name():
    with pytest.raises(KeyError, match="sideways"):
        rounded_units(1, 2, "sideways")


def test_a_calendar_is_known_for_its_years():
    """And says which, where it is asked beyond them."""
    with pytest.raises(OutsideCalendar, match="`NYSE` is known from 1990"):
        CALENDARS["NYSE"].is_session(date(2050, 1, 3))
