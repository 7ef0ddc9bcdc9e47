"""Conversions and the day, and the price: which days a window opens, and what a price that is nothing makes.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py). On 2019-03-16, 73 days or a fifth
of a year after the issue, USD 2,000.00 of interest has accrued.
"""

from datetime import date, timedelta

import pytest

from tenor.engine.exact.quantities import Quantity
from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Refused
from tenor.engine.running.statement import Statement
from tenor.grammar.diagnostics import NoteErrors

FIFTH = "2019-03-16"
OPEN = "conversion { by: holder at any time  price: USD 0.01 per share }"


def shown(stated: Statement) -> dict[str, Quantity]:
    """What the last act of the ledger shows."""
    return dict(stated.history[-1].change.shown)


def test_a_window_without_a_day_brings_none(asked) -> None:
    assert [words for words, _ in asked(FIFTH, OPEN)["next_dates"].rows] == ["maturity", "payment date"]


@pytest.mark.parametrize(
    ("window", "words", "day"),
    [
        ("on or after 2019-04-01", "first day for conversion", "2019-04-01"),
        ("after 2019-04-01", "first day for conversion", "2019-04-02"),
        ("on or before 2019-04-01", "last day for conversion", "2019-04-01"),
        ("before 2019-04-01", "last day for conversion", "2019-03-31"),
    ],
)
def test_the_day_of_a_window_comes_next(asked, window: str, words: str, day: str) -> None:
    """The first day on which the holder may, or the last; on it the window is open."""
    clause = OPEN.replace("at any time", window)
    name, row = asked(FIFTH, clause)["next_dates"].rows[0]
    assert (name, spelt(row["date"])) == (words, day)
    assert spelt(asked(day, clause)["convertible"].value).startswith("USD ")
    beyond = date.fromisoformat(day) + timedelta(-1 if words.startswith("first") else 1)
    assert "outside the window" in spelt(asked(str(beyond), clause)["convertible"].value)


@pytest.mark.parametrize(
    ("bids", "notice", "why"),
    [
        (("0.02", "0.03"), "convert USD 5.00", ""),  # 2 cents less 1: 500 shares
        (("0.01", "0.03"), "convert USD 5.00", "no-price"),
        (("0.004", "0.03"), "convert USD 5.00", "no-price"),
        (("0.004", "0.03"), "convert 500 shares", "no-price"),
        (("0.004", "0.03"), "convert everything", "no-price"),
    ],
)
def test_a_price_that_is_not_above_zero_converts_nothing(asked, bids: tuple[str, str], notice: str, why: str) -> None:
    """A bid less one cent: nothing is retired and no share made at a price of nothing, or of less."""
    bid = "lowest closing bid over the 2 trading days before conversion - USD 0.01 per share"
    clause = OPEN.replace("USD 0.01 per share", bid)
    days = ("2019-03-14", "2019-03-15")
    lines = [f"{day} closing bid USD {each} per share" for day, each in zip(days, bids, strict=True)]
    stated = asked(FIFTH, clause, lines=[*lines, f"{FIFTH} {notice}"])
    shares = shown(stated)["shares"].value
    if not why:
        assert spelt(shown(stated)["shares"]) == "500 shares"
        return
    assert isinstance(shares, Refused)
    assert why in [each.code for each in shares.reasons]
    assert [stated[name].value.value for name in ("principal", "accrued_interest")] == [100_000, 2_000]
    assert isinstance(stated["allowed_shares"].value.value, Refused)


@pytest.mark.parametrize(
    "price",
    [
        "USD 0.00 per share",
        "0% of USD 0.01 per share",
        'USD 0.01 per share  price "x": USD 0.00 per share when bankruptcy',
    ],
)
def test_a_price_of_nothing_is_an_error(asked, price: str) -> None:
    """Each figure of a price is above zero."""
    with pytest.raises(NoteErrors) as raised:
        asked(FIFTH, OPEN.replace("USD 0.01 per share", price))
    assert [each.code for each in raised.value.diagnostics] == ["E208"]
