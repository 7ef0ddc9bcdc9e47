"""Acts of the parties: conversions and payments, what is refused, and what is left on the note.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py). On 2019-03-16, 73 days or a fifth
of a year after the issue, USD 2,000.00 of interest has accrued.
"""

from fractions import Fraction

import pytest

from tenor.engine.exact.quantities import Quantity
from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Refused
from tenor.engine.running.statement import Statement

FIFTH = "2019-03-16"
OPEN = "conversion { by: holder at any time  price: USD 0.01 per share }"
CAP = "ownership_cap: 9.99% of outstanding shares after conversion"
LEVELS = ["2019-01-02 outstanding 10,000,000 shares", "2019-01-02 held 0 shares"]

# ---- conversions refused -----------------------------------------------------------------------------------------

REFUSED = (
    (OPEN, ["convert USD 102,000.01"], "more is asked than the note opens to conversion"),
    (OPEN, ["convert 10,200,001 shares"], "more is asked than the note opens to conversion"),
    (OPEN.replace("price", "amount: principal  price"), ["convert USD 100,000.01"], "more is asked than"),
    (
        OPEN.replace("at any time", "on or after 2019-03-17"),
        ["convert USD 1.00"],
        "outside the window: holder on or",
    ),
    (OPEN.replace("at any time", "after 2019-03-16"), ["convert USD 1.00"], "outside the window: holder after"),
    (OPEN.replace("at any time", "before 2019-03-16"), ["convert USD 1.00"], "outside the window: holder before"),
    (OPEN.replace("at any time", "on or after 6 months after issue"), ["convert USD 1.00"], "outside the window:"),
    ("conversion: not allowed", ["convert USD 1.00"], "the note is not convertible"),
)


@pytest.mark.parametrize(("conversion", "acts", "reason"), REFUSED)
def test_conversion_refused(asked, conversion: str, acts: list[str], reason: str) -> None:
    """A refused conversion says why and changes nothing."""
    stated = asked(FIFTH, conversion, lines=on(FIFTH, *acts))
    assert reason in refusal(shown(stated)["shares"])
    assert balances(stated) == [100_000, 2_000]


def test_conversion_over_the_cap_refused(asked) -> None:
    """9.99% x 10,000,000 / 90.01% leaves 1,109,876 shares: one more is refused whole."""
    stated = asked(FIFTH, OPEN, CAP, lines=[*LEVELS, *on(FIFTH, "convert 1,109,877 shares")])
    assert "more shares than the ownership cap leaves" in refusal(shown(stated)["shares"])
    assert balances(stated) == [100_000, 2_000]
    fits = asked(FIFTH, OPEN, CAP, lines=[*LEVELS, *on(FIFTH, "convert 1,109,876 shares")])
    assert spelt(shown(fits)["shares"]) == "1,109,876 shares"
    assert [100_000 - (Fraction("11098.76") - 2_000), 0] == balances(fits)


def test_every_reason_is_given(asked) -> None:
    """Too early and too much are two reasons."""
    early = OPEN.replace("at any time", "on or after 2019-04-01")
    stated = asked(FIFTH, early, lines=on(FIFTH, "convert USD 200,000.00"))
    value = shown(stated)["shares"].value
    assert isinstance(value, Refused)
    assert [reason.code for reason in value.reasons] == ["window", "more-than-convertible"]
    assert value.reasons[1].words == "more is asked than the note opens to conversion"


def test_refusal_beats_what_is_unknown(asked) -> None:
    """Too much is too much, whatever the missing bids would say: the balance stays known."""
    lowest = OPEN.replace("USD 0.01 per share", "lowest closing bid over the 5 trading days before conversion")
    stated = asked(FIFTH, lowest, lines=on(FIFTH, "convert USD 102,000.01"))
    assert "more is asked than" in refusal(shown(stated)["shares"])
    assert balances(stated) == [100_000, 2_000]


def test_conversion_with_too_few_facts(asked) -> None:
    """Whether the cap allows it cannot be said without share counts, nor then what is left."""
    stated = asked(FIFTH, OPEN, CAP, lines=on(FIFTH, "convert USD 1,000.00"))
    assert spelt(shown(stated)["shares"])[:7] == "unknown"
    assert all("`held`" in stated.needs[name][0] for name in ("accrued_interest", "owed"))


def test_second_conversion_of_a_day_sees_the_first(asked) -> None:
    """Acts of one kind keep their file's order: the second asks for more than the first has left."""
    stated = asked(FIFTH, OPEN, lines=on(FIFTH, "convert USD 60,000.00", "convert USD 60,000.00"))
    first, second = (each.change.shown["shares"] for each in stated.history)
    assert spelt(first) == "6,000,000 shares"
    assert "more is asked than" in refusal(second)
    assert balances(stated) == [42_000, 0]


