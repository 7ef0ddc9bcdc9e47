"""What a drawn note leaves out, and what would change an answer if it were written: the answer lists it.

Each field that the note does not write is written otherwise, one at a time, and the note asked again.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from oracle.description import Case
from oracle.drawing import drawn_case
from oracle.judging import plain, quantities_named
from oracle.writing import ledger_text, note_text
from tenor.engine.checking.check import checked
from tenor.engine.checking.ledger import read_ledger
from tenor.engine.running.statement import statement
from tenor.grammar.diagnostics import NoteErrors
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms.listed import TERMS

NOTES, DAYS = 8, 2

Answers = dict[date, tuple[dict[str, Any], dict[str, tuple[str, ...]]]]  # the figures, and what they rest on unwritten


def written_otherwise(case: Case) -> Iterator[tuple[str, str, str]]:
    """Of a clause and a field what else it may say."""
    later = str(case.note.issued + timedelta(days=10))
    fields = {
        "note.missing_quote": ("last quote before",),
        "note.fixed_prices": ("as written",),
        "note.calendar": ("weekdays", "every day"),
        "maturity.business_day": ("unadjusted", "modified following", "preceding"),
        "maturity.calendar": ("every day", "US federal"),
        "maturity.interest_runs": ("to payment date",),
        "maturity.after_maturity": ("no interest",),
        "interest.method": ("compounded monthly",),
        "interest.day_count": ("actual/360", "30/360 US", "actual/actual ISDA"),
        "interest.accrues_from": (later,),
        "interest.days_counted": ("first and last day", "last day only"),
        "interest.anchor": (later,),
        "payment.order": ("fees, principal, interest",),
        "conversion.amount": ("principal",),
        "conversion.retires": ("principal first",),
        "conversion.shares": ("rounded up", "rounded to the nearest"),
        "conversion.fraction": ("kept on the note",),
        "conversion.excess": ("refused alone",),
        "conversion.market_quote": ("VWAP",),
        "ownership_cap.counts": ("holder, affiliates, exercisable rights",),
        "ownership_cap.at_the_cap": ("refused",),
    }
    return ((*name.split("."), value) for name, values in fields.items() for value in values)  # type: ignore[misc]


@pytest.mark.parametrize("piece", range(4))
def test_what_would_change_an_answer_is_listed_with_it(piece: int) -> None:
    tried, unlisted = 0, {}
    for number in range(NOTES):
        case = drawn_case(f"listed/{piece}/{number}", DAYS)
        # An amendment has readings of its own; a rate while in default is asked about where it is decided.
        defaults = tuple(replace(each, rate=None) for each in case.note.defaults)
        case = replace(case, note=replace(case.note, amendments=(), defaults=defaults))
        text = note_text(case.note)
        base = answered(case, text)
        for keyword, field, value in written_otherwise(case):
            changed = with_field(text, keyword, field, value)
            other = answered(case, changed) if changed and base else None
            tried += other is not None
            for day, name in differing(base, other):
                if name not in base[day][1].get(f"{keyword}.{field}", ()):
                    unlisted[keyword, field, value, name] = text, day
    assert not unlisted
    assert tried > 10 * NOTES


def answered(case: Case, text: str) -> Answers | None:
    """None where the note cannot say this."""
    try:
        note = checked(parse(Source("drawn.terms", text)), TERMS)
        ledger = read_ledger(parse(Source("drawn.facts", ledger_text(case.facts))), note, {})
    except NoteErrors:
        return None
    said = {day: statement(note, ledger, day, case.known, case.opened) for day in case.days}
    return {
        day: (
            {name: plain(figure) for name, figure in quantities_named(each.answers).items()},
            {resting.origin.name: resting.answers for resting in each.assumptions},
        )
        for day, each in said.items()
    }


def with_field(text: str, keyword: str, field: str, value: str) -> str | None:
    """The note with a field written; None where it has no such clause, or writes the field."""
    clause = re.search(rf'^{keyword}\b( "[^"]*")?[^\n]*(\n  [^\n]*)*', text, re.MULTILINE)
    if clause is None or re.search(rf"^  {field}\b", clause[0], re.MULTILINE):
        return None
    first, *rest = clause[0].split("\n")
    opened = first if first.endswith("{") else f"{first} {{"
    closed = [] if first.endswith("{") else ["}"]
    changed = "\n".join([opened, f"  {field}: {value}", *closed, *rest])
    return text[: clause.start()] + changed + text[clause.end() :]


def differing(base: Answers | None, other: Answers | None) -> Iterator[tuple[date, str]]:
    """The days and the names of the answers that are not the same; the list of next dates is none of money."""
    if base is None or other is None:
        return
    for day, (figures, _) in base.items():
        for name, figure in figures.items():
            answer = re.split(r"[.\[]", name)[0]
            if answer != "next_dates" and figure != other[day][0].get(name):
                yield day, answer
