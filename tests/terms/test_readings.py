"""Readings asked for: of one clause or all of a kind, in each version of the terms that leaves the field open.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to Thursday 2020-01-02 (conftest.py).
"""

from fractions import Fraction
from pathlib import Path

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.terms import load

DEFAULTS = """default "payment" { when: payment is late  grace: 5 days assumed "silent" else 10 days }
default "ruin" { when: bankruptcy  grace: 5 days assumed "silent" else 10 days, 30 days }
"""
OPEN = 'interest: 10% per year { day_count: actual/365 assumed "silent" else actual/360 }'
SAID = "interest: 10% per year { day_count: actual/365 }"
OTHERWISE = 'interest.day_count: actual/360 assumed "still silent" else actual/365'
SETTLED = "interest.day_count: actual/365"
CHILL = 'price "chill": USD 0.40 per share when event "DTC chill" assumed "silent" else USD 0.20 per share'


@pytest.fixture
def read(tmp_path: Path):
    """What a note with these clauses answers on a day under these readings."""

    def read_as(clauses: str, lines: str, day: str, **readings: str):
        head = 'note "T" { issuer: "I"  holder: "H"  calendar: NYSE }\nissued: 2019-01-02\n'
        head += "principal: USD 100,000.00\nmaturity: 2020-01-02\n"
        (tmp_path / "t.terms").write_text(head + clauses)
        (tmp_path / "t.facts").write_text(lines)
        return load(str(tmp_path / "t.terms")).read_as(readings["of"]).at(day, facts=str(tmp_path / "t.facts"))

    return read_as


@pytest.mark.parametrize(
    ("readings", "first", "last"),
    [
        ({}, "2019-08-06", "2019-08-07"),  # five days of grace are 2 to 6 August
        ({"default.grace": "10 days"}, "2019-08-11", "2019-08-12"),
        ({'default "ruin".grace': "10 days"}, "2019-08-11", "2019-08-12"),
        ({"default.grace": "30 days"}, "2019-08-31", "2019-09-01"),  # only the second event has this reading
        ({'default "payment".grace': "10 days"}, "2019-08-06", "2019-08-07"),
    ],
)
def test_a_reading_is_of_all_clauses_of_a_kind_or_of_one(read, readings, first: str, last: str) -> None:
    for day, state in ((first, "grace running"), (last, "default continuing")):
        stated = read(DEFAULTS, "2019-08-01 bankruptcy\n", day, of=readings)
        assert spelt(dict(stated["defaults"].rows)["ruin"]["state"]) == state


@pytest.mark.parametrize(
    ("interest", "amended", "of", "before", "after"),
    [
        # 100,000.00 at 10%: 180 days to 1 July under the first terms, and 100 more to 9 October under the second.
        (OPEN, OTHERWISE, {}, 365, 360),
        (OPEN, OTHERWISE, {"interest.day_count": "actual/360"}, 360, 360),
        (OPEN, OTHERWISE, {"interest.day_count": "actual/365"}, 365, 365),
        (OPEN, SETTLED, {"interest.day_count": "actual/360"}, 360, 365),
        (SAID, OTHERWISE, {"interest.day_count": "actual/365"}, 365, 365),
    ],
)
def test_each_version_is_read_where_it_leaves_the_field_open(read, interest, amended, of, before, after) -> None:
    clauses = f'{interest}\namendment "First" {{ effective: 2019-07-01  {amended} }}\n'
    accrued = read(clauses, "", "2019-10-09", of=of)["accrued_interest"].value.value
    assert accrued == 10_000 * (Fraction(180, before) + Fraction(100, after))


def test_a_reading_of_a_clause_that_an_amendment_brings(read) -> None:
    """4.99% x 95,010,000 / 95.01% is 4,990,000 shares: exactly the cap."""
    clauses = "conversion { by: holder at any time  price: USD 0.01 per share }\n"
    clauses += (
        'amendment "First" { effective: 2019-07-01  ownership_cap: 4.99% of outstanding shares after conversion }\n'
    )
    lines = "2019-01-02 outstanding 95,010,000 shares\n2019-01-02 held 0 shares\n"
    for of, shares in (({}, 4_990_000), ({"ownership_cap.at_the_cap": "refused"}, 4_989_999)):
        assert read(clauses, lines, "2019-07-02", of=of)["allowed_shares"].value.value == shares


def test_a_reading_of_an_exception(read) -> None:
    clauses = f"conversion {{ by: holder at any time  price: USD 0.50 per share\n  {CHILL} }}\n"
    for of, price in (({}, "0.40"), ({"conversion.price chill": "USD 0.20 per share"}, "0.20")):
        stated = read(clauses, '2019-02-01 event "DTC chill"\n', "2019-02-01", of=of)
        assert stated["conversion_price"].value.value == Fraction(price)


def test_what_no_version_leaves_open_is_no_reading(read) -> None:
    for of in ({"interest.day_count": "30/360 US"}, {"default.grace": "7 days"}, {'default "x".grace': "10 days"}):
        with pytest.raises(KeyError):
            read(DEFAULTS + OPEN + "\n", "", "2019-02-01", of=of)


def test_what_is_read_otherwise_says_so(read) -> None:
    """A reading of what the note writes is still assumed, and one of what it leaves out still a default."""
    of = {"interest.day_count": "actual/360", "maturity.business_day": "preceding"}
    resting = {each.origin.name: each.origin for each in read(f"{OPEN}\n", "", "2019-07-01", of=of).assumptions}
    assert (resting["interest.day_count"].words, resting["interest.day_count"].assumed) == (
        "actual/360",
        "read as `actual/360` on request",
    )
    assert (resting["maturity.business_day"].words, resting["maturity.business_day"].why) == (
        "preceding",
        "read so on request",
    )


def test_what_is_said_of_the_whole_note_is_read_otherwise_too(read) -> None:
    """The bid of 14 February lacks, and the last one before it stands in; a split restates no price that is written."""
    clauses = "conversion {{ by: holder at any time  price: {} }}\n"
    bids = "2019-02-12 closing bid USD 0.40 per share\n2019-02-13 closing bid USD 0.50 per share\n"
    window = clauses.format("lowest closing bid over the 3 trading days before conversion")
    stated = read(window, bids, "2019-02-15", of={"note.missing_quote": "last quote before"})
    assert stated["conversion_price"].value.value == Fraction("0.40")
    written = clauses.format("USD 0.50 per share")
    for of, price in (({}, 5), ({"note.fixed_prices": "as written"}, Fraction("0.50"))):
        stated = read(written, "2019-02-12 split 1 for 10\n", "2019-02-15", of=of)
        assert stated["conversion_price"].value.value == price
