"""Rows of a table over arrays: answered as columns, no note made of any, as the exact path answers them."""

import random
from datetime import date, timedelta

import pytest
from book.rows_drawn import AMENDMENT, template
from book.test_fast import ASK, rows

from tenor.engine.time.calendars import NYSE
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import open_members

NOTES = 40
ACTS = (
    lambda draw: f"convert USD {draw.randrange(1, 60_000):,}.00",
    lambda draw: f"convert {draw.randrange(1, 90_000_000):,} shares",
    lambda draw: f"pay USD {draw.randrange(1, 60_000):,}.{draw.randrange(100):02d}",
    lambda draw: "split 1 for 100",
    lambda draw: f"sold {draw.randrange(1, 10_000_000):,} shares",
    lambda draw: "bankruptcy",
    lambda draw: "convert everything",
)


def write_book(folder, draw, acts: float, gaps: float):
    """A table of notes and the tables of their facts: a part of the notes with acts, a part of the quotes missing."""
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
        if draw.random() < acts:
            days = sorted(issued + timedelta(days=draw.randrange(300)) for _ in range(draw.randrange(1, 6)))
            lines += [f'N{place:03d},{day},"{draw.choice(ACTS)(draw)}"' for day in days]
    (folder / "notes.csv").write_text("\n".join(notes) + "\n")
    (folder / "facts").mkdir()
    for name, text in (("quotes", quotes), ("levels", levels), ("acts", lines)):
        if len(text) > 1:
            (folder / "facts" / f"{name}.csv").write_text("\n".join(text) + "\n")


@pytest.mark.parametrize(("seed", "acts", "gaps"), [(1, 0.0, 0.0), (2, 0.6, 0.0), (3, 0.3, 0.02)])
def test_rows_over_arrays_are_the_exact_path(tmp_path, seed, acts, gaps):
    """With and without acts and missing quotes; some notes mature within the dates, some are not issued yet."""
    draw = random.Random(seed)
    write_book(tmp_path, draw, acts, gaps)
    members = open_members([str(tmp_path / "notes.csv")], "examples/gs-capital.terms", str(tmp_path / "facts"))
    block = members.block_columns(0, NOTES)
    assert not block.failed
    dates = sorted({date(2019, 1, 10) + timedelta(days=draw.randrange(350)) for _ in range(12)})
    fast, exact = Fast(exact=True).columns(block, dates, ASK), Exactly(exact=True).columns(block, dates, ASK)
    assert not fast.exact_path
    for name in ASK:
        assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), name


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("", ""), {}),
        (("", AMENDMENT), {}),
        (None, {"prices watched day by day": 3}),
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
