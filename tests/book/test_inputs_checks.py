"""The checks of a row are the checker's of the note that it would be, run once for figures that many rows share."""

import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from book.rows_drawn import AMENDMENT, LITERALS, template, written_out

from tenor.engine.checking.again import Again, Checked
from tenor.engine.checking.check import check
from tenor.engine.exact.dimensions import DATE, RATIO, money
from tenor.engine.exact.quantities import Quantity
from tenor.engine.meaning.literals import literals
from tenor.engine.meaning.varying import Varying
from tenor.grammar.diagnostics import Diagnostic
from tenor.grammar.parse import parse
from tenor.grammar.source import Source, Span
from tenor.terms import TERMS
from tenor.terms.book import rechecking
from tenor.terms.book.inputs.written import written
from tenor.terms.book.parameters import Parameter
from tenor.terms.book.rechecking import Rechecking
from tenor.terms.door import load


def drawn_rows(draw: random.Random, count: int) -> list[dict[str, str]]:
    """Rows of which many make no note: dates in any order, caps of everything, dates near the end of all years."""

    def day() -> str:
        start = draw.choice(
            (date(2019, 1, 1), date(2019, 1, 1), date(2019, 9, 20), date(2026, 12, 1), date(2998, 1, 1))
        )
        return (start + timedelta(days=draw.randrange(30))).isoformat()

    return [
        {
            "issued": day(),
            "principal": f"USD {draw.randrange(1, 10**7):,}.00",
            "maturity": day(),
            "interest": f"{draw.randrange(0, 20)}% per year",
            "conversion.price": f"{draw.randrange(0, 150)}%",
            "ownership_cap": f"{draw.choice((0, 5, 99, 100, 101))}%",
        }
        for _ in range(count)
    ]


def columns(note, rows: list[dict[str, str]]) -> dict[str, Parameter]:
    known = literals(note)
    found = {}
    for name in rows[0]:
        literal = known[name]
        if isinstance(literal, Quantity):
            cells = [written(row[name], literal.dimension) for row in rows]
            most = max(decimals for _, decimals in cells)
            values = [units * 10 ** (most - decimals) for units, decimals in cells]
            found[name] = Parameter(name, literal.dimension, np.array(values), most)
        else:
            ordinals = [date.fromisoformat(row[name]).toordinal() for row in rows]
            found[name] = Parameter(name, DATE, np.array(ordinals), 0)
    return found


def by_hand(text: str, row: dict[str, str]) -> list[tuple[str, str]]:
    """What the checker says of the note written out."""
    _, found = check(parse(Source("hand.terms", written_out(text, row))), TERMS)
    return sorted({(each.code, each.message) for each in found})


@pytest.mark.parametrize(
    "change",
    [
        ("", ""),
        ("method:    simple ", "method:    compounded monthly "),
        ("method:    simple ", "accrues_from: 2019-09-25\n  method:    simple "),
        ("day_count: actual/365 ", "frequency: quarterly\n  day_count: actual/365L "),
        ("business_day:   following", "calendar: US federal\n  business_day:   modified following"),
        ("when: payment is late", "when: payment is late by 5 business days\n  cure: 30 days after notice"),
        ("by:       holder at any time", "by:       holder after 180 days after issue"),
        (f"maturity: {LITERALS['maturity']}", f"maturity: {LITERALS['maturity']} "),
    ],
)
@pytest.mark.parametrize("amended", [False, True])
def test_rows_are_checked_as_notes_are(tmp_path: Path, change: tuple[str, str], amended: bool) -> None:
    """Two hundred random rows: the same findings, in the same words, block after block."""
    text = Path(template(tmp_path)).read_text("utf-8")
    assert change[0] in text
    text = text.replace(*change, 1) + (AMENDMENT if amended else "")
    (tmp_path / "form.terms").write_text(text, "utf-8")
    note = load(str(tmp_path / "form.terms")).note
    rows = drawn_rows(random.Random(change[1] + str(amended)), 200)
    checks = Rechecking(Varying(note, tuple(rows[0])))
    for start in range(0, len(rows), 50):
        block = rows[start : start + 50]
        span = lambda place, names: Span(Source("rows", ", ".join(names)), 0, 1)  # noqa: E731
        told = checks.wrong(columns(note, block), np.arange(len(block)), span)
        for place, row in enumerate(block):
            mine = sorted({(each.code, each.message) for each in told.get(place, [])})
            assert mine == by_hand(text, row), row


def test_a_check_is_run_once_for_what_it_looks_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand principals cost no check at all; of dates each pair is checked once."""
    runs = []
    run = Again.run
    monkeypatch.setattr(Again, "run", lambda self, *asked: runs.append(1) or run(self, *asked))
    note = load(template(tmp_path)).note
    rows = [{"principal": f"USD {n + 1}.00", "issued": f"2019-01-0{1 + n % 2}"} for n in range(1000)]
    checks = Rechecking(Varying(note, ("principal", "issued")))
    assert checks.wrong(columns(note, rows), np.arange(1000), lambda place, names: Span(Source("", ""), 0, 1)) == {}
    assert len(runs) <= 3 * len(checks._again.checks)  # one of each finds what it looks at, and one for each day
    before = len(runs)
    assert checks.wrong(columns(note, rows), np.arange(1000), lambda place, names: Span(Source("", ""), 0, 1)) == {}
    assert len(runs) == before


def told_by(checks: Rechecking, parameters: dict[str, Parameter]) -> list[int]:
    """The rows in which something is found."""
    rows = np.arange(len(next(iter(parameters.values())).values))
    return sorted(checks.wrong(parameters, rows, lambda place, names: Span(Source("", ""), 0, 1)))


def test_a_check_that_looks_at_more_in_some_rows_is_run_by_these(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One asks for the cap only where the principal is 2, in rows 1 and 3; of these row 3 has a cap of 9."""
    note = load(template(tmp_path)).note
    finding = Diagnostic("E208", "by design", None, "")

    def run(self, check, values, units):
        if units("principal")[0] != 2:
            return Checked((), frozenset({"principal"}))
        found = (finding,) if units("ownership_cap")[0] == 9 else ()
        return Checked(found, frozenset({"principal", "ownership_cap"}))

    monkeypatch.setattr(Again, "run", run)
    checks = Rechecking(Varying(note, ("principal", "ownership_cap")))
    parameters = {
        "principal": Parameter("principal", money("USD"), np.array([1, 2, 3, 2]), 0),
        "ownership_cap": Parameter("ownership_cap", RATIO, np.array([9, 5, 9, 9]), 0),
    }
    assert told_by(checks, parameters) == told_by(checks, parameters) == [3]


def test_outcomes_that_are_not_kept_are_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Block after block the maturity of the second row is before its issue."""
    monkeypatch.setattr(rechecking, "KEPT_MAX", 1)
    note = load(template(tmp_path)).note
    checks = Rechecking(Varying(note, ("issued", "maturity")))
    for month in range(1, 5):
        rows = [
            {"issued": f"2019-0{month}-01", "maturity": "2020-02-22"},
            {"issued": f"2019-0{month}-02", "maturity": "2018-02-22"},
            {"issued": f"2019-0{month}-03", "maturity": "2020-02-22"},
        ]
        assert told_by(checks, columns(note, rows)) == [1]
