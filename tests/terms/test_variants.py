"""Figures of variants that nobody wrote the engine for: day counts, caps, windows, missing bids, splits.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py); each test says what it changes,
and has its arithmetic beside the number.
"""

from fractions import Fraction

import pytest

from tenor.engine.exact.quantities import Quantity
from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Unknown
from tenor.engine.running.statement import Statement
from tenor.grammar.diagnostics import NoteErrors

BIDS = {
    "2019-03-04": "0.010",
    "2019-03-05": "0.012",
    "2019-03-06": "0.009",
    "2019-03-07": "0.015",
    "2019-03-08": "0.011",
    "2019-03-11": "0.008",  # the Monday on which the windows are asked about
}
MONDAY = "2019-03-11"
CAP = "ownership_cap: 9.99% of outstanding shares after conversion"
LEVELS = ("2019-01-02 outstanding 100,000,000 shares", "2019-01-02 held 4,000,000 shares")

# From 2019-11-30 to 2020-02-29, with quarters counted from 2019-11-30.
DAY_COUNTS = {
    "actual/365": Fraction(31 + 31 + 29, 365),
    "actual/360": Fraction(31 + 31 + 29, 360),
    "actual/365L": Fraction(91, 366),  # its quarter ends in a leap year
    "actual/actual ISDA": Fraction(32, 365) + Fraction(59, 366),  # 32 days of 2019, 59 of 2020
    "actual/actual ICMA": Fraction(1, 4),  # one whole quarter
    "30/360 bond basis": Fraction(3 * 30 - 1, 360),  # from the 30th to the 29th
    "30/360 US": Fraction(3 * 30 - 1, 360),  # only a February end at the start makes one at the end the 30th
    "30E/360": Fraction(3 * 30 - 1, 360),
    "30E/360 ISDA": Fraction(3 * 30, 360),  # the last of February is the 30th
    "NL/365": Fraction(91 - 1, 365),  # without 29 February
    "business/252": Fraction(21 + 21 + 19, 252),  # sessions of December, January and February
}


@pytest.mark.parametrize(("day_count", "years"), DAY_COUNTS.items())
def test_day_count(asked, day_count: str, years: Fraction) -> None:
    """Every convention accrues 10% of 100,000 for its own part of a year."""
    interest = f"interest: 10% per year {{ day_count: {day_count}  frequency: quarterly }}"
    stated = asked("2020-02-29", "issued: 2019-11-30", "maturity: 2020-11-30", interest)
    assert exact(stated, "accrued_interest") == 10_000 * years


@pytest.mark.parametrize("day_count", ["actual/actual ICMA", "actual/365L"])
def test_day_count_without_its_frequency(asked, day_count: str) -> None:
    """A convention that looks at periods is an error where the note has none, not a guess of them."""
    with pytest.raises(NoteErrors) as raised:
        asked("2019-03-11", f"interest: 10% per year {{ day_count: {day_count} }}")
    assert [("E205", f"`{day_count}` needs a frequency")] == found(raised.value)


def test_start_before_the_issue(asked) -> None:
    """Interest from 2018-08-31, compounded quarterly: the quarter of 2018-11-30 was capitalised before the issue."""
    interest = "interest: 10% per year { method: compounded quarterly  accrues_from: 2018-08-31 }"
    first = asked("2019-01-02", interest)
    principal = 100_000 * (1 + Fraction(1, 10) * Fraction(30 + 31 + 30, 365))
    assert exact(first, "principal") == principal
    assert exact(first, "accrued_interest") == principal * Fraction(1, 10) * Fraction(1 + 31 + 1, 365)


def test_nothing_is_answered_before_the_issue(asked) -> None:
    """Where interest runs from before the issue date, the note is still not issued until then."""
    before = asked("2019-01-01", "interest: 10% per year { accrues_from: 2018-08-31 }")
    assert spelt(before["status"].value) == "not issued"
    assert spelt(before["owed"].value) == "refused: the note is not issued until 2019-01-02"


def test_note_without_interest_converts(asked) -> None:
    """A note that bears no interest opens its principal: 100,000 / 0.01."""
    stated = asked(MONDAY, conversion("USD 0.01 per share"), without=["interest"])
    assert exact(stated, "allowed_shares") == 10_000_000
    assert exact(stated, "owed") == 100_000


# ---- caps --------------------------------------------------------------------------------------------------------

