"""What no fact brings: conditions on prices and figures, which are looked at every day.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py).
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Refused, Unknown
from tenor.engine.time.calendars import NYSE

DAILY = Fraction(10_000, 365)  # interest of a day at 10%
LOW_PRICE = "closing bid below USD 0.01 per share for 2 trading days"


def bids(low: Iterable[str]) -> list[str]:
    """A closing bid of each session about the first two months: a cent, and half a cent on some days of 2019."""
    days = NYSE.sessions_between(date(2018, 12, 17), date(2019, 3, 1))
    return [f"{day} closing bid USD {0.005 if str(day)[5:] in low else 0.01} per share" for day in days]


LOWEST = "lowest closing bid over the 2 trading days before conversion"
PRICED = "conversion { by: holder at any time  price: USD 0.01 per share }"
LOW = bids(("01-08", "01-09", "01-10"))


@pytest.mark.parametrize(
    ("day", "days"),
    [
        ("2019-01-09", 7),  # low on the 8th and the 9th: from the 9th on at 20%, and again 10% from the 11th on
        ("2019-01-10", 7 + 2),
        ("2019-01-11", 7 + 2 * 2),
        ("2019-01-14", 7 + 2 * 2 + 3),
    ],
)
def test_a_rate_that_watches_a_price(asked, day: str, days: int) -> None:
    """The rate is another while the price was low on two sessions, though no line of the ledger says so."""
    interest = f'interest: 10% per year\ninterest "low": 20% per year when {LOW_PRICE}'
    stated = asked(day, interest, lines=LOW)
    assert stated["accrued_interest"].value.value == days * DAILY
    assert stated["interest_rate"].value.value == (
        Fraction(1, 5) if day in ("2019-01-09", "2019-01-10") else Fraction(1, 10)
    )


def test_a_rate_is_known_again(asked) -> None:
    """Two bids lack, and with them what accrued meanwhile; the rate is known as soon as bids are there."""
    lacking = [line for line in LOW if line[:10] not in ("2019-01-22", "2019-01-23")]
    interest = f'interest: 10% per year\ninterest "low": 20% per year when {LOW_PRICE}'
    stated = asked("2019-01-28", interest, lines=lacking)
    assert stated["interest_rate"].value.value == Fraction(10, 100)
    bids_lacking = tuple(f"closing bid for 2019-01-{day}" for day in (22, 23))
    assert stated.needs == dict.fromkeys(("status", "accrued_interest", "owed", "due_at_maturity"), bids_lacking)


def test_years_without_bids(asked) -> None:
    """Each session from the one before the issue on may have been low."""
    interest = f'interest: 10% per year\ninterest "low": 20% per year when {LOW_PRICE}'
    sessions = NYSE.sessions_between(date(2018, 12, 31), date(2026, 11, 22))
    every_bid = tuple(f"closing bid for {day}" for day in sessions)
    assert asked("2026-11-22", interest).needs["owed"] == every_bid


def test_a_rate_that_rests_on_a_window(asked) -> None:
    """The lowest bid of the two sessions before is below a cent from the 9th to the 14th: a weekend lies between."""
    interest = f'interest: 10% per year\ninterest "low": 20% per year when {LOWEST} below USD 0.01 per share'
    conversion = "conversion { by: holder at any time  price: USD 0.01 per share }"
    stated = asked("2019-01-16", interest, conversion, lines=LOW)
    assert stated["accrued_interest"].value.value == (7 + 2 * 6 + 1) * DAILY


def test_a_rate_that_rests_on_what_has_accrued(asked) -> None:
    """Ten days bring USD 273.97, which is not above it; eleven are, and from then on a day counts twice."""
    interest = 'interest: 10% per year\ninterest "much": 20% per year when accrued interest above USD 273.98'
    assert asked("2019-01-13", interest)["accrued_interest"].value.value == 11 * DAILY
    assert asked("2019-01-15", interest)["accrued_interest"].value.value == (11 + 2 * 2) * DAILY
    assert asked("2019-01-10", interest)["due_at_maturity"].value.value == 100_000 + (11 + 2 * 354) * DAILY


def test_a_rate_that_is_another_from_the_start(asked) -> None:
    """The day of issue counts, and already at 20%."""
    interest = """interest: 10% per year { days_counted: first and last day }
