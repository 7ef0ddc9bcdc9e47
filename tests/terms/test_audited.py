"""What a day of another rate bears, what is within a balance, and what is listed: figures of plain notes.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py).
"""

from fractions import Fraction

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Refused, Unknown
from tenor.grammar.diagnostics import NoteErrors

MONDAY = "2019-03-11"
INTEREST = "interest: 10% per year { day_count: actual/365 }"
RUIN = 'default "ruin" { when: bankruptcy  rate: 20% per year }'


@pytest.mark.parametrize("new_rate", ['amendment "One" { effective: 2019-03-11  interest: 20% per year }', RUIN])
@pytest.mark.parametrize(
    ("counted", "days"),
    [
        ("first day only", (68, 0)),
        ("last day only", (67, 1)),
        ("first and last day", (68, 1)),
        ("neither day", (67, 0)),
    ],
)
def test_a_day_bears_its_own_rate(asked, new_rate: str, counted: str, days: tuple[int, int]) -> None:
    """From 2 January to the eve of 11 March are 68 days at 10%; that day, where it counts by its close, is at 20%."""
    interest = INTEREST.replace("365 }", f"365  days_counted: {counted} }}")
    stated = asked(MONDAY, interest, new_rate, lines=[f"{MONDAY} bankruptcy"])
    assert stated["interest_rate"].value.value == Fraction(20, 100)
    assert stated["accrued_interest"].value.value == Fraction(10_000 * days[0] + 20_000 * days[1], 365)
    later = asked("2019-03-12", interest, new_rate, lines=[f"{MONDAY} bankruptcy"])["accrued_interest"].value.value
    assert later == stated["accrued_interest"].value.value + Fraction(20_000, 365)


@pytest.mark.parametrize("fraction", ["dropped", "kept on the note"])
@pytest.mark.parametrize(
    ("rounding", "refused"), [("rounded up", 334_212), ("rounded to the nearest", 334_211), ("rounded down", 334_211)]
)
def test_a_notice_of_all_the_shares_is_within_the_balance(asked, rounding: str, refused: int, fraction: str) -> None:
    """100,263.01 is left of it at USD 0.30: 334,210.03 shares, and with the last made whole upwards 334,211."""
    clause = (
        f"conversion {{ by: holder at any time  price: USD 0.30 per share  shares: {rounding}  fraction: {fraction} }}"
    )
    lines = ["2019-01-02 outstanding 1,000,000 shares", "2019-01-02 held 0 shares"]
    plain = ("principal: USD 100,263.01", clause)
    opened = asked(MONDAY, *plain, without=["interest"], lines=lines)
    assert opened["allowed_shares"].value.value == refused - 1
    for shares, left in (
        (refused - 1, Fraction("0.01") if refused == 334_211 else 0),
        (refused, Fraction("100263.01")),
    ):
        stated = asked(MONDAY, *plain, without=["interest"], lines=[*lines, f"{MONDAY} convert {shares:,} shares"])
        assert stated["owed"].value.value == left
        retired = stated.history[-1].change.shown["retired"].value
        assert retired == Fraction("100263.01") - left if left < 1 else type(retired) is Refused


def test_what_is_due_lists_that_nothing_is_due_before_maturity(asked) -> None:
    """A note that says nothing of its payment is read as paid in one sum."""
    resting = {
        each.origin.name: each.answers for each in asked(MONDAY)["due_at_maturity"] and asked(MONDAY).assumptions
    }
    assert {"status", "due_at_maturity"} <= set(resting["payment"])


def test_interest_compounds_daily_for_years(asked) -> None:
    """100,000 x (1 + 10% / 365)^1095 on 2022-01-01, an exact fraction of some 13,000 bits."""
    stated = asked("2022-01-01", "maturity: 2022-01-03", INTEREST.replace("{", "{ method: compounded daily "))
    assert stated["owed"].value.value == 100_000 * (1 + Fraction(10, 36_500)) ** 1_095


def test_an_amendment_opens_a_note_to_conversion(asked) -> None:
    """100,000.00 and 30 days of interest, 821.92 to the cent, on 1 February; at USD 0.50 they are 201,643 shares."""
    clauses = (
        "conversion: not allowed",
        'amendment "First" { effective: 2019-02-01  conversion: allowed  conversion.by: holder at any time'
        "  conversion.price: USD 0.50 per share }",
    )
    lines = ["2019-01-02 outstanding 1,000,000 shares", "2019-01-02 held 0 shares"]
    assert type(asked("2019-01-31", *clauses, lines=lines)["allowed_shares"].value.value) is Refused
    assert asked("2019-02-01", *clauses, lines=lines)["allowed_shares"].value.value == 201_643
    converted = asked("2019-02-01", *clauses, lines=[*lines, "2019-02-01 convert USD 50,000.00"])
    assert converted["owed"].value.value == 50_000 + Fraction(10_000 * 30, 365)


