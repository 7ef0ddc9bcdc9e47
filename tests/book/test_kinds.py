"""Kinds: an answer may be asked for if any note of the book has it, under any version of its terms."""

from pathlib import Path

import pytest
from book.written import write_folder

from tenor.terms import load_book
from tenor.terms.book import kinds
from tenor.terms.book.trouble import Unaskable

AMENDED = """amendment "First" {
  effective: 2019-09-02
  ranking: secured
}
"""


def ranking(book: Path, dates: list[str], **more: Path) -> list[str | None]:
    """How the notes rank, or why they do not."""
    table = load_book(book, **more).at(dates, ["ranking"])
    pairs = zip(table["ranking"].to_pylist(), table["ranking.reason"].to_pylist(), strict=True)
    return [value or reason for value, reason in pairs]


@pytest.mark.parametrize("dates", [["2019-03-04"], ["2019-09-03"], ["2019-03-04", "2019-09-03"]])
def test_an_answer_that_an_amendment_brings_may_be_asked_for(tmp_path: Path, dates: list[str]) -> None:
    """Before it the note has none, whichever dates are asked about; the note is amended, or the template of a row."""
    note = write_folder(tmp_path / "notes", 1) / "note-001.terms"
    note.write_text(note.read_text() + AMENDED)
    found = ["secured" if date >= "2019-09-02" else "refused: no-clause" for date in dates]
    assert ranking(note, dates) == found
    (tmp_path / "rows.csv").write_text("note,principal [USD]\nA,-5\nB,5\n")
    assert ranking(tmp_path / "rows.csv", dates, template=note)[len(dates) :] == found


def test_an_answer_of_the_last_of_many_notes_may_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of notes that are alike one is looked at, the first that can be read."""
    monkeypatch.setattr(kinds, "LOOKED_AT_MAX", 2)
    notes = write_folder(tmp_path / "notes", 9)
    for name, line in (("note-008", "ranking: secured, all of it\n"), ("note-009", "ranking: secured\n")):
        path = notes / f"{name}.terms"
        path.write_text(path.read_text() + line)
    found = ranking(notes, ["2019-03-04"])
    assert found == ["refused: no-clause"] * 7 + ["failed: E107", "secured"]


def test_no_more_forms_than_a_few_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book whose notes are all of their own making is not read twice."""
    monkeypatch.setattr(kinds, "LOOKED_AT_MAX", 1)
    notes = write_folder(tmp_path / "notes", 2)
    path = notes / "note-002.terms"
    path.write_text(path.read_text() + "ranking: secured\n")
    with pytest.raises(Unaskable, match="no note of the book answers `ranking`"):
        load_book(notes).at(["2019-03-04"], ["ranking"])
