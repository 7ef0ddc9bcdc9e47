"""Days in tables that lie outside all calendars are findings like others."""

from pathlib import Path

import pyarrow as pa
import pytest
from book.rows_drawn import template
from book.test_inputs_wrong import place

from tenor.terms.book.members import Failed, open_members

LATE = [
    pa.array([2**31 - 1], pa.int32()).cast(pa.date32()),
    pa.array([-(2**31)], pa.int32()).cast(pa.date32()).dictionary_encode(),
    pa.array([2**62], pa.timestamp("us")),
    pa.array([86_400_000 << 32], pa.int64()).view(pa.date64()),
]


@pytest.mark.parametrize("days", LATE, ids=lambda days: str(days.type))
def test_a_day_that_no_calendar_spells_is_told_at_its_row(tmp_path: Path, days: pa.Array) -> None:
    """In a table of notes, and as a date of facts and the day from which they are known."""
    notes, form = pa.table({"note": ["A"], "issued": days}), template(tmp_path)
    with pa.OSFile(str(tmp_path / "notes.arrow"), "wb") as file, pa.ipc.new_file(file, notes.schema) as out:
        out.write_table(notes)
    (failed,) = open_members([str(tmp_path / "notes.arrow")], form).block(0, 1)
    assert isinstance(failed, Failed)
    (tmp_path / "notes.csv").write_text("note\nA\n", "utf-8")
    facts = pa.table({"note": ["A"], "date": days, "known": days, "fact": ["bankruptcy"]})
    with pa.OSFile(str(tmp_path / "facts.arrow"), "wb") as file, pa.ipc.new_file(file, facts.schema) as out:
        out.write_table(facts)
    (other,) = open_members([str(tmp_path / "notes.csv")], form, str(tmp_path / "facts.arrow")).block(0, 1)
    assert isinstance(other, Failed)
    told = [(each.code, place(each), each.message) for each in (*failed.diagnostics, *other.diagnostics)]
    why = "this lies outside the years 1900 to 2999"
    assert told == [
        ("E203", "notes.arrow:1 issued", why),
        ("E322", "facts.arrow:1 date", why),
        ("E322", "facts.arrow:1 known", why),
    ]
