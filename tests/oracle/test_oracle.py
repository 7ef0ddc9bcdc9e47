"""The oracle against what was reckoned by hand: where both it and the engine were wrong alike, these would tell.

The figures are those of tests/cases/expected.csv and of tests/engine/day_counts.csv, from contracts, standards and
arithmetic; the sessions are those of `exchange_calendars`.
"""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from oracle.answers import answered
from oracle.calendar import DAY, is_open
from oracle.conversion import most_shares
from oracle.day_counts import ADDING, parts_of_the_year, stretch
from oracle.description import Cap, Case, Conversion, Default, Fact, Interest, Lookback, Note

GS = Note(
    date(2019, 2, 22),
    Fraction("108068.36"),
    date(2020, 2, 22),
    Interest(Fraction(8, 100)),
    conversion=Conversion(
        ("percent", Fraction(65, 100), ("lookback", Lookback("average", 10, count=3, among="lowest"))),
    ),
    cap=Cap(Fraction(599, 10_000)),
    defaults=(Default("insolvency", ("bankruptcy",), rate=Fraction(24, 100)),),
)
BIDS = ["0.0019", "0.0018", "0.0016", "0.0017", "0.0021", "0.0015", "0.0016", "0.0018", "0.0020", "0.0022"]
SESSIONS = (12, 13, 14, 15, 16, 19, 20, 21, 22, 23)  # of August 2019
LEVELS = (Fact(GS.issued, "outstanding", Fraction(10**9)), Fact(GS.issued, "held", Fraction(0)))
QUOTES = tuple(
    Fact(date(2019, 8, day), "quote", Fraction(bid), "closing bid") for day, bid in zip(SESSIONS, BIDS, strict=True)
)


def on(day: str, *facts: Fact, note: Note = GS) -> dict[str, Any]:
    asked = date.fromisoformat(day)
    return answered(Case(note, facts, (asked,)))[asked]


def test_price_of_three_lowest_bids() -> None:
    """65% of (0.0015 + 0.0016 + 0.0016) / 3 = 611/600000."""
    assert on("2019-08-26", *QUOTES)["conversion_price"] == Fraction(611, 600_000)


def test_most_shares_under_a_cap() -> None:
    """63,716,625 of a thousand million, by the definition; one more is in excess of 5.99%."""
    found = on("2019-08-26", *QUOTES, *LEVELS)
    assert (found["allowed_shares"], found["binding_limit"]) == (63_716_625, ("ownership cap",))
    assert most_shares(lambda new: Fraction(new, 10**9 + new) <= Fraction(599, 10_000)) == 63_716_625


def test_two_conversions_and_a_payment() -> None:
    """What examples/gs-capital.facts expects of itself: 54,980.05 due on Monday 2020-02-24, which pays the note."""
    acts = (
        Fact(date(2019, 8, 26), "convert money", Fraction(25_000)),
        Fact(date(2019, 9, 10), "sold", Fraction(24_549_918)),
    )
    found = on("2019-09-10", *QUOTES, *LEVELS, *acts)
    # 4,381.95 of interest first: 108,068.36 - (25,000.00 - 4,381.95)
    assert [round(found["principal"], 2), round(found["due_at_maturity"], 2)] == [
        Fraction("87450.31"),
        Fraction("90900.40"),
    ]
    assert found["due_at_maturity.payment_date"] == date(2020, 2, 24)
    paid = on("2020-02-24", *QUOTES, *LEVELS, *acts, Fact(date(2020, 2, 24), "pay", Fraction("90900.40")))
    assert paid["status"] == "repaid"


def test_compounding_from_before_the_issue() -> None:
    """The BayBridge exhibit: 225,101.73 from 2017-12-29 at 12% compounded quarterly by actual days."""
    note = Note(
        date(2018, 1, 31),
        Fraction(200_000),
        date(2018, 12, 29),
        Interest(Fraction(12, 100), "compounded quarterly", accrues_from=date(2017, 12, 29)),
    )
    assert round(on("2018-12-29", note=note)["due_at_maturity"], 2) == Fraction("225101.73")


def test_default_rate_in_place_of_the_notes() -> None:
    """100 days at 8%, then 100 at 24%, of 108,068.36."""
    found = on("2019-09-10", Fact(date(2019, 6, 2), "bankruptcy"))
    assert found["accrued_interest"] == Fraction("108068.36") * Fraction(100 * 8 + 100 * 24, 36_500)


TABLE = csv.DictReader((Path(__file__).parents[1] / "engine" / "day_counts.csv").read_text("utf-8").splitlines())


@pytest.mark.parametrize("row", list(TABLE), ids=lambda row: f"{row['convention']} {row['start']} {row['end']}")
def test_day_counts(row: dict[str, str]) -> None:
    """Every stretch of the table, day by day where the convention adds."""
    if "month ends" in row["schedule"]:
        pytest.skip("no note of the language keeps month ends")
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    anchor, _, frequency = row["schedule"].partition(" ")
    years = Fraction(0)
    if row["convention"] in ADDING:
        day = start
        while day < end:
            anchored = date.fromisoformat(anchor) if anchor else start
            parts = parts_of_the_year(row["convention"], day, row["calendar"], anchored, frequency)
            years += Fraction(1, parts) if parts else 0
            day += DAY
    else:
        years = stretch(row["convention"], start, end, date.fromisoformat(row["termination"] or "1900-01-01"))
    assert years == sum(map(Fraction, row["fraction"].split("+")))


@pytest.mark.filterwarnings("default")  # what the judge deprecates is not ours
def test_sessions_of_the_nyse() -> None:
    """Every day from 1990 to 2027, unscheduled closures included."""
    exchange_calendars = pytest.importorskip("exchange_calendars")
    calendar = exchange_calendars.get_calendar("XNYS", start="1990-01-01", end="2027-12-31")
    sessions = {session.date() for session in calendar.sessions}
    day, last = date(1990, 1, 1), date(2027, 12, 31)
    while day <= last:
        assert is_open("NYSE", day) == (day in sessions), day
        day += DAY
