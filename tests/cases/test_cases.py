"""Worked cases: notes with facts whose answers were reckoned by hand, outside this engine, as exact fractions.

`expected.csv` holds one row for each answer: the case, the date, the readings taken (`clause.field=value`, joined
by `; `), the answer, and its exact value. A case is NAME.terms with NAME.facts beside it; scenarios of one case are
NAMEa.facts, NAMEb.facts with the one NAME.terms. README.md lists what no term expresses yet.
"""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tenor.engine.exact.quantities import Quantity
from tenor.engine.exact.spelling import exact_text
from tenor.engine.exact.trace import walk
from tenor.engine.exact.values import Refused, Unknown
from tenor.engine.running.statement import Statement
from tenor.terms import load
from tenor.terms.door import LoadedNote

HERE = Path(__file__).parent
ROWS = list(csv.DictReader((HERE / "expected.csv").read_text("utf-8").splitlines()))
ROUNDS = {row["answer"]: int(row["exact"]) for row in ROWS if row["date"] == "every round"}
DATED = [row for row in ROWS if row["date"] != "every round"]


@pytest.mark.parametrize("row", DATED, ids=lambda row: " ".join(filter(None, list(row.values())[:4])))
def test_case(row: dict[str, str]) -> None:
    """The engine's answer is the case's, to the last digit of the fraction."""
    assert row["exact"] == answered(row)


def test_every_note_has_a_row() -> None:
    """No note lies here untested, and no row names a note that is not here."""
    notes = {path.stem for path in HERE.glob("*.terms")}
    assert notes == {note_path(row["case"]).stem for row in ROWS}


def test_no_row_is_written_twice() -> None:
    """One row for each question, so that no two rows can disagree."""
    questions = [tuple(row.values())[:4] for row in ROWS]
    assert len(questions) == len(set(questions))


def test_later_bids_change_nothing() -> None:
    """C12 is C01 with later bids in the file: every row of the one is a row of the other."""
    first, later = ({(row["answer"], row["exact"]) for row in ROWS if row["case"] == case} for case in ("C01", "C12"))
    assert later <= first


def test_convert_and_sell(tmp_path: Path) -> None:
    """D09: in rounds as large as the cap allows, all shares sold in between, the note takes 17 conversions."""
    note, day = note_of("D09", ""), date(2019, 8, 26)
    lines = ["2019-02-22 outstanding 500,000,000 shares", "2019-02-22 held 0 shares"]
    sizes: list[int] = []
    while (morning := with_lines(note, lines, day, tmp_path))["status"].value.value != "repaid":
        allowed, whole = (whole_number(morning[name].value) for name in ("allowed_shares", "full_conversion_shares"))
        asked = "everything" if whole <= allowed else f"{allowed} shares"
        sizes.append(min(whole, allowed))
        lines += [f"{day} convert {asked}", f"{day} sold {sizes[-1]} shares"]
        day += timedelta(days=1)
    assert {
        "conversions": len(sizes),
        **{f"shares of round {place}": size for place, size in enumerate(sizes[:3], 1)},
        "shares of the last round": sizes[-1],
        "outstanding after": whole_number(level(morning, "outstanding")),
    } == ROUNDS
    assert sizes == [whole_number(shares) for shares in shown(morning, "shares")]
    assert whole_number(level(morning, "held")) == 0


def with_lines(note: LoadedNote, lines: list[str], day: date, folder: Path) -> Statement:
    """The note on a day with a ledger of these lines."""
    ledger = folder / f"{day}.facts"
    ledger.write_text("\n".join(lines) + "\n", "utf-8")
    return note.at(day, facts=str(ledger))


def note_path(case: str) -> Path:
    """The note of a case: its own, or that of all scenarios of the case."""
    own = HERE / f"{case}.terms"
    return own if own.exists() else HERE / f"{case.rstrip('abc')}.terms"


@cache
def note_of(case: str, reading: str) -> LoadedNote:
    """The note of a case under the readings of a row."""
    return load(str(note_path(case))).read_as(dict(each.split("=", 1) for each in reading.split("; ") if each))


@cache
def stated(case: str, reading: str, day: str) -> Statement:
    """The statement of a case; its facts are those that bear its name, if any."""
    facts = HERE / f"{case}.facts"
    return note_of(case, reading).at(day, facts=str(facts) if facts.exists() else None)


def answered(row: dict[str, str]) -> str:
    """What a row asks for, as exact text.

    `owed` is an answer of the statement, `due_at_maturity.payment_date` a part of one, `history.shares` what the
    last conversion or payment shows, `derived.days` an entry of DERIVED.
    """
    statement = stated(row["case"], row["reading"], row["date"])
    name, _, part = row["answer"].partition(".")
    if name == "derived":
        return str(DERIVED[part](statement, lambda day: stated(row["case"], row["reading"], day)))
    if name == "history":
        return exact(shown(statement, part)[-1])
    return exact(statement[name].parts[part] if part else statement[name].value)


def exact(quantity: Quantity) -> str:
    """The exact value of a quantity; a date by its day, since day numbers are whole."""
    match quantity.value:
        case Refused():
            return "refused"
        case Unknown():
            return "unknown"
    return exact_text(quantity.value)


