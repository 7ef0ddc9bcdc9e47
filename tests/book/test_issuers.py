"""Facts that the notes of an issuer share, splits and levels among them, over arrays and one statement at a time."""

import random
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from book.test_fast import ASK, rows
from book.test_inputs_wrong import found

from tenor.engine.time.calendars import NYSE
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import open_members

NOTES, ISSUERS = 20, 4
FIRST, LAST = date(2018, 12, 1), date(2019, 12, 20)
OWN = ("convert USD 100.00", "pay USD 55.5", "sold 100 shares", "bankruptcy")


def day(draw: random.Random) -> date:
    return FIRST + timedelta(draw.randrange((LAST - FIRST).days))


def write_book(folder: Path, draw: random.Random, own: bool) -> list[str]:
    """Notes issued among the facts of their issuers, some of which are known late; and what notes have of their own."""
    notes = ["note,issuer,principal [USD],issued,maturity"]
    tables = {
        "bids": ["issuer,date,closing bid [USD per share]"],
        "levels": ["issuer,date,known,outstanding [shares],held [shares]"],
        "splits": ["issuer,date,fact"],
        "own": ["note,date,fact"],
    }
    for place in range(NOTES):
        issued = date(2019, 1, 2) + timedelta(draw.randrange(150))
        notes.append(
            f"N{place:02},I{place % ISSUERS},{draw.randrange(10**6, 10**7)}.25,{issued},{issued + timedelta(300)}"
        )
        for _ in range(draw.randrange(3) if own else 0):
            tables["own"].append(f"N{place:02},{issued + timedelta(draw.randrange(200))},{draw.choice(OWN)}")
    for number in range(ISSUERS):
        for session in NYSE.sessions_between(date(2018, 11, 1), date(2020, 1, 1)):
            if draw.random() < 0.995:
                tables["bids"].append(f"I{number},{session},0.{draw.randrange(1, 999):04}")
        for told in sorted({day(draw) for _ in range(draw.randrange(9))}):
            late = told + timedelta(draw.randrange(1, 40))
            for known in ("", late) if draw.random() < 0.3 else ("",):
                counts = f"{draw.randrange(10**8, 10**10)},{draw.randrange(10**6)}"
                tables["levels"].append(f"I{number},{told},{known},{counts}")
        for told in (day(draw) for _ in range(draw.randrange(4))):
            tables["splits"].append(f"I{number},{told},split {draw.choice((1, 3))} for {draw.choice((2, 10, 100))}")
    (folder / "notes.csv").write_text("\n".join(notes) + "\n")
    (folder / "facts").mkdir()
    for name, lines in tables.items():
        if len(lines) > 1:
            (folder / "facts" / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return [str(folder / "notes.csv")]


@pytest.mark.parametrize("seed", range(6))
def test_notes_of_an_issuer_over_arrays_are_the_exact_path(tmp_path: Path, seed: int) -> None:
    """In every second book the notes have acts and events of their own in a table beside those of the issuers."""
    draw = random.Random(seed)
    paths = write_book(tmp_path, draw, own=bool(seed % 2))
    block = open_members(paths, "examples/gs-capital.terms", str(tmp_path / "facts")).block_columns(0, NOTES)
    assert not block.failed
    assert {made_by[1] for made_by in block.happenings.made_by} >= {"split"}
    dates = sorted({day(draw) for _ in range(10)})
    fast, exact = Fast(exact=True).columns(block, dates, ASK), Exactly(exact=True).columns(block, dates, ASK)
    assert not fast.exact_path
    for name in ASK:
        assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), name


def test_acts_of_a_day_in_two_tables_have_no_order(tmp_path: Path) -> None:
    """Two of one kind; another kind of the same day, and the same kind on another, have theirs."""
    (tmp_path / "facts").mkdir()
    acts = ["pay USD 1.00", "convert USD 1.00", "pay USD 2.00"]
    other = "note,date,fact\nA,2019-03-01,pay USD 5.00\nA,2019-03-02,convert USD 5.00\n"
    (tmp_path / "facts/other.csv").write_text(other, "utf-8")
    days = [date(2019, 3, 1), date(2019, 3, 1), date(2019, 3, 4)]
    told = found(tmp_path, facts=pa.table({"note": ["A"] * 3, "date": days, "fact": acts}))
    assert [(each.code, each.span.place) for each in told] == [("E614", f"{tmp_path}/facts/other.csv:2")]
