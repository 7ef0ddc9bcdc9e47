"""A plain note to vary: every variant is written as text, so that the language takes part."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tenor.engine.running.statement import Statement
from tenor.terms import load

PLAIN = {
    "note": 'note "Variant" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }',
    "issued": "issued: 2019-01-02",
    "principal": "principal: USD 100,000.00",
    "maturity": "maturity: 2020-01-02",  # a Thursday with a session, 365 days after the issue
    "interest": "interest: 10% per year { day_count: actual/365 }",
}

Asked = Callable[..., Statement]


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """What the plain note with other clauses answers on a day.

    A clause takes the place of the plain one of its kind, and `without` leaves some out; `lines` are its ledger;
    the rest is as for `at`.
    """

    def ask(
        day: str, *clauses: str, lines: Iterable[str] = (), without: Iterable[str] = (), **how: object
    ) -> Statement:
        replaced = {*without, *map(kind_of, clauses)}
        plain = [text for kind, text in PLAIN.items() if kind not in replaced]
        note = tmp_path / "variant.terms"
        note.write_text("\n".join([*plain, *clauses]) + "\n", "utf-8")
        ledger = tmp_path / "variant.facts"
        ledger.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return load(str(note)).at(day, facts=str(ledger), **how)  # type: ignore[arg-type]

    return ask


def kind_of(clause: str) -> str:
    """The keyword with which a clause starts."""
    return clause.split(maxsplit=1)[0].rstrip(":")