def test_open_day_is_before_its_acts(asked) -> None:
    """`open_day` answers before the day's conversions and payments; the levels of the day already hold."""
    lines = on(FIFTH, "convert USD 60,000.00", "pay USD 1,000.00")
    assert balances(asked(FIFTH, OPEN, lines=lines, open_day=True)) == [100_000, 2_000]
    assert balances(asked(FIFTH, OPEN, lines=lines)) == [41_000, 0]


# ---- fractions of a share ----------------------------------------------------------------------------------------

# 1,000 / 0.03 = 33,333 1/3 shares; 500 / 0.03 = 16,666 2/3
ROUNDING = (
    ("rounded down", "USD 1,000.00", 33_333),
    ("rounded up", "USD 1,000.00", 33_334),
    ("rounded to the nearest", "USD 1,000.00", 33_333),
    ("rounded down", "USD 500.00", 16_666),
    ("rounded up", "USD 500.00", 16_667),
    ("rounded to the nearest", "USD 500.00", 16_667),
    ("rounded up", "USD 300.00", 10_000),  # a whole number stays
)


@pytest.mark.parametrize(("rule", "amount", "shares"), ROUNDING)
def test_rounding_of_shares(asked, rule: str, amount: str, shares: int) -> None:
    """A number of shares becomes whole as the note says; the whole sum leaves the note all the same."""
    clause = f"conversion {{ by: holder at any time  price: USD 0.03 per share  shares: {rule} }}"
    stated = asked("2019-01-02", clause, lines=on("2019-01-02", f"convert {amount}"))
    assert shown(stated)["shares"].value == shares
    assert balances(stated)[0] == 100_000 - Fraction(amount.removeprefix("USD ").replace(",", ""))


def test_fraction_kept_on_the_note(asked) -> None:
    """33,333 x 0.03 = 999.99 leave the note, and the cent stays."""
    clause = "conversion { by: holder at any time  price: USD 0.03 per share  fraction: kept on the note }"
    stated = asked("2019-01-02", clause, lines=on("2019-01-02", "convert USD 1,000.00"))
    assert [Fraction("99000.01"), 0] == balances(stated)
    assert Fraction("999.99") == shown(stated)["retired"].value


# ---- more than may be converted ----------------------------------------------------------------------------------

# At USD 0.01, 102,000.00 makes 10,200,000 shares; a tenth of 45,000,000 and N shares is N for N = 4,500,000 / 0.9.
CAPPED = "ownership_cap: 10% of outstanding shares after conversion"
FEW = ("2019-01-02 outstanding 45,000,000 shares", "2019-01-02 held 0 shares")
MANY = ("2019-01-02 outstanding 900,000,000 shares", "2019-01-02 held 0 shares")
FULL = ("2019-01-02 outstanding 45,000,000 shares", "2019-01-02 held 4,500,000 shares")


@pytest.mark.parametrize(
    ("levels", "notice", "shares", "left"),
    [
        (FEW, "convert USD 50,000.01", 5_000_000, [52_000, 0]),  # 50,000.00 of it, interest first
        (FEW, "convert USD 60,000.00", 5_000_000, [52_000, 0]),
        (FEW, "convert 5,000,001 shares", 5_000_000, [52_000, 0]),
        (FEW, "convert everything", 5_000_000, [52_000, 0]),
        (FEW, "convert USD 200,000.00", 5_000_000, [52_000, 0]),
        (MANY, "convert USD 102,000.01", 10_200_000, [0, 0]),  # the balance is all there is
        (MANY, "convert 10,200,001 shares", 10_200_000, [0, 0]),
        (MANY, "convert 99,999,999 shares", 10_200_000, [0, 0]),
        (FULL, "convert USD 1,000.00", None, [100_000, 2_000]),  # no share is left
    ],
)
def test_excess_refused_alone(asked, levels: tuple[str, ...], notice: str, shares: int | None, left: list[int]) -> None:
    """What the cap and the balance leave is converted, and the rest of the notice is not; by itself all is refused."""
    in_part = OPEN.replace("}", "  excess: refused alone }")
    stated = asked(FIFTH, in_part, CAPPED, lines=[*levels, *on(FIFTH, notice)])
    if shares is None:
        assert "more shares than the ownership cap leaves" in refusal(shown(stated)["shares"])
    else:
        assert shown(stated)["shares"].value == shares
        assert shown(stated)["retired"].value == 102_000 - sum(left)
    assert left == balances(stated)
    whole = asked(FIFTH, OPEN, CAPPED, lines=[*levels, *on(FIFTH, notice)])
    assert balances(whole) == [100_000, 2_000]
    assert isinstance(shown(whole)["shares"].value, Refused)


