"""What is kept of earlier statements never shows: asked in any order, a note answers as if asked for the first time."""

import random
from datetime import date, timedelta

import pytest
from attrs import evolve
from drawing import drawn_lines, ledger_of

from tenor.engine.exact.trace import origins
from tenor.engine.running.statement import quantities_named, statement
from tenor.terms import load

NOTES = ("examples/gs-capital", "examples/widjaja", "examples/baybridge", "tests/cases/C12", "tests/cases/D09")
# A window that ends on a written date is read past the day of a conversion before it.
AHEAD = """
note "Ahead" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }
issued: 2019-01-02
principal: USD 100,000.00
maturity: 2020-01-02
conversion { by: holder at any time  price: average closing bid over the 3 trading days ending on 2019-04-10 }
"""


def told(said):
    """Every figure with what it rests on, and every line of the history."""
    history = [
        (each.event.date, each.event.kind, quantities(each.change.shown), quantities(each.after.balances()))
        for each in said.history
    ]
    return quantities(quantities_named(said.answers)), history, said.needs, said.assumptions


def quantities(figures):
    return {name: (figure.value, figure.dimension, origins(figure)) for name, figure in figures.items()}


def statements_agree(note, ledger, lines, draw):
    for _ in range(12):
        day = note.issued + timedelta(days=draw.randrange(600))
        known = draw.choice([None, None, None, day - timedelta(days=draw.randrange(60))])
        asked = (day, known, draw.random() < 0.3)
        again = note.with_versions(evolve)
        assert told(statement(note, ledger, *asked)) == told(statement(again, ledger_of(note, lines), *asked)), asked


@pytest.mark.parametrize("name", NOTES)
def test_a_statement_does_not_show_what_was_asked_before(name):
    """One ledger on days in any order, as known by then or not, with and without the day's acts."""
    draw, note = random.Random(7), load(f"{name}.terms").note
    for _ in range(6):
        stated = bool(note.versions[0].all_of("default"))
        lines = [line for line in sorted(drawn_lines(draw, note.issued)) if stated or "waived" not in line]
        statements_agree(note, ledger_of(note, lines), lines, draw)


def test_what_was_read_past_its_day_is_not_kept(tmp_path):
    """A conversion before the end of its window is unknown before that end, and known from then on."""
    (tmp_path / "ahead.terms").write_text(AHEAD, "utf-8")
    note = load(str(tmp_path / "ahead.terms")).note
    bids = [f"2019-04-{day:02} closing bid USD 0.{day:02} per share" for day in (8, 9, 10)]
    lines = [*bids, "2019-03-04 convert USD 900.00", "2019-03-04 outstanding 1,000,000 shares"]
    ledger = ledger_of(note, lines)
    for day in (date(2019, 3, 29), date(2019, 4, 30), date(2019, 3, 29), date(2019, 4, 9)):
        assert told(statement(note, ledger, day)) == told(statement(evolve(note), ledger_of(note, lines), day)), day
    (converted,) = statement(note, ledger, date(2019, 4, 30)).history
    assert converted.change.shown["shares"].value == 10_000  # 900 / ((0.08 + 0.09 + 0.10) / 3)