CAPS = (
    (CAP, 6_654_816),  # (9.99% x 100,000,000 - 4,000,000) / 90.01% = 5,990,000 / 0.9001, rounded down
    ("ownership_cap: 9.99% of outstanding shares before conversion", 5_990_000),
    ("ownership_cap: 9.99% of outstanding shares before conversion { at_the_cap: refused }", 5_989_999),
    ("ownership_cap: 20% of outstanding shares after conversion", 20_000_000),  # (20,000,000 - 4,000,000) / 80%
    ("ownership_cap: 20% of outstanding shares after conversion { at_the_cap: refused }", 19_999_999),
    ("ownership_cap: 9.99% of outstanding shares after conversion { at_the_cap: refused }", 6_654_816),  # a part over
    ("ownership_cap: 3.99% of outstanding shares after conversion", 0),  # 4% are held
)


@pytest.mark.parametrize(("cap", "shares"), CAPS)
def test_cap(asked, cap: str, shares: int) -> None:
    """100,000,000 outstanding and 4,000,000 held leave so many shares under the cap."""
    stated = asked(MONDAY, conversion("USD 0.001 per share"), cap, lines=LEVELS)
    assert exact(stated, "allowed_shares") == shares
    assert spelt(stated["binding_limit"].value) == "ownership cap"


def test_cap_and_balance_tie(asked) -> None:
    """Where two limits are the same, both bind: 100,000 / 0.005 is the 20,000,000 that the cap leaves."""
    cap = "ownership_cap: 20% of outstanding shares after conversion"
    stated = asked("2019-01-02", conversion("USD 0.005 per share"), cap, lines=LEVELS)
    assert spelt(stated["binding_limit"].value) == "the whole balance, ownership cap"


def test_cap_without_levels_is_unknown_with_a_bound(asked) -> None:
    """Without share counts the cap is unknown, never nothing; the balance still bounds the answer."""
    stated = asked("2019-01-02", conversion("USD 0.01 per share"), CAP)
    assert spelt(stated["allowed_shares"].value).startswith("unknown, at most 10,000,000 shares: needs `held`")
    assert spelt(stated["binding_limit"].value).startswith("unknown: needs `held`")


# ---- windows -----------------------------------------------------------------------------------------------------

WINDOWS = (
    ("lowest closing bid over the 5 trading days before conversion", "0.009"),
    ("lowest closing bid over the 5 trading days through conversion", "0.008"),  # Monday counts
    ("lowest closing bid over the 3 trading days ending on conversion", "0.008"),
    ("average closing bid over the 3 trading days ending on 2019-03-07", "0.012"),  # (12 + 9 + 15) / 3
    ("average closing bid over the 7 days before conversion", "0.0114"),  # (10 + 12 + 9 + 15 + 11) / 5
    ("lowest closing bid over the 3 days before conversion", "0.011"),  # of Friday to Sunday, Friday has a session
    ("highest closing bid over the 3 days through conversion", "0.008"),  # of Saturday to Monday, Monday has one
    ("highest closing bid over the 5 trading days before conversion", "0.015"),
    ("last closing bid over the 5 trading days before conversion", "0.011"),
    ("median closing bid over the 5 trading days before conversion", "0.011"),
    ("median closing bid over the 4 trading days before conversion", "0.0115"),  # 9, 11, 12, 15: (11 + 12) / 2
    ("average of the 2 highest closing bids over the 5 trading days before conversion", "0.0135"),  # (15 + 12) / 2
    ("average of the 3 lowest closing bids over the 5 trading days before conversion", "0.010"),  # (9 + 10 + 11) / 3
    ("60% of average closing bid over the 2 trading days before conversion", "0.0078"),  # 60% x (15 + 11) / 2
    ("lesser of USD 0.01 per share and highest closing bid over the 5 trading days before conversion", "0.01"),
    ("greater of USD 0.01 per share and lowest closing bid over the 5 trading days before conversion", "0.01"),
)


@pytest.mark.parametrize(("price", "value"), WINDOWS)
def test_window(asked, price: str, value: str) -> None:
    """The sessions that the words count, and no others."""
    stated = asked(MONDAY, conversion(price), lines=quoted(BIDS))
    assert exact(stated, "conversion_price") == Fraction(value)


def test_window_weighted_by_volume(asked) -> None:
    """(300 x 0.01 + 100 x 0.02) / 400 = 0.0125"""
    price = conversion("volume-weighted average closing price over the 2 trading days before conversion")
    lines = (
        "2019-03-07 closing price USD 0.01 per share",
        "2019-03-08 closing price USD 0.02 per share",
        "2019-03-07 volume 300 shares",
        "2019-03-08 volume 100 shares",
    )
    assert exact(asked(MONDAY, price, lines=lines), "conversion_price") == Fraction("0.0125")