def test_excess_is_told(asked) -> None:
    """60,000.00 is asked, and counts for 5,000,000 shares; of a notice in shares the excess is in shares."""
    in_part = OPEN.replace("}", "  excess: refused alone }")
    stated = asked(FIFTH, in_part, CAPPED, lines=[*FEW, *on(FIFTH, "convert USD 60,000.00")])
    assert spelt(shown(stated)["excess"]) == "USD 10,000.00"
    assert spelt(shown(stated)["retired"]) == "USD 50,000.00"
    assert stated["allowed_shares"].value.value == 0
    stated = asked(FIFTH, in_part, CAPPED, lines=[*FEW, *on(FIFTH, "convert 6,000,000 shares")])
    assert spelt(shown(stated)["excess"]) == "1,000,000 shares"


def test_excess_of_a_notice_in_shares_retires_nothing(asked) -> None:
    """102,000.00 makes 204 shares at USD 500.00 and leaves none of it; at USD 501.00 it makes 203, and 297.00 stays."""
    for price, shares, left in (("500.00", 204, [0, 0]), ("501.00", 203, [297, 0])):
        in_part = OPEN.replace("USD 0.01", f"USD {price}").replace("}", "  excess: refused alone }")
        for wanted in (shares, shares + 1):
            stated = asked(FIFTH, in_part, lines=on(FIFTH, f"convert {wanted} shares"))
            assert [shown(stated)["shares"].value, *balances(stated)] == [shares, *left]
    dear = OPEN.replace("USD 0.01", "USD 102,000.01").replace("}", "  excess: refused alone }")
    stated = asked(FIFTH, dear, lines=on(FIFTH, "convert 1 share"))
    assert "more is asked than" in refusal(shown(stated)["shares"])
    assert balances(stated) == [100_000, 2_000]


def test_excess_where_the_balance_is_the_only_limit(asked) -> None:
    """What is asked is within the balance at any price: which bids are missing says how many shares it makes."""
    lowest = OPEN.replace("USD 0.01 per share", "lowest closing bid over the 5 trading days before conversion")
    for terms in (lowest, lowest.replace("}", "  excess: refused alone }")):
        stated = asked(FIFTH, terms, lines=on(FIFTH, "convert USD 60,000.00"))
        assert balances(stated) == [42_000, 0]


def test_excess_without_share_counts(asked) -> None:
    """How much of the notice counts is unknown, and so is what is left; a limit of none needs no price."""
    in_part = OPEN.replace("}", "  excess: refused alone }")
    stated = asked(FIFTH, in_part, CAPPED, lines=on(FIFTH, "convert USD 60,000.00"))
    assert all("`held`" in stated.needs[name][0] for name in ("principal", "owed"))
    lowest = in_part.replace("USD 0.01 per share", "lowest closing bid over the 5 trading days before conversion")
    stated = asked(FIFTH, lowest, CAPPED, lines=[*FULL, *on(FIFTH, "convert 1,000 shares")])
    assert "more shares than the ownership cap leaves" in refusal(shown(stated)["shares"])
    assert balances(stated) == [100_000, 2_000]


# ---- what a conversion retires -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "left"),
    [
        ("amount: principal and interest  retires: interest first", [93_000, 0]),  # 2,000 and 7,000 of principal
        ("amount: principal and interest  retires: principal first", [91_000, 2_000]),
        ("amount: principal", [91_000, 2_000]),
    ],
)
def test_conversion_retires(asked, terms: str, left: list[int]) -> None:
    """USD 9,000.00 converted when 2,000.00 of interest has accrued."""
    clause = f"conversion {{ by: holder at any time  price: USD 0.01 per share  {terms} }}"
    assert left == balances(asked(FIFTH, clause, lines=on(FIFTH, "convert USD 9,000.00")))


def test_convert_everything(asked) -> None:
    """All that is convertible: (100,000 + 2,000) / 0.01 shares, and the note is repaid."""
    stated = asked(FIFTH, OPEN, lines=on(FIFTH, "convert everything"))
    assert [spelt(shown(stated)["shares"]), spelt(stated["status"].value)] == ["10,200,000 shares", "repaid"]


def test_everything_to_the_cent_is_everything(asked) -> None:
    """After 45 days 101,232.8767… is owed: a notice of USD 101,232.88 is for all of it, to the last part of a cent."""
    stated = asked("2019-02-16", OPEN, lines=on("2019-02-16", "convert USD 101,232.88"))
    assert balances(stated) == [0, 0]
    assert spelt(shown(stated)["shares"]) == "10,123,287 shares"


def test_interest_after_a_conversion_runs_on_what_is_left(asked) -> None:
    """42,000.00 of principal from the conversion on: 146 days are two fifths of a year."""
    stated = asked("2019-08-09", OPEN, lines=on(FIFTH, "convert USD 60,000.00"))
    assert [42_000, 42_000 * Fraction(1, 10) * Fraction(2, 5)] == balances(stated)


