"""What the second reckoning of tests/oracle found: one row for each thing the engine had wrong.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to Thursday 2020-01-02 (conftest.py): USD 110,000.00 is due.
"""

from fractions import Fraction

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.engine.running.statement import Statement

DAILY = Fraction(10_000, 365)  # interest of a day at 10%


def test_two_defaults_may_bring_one_rate(asked) -> None:
    """Two events of default that bring the same rate agree, however it is spelt: 100 days at 10%, 100 at 20%."""
    defaults = (
        'default "report" { when: event "late report"  rate: 20% per year }',
        'default "chill" { when: event "DTC chill"  rate: 20.0% per year }',
    )
    lines = ['2019-04-12 event "late report"', '2019-05-12 event "DTC chill"']
    assert asked("2019-07-21", *defaults, lines=lines)["accrued_interest"].value.value == (100 + 2 * 100) * DAILY


def test_the_last_quote_of_a_window_needs_no_other(asked) -> None:
    """`last closing bid over the 5 trading days` is the fifth, whatever became of the four before it."""
    price = "last closing bid over the 5 trading days before conversion"
    conversion = f"conversion {{ by: holder at any time  price: {price} }}"
    stated = asked("2019-03-11", conversion, lines=["2019-03-08 closing bid USD 0.011 per share"])
    assert spelt(stated["conversion_price"].value) == "USD 0.011 per share"
    assert asked("2019-03-11", conversion)["conversion_price"].value.value.needs == ("closing bid for 2019-03-08",)


# ---- events of default that end and happen again -----------------------------------------------------------------

REPORT = 'default "report" { when: event "late report"  rate: 20% per year }'
PAYMENT = 'default "payment" { when: payment is late }'


def standing(stated: Statement) -> list[str]:
    """Where the first written event of default stands, and since when it is one."""
    _, row = stated["defaults"].rows[0]
    return [spelt(row["state"]), spelt(row["since"])]


@pytest.mark.parametrize("how", ["cured", "waived"])
def test_what_is_mended_before_it_happens_happens_all_the_same(asked, how: str) -> None:
    """A cure or a waiver is of what has begun; it bars nothing that comes later."""
    lines = [f'2019-03-01 {how} "report"', '2019-04-12 event "late report"']
    assert standing(asked("2019-07-21", REPORT, lines=lines)) == ["default continuing", "2019-04-12"]
    late = asked("2020-01-03", PAYMENT, lines=[f'2020-01-02 {how} "payment"'])
    assert standing(late) == ["default continuing", "2020-01-03"]


def test_what_was_cured_may_happen_again(asked) -> None:
    """Ten days at 20% from the first late report to its cure, and ten more from the second one."""
    lines = [
        '2019-04-12 event "late report"',
        '2019-04-22 cured "report"',
        '2019-07-01 event "late report"',
    ]
    assert standing(asked("2019-06-30", REPORT, lines=lines)) == ["cured", "2019-04-12"]
    stated = asked("2019-07-11", REPORT, lines=lines)  # the 190th day
    assert standing(stated) == ["default continuing", "2019-07-01"]
    assert stated["accrued_interest"].value.value == (190 + 10 + 10) * DAILY


def test_a_waived_and_extended_note_is_late_again(asked) -> None:
    """Late on 2020-01-03, waived and extended a month later, and unpaid on the new date as well."""
    extended = 'amendment "First" { effective: 2020-02-03  maturity: 2020-07-02 }'
    waived = ['2020-02-03 waived "payment"']
    assert standing(asked("2020-07-02", PAYMENT, extended, lines=waived)) == ["waived", "2020-01-03"]
    assert standing(asked("2020-07-03", PAYMENT, extended, lines=waived)) == ["default continuing", "2020-07-03"]


@pytest.mark.parametrize("default", [PAYMENT, 'default "payment" { when: payment is late  cure: 1 day after notice }'])
def test_a_conversion_of_all_that_is_due_leaves_nothing_late(asked, default: str) -> None:
    """What is late is what is unpaid when the day closes: a conversion of that day counts as a payment does."""
    clauses = ("conversion { by: holder at any time  price: USD 0.01 per share }", default)
    lines = ['2020-01-03 notice "payment"', f"{'2020-01-04' if 'cure' in default else '2020-01-02'} convert everything"]
    assert standing(asked("2020-02-03", *clauses, lines=lines)) == ["not tripped", "never"]


def test_grace_runs_before_the_notice_is_awaited(asked) -> None:
    """With days of grace and a cure after notice the one comes before the other."""
    default = 'default "report" { when: event "late report"  grace: 5 days  cure: 10 days after notice }'
    lines = ['2019-04-12 event "late report"']
    assert standing(asked("2019-04-17", default, lines=lines)) == ["grace running", "never"]
    assert standing(asked("2019-04-18", default, lines=lines)) == ["notice awaited", "never"]


# ---- what falls due ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2019-07-01", "2020-01-02"])
def test_what_an_unpaid_note_would_accelerate_is_not_yet_due(asked, day: str) -> None:
    """The sum at maturity is that of maturity, whatever comes due later because it is not paid: no 366th day in it."""
    default = 'default "payment" { when: payment is late  then: acceleration }'
    assert asked(day, default)["due_at_maturity"].value.value == 110_000
