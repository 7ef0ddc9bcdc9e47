"""Amendments and exceptions: terms that change on a date, and terms that hold under a condition.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py).
"""

from fractions import Fraction

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Refused
from tenor.engine.running.statement import Statement
from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.cli.sheet import heading

DAILY = Fraction(10_000, 365)  # interest of a day at 10%
FIFTH = "2019-03-16"  # 73 days, a fifth of a year, after the issue

# ---- amendments --------------------------------------------------------------------------------------------------

EXTENDED = 'amendment "First" { effective: 2019-12-01  maturity: 2020-07-02 }'
RAISED = 'amendment "First" { effective: 2019-04-12  interest: 12% per year }'  # on the 100th day


@pytest.mark.parametrize(
    ("day", "maturity", "due"),
    [
        ("2019-11-30", "2020-01-02", 110_000),  # under the old terms: 365 days
        ("2019-12-01", "2020-07-02", 100_000 + (365 + 182) * DAILY),  # 182 days more: 31 + 29 + 31 + 30 + 31 + 30
        ("2020-02-03", "2020-07-02", 100_000 + (365 + 182) * DAILY),
    ],
)
def test_maturity_extended(asked, day: str, maturity: str, due: Fraction) -> None:
    """A date before the amendment takes effect is answered under the old terms, though the file has the new."""
    answer = asked(day, EXTENDED)["due_at_maturity"]
    assert (maturity, due) == (spelt(answer.parts["stated_date"]), answer.value.value)


def test_extended_note_is_not_late(asked) -> None:
    """What would have been late under the old maturity is not even due."""
    default = 'default "payment" { when: payment is late }'
    assert spelt(asked("2020-02-03", EXTENDED, default)["status"].value) == "outstanding"
    assert spelt(asked("2020-07-03", EXTENDED, default)["status"].value) == "in default"
    assert spelt(asked("2020-02-03", default)["status"].value) == "in default"


def test_rate_changed(asked) -> None:
    """100 days at 10% stay as they accrued; 100 more at 12%."""
    assert exact(asked("2019-04-12", RAISED), "accrued_interest") == 100 * DAILY
    assert exact(asked("2019-07-21", RAISED), "accrued_interest") == 100 * DAILY + 120 * DAILY
    assert spelt(asked("2019-04-11", RAISED)["interest_rate"].value) == "10% per year"


def test_amendment_before_its_date_projects_the_old_terms(asked) -> None:
    """What is due at maturity, asked the day before, is at 10% throughout."""
    assert exact(asked("2019-04-11", RAISED), "due_at_maturity") == 110_000
    # 100 days at 10%, 265 at 12%
    assert exact(asked("2019-04-12", RAISED), "due_at_maturity") == 100_000 + (100 + Fraction(265 * 12, 10)) * DAILY


def test_two_amendments_follow_one_another(asked) -> None:
    """Each holds from its date, in whichever order they are written."""
    second = 'amendment "Second" { effective: 2019-07-21  interest: 20% per year }'
    stated = asked("2019-10-29", second, RAISED)  # the 300th day
    assert exact(stated, "accrued_interest") == (100 + 120 + 200) * DAILY


def test_amended_default(asked) -> None:
    """A clause with a label is changed by its label: grace from the amendment on."""
    default = 'default "payment" { when: payment is late }'
    grace = 'amendment "First" { effective: 2019-12-01  default "payment" { grace: 5 days } }'
    assert spelt(asked("2020-01-07", default, grace)["status"].value) == "past due"
    assert spelt(asked("2020-01-08", default, grace)["status"].value) == "in default"


def test_capped_from_an_amendment_on(asked) -> None:
    """A clause that the note did not have is added: 9.99% x 10,000,000 / 90.01% from the date on."""
    cap = 'amendment "First" { effective: 2019-03-01  ownership_cap: 9.99% of outstanding shares after conversion }'
    lines = ["2019-01-02 outstanding 10,000,000 shares", "2019-01-02 held 0 shares"]
    clauses = ("conversion { by: holder at any time  price: USD 0.01 per share  amount: principal }", cap)
    assert exact(asked("2019-02-28", *clauses, lines=lines), "allowed_shares") == 10_000_000
    assert exact(asked("2019-03-01", *clauses, lines=lines), "allowed_shares") == 1_109_876


def test_assigned(asked) -> None:
    """A clause of which there is one is amended without its title."""
    assigned = 'amendment "First" { effective: 2019-03-01  note.holder: "Another Fund LP" }'
    for day, holder in (("2019-02-28", "Example Fund LP"), ("2019-03-01", "Another Fund LP")):
        assert f"to {holder}" in heading(asked(day, assigned))[1][0]