def test_what_was_known_before_an_amendment_knows_nothing_of_it(asked) -> None:
    """As known on 1 June, 110,000.00 falls due; by the amendment of 1 July it is 20% for the 185 days left of 365."""
    amendment = 'amendment "First" { effective: 2019-07-01  interest: 20% per year }'
    for known, rate in ((None, 20), ("2019-07-01", 20), ("2019-06-30", 10)):
        due = asked("2019-12-02", amendment, known=known)["due_at_maturity"].value.value
        assert due == 100_000 + Fraction(1_000 * (10 * 180 + rate * 185), 365)


def test_no_price_of_a_day_to_come_is_awaited(asked) -> None:
    """The bid of the 6th lacks, so that an event may have begun on the 7th: only that bid is needed."""
    watched = (
        'default "low" { when: closing bid below USD 0.01 per share for 3 trading days  grace: 2 trading days'
        "  rate: 18% per year }"
    )
    bids = {"2019-03-04": "0.02", "2019-03-05": "0.005", "2019-03-07": "0.005"}
    lines = [f"{day} closing bid USD {bid} per share" for day, bid in bids.items()]
    stated = asked("2019-03-07", "issued: 2019-03-04", watched, lines=lines)
    assert stated["due_at_maturity"].value.value == Unknown(("closing bid for 2019-03-06",))


def test_an_amendment_brings_no_purchase_price(asked) -> None:
    """What was paid for the note was paid with the issue."""
    with pytest.raises(NoteErrors, match="E119"):
        asked(MONDAY, 'amendment "First" { effective: 2019-07-01  purchase_price: USD 90,000.00 }')


@pytest.mark.parametrize(
    ("counted", "old", "new"), [("last day only", 364, 1), ("first and last day", 365, 1), ("first day only", 365, 0)]
)
def test_an_amendment_on_the_day_of_maturity_holds_all_day(asked, counted: str, old: int, new: int) -> None:
    """What falls due on 2 January 2020 has that day, where it counts, at the new rate."""
    interest = INTEREST.replace("365 }", f"365  days_counted: {counted} }}")
    amended = 'amendment "One" { effective: 2020-01-02  interest: 20% per year }'
    due = asked("2020-01-02", interest, amended)["due_at_maturity"].value.value
    assert due == 100_000 + Fraction(10_000 * old + 20_000 * new, 365)


def test_what_is_mended_in_time_leaves_the_last_default_as_it_was(asked) -> None:
    """A default of 21 to 25 January, cured; grace that is waived in February was never one."""
    event = 'default "late" { when: event "late"  grace: 5 days }'
    lines = [
        '2019-01-15 event "late"',
        '2019-01-25 cured "late"',
        '2019-02-05 event "late"',
        '2019-02-08 waived "late"',
    ]
    ((_, row),) = asked("2019-02-09", event, lines=lines)["defaults"].rows
    assert [spelt(row[name]) for name in ("state", "since", "default_since")] == ["cured", "2019-01-25", "2019-01-21"]


TEN_A_DAY = ("issued: 2021-06-01", "principal: USD 36,500.00")


@pytest.mark.parametrize(
    ("counted", "rolled", "extended"),
    [
        # 1 to 5 June, a Saturday, and from Monday the 7th on; 1 to 7 June, and from the 10th on at 20%.
        ("first day only", (4, 4, 5), (6, 8)),
        ("last day only", (4, 4, 5), (6, 8)),
        ("first and last day", (5, 5, 6), (9, 11)),
        ("neither day", (3, 3, 3), (5, 5)),
    ],
)
def test_a_run_of_interest_after_a_gap(asked, counted: str, rolled: tuple[int, ...], extended: tuple[int, ...]) -> None:
    """A payment date that has rolled is the debtor's; a note that is extended runs anew from that day, by its words."""
    interest = INTEREST.replace("365 }", f"365  days_counted: {counted} }}")
    for day, days in zip(("05", "07", "08"), rolled, strict=True):
        stated = asked(f"2021-06-{day}", *TEN_A_DAY, "maturity: 2021-06-05", interest)
        assert stated["accrued_interest"].value.value == 10 * days
    stops = "maturity: 2021-06-07 { after_maturity: no interest }"
    change = 'amendment "One" { effective: 2021-06-10  maturity: 2021-12-07  interest: 20% per year }'
    for day, days in zip(("10", "11"), extended, strict=True):
        stated = asked(f"2021-06-{day}", *TEN_A_DAY, stops, interest, change)
        assert stated["accrued_interest"].value.value == 10 * days


@pytest.mark.parametrize(
    ("counted", "days"), [("first day only", 10), ("last day only", 10), ("first and last day", 11), ("neither day", 9)]
)
@pytest.mark.parametrize(
    "change", ["interest: 10% per year", "interest.day_count: actual/365", "interest.method: simple"]
)
def test_an_amendment_on_the_first_day_takes_none_away(asked, change: str, counted: str, days: int) -> None:
    """From 1 to 11 June, as without the amendment."""
    interest = INTEREST.replace("365 }", f"365  days_counted: {counted} }}")
    amended = f'amendment "One" {{ effective: 2021-06-01  {change} }}'
    for each in ((), (amended,)):
        stated = asked("2021-06-11", *TEN_A_DAY, "maturity: 2021-12-07", interest, *each)
        assert stated["accrued_interest"].value.value == 10 * days
