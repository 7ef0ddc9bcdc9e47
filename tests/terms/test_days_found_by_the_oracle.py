"""What the second reckoning of tests/oracle found in days of interest: one row for each.

The plain note is that of test_found_by_the_oracle.py.
"""

from datetime import date
from fractions import Fraction

import pytest

DAILY = Fraction(10_000, 365)  # interest of a day at 10%


def test_a_note_extended_in_the_days_before_its_payment_date_bears_interest(asked) -> None:
    """Due Saturday 2020-01-04, payable on Monday, extended on Sunday: interest runs on from Sunday."""
    extended = 'amendment "First" { effective: 2020-01-05  maturity: 2020-07-02 }'
    stated = asked("2020-01-15", "maturity: 2020-01-04", extended)
    assert stated["accrued_interest"].value.value == (367 + 10) * DAILY


def test_a_note_extended_after_its_interest_stopped_bears_interest(asked) -> None:
    """No interest ran after 2020-01-02; the extended note bears it from the day of the amendment on."""
    extended = 'amendment "First" { effective: 2020-02-01  maturity: 2020-07-02 }'
    clauses = ("maturity: 2020-01-02 { after_maturity: no interest }", extended)
    assert asked("2020-01-31", *clauses)["accrued_interest"].value.value == 365 * DAILY
    assert asked("2020-02-11", *clauses)["accrued_interest"].value.value == (365 + 10) * DAILY


@pytest.mark.parametrize("after", ["contract rate on unpaid principal", "no interest"])
@pytest.mark.parametrize("extended", ["2020-05-29", "2020-05-30", "2020-05-31"])
def test_no_day_counts_twice_in_a_note_extended_once_it_is_payable(asked, extended: str, after: str) -> None:
    """Due on Sunday, 31 May, and payable on the Friday before with interest to Sunday: 365 + 150 days."""
    amendment = f'amendment "First" {{ effective: {extended}  maturity: 2020-09-02 }}'
    clauses = (f"maturity: 2020-05-31 {{ business_day: modified following  after_maturity: {after} }}", amendment)
    assert asked("2020-06-10", *clauses)["accrued_interest"].value.value == (365 + 150 + 10) * DAILY


@pytest.mark.parametrize("effective", ["2020-05-28", "2020-05-29", "2020-05-30", "2020-05-31", "2020-06-01"])
def test_no_day_is_left_out_where_interest_is_amended_as_it_falls_due(asked, effective: str) -> None:
    """The same dates; the amendment writes again what interest is, and changes nothing."""
    amendment = f'amendment "First" {{ effective: {effective}  interest.day_count: actual/365 }}'
    clauses = ("maturity: 2020-05-31 { business_day: modified following }", amendment)
    assert asked("2020-06-10", *clauses)["accrued_interest"].value.value == (365 + 150 + 10) * DAILY


@pytest.mark.parametrize(("after", "days"), [("no interest", 0), ("contract rate on unpaid principal", 10)])
def test_interest_that_an_amendment_brings_after_maturity(asked, after: str, days: int) -> None:
    """Agreed on 2020-02-01, a month after maturity: it runs from then as the note has it of what stays unpaid."""
    brought = 'amendment "First" { effective: 2020-02-01  interest: 10% per year }'
    clauses = (f"maturity: 2020-01-02 {{ after_maturity: {after} }}", brought)
    stated = asked("2020-02-11", *clauses, without=("interest",))
    assert stated["accrued_interest"].value.value == days * DAILY


@pytest.mark.parametrize("effective", ["2020-05-28", "2020-05-29", "2020-05-30", "2020-05-31", "2020-06-01"])
def test_interest_that_an_amendment_brings_as_the_note_falls_due(asked, effective: str) -> None:
    """Due on Sunday, 31 May 2020, payable on the Friday before: no day from the amendment on is left out."""
    brought = f'amendment "First" {{ effective: {effective}  interest: 10% per year }}'
    stated = asked(
        "2020-06-10", "maturity: 2020-05-31 { business_day: modified following }", brought, without=("interest",)
    )
    days = (date(2020, 6, 10) - date.fromisoformat(effective)).days
    assert stated["accrued_interest"].value.value == days * DAILY


def test_interest_that_is_written_again_accrues_anew(asked) -> None:
    """By 30/360 from 30 January to 31 March are 60 days; to 15 February 15, and from that day to 31 March 46."""
    rate = "interest: 10% per year { day_count: 30/360 bond basis }"
    again = 'amendment "First" { effective: 2019-02-15  interest: 10% per year }'
    for more, days in ((), 60), ((again,), 15 + 46):
        stated = asked("2019-03-31", "issued: 2019-01-30", rate, *more)
        assert stated["accrued_interest"].value.value == 10_000 * Fraction(days, 360)


def test_compounding_keeps_its_own_periods(asked) -> None:
    """Monthly compounding stays monthly where a day count is given quarters to look at: a month is a twelfth of 10%."""
    interest = "interest: 10% per year { method: compounded monthly  frequency: quarterly  day_count: 30E/360 }"
    assert asked("2019-03-02", interest)["principal"].value.value == 100_000 * (1 + Fraction(1, 120)) ** 2


def test_an_amendment_leaves_alone_what_it_does_not_touch(asked) -> None:
    """From 30 April to 31 July is 90 days by 30/360 US, and 91 only if it were broken off at 10 June."""
    clauses = (
        "issued: 2019-04-30",
        "maturity: 2020-04-30",
        "interest: 10% per year { day_count: 30/360 US }",
        'amendment "First" { effective: 2019-05-15  payment.order: fees, principal, interest }',
        'amendment "Second" { effective: 2019-06-10  maturity: 2020-07-31 }',
    )
    assert asked("2019-07-31", *clauses)["accrued_interest"].value.value == 2_500


@pytest.mark.parametrize(
    ("counted", "after", "amended", "days"),
    [
        # 3 January 2019 to 1 February 2020 by the old terms, to 1 March by the new ones: 365 + 30, and 29
        ("last day only", "contract rate on unpaid principal", "first day only", 395 + 29),
        # 2 January 2019 to 1 January 2020 by the old terms, and 1 February to 2 March by the new ones
        ("first day only", "no interest", "first and last day", 365 + 29 + 2),
    ],
)
def test_extension_that_counts_other_days(asked, counted: str, after: str, amended: str, days: int) -> None:
    """Each day counts once where a note is extended after its maturity, and end days count otherwise from then on."""
    clauses = (
        f"maturity: 2020-01-02 {{ after_maturity: {after} }}",
        f"interest: 10% per year {{ days_counted: {counted} }}",
        f'amendment "First" {{ effective: 2020-02-01  maturity: 2020-07-02  interest.days_counted: {amended} }}',
    )
    assert asked("2020-03-02", *clauses)["accrued_interest"].value.value == days * DAILY


@pytest.mark.parametrize(("effective", "days"), [("2019-01-09", 9), ("2019-01-10", 9), ("2019-01-11", 10)])
def test_interest_that_has_not_begun_begins_as_the_new_terms_count(asked, effective: str, days: int) -> None:
    """From 10 to 20 January: without the first day and the last there are nine; from the 11th on it has begun."""
    interest = "interest: 10% per year { accrues_from: 2019-01-10  days_counted: first day only }"
    amendment = f'amendment "First" {{ effective: {effective}  interest.days_counted: neither day }}'
    assert asked("2019-01-20", interest, amendment)["accrued_interest"].value.value == days * DAILY
