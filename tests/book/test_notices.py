"""Notices: what of the files given no note of the book has, told in the summary in a line each."""

from pathlib import Path

import pytest
from book.rows_drawn import template

from tenor.terms.book.inputs import lines
from tenor.terms.book.members import open_members

HEAD = "issuer,date,fact\n"
LINE = ",2019-08-26,bankruptcy\n"


def notices(folder: Path, notes: str = "note\nA\nB\n", **facts: str) -> list[str]:
    """Of a book of this table and these facts, by the names of their files; paths without their folder."""
    (folder / "notes.csv").write_text(notes, "utf-8")
    (folder / "facts").mkdir(exist_ok=True)
    for name, text in facts.items():
        path = folder / "facts" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    book = open_members([str(folder / "notes.csv")], template(folder), str(folder / "facts"))
    return [each.replace(f"{folder}/", "") for each in book.notices]


def test_issuers_without_a_note_are_told(tmp_path: Path) -> None:
    """Whether the table of notes says the issuers, or the template does."""
    facts = f"{HEAD}One{LINE}Two{LINE}Three{LINE}"
    told = notices(tmp_path, "note,issuer\nA,Two\nB, One \n", i_csv=facts)
    assert told == ["facts/i.csv: 1 of its issuers have no note in the book: `Three`"]
    told = notices(tmp_path, i_csv=f'{HEAD}"Ascent Solar Technologies, Inc."{LINE}One{LINE}')
    assert told == ["facts/i.csv: 1 of its issuers have no note in the book: `One`"]


@pytest.mark.parametrize("alone", [True, False], ids=["a note alone", "its folder"])
def test_issuers_of_notes_in_files_are_theirs(tmp_path: Path, alone: bool) -> None:
    """However they are spelt; a note that cannot be read is still a note of its issuer."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.terms").write_text('note "A" {\n  issuer: # of the shares\n    "One"\n  holder: "Two"\n}\n')
    (tmp_path / "notes/b.terms").symlink_to("a.terms")
    (tmp_path / "facts.csv").write_text(f"{HEAD}One{LINE}Two{LINE}")
    given = tmp_path / "notes" / ("a.terms" if alone else "")
    book = open_members([str(given)], None, str(tmp_path / "facts.csv"))
    assert book.notices == (f"{tmp_path}/facts.csv: 1 of its issuers have no note in the book: `Two`",)


def test_a_name_of_no_note_is_shown_without_what_a_terminal_obeys(tmp_path: Path) -> None:
    """As messages show it."""
    told = notices(tmp_path, i_csv=f"{HEAD}Two\x1b[31m{LINE}")
    assert told == ["facts/i.csv: 1 of its issuers have no note in the book: `Two\\u001b[31m`"]


ENDS = "ledgers end in `.facts`, tables in `.parquet`, `.arrow`, `.csv`"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, ["facts: no ledger and no table of facts is there"]),
        ({"A_facts": "2019-08-26 bankruptcy\n"}, []),
        (
            {"b_CSV": "", "b_csv_gz": "", "b_txt": "", "A_FACTS": "", "c_terms": ""},
            [
                "facts: no ledger and no table of facts is there",
                f"facts: 4 of the files there are not read: `A.FACTS`, `b.CSV`, `b.csv.gz`, …; {ENDS}",
            ],
        ),
        (
            {"A_facts": 'series closing bid from "sub/bids.txt"\n', "sub__bids_txt": "date,closing bid\n", "R_md": ""},
            [f"facts: 1 of the files there are not read: `R.md`; {ENDS}"],
        ),
        ({"A_facts": "2019-08-26 bankruptcy\n", "o_csv_parts__part_csv": "note\n"}, []),
    ],
)
def test_files_that_are_not_read_are_told(tmp_path: Path, facts: dict[str, str], told: list[str]) -> None:
    """What a ledger names is read, whatever its name; parts of another run are nobody's."""
    assert notices(tmp_path, **facts) == told


def test_a_table_of_facts_by_itself_is_no_folder_of_them(tmp_path: Path) -> None:
    """What lies beside it is no business of the book."""
    (tmp_path / "notes.csv").write_text("note\nA\n", "utf-8")
    (tmp_path / "b.csv").write_text("note,date,fact\n#A,2019-08-26,insolvency\nA,2019-08-26,bankruptcy\n", "utf-8")
    (tmp_path / "other.txt").touch()
    book = open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(tmp_path / "b.csv"))
    assert book.notices == (f"{tmp_path}/b.csv: 1 of its remarks, which begin with `#`, look like rows: line 2",)


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ("# of 2019\nnote,maturity\n# the rest\nA,2020-01-01\n\n", ""),
        (
            "note,maturity\n#A,2020-01-01\nB,2020-01-01\n",
            "1 of its remarks, which begin with `#`, look like rows: line 2",
        ),
        (
            "note,maturity\nB,2020-01-01\n" + '"C",2020-01-01\n' + '\n# D,"2020"\n#E,\n#F,1\n#G,1\n#H,1,1\n#"I,1\n',
            "5 of its remarks, which begin with `#`, look like rows: line 5, line 6, line 7, …",
        ),
        ("note\nA\n#1\n# and more\n", "1 of its remarks, which begin with `#`, look like rows: line 3"),
    ],
)
@pytest.mark.parametrize("bytes_a_stretch", [16, 1 << 20])
def test_remarks_that_look_like_rows_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: str, told: str, bytes_a_stretch: int
) -> None:
    """By their lines, in whatever pieces the file is read; of those below all but `#H`, which has three cells."""
    monkeypatch.setattr(lines, "STRETCH_BYTES", bytes_a_stretch)
    found = [each for each in notices(tmp_path, notes) if each.startswith("notes.csv")]
    assert found == ([f"notes.csv: {told}"] if told else [])
