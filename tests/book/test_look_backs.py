"""Look-backs over many notes and days at once: every statistic, window and gap, as one statement after the other."""

import random
from datetime import date, timedelta

import pytest
from book.test_fast import rows
from drawing import ledger_of

from tenor.engine.arrays import blocks
from tenor.engine.time.calendars import CALENDARS
from tenor.terms import load
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import Member

NOTE = """note "Look-backs" {{ issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }}
issued: 2019-01-02
principal: USD 100,000.00
maturity: 2020-01-02
interest: 8% per year {{ day_count: actual/365 }}
define Market Price: {price}
conversion {{ by: holder at any time  price: 65% of Market Price }}
"""
ISSUED = date(2019, 1, 2)
ASK = ("conversion_price", "full_conversion_shares", "market_value")
PRICES = [
    "lowest closing bid over the 5 trading days before conversion",
    "highest closing bid over the 5 trading days through conversion",
    "average closing bid over the 4 trading days before conversion",
    "median closing bid over the 5 trading days before conversion",
    "median closing bid over the 4 trading days before conversion",
    "last closing bid over the 5 trading days before conversion",
    "average of the 3 lowest closing bids over the 10 trading days before conversion",
    "average of the 12 lowest closing bids over the 15 trading days before conversion",
    "average of the 12 highest closing bids over the 15 trading days before conversion",
    "median of the 3 lowest closing bids over the 10 trading days before conversion",
    "lowest of the 2 highest closing bids over the 10 trading days before conversion",
    "highest of the 2 lowest closing bids over the 10 trading days before conversion",
    "volume-weighted average closing bid over the 3 trading days before conversion",
    "lowest closing bid over the 7 days before conversion",
    "lowest closing bid over the 5 trading days before 2019-03-01",
    "lesser of lowest closing bid over the 2 trading days before conversion and "
    "average closing bid over the 3 trading days before conversion",
    "lowest closing bid over the 2 trading days before conversion - USD 0.01 per share",
]


def ledger_lines(draw: random.Random, gaps: bool, split: bool) -> list[str]:
    """Bids and volumes of the sessions from the issue on; some are left out, and shares are split on one of them."""
    lines = []
    for day in CALENDARS["NYSE"].sessions_between(ISSUED, ISSUED + timedelta(70)):
        if not gaps or draw.random() < 0.97:
            lines.append(f"{day} closing bid USD 0.{draw.randrange(1, 999):04} per share")
        if not gaps or draw.random() < 0.97:
            lines.append(f"{day} volume {draw.choice((100, 1_000, 25_000)):,} shares")
    return [*lines, *(["2019-02-19 split 1 for 10"] if split else [])]


def members(folder, price: str, count: int, gaps: bool, splits: bool) -> list[Member]:
    draw = random.Random(f"{price} {gaps} {splits}")
    path = folder / "note.terms"
    path.write_text(NOTE.format(price=price), "utf-8")
    note = load(str(path)).note
    ledgers = [ledger_of(note, ledger_lines(draw, gaps, splits and draw.random() < 0.3)) for _ in range(count)]
    return [Member(str(place), str(path), note, ledger) for place, ledger in enumerate(ledgers)]


@pytest.mark.parametrize("price", PRICES)
@pytest.mark.parametrize(("gaps", "splits"), [(False, False), (True, True)], ids=["whole", "gaps and splits"])
def test_a_look_back_over_many_notes_and_days_is_each_alone(
    tmp_path, monkeypatch, price: str, gaps: bool, splits: bool
):
    """On sessions, holidays, before the issue and past the last bid; without gaps as one grid, else row by row."""
    monkeypatch.setattr(blocks, "SAME_MIN", 1_000_000 if gaps else 1)
    monkeypatch.setattr(blocks, "NEAR_MIN", 1_000_000 if gaps else 1)
    book = members(tmp_path, price, 6, gaps, splits)
    days = [ISSUED + timedelta(place) for place in range(-1, 90, 2)]
    fast, exact = Fast(exact=True).answers(book, days, ASK), Exactly(exact=True).answers(book, days, ASK)
    for name in ASK:
        assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), name


@pytest.mark.parametrize("price", [PRICES[0], PRICES[5], PRICES[12], PRICES[13]])
@pytest.mark.parametrize("told", ["", "volume 5 shares", "closing bid USD 0.05 per share"])
@pytest.mark.parametrize(
    "splits", [("2019-02-19 split 1 for 10",), ("2019-02-19 split 1 for 10", "2019-03-05 split 3 for 1")]
)
def test_after_a_split_a_series_without_a_quote_is_still_missing(
    tmp_path, price: str, told: str, splits: tuple[str, ...]
):
    """Of notes of which some have split: no series at all, only another one, or bids without their volume."""
    path = tmp_path / "note.terms"
    path.write_text(NOTE.format(price=price), "utf-8")
    note = load(str(path)).note
    days = [ISSUED + timedelta(place) for place in range(-1, 90, 7)]
    sessions = CALENDARS["NYSE"].sessions_between(ISSUED, days[-1]) if told else ()
    quotes = [f"{day} {told}" for day in sessions]
    ledgers = [ledger_of(note, [*quotes, *more]) for more in ((), splits)]
    book = [Member(str(place), str(path), note, ledger) for place, ledger in enumerate(ledgers)]
    fast, exact = Fast(exact=True).answers(book, days, ASK), Exactly(exact=True).answers(book, days, ASK)
    for name in ASK:
        assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), name
