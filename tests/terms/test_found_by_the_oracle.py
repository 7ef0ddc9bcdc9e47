"""What the second reckoning of tests/oracle found: one row for each thing the engine had wrong.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to Thursday 2020-01-02 (conftest.py): USD 110,000.00 is due.
"""

from fractions import Fraction

import pytest
from standing import standing

from tenor.engine.exact.spelling import spelt
from tenor.grammar.diagnostics import NoteErrors

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


def test_what_another_maturity_date_undid_is_not_accelerated_again(asked) -> None:
    """The second record of an event that is a default already changes nothing, whenever its grace is over."""
    default = 'default "chill" { when: event "DTC chill"  grace: 20 days  then: acceleration }'
    extended = 'amendment "First" { effective: 2019-05-10  maturity: 2020-07-02 }'
    lines = ['2019-04-01 event "DTC chill"', '2019-05-01 event "DTC chill"']
    stated = asked("2019-07-01", default, extended, lines=lines)
    assert standing(stated) == ["default continuing", "2019-04-22"]
    assert stated["status"].value.value == "in default"


def test_a_notice_after_another_maturity_date_accelerates_anew(asked) -> None:
    """The holder may accelerate a default that continues again."""
    default = 'default "chill" { when: event "DTC chill"  then: acceleration on notice }'
    extended = 'amendment "First" { effective: 2019-05-10  maturity: 2020-07-02 }'
    lines = ['2019-04-01 event "DTC chill"', "2019-04-02 acceleration"]
    assert standing(asked("2019-07-01", default, extended, lines=lines)) == ["default continuing", "2019-04-01"]
    again = asked("2019-07-01", default, extended, lines=[*lines, "2019-06-03 acceleration"])
    assert standing(again) == ["accelerated", "2019-04-01"]


@pytest.mark.parametrize(
    "written", ["maturity.business_day: preceding", "maturity.after_maturity: no interest", "maturity: 2020-01-02"]
)
def test_what_sets_no_other_maturity_undoes_no_acceleration(asked, written: str) -> None:
    """What was accelerated on 2019-04-01 is due, whatever else of the maturity an amendment writes."""
    default = 'default "chill" { when: event "DTC chill"  then: acceleration }'
    amended = f'amendment "First" {{ effective: 2019-05-10  {written} }}'
    stated = asked("2019-07-01", default, amended, lines=['2019-04-01 event "DTC chill"'])
    assert standing(stated) == ["accelerated", "2019-04-01"]
    assert stated["status"].value.value == "accelerated"


# ---- events of default that end and happen again -----------------------------------------------------------------

REPORT = 'default "report" { when: event "late report"  rate: 20% per year }'
PAYMENT = 'default "payment" { when: payment is late }'


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


@pytest.mark.parametrize("order", ["principal", "interest", "fees"])
def test_a_payment_goes_on_to_what_the_order_leaves_out(asked, order: str) -> None:
    """All of 110,000.00 is paid: nothing of it is lost because only one part is named."""
    clause = f"payment: principal and interest at maturity {{ order: {order} }}"
    stated = asked("2020-01-02", clause, lines=["2020-01-02 pay USD 110,000.00"])
    assert spelt(stated["owed"].value) == "USD 0.00"


def test_a_grace_that_an_amendment_shortens_is_over_when_that_takes_effect(asked) -> None:
    """12 business days from Monday 2019-01-28 end on 13 February; 4 of them ended on the 1st, before the amendment.

    So it is a default on the day that the amendment takes effect, with its higher rate from then: to 2019-02-18,
    100,000 x (10% x 38 + 20% x 9) / 365.
    """
    default = 'default "insolvency" { when: insolvency  grace: 12 business days  rate: 20% per year }'
    sooner = 'amendment "First" { effective: 2019-02-09  default "insolvency" { grace: 4 business days } }'
    lines = ["2019-01-28 insolvency"]
    assert standing(asked("2019-02-08", default, sooner, lines=lines)) == ["grace running", "never"]
    assert standing(asked("2019-02-09", default, sooner, lines=lines)) == ["default continuing", "2019-02-02"]
    later = asked("2019-02-18", default, sooner, lines=lines)
    assert standing(later) == ["default continuing", "2019-02-02"]
    assert later["accrued_interest"].value.value == Fraction(100_000 * (10 * 38 + 20 * 9), 36_500)


def test_a_price_that_is_watched_is_restated_by_splits(asked) -> None:
    """Below a cent for three sessions: after a split of 1 for 10 that is below ten cents, as any price of the terms."""
    watched = 'default "price" { when: closing bid below USD 0.01 per share for 3 trading days }'
    bids = ("0.02", "0.009", "0.08", "0.09", "0.2")  # of 2019-01-02, 3, 4, 7 and 8; the split is of the 4th
    days = ("2019-01-02", "2019-01-03", "2019-01-04", "2019-01-07", "2019-01-08")
    lines = [f"{day} closing bid USD {bid} per share" for day, bid in zip(days, bids, strict=True)]
    lines.append("2019-01-04 split 1 for 10")
    assert standing(asked("2019-01-08", watched, lines=lines)) == ["default continuing", "2019-01-07"]
    note = 'note "Variant" { issuer: "E"  holder: "F"  calendar: NYSE  fixed_prices: as written }'
    assert standing(asked("2019-01-08", note, watched, lines=lines)) == ["not tripped", "never"]