# ---- missing bids ------------------------------------------------------------------------------------------------

LOWEST = "80% of lowest closing bid over the 5 trading days before conversion"
NO_WEDNESDAY = {day: bid for day, bid in BIDS.items() if day != "2019-03-06"}


def test_missing_bid_is_named(asked) -> None:
    """A session of the window without its bid leaves the price unknown, and says which day."""
    stated = asked(MONDAY, conversion(LOWEST), lines=quoted(NO_WEDNESDAY))
    for name in ("conversion_price", "full_conversion_shares", "allowed_shares", "allowed_amount"):
        assert stated.needs[name] == ("closing bid for 2019-03-06",), name
    assert exact(stated, "owed") == 100_000 + 10_000 * Fraction(68, 365)


def test_missing_bid_outside_the_window_is_not_missed(asked) -> None:
    """A bid before the window, or on the day itself, is not needed."""
    inside = {day: bid for day, bid in BIDS.items() if day != MONDAY}
    assert exact(asked(MONDAY, conversion(LOWEST), lines=quoted(inside)), "conversion_price") == Fraction("0.0072")


def test_missing_bid_leaves_the_principal_known(asked) -> None:
    """Without a cap USD 40,000.00 may be converted at any price: what it retires is known, its shares are not."""
    stated = asked(MONDAY, conversion(LOWEST), lines=[*quoted(NO_WEDNESDAY), f"{MONDAY} convert USD 40,000.00"])
    (converted,) = (each.change.shown for each in stated.history)
    assert Unknown(("closing bid for 2019-03-06",)) == converted["shares"].value
    assert exact(stated, "principal") == 100_000 + 10_000 * Fraction(68, 365) - 40_000


def test_missing_bid_under_a_cap_leaves_the_principal_unknown(asked) -> None:
    """Whether the cap allows the conversion hangs on its shares, and so does the principal, from that day on."""
    lines = [*LEVELS, *quoted(NO_WEDNESDAY), f"{MONDAY} convert USD 40,000.00"]
    assert exact(asked("2019-03-08", conversion(LOWEST), CAP, lines=lines), "principal") == 100_000
    assert asked(MONDAY, conversion(LOWEST), CAP, lines=lines).needs["principal"] == ("closing bid for 2019-03-06",)


# ---- splits ------------------------------------------------------------------------------------------------------


def test_split_inside_the_window(asked) -> None:
    """Bids before a split of 1 for 10 are restated: 0.010 and 0.012 are 0.10 and 0.12, and 0.09 is the lowest."""
    after = {"2019-03-06": "0.09", "2019-03-07": "0.15", "2019-03-08": "0.11"}
    lines = [*quoted(BIDS | after), "2019-03-06 split 1 for 10"]
    average = conversion("average closing bid over the 5 trading days before conversion")
    # (0.10 + 0.12 + 0.09 + 0.15 + 0.11) / 5
    assert exact(asked(MONDAY, average, lines=lines), "conversion_price") == Fraction("0.114")
    assert exact(asked(MONDAY, conversion(LOWEST), lines=lines), "conversion_price") == Fraction("0.072")


def test_price_before_the_split_is_on_the_old_basis(asked) -> None:
    """On the day before the split the window is not yet restated: 80% of the lower of 0.010 and 0.012."""
    price = conversion("80% of lowest closing bid over the 2 trading days through conversion")
    lines = [*quoted(BIDS), "2019-03-06 split 1 for 10"]
    assert exact(asked("2019-03-05", price, lines=lines), "conversion_price") == Fraction("0.008")


@pytest.mark.parametrize(
    ("lines", "shares"),
    [
        # 100,000,000 and 4,000,000 become 10,000,000 and 400,000: 599,000 / 0.9001
        (("2019-02-04 split 1 for 10",), 665_481),
        # A level of the day of the split counts the new shares: (999,000 + 99,900 - 400,000) / 0.9001
        (("2019-02-04 split 1 for 10", "2019-02-04 outstanding 11,000,000 shares"), 776_469),
        # A forward split: 200,000,000 and 8,000,000, 11,980,000 / 0.9001
        (("2019-02-04 split 2 for 1",), 13_309_632),
    ],
)
def test_split_after_a_level(asked, lines: tuple[str, ...], shares: int) -> None:
    """Shares outstanding and held are restated by a split, until a later level replaces them."""
    stated = asked(MONDAY, conversion("USD 0.001 per share"), CAP, lines=[*LEVELS, *lines])
    assert exact(stated, "allowed_shares") == shares