interest "large": 20% per year when principal above USD 1.00"""
    assert asked("2019-01-02", interest)["accrued_interest"].value.value == 2 * DAILY


def test_a_rate_that_rests_on_a_day_past_the_calendar(asked) -> None:
    """From maturity on nobody knows whether business days have gone by that no calendar has."""
    clauses = (
        "maturity: 2027-12-30",
        'interest: 10% per year\ninterest "late": 20% per year when payment is late by 3 business days',
    )
    assert asked("2027-12-30", *clauses)["interest_rate"].value.value == Fraction(1, 10)
    assert isinstance(asked("2028-01-10", *clauses)["interest_rate"].value.value, Unknown)


@pytest.mark.parametrize("watched", [LOW_PRICE, "conversion price below USD 0.01 per share"])
def test_what_falls_due_is_reckoned_with_the_prices_of_today(asked, watched: str) -> None:
    """From 9 January on the rate is 20%, and on the 10th it is taken to go on so."""
    conversion = f"conversion {{ by: holder at any time  price: {LOWEST} }}"
    interest = f'interest: 10% per year\ninterest "low": 20% per year when {watched}'
    stated = asked("2019-01-10", interest, conversion, lines=LOW)
    assert stated["due_at_maturity"].value.value == 100_000 + (7 + 2 * 358) * DAILY


@pytest.mark.parametrize(
    "watched",
    [
        "Low below USD 0.01 per share",
        "50% of Low below USD 0.005 per share",
        "greater of USD 0.001 per share and Low below USD 0.01 per share",
    ],
)
def test_a_price_is_not_foreseen_however_it_is_said(asked, watched: str) -> None:
    """As above: from 9 January on the rate is 20%, and on the 10th it is taken to go on so."""
    interest = f'interest: 10% per year\ninterest "low": 20% per year when {watched}'
    stated = asked("2019-01-10", f"define Low: {LOWEST}", interest, PRICED, lines=LOW)
    assert stated["due_at_maturity"].value.value == 100_000 + (7 + 2 * 358) * DAILY


@pytest.mark.parametrize(
    "exceptions",
    [
        f'interest "low": 20% per year when bankruptcy and {LOW_PRICE}',
        f'interest "bad": 30% per year when insolvency\ninterest "low": 20% per year when {LOW_PRICE} over "bad"',
        f'interest "low": 20% per year when {LOW_PRICE} and accrued interest above USD 1.00',
    ],
)
def test_a_rate_that_rests_on_a_price_among_others(asked, exceptions: str) -> None:
    """20% from the 9th, the second low session, on: a day on which nothing else happens."""
    stated = asked("2019-01-10", f"interest: 10% per year\n{exceptions}", lines=["2019-01-04 bankruptcy", *LOW])
    assert stated["accrued_interest"].value.value == (7 + 2) * DAILY
    assert stated["due_at_maturity"].value.value == 100_000 + (7 + 2 * 358) * DAILY


def test_a_bid_that_lacks_leaves_the_rate_unknown(asked) -> None:
    """Without the bid of 9 January nobody knows whether the price was low for two days."""
    interest = f'interest: 10% per year\ninterest "low": 20% per year when {LOW_PRICE}'
    lines = [line for line in LOW if not line.startswith("2019-01-09")]
    assert asked("2019-01-08", interest, lines=lines)["accrued_interest"].value.value == 6 * DAILY
    assert "2019-01-09" in spelt(asked("2019-02-01", interest, lines=lines)["accrued_interest"].value)


# ---- again, after a waiver or a cure -----------------------------------------------------------------------------

DEFAULT = f'default "low" {{ when: {LOW_PRICE} }}'
TWICE = bids(("01-08", "01-09", "01-10", "01-11", "01-22", "01-23", "01-24"))


@pytest.mark.parametrize(
    ("mended", "standing"),
    [
        # what was low by the waiver counts no more: two sessions from the next day on
        ("2019-01-09", {"01-09": "waived", "01-10": "waived", "01-11": "default continuing since 2019-01-11"}),
        ("2019-01-10", {"01-11": "waived", "01-22": "waived", "01-23": "default continuing since 2019-01-23"}),
        # of what has not begun a waiver says nothing: the session of the 8th counts
        ("2019-01-08", {"01-08": "not tripped", "01-09": "default continuing since 2019-01-09"}),
    ],
)
def test_a_price_may_be_low_again(asked, mended: str, standing: dict[str, str]) -> None:
    """A waiver ends what has begun by its day, and bars nothing that begins later."""
    lines = [*TWICE, f'{mended} waived "low"']
    for day, expected in standing.items():
        ((_, row),) = asked(f"2019-{day}", DEFAULT, lines=lines)["defaults"].rows
        state, since = spelt(row["state"]), spelt(row["since"])
        assert (f"{state} since {since}" if "since" in expected else state) == expected, day


# ---- levels that an amendment writes, in the shares of its day ----------------------------------------------------

SPLIT = ["2019-01-15 split 1 for 10"]  # a bid of a cent is ten cents of such shares


@pytest.mark.parametrize(("level", "low"), [("0.09", False), ("0.11", True)])
def test_a_level_of_an_amendment_is_in_the_shares_of_its_day(asked, level: str, low: bool) -> None:
    """Ten cents a share after the split are not below nine cents, and are below eleven."""
    days = NYSE.sessions_between(date(2018, 12, 17), date(2019, 3, 1))
    lines = [f"{day} closing bid USD {'0.01' if day < date(2019, 1, 15) else '0.10'} per share" for day in days]
    clauses = (
        "conversion { by: holder at any time  price: USD 0.01 per share }",
        'default "low" { when: bankruptcy }',
        f"""amendment "First" {{
  effective: 2019-02-01
  conversion.price "low": 50% of otherwise when {LOWEST} below USD {level} per share
  conversion.by "low": nobody when closing bid below USD {level} per share for 2 trading days
  default "low" {{ when: closing bid below USD {level} per share for 2 trading days }}
}}""",
    )
    stated = asked("2019-02-08", *clauses, lines=[*SPLIT, *lines])
    assert spelt(stated["conversion_price"].value) == f"USD {'0.05' if low else '0.1'} per share"
    assert isinstance(stated["convertible"].value.value, Refused) == low
    ((_, row),) = stated["defaults"].rows
    assert spelt(row["state"]) == ("default continuing" if low else "not tripped")


def test_each_amended_exception_is_in_the_shares_of_its_own_day(asked) -> None:
    """The split of 15 January restates the price that was written before it, and not the one written after it."""
    clauses = (
        "conversion { by: holder at any time  price: USD 0.01 per share }",
        'amendment "First" { effective: 2019-01-10  conversion.price "a": USD 0.02 per share when event "A" }',
        """amendment "Second" {
  effective: 2019-02-01
  conversion.price "b": USD 0.50 per share when event "B" over "a"
}""",
    )
    for event, price in (("A", "USD 0.2 per share"), ("B", "USD 0.5 per share")):
        stated = asked("2019-02-08", *clauses, lines=[*SPLIT, f'2019-02-04 event "{event}"'])
        assert spelt(stated["conversion_price"].value) == price


def test_what_a_missing_bid_may_have_accelerated_is_unknown(asked) -> None:
    """Low bids after maturity let the interest since then fall due too; without the bids nobody knows."""
    default = f'default "low" {{ when: {LOW_PRICE}  then: acceleration }}'
    days = NYSE.sessions_between(date(2018, 12, 17), date(2020, 2, 15))
    lines = [f"{day} closing bid USD {0.005 if day > date(2020, 2, 9) else 0.01} per share" for day in days]
    due = 110_000 + 40 * DAILY  # to Tuesday, 11 February, the second low session
    assert asked("2020-02-14", default, lines=lines)["due_at_maturity"].value.value == due
    assert isinstance(asked("2020-02-14", default)["due_at_maturity"].value.value, Unknown)


def test_what_watches_no_price_asks_no_market(asked) -> None:
    """A book's rows are checked without a market, which would take longer to make than all else."""

    class NoMarket:
        entries = ()

        def dates_of(self, event: str, subject: str) -> tuple[date, ...]:
            return ()

    clauses = ('default "payment" { when: payment is late or bankruptcy  then: acceleration }', PRICED)
    model = asked("2019-01-10", *clauses).note.versions[0]
    events = [event for clause, schedule in model.signed("schedule") for event in schedule(clause, model, NoMarket())]
    assert {"maturity", "lateness", "interest stop"} <= {event.kind for event in events}