def test_misspelt_clause_in_an_amendment(asked) -> None:
    """An unknown name is an error there as everywhere: nothing of an amendment is silently left out."""
    with pytest.raises(NoteErrors) as raised:
        asked(FIFTH, 'amendment "First" { effective: 2019-12-01  maturty: 2020-07-02 }')
    (wrong,) = raised.value.diagnostics
    assert (wrong.code, wrong.message, wrong.help) == ("E101", "unknown clause `maturty`", "did you mean `maturity`?")


# ---- exceptions --------------------------------------------------------------------------------------------------

LATE_REPORT = 'default "reporting" { when: event "late report" }'
PRICES = """conversion {
  by: holder at any time
  price: USD 0.01 per share
  price "default": 50% of USD 0.01 per share when in default
  price "chill": otherwise - USD 0.002 per share when event "DTC chill" over "default"
}"""


@pytest.mark.parametrize(
    ("events", "price"),
    [
        ([], "0.01"),
        (["late report"], "0.005"),
        (["DTC chill"], "0.008"),  # otherwise 0.01
        (["late report", "DTC chill"], "0.003"),  # otherwise 0.005
    ],
)
def test_price_exceptions(asked, events: list[str], price: str) -> None:
    """One exception replaces, the other adjusts what had held without it."""
    lines = [f'2019-03-04 event "{event}"' for event in events]
    assert exact(asked(FIFTH, PRICES, LATE_REPORT, lines=lines), "conversion_price") == Fraction(price)
    assert exact(asked("2019-03-03", PRICES, LATE_REPORT, lines=lines), "conversion_price") == Fraction("0.01")


def test_exception_ends_with_its_default(asked) -> None:
    """`when in default` holds while the default continues."""
    lines = ['2019-03-04 event "late report"', '2019-03-11 waived "reporting"']
    assert exact(asked("2019-03-10", PRICES, LATE_REPORT, lines=lines), "conversion_price") == Fraction("0.005")
    assert exact(asked("2019-03-11", PRICES, LATE_REPORT, lines=lines), "conversion_price") == Fraction("0.01")


def test_two_exceptions_without_an_order(asked) -> None:
    """Two that can hold on one day are an error that names the field and gives a day, not a race."""
    with pytest.raises(NoteErrors) as raised:
        asked(FIFTH, PRICES.replace(' over "default"', ""), LATE_REPORT)
    (wrong,) = raised.value.diagnostics
    assert (wrong.code, wrong.message) == ("E210", "two rules set `conversion.price` on the same day")
    assert wrong.help == 'say which prevails, for example `over "default"`'
    assert "for example on 2019-01-02" in wrong.related[0][1]


BLOCKED = """conversion {
  by: holder at any time
  by "chill": nobody when event "DTC chill"
  price: USD 0.01 per share
}"""


def test_conversion_blocked(asked) -> None:
    """`by: nobody when …` refuses from that day on, and the balance stays."""
    lines = ['2019-03-04 event "DTC chill"', f"{FIFTH} convert USD 1,000.00"]
    assert exact(asked("2019-03-03", BLOCKED, lines=lines), "convertible") == 100_000 + 60 * DAILY
    blocked = asked(FIFTH, BLOCKED, lines=lines)
    assert isinstance(blocked["allowed_shares"].value.value, Refused)
    assert exact(blocked, "owed") == 102_000


def test_rate_exception(asked) -> None:
    """A rate under a condition of the interest clause itself: from the default on, and until it ends."""
    interest = """interest: 10% per year { day_count: actual/365 }
interest "default rate": 20% per year when in default"""
    lines = ['2019-04-12 event "late report"', '2019-04-22 waived "reporting"']
    stated = asked("2019-07-21", interest, LATE_REPORT, lines=lines)
    assert exact(stated, "accrued_interest") == (100 + 2 * 10 + 90) * DAILY


def test_exception_on_a_price_of_the_day(asked) -> None:
    """A condition may compare a quote of the day: below a cent the price is a fixed one."""
    clause = """conversion {
  by: holder at any time
  price: USD 0.01 per share
  price "low": USD 0.004 per share when closing bid below USD 0.01 per share
}"""
    lines = ["2019-03-14 closing bid USD 0.011 per share", "2019-03-15 closing bid USD 0.009 per share"]
    assert exact(asked("2019-03-14", clause, lines=lines), "conversion_price") == Fraction("0.01")
    assert exact(asked("2019-03-15", clause, lines=lines), "conversion_price") == Fraction("0.004")
    assert asked("2019-03-18", clause, lines=lines).needs["conversion_price"] == ("closing bid for 2019-03-18",)