# ---- payments ----------------------------------------------------------------------------------------------------

# After 45 days: 100,000 + 10,000 x 45 / 365 = 101,232.8767…
DAY_45 = "2019-02-16"
OWED = 100_000 + Fraction(10_000 * 45, 365)


@pytest.mark.parametrize(
    ("amount", "applied", "unapplied", "rounding", "left"),
    [
        ("101232.88", OWED, 0, Fraction("101232.88") - OWED, 0),  # the rounded sum discharges
        ("101232.87", Fraction("101232.87"), 0, 0, OWED - Fraction("101232.87")),  # a cent less does not
        ("101300.00", OWED, Fraction("67.12"), Fraction("101232.88") - OWED, 0),  # what is too much is not applied
        ("101232.879", OWED, Fraction("101232.879") - OWED, 0, 0),  # too much, and less than the rounded sum
        ("1000.00", 1_000, 0, 0, OWED - 1_000),
    ],
)
def test_payment(
    asked, amount: str, applied: Fraction, unapplied: Fraction, rounding: Fraction, left: Fraction
) -> None:
    """applied + unapplied + rounding = paid, and the note keeps what was not paid."""
    stated = asked(DAY_45, lines=on(DAY_45, f"pay USD {amount}"))
    figures = shown(stated)
    assert [applied, unapplied, rounding] == [figures[name].value for name in ("applied", "unapplied", "rounding")]
    assert applied + unapplied + rounding == figures["paid"].value
    assert left == stated["owed"].value.value


@pytest.mark.parametrize(
    ("order", "left"),
    [
        ("", [91_000 + 2_000, 0]),  # when silent: fees, interest, principal
        ("order: fees, principal, interest", [91_000, 2_000]),
        ("order: interest, principal", [91_000 + 2_000, 0]),
    ],
)
def test_payment_order(asked, order: str, left: list[int]) -> None:
    """USD 9,000.00 paid when 2,000.00 of interest has accrued."""
    clause = f"payment: principal and interest at maturity {{ {order} }}" if order else ""
    stated = asked(FIFTH, *filter(None, [clause]), lines=on(FIFTH, "pay USD 9,000.00"))
    assert left == balances(stated)


def test_payment_comes_before_the_conversion_of_its_day(asked) -> None:
    """Whatever their order in the file: 2,000.00 paid leaves 100,000.00 to convert, not 102,000.00."""
    stated = asked(FIFTH, OPEN, lines=on(FIFTH, "convert USD 100,000.01", "pay USD 2,000.00"))
    assert balances(stated) == [100_000, 0]


def test_part_of_a_cent_does_not_make_a_default(asked) -> None:
    """What falls due is a ninth of a cent more than USD 103,361.11: the rounded sum discharges it."""
    clauses = (
        "maturity: 2019-05-03",  # a Friday
        "interest: 10% per year { day_count: 30E/360 }",
        'default "payment" { when: payment is late }',
    )
    # By 30E/360 four months and a day are 121 days: 100,000 + 10,000 x 121 / 360 = 103,361.111…
    stated = asked("2019-06-03", *clauses, lines=on("2019-05-03", "pay USD 103,361.11"))
    assert [spelt(stated[name].value) for name in ("status", "defaults")] == [
        "repaid",
        "not the one written event",
    ]


# ---- from words to figures ---------------------------------------------------------------------------------------


def on(day: str, *acts: str) -> list[str]:
    """The lines of a ledger for acts of one day."""
    return [f"{day} {act}" for act in acts]


def shown(stated: Statement) -> dict[str, Quantity]:
    """What the last conversion or payment shows."""
    return dict(stated.history[-1].change.shown)


def refusal(quantity: Quantity) -> str:
    """The reasons of a refusal."""
    assert isinstance(quantity.value, Refused), spelt(quantity)
    return "; ".join(map(str, quantity.value.reasons))


def balances(stated: Statement) -> list[Fraction]:
    """Principal and interest on the note."""
    return [stated[name].value.value for name in ("principal", "accrued_interest")]


def test_a_refusal_names_the_exception_that_holds(asked) -> None:
    """While an event bars conversion it is that exception which refuses, and no longer the window."""
    conversion = """conversion {
  by: holder at any time
  by "chill": nobody when event "DTC chill"
  price: USD 0.01 per share
}"""
    lines = ['2019-03-16 event "DTC chill"']
    assert spelt(asked("2019-03-15", conversion, lines=lines)["allowed_shares"].value) == "10,197,260 shares"  # 72 days
    refused = spelt(asked("2019-03-16", conversion, lines=lines)["allowed_shares"].value)
    assert "`chill` holds: nobody" in refused
    assert "at any time" not in refused