def number(quantity: Quantity) -> Fraction:
    """The value of a quantity that is a number."""
    assert isinstance(quantity.value, Fraction), exact(quantity)
    return quantity.value


def whole_number(quantity: Quantity) -> int:
    """The value of a quantity that is a whole number."""
    assert number(quantity).denominator == 1
    return int(number(quantity))


def shown(statement: Statement, name: str) -> list[Quantity]:
    """What each conversion, payment or capitalisation shows under a name, in order; sales are not asked about."""
    changes = [each.change.shown for each in statement.history if each.event.kind != "sale"]
    return [change[name] for change in changes if name in change]


def level(statement: Statement, name: str) -> Quantity:
    """Shares outstanding or held at the close."""
    assert statement.outcome is not None
    return statement.outcome.view.state[name]


# ---- what a case asks and no answer gives: arithmetic on answers ---------------------------------------------

AskOn = Callable[[str], Statement]


def year_fraction(statement: Statement, on: AskOn) -> Fraction:
    """interest / (principal × rate)"""
    interest, principal, rate = (
        number(statement[name].value) for name in ("accrued_interest", "principal", "interest_rate")
    )
    return interest / (principal * rate)


def period_days(statement: Statement, on: AskOn) -> Fraction:
    """what a period capitalised / (principal before it × 12%) × 365"""
    capitalised = number(shown(statement, "capitalised")[-1])
    return capitalised / ((number(statement["principal"].value) - capitalised) * Fraction("0.12")) * 365


def segment_2_interest(statement: Statement, on: AskOn) -> Fraction:
    """interest at the end - interest at the conversion, which retired none"""
    return number(statement["accrued_interest"].value) - number(on("2019-08-26")["accrued_interest"].value)


def default_interest(statement: Statement, on: AskOn) -> Fraction:
    """interest now - interest at maturity"""
    return number(statement["accrued_interest"].value) - number(on("2020-02-22")["accrued_interest"].value)


def window(statement: Statement, on: AskOn) -> str:
    """The days of the bids that the price rests on, first and last; each is called `closing bid DAY`."""
    days = [bid.label.rpartition(" ")[2] for bid in statistic_of(statement).arguments]
    return f"{days[0]} to {days[-1]}"


def selected_bids(statement: Statement, on: AskOn) -> str:
    """The lowest three of the bids that the price rests on, as the explanation has them."""
    bids = sorted(number(bid) for bid in statistic_of(statement).arguments)
    return " ".join(f"{float(bid):.4f}" for bid in bids[:3])


def statistic_of(statement: Statement) -> Quantity:
    """The step of the price that looked back."""
    (step,) = (step for step in walk([statement["conversion_price"].value]) if step.operation == "statistic")
    return step


def unused_dollars(statement: Statement, on: AskOn) -> Fraction:
    """asked - shares × price"""
    asked, shares, price = (number(shown(statement, name)[-1]) for name in ("asked", "shares", "price"))
    return asked - shares * price


def ownership(statement: Statement, more: int) -> Fraction:
    """(held + N) / (outstanding + N), N the shares allowed and so many more"""
    new = number(statement["allowed_shares"].value) + more
    return (number(level(statement, "held")) + new) / (number(level(statement, "outstanding")) + new)


def share_of_all(statement: Statement, on: AskOn) -> Fraction:
    """shares of a full conversion / (outstanding + those shares)"""
    shares = number(statement["full_conversion_shares"].value)
    return shares / (number(level(statement, "outstanding")) + shares)


DERIVED: dict[str, Callable[[Statement, AskOn], object]] = {
    "year_fraction": year_fraction,
    "days": lambda statement, on: year_fraction(statement, on) * 365,  # under actual/365
    "period_days": period_days,
    # principal × 8% × days / 365, solved for the days
    "segment_1_days": lambda _, on: (
        year_fraction(on("2019-08-26"), on) * Fraction("88068.36") / Fraction("108068.36") * 365
    ),
    "segment_2_days": lambda statement, on: segment_2_interest(statement, on) / (Fraction("88068.36") * 8 / 100) * 365,
    "segment_2_interest": segment_2_interest,
    "default_interest": default_interest,
    "default_days": lambda statement, on: default_interest(statement, on) / (Fraction("108068.36") * 24 / 100) * 365,
    "weekday_of_stated_maturity": lambda statement, _: date.fromisoformat(
        exact(statement["due_at_maturity"].parts["stated_date"])
    ).strftime("%A"),
    "may_convert": lambda statement, _: str(exact(statement["convertible"].value) != "refused").lower(),
    "window": window,
    "selected_bids": selected_bids,
    "average": lambda statement, _: number(statement["conversion_price"].value) / Fraction("0.65"),
    "unused_dollars": unused_dollars,
    "binding_leg": lambda statement, _: (
        "fixed" if number(statement["conversion_price"].value) == Fraction("0.0005") else "variable"
    ),
    "ownership_after": lambda statement, _: ownership(statement, 0),
    "ownership_with_one_more": lambda statement, _: ownership(statement, 1),
    "shares_total": lambda statement, _: sum(number(shares) for shares in shown(statement, "shares")),
    "share_of_all": share_of_all,
}