def exact(stated: Statement, name: str) -> Fraction:
    """The number that an answer is."""
    value = stated[name].value
    assert isinstance(value.value, Fraction), spelt(value)
    return value.value


# ---- what an amendment finds under way ---------------------------------------------------------------------------


def test_an_amended_day_count_is_not_retroactive(asked) -> None:
    """180 days on actual/365 stay as they accrued; the 20 after them are on actual/360."""
    recounted = 'amendment "First" { effective: 2019-07-01  interest: 10% per year { day_count: actual/360 } }'
    days_20 = Fraction(10_000 * 20, 360)
    assert exact(asked("2019-07-21", recounted), "accrued_interest") == 180 * DAILY + days_20


def test_interest_that_an_amendment_brings_starts_with_it(asked) -> None:
    """A note without interest, amended to bear 10% from 2019-07-01, owes 20 days of it on 2019-07-21."""
    brought = 'amendment "First" { effective: 2019-07-01  interest: 10% per year { day_count: actual/365 } }'
    assert exact(asked("2019-07-21", brought, without=["interest"]), "owed") == 100_000 + 20 * DAILY


def test_extension_after_maturity_makes_nothing_due(asked) -> None:
    """Extended on 2020-02-03, a month after it fell due, the note is outstanding until the new date."""
    late = 'amendment "First" { effective: 2020-02-03  maturity: 2020-07-02 }'
    assert spelt(asked("2020-02-02", late)["status"].value) == "past due"
    assert spelt(asked("2020-02-03", late)["status"].value) == "outstanding"
    assert spelt(asked("2020-07-03", late)["status"].value) == "past due"


def test_maturity_in_the_past_of_its_amendment_is_an_error(asked) -> None:
    """A date that has gone by when it is set would never come."""
    with pytest.raises(NoteErrors) as caught:
        asked("2019-12-01", 'amendment "First" { effective: 2019-12-01  maturity: 2019-06-03 }')
    assert [each.code for each in caught.value.diagnostics] == ["E213"]


def test_a_field_of_a_maturity_that_came_is_pointed_at(asked) -> None:
    written = "maturity.after_maturity: no interest"
    with pytest.raises(NoteErrors) as caught:
        asked("2020-02-03", f'amendment "First" {{ effective: 2020-02-03  {written} }}')
    said, _, line, marks, help = str(caught.value).splitlines()
    assert said.endswith("writes `maturity.after_maturity`, and the maturity came on 2020-01-02")
    assert line[marks.index("^") : marks.rindex("^") + 1] == written
    assert help == "  help: correct the date, or amend `interest`, which may change at any time"


def test_one_field_of_a_clause_is_amended(asked) -> None:
    """`conversion.price: …` changes the price and leaves the rest of the clause."""
    conversion = "conversion { by: holder at any time  price: USD 0.01 per share }"
    cheaper = 'amendment "First" { effective: 2019-07-01  conversion.price: USD 0.005 per share }'
    assert spelt(asked("2019-06-30", conversion, cheaper)["conversion_price"].value) == "USD 0.01 per share"
    assert spelt(asked("2019-07-01", conversion, cheaper)["conversion_price"].value) == "USD 0.005 per share"
    assert spelt(asked("2019-07-01", conversion, cheaper)["convertible"].value) == "USD 104,931.51"  # 180 days


def test_repaid_note_converts_into_nothing(asked) -> None:
    """Of a note that is paid off no shares are left to allow, whatever the price would be."""
    conversion = (
        "conversion { by: holder at any time  price: lowest closing bid over the 5 trading days before conversion }"
    )
    stated = asked("2020-01-03", conversion, lines=["2020-01-02 pay USD 110,000.00"])
    assert spelt(stated["allowed_shares"].value) == "0 shares"
    assert spelt(stated["conversion_price"].value).startswith("unknown")


def test_notice_from_before_a_default_accelerates_nothing(asked) -> None:
    """A notice of acceleration counts when it is given while an event of default has happened."""
    default = 'default "report" { when: event "late report"  then: acceleration on notice }'
    lines = ["2019-03-01 acceleration", '2019-04-01 event "late report"']
    assert spelt(asked("2019-04-02", default, lines=lines)["status"].value) == "in default"
    lines.append("2019-05-01 acceleration")
    assert spelt(asked("2019-05-01", default, lines=lines)["status"].value) == "accelerated"
