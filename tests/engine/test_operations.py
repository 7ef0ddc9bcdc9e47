"""Operations and quantities by themselves: what no note happens to ask of them holds all the same."""

from datetime import date
from fractions import Fraction

import pytest

from tenor.engine.exact.budgets import spent
from tenor.engine.exact.dimensions import TRUTH
from tenor.engine.exact.operations import BITS_MAX, BITS_SAFE, TooBig, evaluate, is_long
from tenor.engine.exact.quantities import given
from tenor.engine.exact.values import Unknown
from tenor.engine.meaning.model import Shift
from tenor.engine.time.calendars import NYSE
from tenor.engine.time.daycounts import DAY_COUNTS
from tenor.engine.time.periods import Period

MISSING = Unknown(("a fact",))
THREE, ONE, TWO = Fraction(3), Fraction(1), Fraction(2)

STATISTICS = (
    (("last", 0, ""), 2),  # of 3, 1 and 2, in the order of their days
    (("lowest", 0, ""), 1),
    (("highest", 0, ""), 3),
    (("average", 0, ""), 2),
    (("median", 0, ""), 2),
    (("average", 2, "lowest"), Fraction(3, 2)),  # 1 and 2
    (("average", 2, "highest"), Fraction(5, 2)),  # 3 and 2
)


@pytest.mark.parametrize(("detail", "expected"), STATISTICS)
def test_statistic(detail: tuple[str, int, str], expected: Fraction) -> None:
    """Of 3, 1 and 2."""
    assert expected == evaluate("statistic", detail, (THREE, ONE, TWO))


def test_each_price_has_its_volume() -> None:
    """(3 × 1 + 1 × 3) / (1 + 3) = 3 / 2; with a volume too few there is no average."""
    assert evaluate("weighted average", None, (THREE, ONE, ONE, THREE)) == Fraction(3, 2)
    with pytest.raises(ValueError, match="longer"):
        evaluate("weighted average", None, (THREE, ONE, ONE))


TRUTHS = (
    # one, other, both, either
    (True, True, True, True),
    (True, False, False, True),
    (False, True, False, True),
    (False, False, False, False),
    (True, MISSING, MISSING, True),
    (MISSING, True, MISSING, True),
    (False, MISSING, False, MISSING),
    (MISSING, False, False, MISSING),
    (MISSING, MISSING, MISSING, MISSING),
)


@pytest.mark.parametrize(("one", "other", "both", "either"), TRUTHS)
def test_and_and_or(one: object, other: object, both: object, either: object) -> None:
    """One known false decides `and`, one known true decides `or`; `not` of what is unknown is unknown."""
    left, right = given(TRUTH, one), given(TRUTH, other)
    assert (both, either) == ((left & right).value, (left | right).value)
    assert (~left).value == (one if one is MISSING else not one)


def test_numbers_may_grow_to_the_limit_and_not_past_it() -> None:
    """2^32767 has 32,768 bits; twice as much has one more, and so has the denominator of a half of its inverse."""
    largest = Fraction(2 ** (BITS_MAX - 1))
    assert BITS_MAX == 32_768
    assert evaluate("add", None, (largest, Fraction(1))) == largest + 1
    assert evaluate("divide", None, (Fraction(1), largest)) == 1 / largest
    for operation, values in (("add", (largest, largest)), ("divide", (1 / largest, TWO))):
        with pytest.raises(TooBig, match="32,768 bits"):
            evaluate(operation, None, values)


def test_what_is_half_as_long_as_the_limit_is_safe() -> None:
    """2^16383 has 16,384 bits; a date and what is not known have no length."""
    safe = Fraction(2 ** (BITS_SAFE - 1))
    assert BITS_SAFE == 16_384
    assert [is_long(each) for each in (safe, 1 / safe, 2 * safe, 1 / (2 * safe), MISSING, 737_000)] == [
        *(False, False, True, True, False, False)
    ]


def test_the_lowest_of_some_that_are_known_is_the_most_it_can_be() -> None:
    """Of figures that are never negative: nothing is less than nothing, and else the least known one is a bound."""
    three, five = Fraction(3), Fraction(5)
    assert evaluate("lowest", None, (five, Fraction(0), MISSING)) == 0
    assert evaluate("lowest", None, (five, three, MISSING)) == Unknown(MISSING.needs, at_most=three)


def test_actual_days_over_a_fixed_number() -> None:
    """Of all conventions these two are the days from start to end over 365 or 360, and need no calendar or schedule."""
    assert {name for name, convention in DAY_COUNTS.items() if convention.is_actual} == {"actual/365", "actual/360"}


def test_a_date_past_the_end_of_a_calendar_is_unknown() -> None:
    """Five business days after Thursday, 30 December 2027 lie in 2028, which the calendar of New York does not know."""
    late = Shift(Period(5, "business days"), NYSE)
    needed = Unknown(("the calendar `NYSE` for 2028-01-01",))
    assert evaluate("shift", late, (date(2027, 12, 30).toordinal(),)) == needed


def test_a_number_that_nothing_compounded_is_cut_off_by_a_new_note() -> None:
    """No clause is to blame where none comes again and again."""
    told = spent(TooBig("a number grew past the limit of 4096 bits"), "note.terms")
    assert (told.code, told.file, told.help) == (
        "E501",
        "note.terms",
        "ask about an earlier day, or begin a new note from a statement of this one",
    )


BIDS = ("closing bid for 2019-08-12",)


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        (Unknown(BIDS), Unknown(BIDS), Unknown(BIDS)),
        (Unknown(BIDS, Fraction(1)), Unknown(BIDS, Fraction(2)), Unknown(BIDS, Fraction(2))),
        (Unknown(BIDS, Fraction(1)), Unknown(BIDS), Unknown(BIDS)),
        (Unknown(BIDS), Fraction(1), Unknown((*BIDS, "outstanding"))),
        (Fraction(1), Fraction(1), Fraction(1)),
    ],
)
def test_a_choice_that_nobody_knows(first: object, second: object, chosen: object) -> None:
    """What both wait for is wanted in either case, and of two bounds the higher one is certain."""
    assert evaluate("choose", None, (Unknown(("outstanding",)), first, second)) == chosen
