"""The figures that the example notes must give, to the cent and to the share, through the library's door."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Refused
from tenor.engine.running.statement import Statement
from tenor.terms import load
from tenor.terms.door import LoadedNote

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_WRITTEN: Mapping[str, str] = MappingProxyType({})
LIMITS = ("allowed_shares", "binding_limit")
CONVERSION = (
    "conversion_price",
    "convertible",
    "full_conversion_shares",
    "allowed_shares",
    "binding_limit",
    "allowed_amount",
    "market_value",
)


def year(rate: str, days: int, length: int) -> Fraction:
    """What one dollar is worth after so many days of simple interest."""
    return 1 + Fraction(rate) * Fraction(days, length)


FACE, SEED, BRIDGE = Fraction("108068.36"), Fraction(330_000), Fraction(200_000)
QUARTERS = year("0.12", 90, 365) * year("0.12", 92, 365) * year("0.12", 92, 365) * year("0.12", 91, 365)

# note, other reading, date, answer, what a person reads, its exact value
WITHOUT_FACTS = (
    ("gs-capital", "", "2019-02-22", "due_at_maturity", "USD 116,713.83", FACE * year("0.08", 365, 365)),
    ("gs-capital", "", "2019-08-26", "due_at_maturity", "USD 116,713.83", FACE * year("0.08", 365, 365)),
    ("gs-capital", "", "2019-08-26", "accrued_interest", "USD 4,381.95", FACE * (year("0.08", 185, 365) - 1)),
    ("widjaja", "", "2019-01-11", "due_at_maturity", "USD 369,600.00", SEED * year("0.12", 365, 365)),
    ("baybridge", "", "2018-01-31", "due_at_maturity", "USD 221,830.14", BRIDGE * year("0.12", 332, 365)),
    ("baybridge", "actual/360", "2018-01-31", "due_at_maturity", "USD 222,133.33", BRIDGE * year("0.12", 332, 360)),
    # Eleven months of 30 days, less one: from the 30th to the 29th.
    ("baybridge", "30/360 US", "2018-01-31", "due_at_maturity", "USD 221,933.33", BRIDGE * year("0.12", 329, 360)),
    ("baybridge-exhibit", "", "2018-01-31", "due_at_maturity", "USD 225,101.73", BRIDGE * QUARTERS),
    # A quarter of the rate each period.
    (
        "baybridge-exhibit",
        "actual/actual ICMA",
        "2018-01-31",
        "due_at_maturity",
        "USD 225,101.76",
        BRIDGE * Fraction("1.03") ** 4,
    ),
)


@pytest.mark.parametrize(("note", "day_count", "day", "answer", "read", "value"), WITHOUT_FACTS)
def test_figure_without_facts(note: str, day_count: str, day: str, answer: str, read: str, value: Fraction) -> None:
    """The value is the arithmetic's to the last digit of the fraction, and is printed to the cent."""
    found = example(note, {"interest.day_count": day_count} if day_count else {}).at(day, facts=None)[answer].value
    assert (value, read) == (found.value, spelt(found))


def test_maturity_on_a_saturday_is_paid_on_monday() -> None:
    """2020-02-22 is a Saturday: payable on Monday 2020-02-24 when rolled to the following business day."""
    due = example("gs-capital").at("2019-02-22", facts=None)["due_at_maturity"]
    assert [spelt(due.parts[part]) for part in ("stated_date", "payment_date")] == ["2020-02-22", "2020-02-24"]


def test_summary_is_not_the_contract() -> None:
    """What the exhibit states and the 8-K leaves out is worth USD 3,271.59 at maturity."""
    summary, contract = (
        example(note).at("2018-12-28", facts=None)["due_at_maturity"].value
        for note in ("baybridge", "baybridge-exhibit")
    )
    assert spelt(contract - summary) == "USD 3,271.59"


def test_cap_binds_before_the_conversion() -> None:
    """A billion outstanding and none held leave 5.99% x 1,000,000,000 / 94.01% = 63,716,625 shares."""
    morning = gs_capital(open_day=True)
    assert [spelt(morning[name].value) for name in LIMITS] == ["63,716,625 shares", "ownership cap"]


def test_cap_counts_the_shares_of_the_conversion() -> None:
    """63,716,625 less the 24,549,918 issued that day, for the new shares stand above and below the line."""
    assert spelt(gs_capital()["allowed_shares"].value) == "39,166,707 shares"


def test_cap_binds_without_the_conversion(tmp_path: Path) -> None:
    """The same facts without that conversion and what follows: the close of the day is as its opening."""
    ledger = tmp_path / "gs-capital.facts"
    lines = (EXAMPLES / "gs-capital.facts").read_text("utf-8").partition("2019-08-26 convert")[0]
    ledger.write_text(lines, "utf-8")
    (tmp_path / "asti-2019.csv").write_bytes((EXAMPLES / "asti-2019.csv").read_bytes())
    close = example("gs-capital").at("2019-08-26", facts=str(ledger))
    assert [spelt(close[name].value) for name in LIMITS] == ["63,716,625 shares", "ownership cap"]


def test_conversion() -> None:
    """USD 25,000.00 at 65% of (0.0015 + 0.0016 + 0.0016) / 3 = 611/600000 is 24,549,918 shares, rounded down."""
    (converted,) = (each.change.shown for each in gs_capital().history)
    assert converted["price"].value == Fraction(65, 100) * Fraction("0.0047") / 3 == Fraction(611, 600_000)
    assert spelt(converted["shares"]) == "24,549,918 shares"


@pytest.mark.parametrize(
    ("readings", "principal"),
    [
        ({}, FACE + FACE * (year("0.08", 185, 365) - 1) - 25_000),  # 4,381.95 of interest first
        ({"conversion.retires": "principal first"}, FACE - 25_000),
    ],
)
def test_conversion_retires(readings: dict[str, str], principal: Fraction) -> None:
    """What is left of the principal: USD 87,450.31, or USD 83,068.36 under the other reading."""
    assert principal == gs_capital(readings)["principal"].value.value


@pytest.mark.parametrize("answer", CONVERSION)
def test_note_that_is_not_convertible_refuses(answer: str) -> None:
    """Every conversion question is refused, in the contract's words."""
    value = example("baybridge").at("2018-06-29", facts=None)[answer].value.value
    assert isinstance(value, Refused)
    assert [reason.words for reason in value.reasons] == ["The Note is not convertible."]


def test_owed_after_each_quarter() -> None:
    """The exhibit's balance on each of its compounding dates."""
    note = example("baybridge-exhibit")
    days = ("2018-03-29", "2018-06-29", "2018-09-29", "2018-12-29")
    owed = ["USD 205,917.81", "USD 212,146.12", "USD 218,562.81", "USD 225,101.73"]
    assert owed == [spelt(note.at(day, facts=None)["owed"].value) for day in days]


def example(name: str, readings: Mapping[str, str] = AS_WRITTEN) -> LoadedNote:
    """An example note, under other readings of what it leaves open."""
    return load(str(EXAMPLES / f"{name}.terms")).read_as(readings)


def gs_capital(readings: Mapping[str, str] = AS_WRITTEN, open_day: bool = False) -> Statement:
    """The GS Capital Partners note with its facts on the day of its first conversion."""
    return example("gs-capital", readings).at("2019-08-26", open_day=open_day)