# ---- what falls due ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2019-07-01", "2020-01-02"])
def test_what_an_unpaid_note_would_accelerate_is_not_yet_due(asked, day: str) -> None:
    """The sum at maturity is that of maturity, whatever comes due later because it is not paid: no 366th day in it."""
    default = 'default "payment" { when: payment is late  then: acceleration }'
    assert asked(day, default)["due_at_maturity"].value.value == 110_000


def test_a_maturity_payable_before_its_amendment_is_an_error(asked) -> None:
    """Saturday 2019-06-15 is paid on the Friday before, a day before the terms that say so: it would never fall due."""
    amended = 'amendment "First" { effective: 2019-06-15  maturity: 2019-06-15 }'
    with pytest.raises(NoteErrors) as caught:
        asked("2019-07-01", "maturity: 2020-01-02 { business_day: preceding }", amended)
    assert [each.message for each in caught.value.diagnostics] == [
        "an amendment in force from 2019-06-15 sets the maturity to 2019-06-15, payable on 2019-06-14"
    ]


def test_what_is_paid_is_not_late_whatever_a_conversion_comes_to(asked) -> None:
    """The 110,000.00 were paid; a conversion of the interest since then waits for a bid, and nothing of it is due."""
    clauses = (
        "conversion { by: holder at any time  price: lowest closing bid over the 1 trading day before conversion }",
        'default "payment" { when: payment is late  grace: 10 days }',
    )
    lines = ["2020-01-08 pay USD 110,000.00", "2020-01-09 convert 1 shares"]
    stated = asked("2020-02-03", *clauses, lines=lines)
    assert standing(stated) == ["not tripped", "never"]
    assert stated["principal"].value.value.needs == ("closing bid for 2020-01-08",)


# ---- rates that rest on conditions -------------------------------------------------------------------------------

RATE = "interest: 10% per year { day_count: actual/365 }"


def test_an_exception_to_the_rate_may_hold_from_the_start(asked) -> None:
    """5% as long as it is not listed: 100 days of that, then 10%."""
    clauses = (f'{RATE}\ninterest "unlisted": 5% per year when not event "listing"',)
    stated = asked("2019-07-21", *clauses, lines=['2019-04-12 event "listing"'])
    assert stated["accrued_interest"].value.value == 50 * DAILY + 100 * DAILY


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ([], 365 + 1 + 2 * 29),  # late from 2020-01-03, unpaid on 2020-02-01
        # Paid on the 13th: 10 days at 20% on 100,000. The payment leaves 575.34… of principal: 110,575.34… were owed.
        (["2020-01-13 pay USD 110,000.00"], Fraction(57_534, 10_000_000)),
    ],
)
def test_an_exception_to_the_rate_for_a_late_payment(asked, lines: list[str], days: int | Fraction) -> None:
    """20% while payment is late, and 10% again once what was due is paid."""
    clauses = (f'{RATE}\ninterest "late": 20% per year when payment is late',)
    stated = asked("2020-02-01", *clauses, lines=lines)
    if not lines:
        assert stated["accrued_interest"].value.value == days * DAILY
    else:
        left = 110_000 + (1 + 2 * 10) * DAILY - 110_000
        assert stated["principal"].value.value == left
        assert stated["accrued_interest"].value.value == left * Fraction(1, 10) * Fraction(19, 365)


def test_what_is_accelerated_after_the_payment_date_is_no_late_payment(asked) -> None:
    """What fell due on 2020-01-02 was paid within the grace; 3.01 of interest since then leaves 2.01 of principal.

    That falls due by the acceleration, a month later. The bankruptcy of 5 February is a default on the 16th, as it
    was to be, and not one of January; and no rate of late payments begins.
    """
    clauses = (
        f'{RATE}\ninterest "late": 20% per year when payment is late',
        'default "payment" { when: payment is late or bankruptcy  grace: 10 days }',
        'default "report" { when: event "late report"  then: acceleration on notice }',
    )
    lines = ["2020-01-02 pay USD 109,000.00", "2020-01-08 pay USD 1,001.00"]
    lines += ['2020-02-01 event "late report"', "2020-02-05 bankruptcy", "2020-02-10 acceleration"]
    paid = asked("2020-01-20", *clauses, lines=lines)
    left = 1_000 + Fraction(1_000 * (10 * 1 + 20 * 5), 36_500) - 1_001  # 1 day at 10%, 5 of a late payment
    assert paid["principal"].value.value == left
    for day, expected in {
        "2020-01-03": ["grace running", "never"],
        "2020-01-20": ["not tripped", "never"],
        "2020-02-09": ["grace running", "never"],
        "2020-02-10": ["grace running", "never"],
        "2020-02-15": ["grace running", "never"],
        "2020-02-16": ["default continuing", "2020-02-16"],
    }.items():
        assert standing(asked(day, *clauses, lines=lines)) == expected, day
    due = asked("2020-03-09", *clauses, lines=lines)
    assert spelt(due["status"].value) == "accelerated"
    assert due["accrued_interest"].value.value == left * Fraction(10 * 61, 36_500)  # from 8 January on, at 10% alone
