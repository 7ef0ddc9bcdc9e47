"""Columns: any date that a drawn note writes may vary from row to row, and each row answers as the note it makes."""

import random
from datetime import date, timedelta
from operator import ge, gt, le, lt

import pytest
from book.test_fast import ASK, rows
from oracle.drawing import drawn_case
from oracle.writing import ledger_text, note_text

from tenor.engine.meaning.literals import literals
from tenor.terms import load
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import open_members

NOTES, DAYS = 6, 5


@pytest.mark.parametrize("piece", range(4))
def test_each_date_may_be_a_column(tmp_path, piece):
    draw, asked = random.Random(piece), 0
    for number in range(12):
        folder = tmp_path / str(number)
        (folder / "facts").mkdir(parents=True)
        case = drawn_case(f"columns/{piece}/{number}", DAYS)
        form = folder / "template.terms"
        form.write_text(note_text(case.note))
        dates = {name: each for name, each in literals(load(str(form)).note).items() if isinstance(each, date)}
        days = set(case.days)
        table = [",".join(["note", *(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in dates)])]
        for place in range(NOTES):
            moved = [each + timedelta(days=draw.choice((0, 1, -2, 30, 90, 150))) for each in dates.values()]
            days |= set(moved)
            table.append(",".join([f"N{place}", *map(str, moved)]))
            (folder / "facts" / f"N{place}.facts").write_text(ledger_text(case.facts))
        (folder / "notes.csv").write_text("\n".join(table) + "\n")
        block = open_members([str(folder / "notes.csv")], str(form), str(folder / "facts")).block_columns(0, NOTES)
        on = sorted(days)
        fast, exact = Fast(exact=True).columns(block, on, ASK), Exactly(exact=True).columns(block, on, ASK)
        asked += len(block) * (not fast.exact_path)
        for name in ASK:
            assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), (number, name)
    assert asked > NOTES  # over arrays


WINDOWS = ("holder on or after", "holder after", "holder before", "holder on or before")


@pytest.mark.parametrize("column", ["conversion.by", 'conversion.by "chill"'])
@pytest.mark.parametrize("window", WINDOWS)
def test_each_row_has_its_own_window(tmp_path, window, column):
    """The day on which a row's window opens or shuts is its own, in an exception too."""
    form = tmp_path / "template.terms"
    by = f"  by: {window} 2019-06-14\n" if column == "conversion.by" else "  by: nobody\n"
    by += f'  by "chill": {window} 2019-06-14 when event "chill"\n' if column != "conversion.by" else ""
    form.write_text(
        'note "T" { issuer: "I"  holder: "H" }\nissued: 2019-02-01\nprincipal: USD 1,000.00\nmaturity: 2020-01-22\n'
        f"conversion {{\n{by}  price: USD 0.50 per share\n}}\n"
    )
    days = [date(2019, 3, 4), date(2019, 6, 14), date(2019, 9, 4)]
    header = f"note,{column}" if '"' not in column else 'note,"conversion.by ""chill"""'
    (tmp_path / "notes.csv").write_text("\n".join([header, *(f"N{n},{day}" for n, day in enumerate(days))]) + "\n")
    event = 'event ""chill""' if column != "conversion.by" else "bankruptcy"
    facts = [f'N{n},2019-02-01,"{event}"' for n in range(len(days))]
    (tmp_path / "facts.csv").write_text("\n".join(["note,date,fact", *facts]) + "\n")
    block = open_members([str(tmp_path / "notes.csv")], str(form), str(tmp_path / "facts.csv")).block_columns(0, 3)
    found = Fast(exact=True).columns(block, days, ["convertible"])
    assert not found.exact_path
    answers = [each != "refused: window" for each in rows(found.columns["convertible"])]
    ordered = {"on or after": ge, "after": gt, "on or before": le, "before": lt}[window.removeprefix("holder ")]
    assert answers == [ordered(day, own) for own in days for day in days]
