"""Ledgers in a folder of facts: whose each is, by its own name and by the note that it names."""

import os
from pathlib import Path

import pytest
from book.rows_drawn import template
from book.test_inputs_wrong import found

from tenor.terms.book.members import Failed, open_members


@pytest.mark.parametrize("rows", [True, False], ids=["rows of a table", "files"])
@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("", []),
        ('note "A.terms"\n', []),
        ('note "folder/A.terms"\n', []),
        ('note "B.terms"\n', ["E406"]),
        ('note "A.terms.old"\n', ["E406"]),
        ('note "B.terms"\n2019-08-26 pays\n', ["E406", "E311"]),
    ],
)
def test_a_ledger_of_another_note_is_told(tmp_path: Path, rows: bool, line: str, codes: list[str]) -> None:
    """Whatever its own name says; and of its note alone."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/A.facts").write_text(f"{line}2019-08-26 bankruptcy\n", "utf-8")
    if rows:
        assert [each.code for each in found(tmp_path)] == codes
        return
    (tmp_path / "notes").mkdir()
    for name in "AB":
        text = Path(template(tmp_path)).read_text("utf-8").replace("Ascent", f"{name} Ascent")
        (tmp_path / f"notes/{name}.terms").write_text(text, "utf-8")
    first, second = open_members([str(tmp_path / "notes")], None, str(tmp_path / "facts")).block(0, 2)
    assert [each.code for each in first.diagnostics] == codes if isinstance(first, Failed) else not codes
    assert not isinstance(second, Failed)


def test_a_ledger_of_a_row_may_name_the_template(tmp_path: Path) -> None:
    """Or the note, as its table does, without an ending."""
    (tmp_path / "facts").mkdir()
    for named in (os.path.basename(template(tmp_path)), "A"):
        (tmp_path / "facts/A.facts").write_text(f'note "{named}"\n2019-08-26 bankruptcy\n', "utf-8")
        assert found(tmp_path) == []