# ---- from words to figures ---------------------------------------------------------------------------------------


def conversion(price: str) -> str:
    """A conversion clause with this price."""
    return f"conversion {{ by: holder at any time  price: {price} }}"


def quoted(bids: dict[str, str]) -> list[str]:
    """The lines of a ledger that give these closing bids."""
    return [f"{day} closing bid USD {bid} per share" for day, bid in bids.items()]


def exact(stated: Statement, name: str) -> Fraction:
    """The number that an answer is."""
    value: Quantity = stated[name].value
    assert isinstance(value.value, Fraction), spelt(value)
    return value.value


def found(errors: NoteErrors) -> list[tuple[str, str]]:
    """The codes and messages of what is wrong with a note."""
    return [(each.code, each.message) for each in errors.diagnostics]


def test_a_day_count_goes_by_its_other_names(asked) -> None:
    """`actual/365 fixed` is `actual/365`, and the statement says so in the table's own word."""
    stated = asked("2019-04-12", "interest: 10% per year { day_count: actual/365 fixed }")
    assert Fraction(10_000 * 100, 365) == stated["accrued_interest"].value.value


@pytest.mark.parametrize(("day", "due"), [("2026-01-02", "USD 124,191.78"), ("2026-07-02", "USD 124,191.78")])
def test_a_maturity_past_the_calendar_leaves_the_rest_answered(asked, day: str, due: str) -> None:
    """2028-06-03 is past the end of NYSE's known sessions: the payment date is unknown, the sum is not."""
    late = 'default "payment" { when: payment is late  grace: 5 business days }'
    stated = asked(day, "issued: 2026-01-02", "maturity: 2028-06-03", late)
    assert due == spelt(stated["due_at_maturity"].value)  # 883 days: 100,000 x (1 + 10% x 883/365)
    assert spelt(stated["due_at_maturity"].parts["payment_date"]).startswith("unknown")
    assert spelt(stated["defaults"].value) == "not the one written event"


def test_past_the_calendar_what_rests_on_it_is_unknown(asked) -> None:
    """After such a maturity nobody can say from when interest runs on, nor whether payment is late; principal stays."""
    late = 'default "payment" { when: payment is late }'
    stated = asked("2028-06-05", "issued: 2026-01-02", "maturity: 2028-06-03", late)
    assert spelt(stated["principal"].value) == "USD 100,000.00"
    for name in ("accrued_interest", "status", "defaults"):
        assert spelt(stated[name].value).startswith("unknown")


def test_a_price_to_watch_for_is_per_share(asked) -> None:
    """It can be nothing else, so that whoever leaves it out has said it."""
    condition = "closing bid below USD 0.01{} for 2 trading days"
    defaults = [f'default "price" {{ when: {condition.format(per)} }}' for per in ("", " per share")]
    said = [asked(MONDAY, "issued: 2019-03-04", each, lines=quoted(BIDS))["defaults"].rows for each in defaults]
    # Below a cent on 2019-03-06 and on the 11th, never on two days in a row.
    assert [[spelt(figures["state"]) for _, figures in rows] for rows in said] == [["not tripped"]] * 2


def test_a_quote_past_the_end_of_the_calendar_is_taken(asked) -> None:
    """Whether there was a session nobody knows yet; a Sunday that the calendar knows is an error."""
    assert asked(MONDAY, lines=["2060-01-05 closing bid USD 0.01 per share"])["status"]
    with pytest.raises(NoteErrors, match="E325"):
        asked(MONDAY, lines=["2019-03-10 closing bid USD 0.01 per share"])


@pytest.mark.parametrize("late_first", [True, False])
def test_of_two_levels_for_a_day_the_later_known_stands(asked, late_first: bool) -> None:
    """Wherever it is written: 9.99% / 90.01% of 2,000 shares are 221 and of 1,000 110."""
    early, late = "2019-03-01 outstanding 1,000 shares", "2019-03-01 outstanding 2,000 shares known 2019-03-07"
    lines = [late, early] if late_first else [early, late]
    convert = "conversion { by: holder at any time  price: USD 1.00 per share }"
    held = "2019-01-02 held 0 shares"
    allowed = [
        asked(MONDAY, convert, CAP, lines=[held, *lines], known=known)["allowed_shares"].value.value
        for known in (None, "2019-03-06")
    ]
    assert allowed == [221, 110]
