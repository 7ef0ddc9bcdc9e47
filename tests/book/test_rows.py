"""Rows of a table over arrays: answered as columns, no note made of any, as the exact path answers them."""

import random
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from book.rows_drawn import AMENDMENT, template
from book.test_fast import ASK, rows

from tenor.engine.arrays.asking import Asking
from tenor.engine.arrays.of_template import OfTemplate
from tenor.engine.arrays.steps import steps_by
from tenor.engine.compiled.causes import Causes
from tenor.engine.time.calendars import NYSE
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import open_members

NOTES = 40
ACTS = (
    lambda draw: f"convert USD {draw.randrange(1, 60_000):,}.00",
    lambda draw: f"convert {draw.randrange(1, 90_000_000):,} shares",
    lambda draw: f"pay USD {draw.randrange(1, 60_000):,}.{draw.randrange(100):02d}",
    lambda draw: f"sold {draw.randrange(1, 10_000_000):,} shares",
)
FACTS = (
    *ACTS,
    lambda draw: "split 1 for 100",
    lambda draw: "bankruptcy",
    lambda draw: "convert everything",
)


def write_book(folder, draw, told: float, gaps: float, facts=FACTS, days=300):
    """A table of notes and the tables of their facts: a part of the notes with some, on the first days, in any order;
    a part of the quotes missing.
    """
    notes, quotes, levels, lines = (
        ["note,principal [USD],issued,maturity,interest [% per year],ownership_cap [%]"],
        [],
        [],
        [],
    )
    quotes.append("note,date,closing bid [USD per share]")
    levels.append("note,date,outstanding [shares],held [shares]")
    lines.append("note,date,fact")
    for place in range(NOTES):
        issued = date(2019, 1, 2) + timedelta(days=draw.randrange(120))
        matures = issued + timedelta(days=draw.randrange(100, 500))
        figures = f"{draw.randrange(2_000_000, 25_000_000) / 100:.2f},{issued},{matures}"
        notes.append(f"N{place:03d},{figures},{draw.randrange(1, 24) / 2},{draw.choice((4.99, 9.99))}")
        for session in NYSE.sessions_between(date(2018, 12, 1), date(2020, 1, 1)):
            if draw.random() >= gaps:
                quotes.append(f"N{place:03d},{session},0.{draw.randrange(1, 999):04d}")
        if draw.random() < 0.9:
            day = issued + timedelta(days=draw.randrange(-20, 40))
            levels.append(f"N{place:03d},{day},{draw.randrange(10**8, 10**10)},{draw.randrange(10**6)}")
        if draw.random() < told:
            fell_on = [issued + timedelta(days=draw.randrange(days)) for _ in range(draw.randrange(1, 6))]
            lines += [f'N{place:03d},{day},"{draw.choice(facts)(draw)}"' for day in fell_on]
    (folder / "notes.csv").write_text("\n".join(notes) + "\n")
    (folder / "facts").mkdir()
    for name, text in (("quotes", quotes), ("levels", levels), ("acts", lines)):
        if len(text) > 1:
            (folder / "facts" / f"{name}.csv").write_text("\n".join(text) + "\n")


@pytest.mark.parametrize(
    ("seed", "told", "gaps", "facts", "days"),
    [
        (1, 0.0, 0.0, FACTS, 300),
        (2, 0.6, 0.0, FACTS, 300),
        (3, 0.3, 0.02, FACTS, 300),
        (4, 0.9, 0.0, ACTS, 300),
        (5, 0.9, 0.0, ACTS, 4),  # several on one day
    ],
)
def test_rows_over_arrays_are_the_exact_path(tmp_path, seed, told, gaps, facts, days):
    """With and without facts and missing quotes; some notes mature within the dates, some are not issued yet."""
    draw = random.Random(seed)
    write_book(tmp_path, draw, told, gaps, facts, days)
    members = open_members([str(tmp_path / "notes.csv")], "examples/gs-capital.terms", str(tmp_path / "facts"))
    block = members.block_columns(0, NOTES)
    assert not block.failed
    dates = sorted({date(2019, 1, 10) + timedelta(days=draw.randrange(350)) for _ in range(12)})
    fast, exact = Fast(exact=True).columns(block, dates, ASK), Exactly(exact=True).columns(block, dates, ASK)
    assert not fast.exact_path
    for name in ASK:
        assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), name


@pytest.mark.parametrize(("facts", "days"), [(ACTS, 4), (ACTS, 300), (FACTS, 4)])
def test_events_of_a_row_have_the_turns_of_its_note(tmp_path, facts, days):
    """Each with its figure: acts of one day and kind in the order of the table, which few answers would tell."""
    write_book(tmp_path, random.Random(days), 0.9, 0.0, facts, days)
    members = open_members([str(tmp_path / "notes.csv")], "examples/gs-capital.terms", str(tmp_path / "facts"))
    block, until = members.block_columns(0, NOTES), date(2019, 12, 31)
    columns = block.parameters, block.quotes, block.levels, block.happenings
    asking = Asking(block.varying)
    cohort = OfTemplate(block.note, *columns, block.others, block.world.entries, Causes(), [], asking)
    timelines = cohort.timelines(until.toordinal())
    for place in range(NOTES):
        member, notes, found, wanted = block.member(place), np.array([place]), [], []
        for wave in range(timelines.waves):
            if (kind := timelines.kind_at(wave)[place]) >= 0:
                made_by, entries = timelines.kinds[kind], timelines.entries_at(wave, notes)
                figures = {name: cohort.happening(notes, entries, name) for name, _ in made_by[3]}
                figures = {name: Fraction(int(each.above[0]), each.below) for name, each in figures.items()}
                found.append((int(timelines.days_at(wave, notes)[0]), made_by, figures))
        for step in steps_by(member.note, member.ledger, until):
            fields = member.ledger.entries[step.entry].fields if step.fields else {}
            wanted.append((step.day, step.made_by, {name: each.value for name, each in fields.items()}))
        assert found == wanted


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("", ""), {}),
        (("", AMENDMENT), {}),
        (None, {"prices or figures watched day by day": 3}),
    ],
    ids=["as it is", "amended", "watched"],
)
def test_blocks_of_any_template_are_the_exact_path(tmp_path, change, told):
    """One template asked block after block; one that is amended, and one that arrays leave to the exact path."""
    form = template(tmp_path, amended=bool(change and change[1]))
    if change is None:
        form = "tests/book/watched.terms"
    (tmp_path / "notes.csv").write_text("note,principal [USD]\n" + "".join(f"N{n},{n}00\n" for n in range(1, 7)))
    members = open_members([str(tmp_path / "notes.csv")], form)
    fast, dates = Fast(exact=True), [date(2019, 6, 3), date(2020, 3, 2)]
    for start in (0, 3):
        block = members.block_columns(start, start + 3)
        found, exact = fast.columns(block, dates, ASK), Exactly(exact=True).columns(block, dates, ASK)
        assert found.exact_path == told
        for name in ASK:
            assert list(rows(found.columns[name])) == list(rows(exact.columns[name])), name
