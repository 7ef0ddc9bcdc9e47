"""What is wrong with a table names its file, its row and its column, and stops nothing that is right.

The messages word for word are in `tests/wrong`; here is where each is raised, and what goes on.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from book.rows_drawn import template
from pyarrow import parquet

from tenor.engine.time.calendars import NYSE
from tenor.grammar.diagnostics import Diagnostic, NoteErrors
from tenor.terms.book import weaving
from tenor.terms.book.members import Failed, open_members

ISSUER = '"Ascent Solar Technologies, Inc."'
BIDS = "closing bid [USD per share]"


def found(folder: Path, notes: str = "note\nA\nB\n", **facts: str | pa.Table) -> list[Diagnostic]:
    """What is wrong with a book of these tables, or with its notes; facts by the name of their file."""
    (folder / "notes.csv").write_text(notes, "utf-8")
    (folder / "facts").mkdir(exist_ok=True)
    for name, table in facts.items():
        if isinstance(table, str):
            (folder / f"facts/{name}.csv").write_text(table, "utf-8")
        else:
            parquet.write_table(table, folder / f"facts/{name}.parquet")
    try:
        book = open_members([str(folder / "notes.csv")], template(folder), str(folder / "facts"))
    except NoteErrors as errors:
        return list(errors.diagnostics)
    failed = [each for each in book.block(0, len(book)) if isinstance(each, Failed)]
    return [problem for each in failed for problem in each.diagnostics]


@pytest.mark.parametrize(
    ("name", "why"),
    [("gone", "cannot be read: there is no such file"), ("notes.txt", "is neither a folder nor a table of facts")],
)
def test_facts_that_are_no_table_and_no_folder_are_told(tmp_path: Path, name: str, why: str) -> None:
    """What is not there, and what is something else."""
    (tmp_path / "notes.txt").touch()
    (tmp_path / "notes.csv").write_text("note\nA\n", "utf-8")
    with pytest.raises(NoteErrors) as raised:
        open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(tmp_path / name))
    assert [(each.code, each.message) for each in raised.value.diagnostics] == [("E402", f"`{tmp_path}/{name}` {why}")]


def place(problem: Diagnostic) -> str:
    """`notes.csv:3`, and the column that is shown."""
    assert problem.span is not None
    column = problem.span.source.text.partition(":")[0]
    return f"{os.path.basename(problem.span.source.name)}:{problem.span.line} {column}"


@pytest.mark.parametrize(
    ("notes", "code", "where"),
    [
        ("note,maturity\nA,2020-02-30\n", "E203", "notes.csv:2 maturity"),
        ("note,maturity\nA,\n", "E608", "notes.csv:2 note"),
        ("note,principal\nA,EUR 5.00\n", "E202", "notes.csv:2 principal"),
        ('note,principal\nA,"5,00"\n', "E018", "notes.csv:2 principal"),
        ("note,principal\nA,USD\n", "E107", "notes.csv:2 principal"),
        ("note,principal [USD]\nA,5\n\nB,-5\n", "E615", "notes.csv:4 principal [USD]"),
        ("note,interest\nA,8%\n", "E202", "notes.csv:2 interest"),
        ("note,issuer\nA,\n", "E608", "notes.csv:2 note"),
        ("note,ownership_cap [%]\nA,100\n", "E208", "notes.csv:2 ownership_cap [%]"),
        ("note,maturity\nA,2019-02-22\n", "E206", "notes.csv:2 maturity"),
        ("nota,maturity\nA,2020-02-22\n", "E604", "notes.csv:1 nota,maturity"),
        *((f"note\nÉ\u00a0A\nB{sign}C\n", "E003", "notes.csv:3 note") for sign in "\x00\x07\x1b\x7f\x9b\u202e"),
    ],
)
def test_a_wrong_row_is_told_at_its_cell(tmp_path: Path, notes: str, code: str, where: str) -> None:
    told = found(tmp_path, notes)
    assert (told[0].code, place(told[0])) == (code, where)


@pytest.mark.parametrize(
    ("column", "code", "said"),
    [
        ({"maturity": [20200222]}, "E607", "`maturity` holds numbers, where dates are wanted"),
        ({"principal": [date(2020, 2, 22)]}, "E202", "`principal` holds dates, where an amount in USD is wanted"),
        ({"principal [USD]": [-5]}, "E014", "`principal` is below zero"),
    ],
)
def test_a_column_of_another_type_is_told(tmp_path: Path, column: dict, code: str, said: str) -> None:
    """Where the file itself has types; and a type of numbers has some below zero."""
    parquet.write_table(pa.table({"note": ["A"], **column}), tmp_path / "notes.parquet")
    try:
        (failed,) = open_members([str(tmp_path / "notes.parquet")], template(tmp_path)).block(0, 1)
        assert isinstance(failed, Failed)
        told = failed.diagnostics
    except NoteErrors as errors:
        told = errors.diagnostics
    assert [(each.code, each.message) for each in told] == [(code, said)]


def test_the_other_rows_go_on(tmp_path: Path) -> None:
    """Of four notes one has no figure, one figures that make no note, and one a fact that is none."""
    (tmp_path / "notes.csv").write_text("note,maturity\nA,\nB,2018-01-01\nC,2020-01-01\nD,2020-01-01\n", "utf-8")
    (tmp_path / "acts.csv").write_text("note,date,fact\nC,2019-08-26,pays\n", "utf-8")
    book = open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(tmp_path / "acts.csv"))
    told = {each.name: [p.code for p in each.diagnostics] for each in book.block(0, 4) if isinstance(each, Failed)}
    assert told == {"A": ["E608"], "B": ["E206"], "C": ["E311"]}
    block = book.block_columns(0, 4)
    assert (block.names, sorted(block.failed)) == (("D",), [0, 1, 2])


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"note": ["A"], "date": [date(2019, 2, 22)], BIDS: pa.array([0.05])}, "E606"),
        ({"note": pa.array([1.5]), "date": [date(2019, 2, 22)], "fact": ["bankruptcy"]}, "E606"),
        ({"note": ["A"], "date": [20190222], "fact": ["bankruptcy"]}, "E607"),
        (
            {"note": ["A"], "date": pa.array([datetime(2019, 2, 22)], pa.timestamp("s", "UTC")), BIDS: [5]},
            "E607",
        ),
        ({"note": pa.array([["A"]]), "date": [date(2019, 2, 22)], "fact": ["bankruptcy"]}, "E607"),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "fact": pa.array([5])}, "E607"),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "closing bid": [5]}, "E201"),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "closing bid": ["0.05"]}, "E201"),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "volume [USD]": [5]}, "E202"),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "closing bid [USD]": [5]}, "E202"),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "held [%]": [5]}, "E202"),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "held [pieces]": [5]}, "E609"),
        (
            {"note": ["A"], "date": [date(2019, 2, 22)], BIDS: [5], "closing_bids [USD per share]": [5]},
            "E605",
        ),
        ({"note": ["A"], "date": [date(2019, 2, 22)], "helt [shares]": [5]}, "E603"),
        ({"note": pa.array(["A"]), "date [shares]": [date(2019, 2, 22)], BIDS: [5]}, "E202"),
        ({"note": ["A"], "date": [date(2019, 2, 22)]}, "E604"),
        ({"date": [date(2019, 2, 22)], BIDS: [5]}, "E604"),
        ({"note": pa.array(["A", None]), "date": [date(2019, 2, 22)] * 2, BIDS: [5, 6]}, "E608"),
        ({"note": pa.array(["A", "B", "A"]), "date": [date(2019, 2, 22)] * 3, BIDS: [5, 6, 7]}, "E611"),
    ],
)
def test_a_wrong_column_of_facts_stops_the_book(tmp_path: Path, columns: dict, code: str) -> None:
    told = found(tmp_path, prices=pa.table(columns))
    assert told[0].code == code
    assert (told[0].span.source.name if told[0].span else told[0].file).endswith("prices.parquet")


@pytest.mark.parametrize(
    ("facts", "code", "where"),
    [
        (f"note,date,{BIDS}\nA,2019-02-30,0.05\n", "E322", "facts.csv:2 date"),
        (f"note,date,{BIDS}\nA,,0.05\n", "E322", "facts.csv:2 date"),
        (f"note,date,{BIDS},known\nA,2019-02-22,0.05,soon\n", "E322", "facts.csv:2 known"),
        (f"note,date,{BIDS}\nA,2019-02-22,0.050.1\n", "E323", f"facts.csv:2 {BIDS}"),
        (f"note,date,{BIDS}\nA,2019-02-22,\n", "E613", "facts.csv:2 date"),
        ("note,date,volume [shares]\nA,2019-02-22,1.5\n", "E323", "facts.csv:2 volume [shares]"),
        ("note,date,held [shares]\nA,2019-02-22,1.5\n", "E615", "facts.csv:2 held [shares]"),
        ("note,date,held [shares]\nA,2019-02-22,5\nA,2019-02-22,6\n", "E313", "facts.csv:3 held [shares]"),
        ("note,date,fact\nA,2019-02-22,held 5 shares\nA,2019-02-22,held 6 shares\n", "E313", "facts.csv:3 fact"),
        ("note,date,held [shares],fact\nA,2019-02-22,5,held 6 shares\n", "E313", "facts.csv:2 fact"),
        (
            f"issuer,date,fact\n{ISSUER},2018-12-31,held 5 shares\n{ISSUER},2018-12-31,held 6 shares\n",
            "E313",
            "facts.csv:3 fact",
        ),
        (f"issuer,date,held [shares],fact\n{ISSUER},2018-12-31,5,held 6 shares\n", "E313", "facts.csv:2 fact"),
        (f"note,date,{BIDS},fact\nA,2019-02-22,0.05,closing bid USD 0.06 per share\n", "E324", "facts.csv:2 fact"),
        ("note,date,fact\nA,2019-02-23,closing bid USD 0.06 per share\n", "E325", "facts.csv:2 fact"),
        ("note,date,fact\nA,2019-02-21,bankruptcy\n", "E312", "facts.csv:2 2019-02-21 bankruptcy"),
        ("note,date,fact\nA,2019-02-22,pay EUR 5.00\n", "E314", "facts.csv:2 2019-02-22 pay EUR 5.00"),
        ('note,date,fact\nA,2019-02-22,"event ""flood"""\n', "E315", 'facts.csv:2 2019-02-22 event "flood"'),
        ("note,date,fact\nA,2019-02-22,split 0 for 5\n", "E316", "facts.csv:2 2019-02-22 split 0 for 5"),
        ("note,date,fact\nA,2019-02-22,principal: USD 5\n", "E008", "facts.csv:2 2019-02-22 principal"),
        (
            "note,date,fact\nA,2019-02-22,bankruptcy known 2019-02-30\n",
            "E203",
            "facts.csv:2 2019-02-22 bankruptcy known 2019-02-30",
        ),
        ("note,date,known,fact\nA,2019-02-22,2019-02-25,pay USD 5.00 known 2019-02-26\n", "E616", "facts.csv:2 fact"),
        ("note,date,known,fact\nA,2019-02-22,2019-02-25,bankruptcy known 2019-02-26\n", "E616", "facts.csv:2 fact"),
        ("note,date,fact\nA,2019-02-22,expect owed USD 5.00\n", "E311", "facts.csv:2 2019-02-22 expect owed USD 5.00"),
        (
            "note,date,closing bid [EUR per share]\nA,2019-02-22,0.05\n",
            "E314",
            "facts.csv:1 note,date,closing bid [EUR per share]",
        ),
    ],
)
def test_a_wrong_fact_is_told_at_its_cell(tmp_path: Path, facts: str, code: str, where: str) -> None:
    """And is its note's alone."""
    told = found(tmp_path, facts=facts)
    assert (told[0].code, place(told[0])) == (code, where)


def test_a_level_may_be_known_twice_on_different_days(tmp_path: Path) -> None:
    """A figure that was corrected later is another line; two for one day of both kinds are an error."""
    head = "note,date,known,held [shares]\nA,2019-02-25,,5\n"
    assert found(tmp_path, facts=head + "A,2019-02-25,2019-03-04,6\n") == []
    told = found(tmp_path, facts=head + "A,2019-02-25,2019-02-25,6\n")
    assert [(each.code, place(each)) for each in told] == [("E313", "facts.csv:3 held [shares]")]


def test_a_quote_after_the_last_day_of_the_calendar_is_taken(tmp_path: Path) -> None:
    """Nobody knows yet whether the exchange is open then, so nothing says that it is not."""
    after = NYSE.last + timedelta(days=1)
    assert found(tmp_path, facts=f"note,date,{BIDS}\nA,{after},0.05\n") == []


def test_a_fact_may_say_from_when_it_is_known(tmp_path: Path) -> None:
    """In a column of its own, or as a ledger says it; an empty cell is the fact's own day."""
    lines = "A,2019-02-22,2019-03-01,bankruptcy\nA,2019-02-25,,insolvency\nA,2019-02-26,,insolvency known 2019-03-04\n"
    assert found(tmp_path, facts="note,date,known,fact\n" + lines) == []
    book = open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(tmp_path / "facts"))
    first, _ = book.block(0, 2)
    assert not isinstance(first, Failed)
    assert [str(each.known_from) for each in first.ledger.entries] == ["2019-03-01", "2019-02-25", "2019-03-04"]


def test_a_day_that_is_told_twice_alike_is_one(tmp_path: Path) -> None:
    """In the column and in the cell; the same day is no contradiction."""
    rows = "A,2019-02-22,2019-02-25,pay USD 5.00 known 2019-02-25\nA,2019-02-22,,pay USD 6.00 known 2019-02-26\n"
    assert found(tmp_path, facts="note,date,known,fact\n" + rows) == []


def test_days_out_of_order_are_sorted(tmp_path: Path) -> None:
    """Of quotes; acts of one day keep the order of the file."""
    rows = "A,2019-02-25,0.06,\nA,2019-02-22,0.05,pay USD 1.00\nA,2019-02-22,,pay USD 2.00\n"
    assert found(tmp_path, facts=f"note,date,{BIDS},fact\n{rows}") == []
    book = open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(tmp_path / "facts"))
    first, _ = book.block(0, 2)
    assert not isinstance(first, Failed)
    assert [date.fromordinal(day).day for day in first.ledger.quotes["closing bid"].days] == [22, 25]
    assert [int(each.fields["amount"].value) for each in first.ledger.entries] == [1, 2]


def test_quotes_of_a_year_each_are_one_series(tmp_path: Path) -> None:
    """Tables may be cut by time; a day in two of them is an error that shows both."""
    years = {f"y{year}": f"note,date,{BIDS}\nA,{year}-02-22,0.05\nA,{year}-02-25,0.05\n" for year in (2021, 2019)}
    assert found(tmp_path, **years) == []
    told = found(tmp_path, **years, again=f"note,date,{BIDS}\nA,2019-02-25,0.05\n")
    assert [each.code for each in told] == ["E324"]
    assert {os.path.basename(told[0].span.source.name), os.path.basename(told[0].related[0][0].source.name)} == {
        "again.csv",
        "y2019.csv",
    }


def test_a_day_twice_is_of_one_note(tmp_path: Path) -> None:
    """The next note may begin on the day on which this one ends; twice on its last day is too often all the same."""
    ends = f"note,date,{BIDS}\nA,2019-02-22,0.05\nA,2019-02-25,0.05\nB,2019-02-25,0.05\nB,2019-02-26,0.05\n"
    assert found(tmp_path, bids=ends) == []
    told = found(tmp_path, bids=ends.replace("A,2019-02-22", "A,2019-02-25"))
    assert [(each.code, place(each)) for each in told] == [("E324", f"bids.csv:3 {BIDS}")]


def test_an_issuer_s_wrong_row_is_told_of_each_of_its_notes(tmp_path: Path) -> None:
    """The others go on."""
    notes = "note,issuer\nA,One\nB,Two\nC,One\n"
    told = found(tmp_path, notes, facts=f"issuer,date,{BIDS}\nTwo,2019-02-22,0.05\nOne,2019-02-22,0\n")
    assert [(each.code, place(each)) for each in told] == [("E323", f"facts.csv:3 {BIDS}")] * 2


def test_too_many_findings_of_one_note_are_cut_short(tmp_path: Path) -> None:
    rows = "".join(f"A,2019-{month:02}-{day:02},0\n" for month in range(3, 12) for day in range(1, 28))
    assert len(found(tmp_path, facts=f"note,date,{BIDS}\n{rows}")) == weaving.FOUND_MAX


def test_too_many_acts_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weaving, "ACTS_MAX", 3)
    rows = "".join(f"A,2019-03-{day:02},pay USD 1.00\n" for day in range(1, 5))
    assert [each.code for each in found(tmp_path, facts=f"note,date,fact\n{rows}")] == ["E503"]


@pytest.mark.parametrize("what", ["facts/A.facts", "facts/prices.csv", "notes/n.terms"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_only_regular_files_in_a_folder_are_read(tmp_path: Path, what: str, kind: str) -> None:
    """No link is followed, no pipe is waited for; a folder of such a name is no file."""
    outside, path = tmp_path / "outside", tmp_path / what
    outside.write_text("secret", "utf-8")
    for folder in ("facts", "notes"):
        (tmp_path / folder).mkdir()
    (tmp_path / "notes/A.terms").write_text(Path(template(tmp_path)).read_text("utf-8"), "utf-8")
    match kind:
        case "link":
            path.symlink_to(outside)
        case "pipe":
            os.mkfifo(path)
        case _:
            path.mkdir()
    try:
        book = open_members([str(tmp_path / "notes")], None, str(tmp_path / "facts"))
        told = [
            problem for each in book.block(0, len(book)) if isinstance(each, Failed) for problem in each.diagnostics
        ]
    except NoteErrors as errors:
        told = list(errors.diagnostics)
    assert [each.code for each in told] == ([] if kind == "folder" else ["E402"])
    assert not any("secret" in str(each) for each in told)


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    """Nor is what lies behind it left out silently."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/more").symlink_to(tmp_path / "outside")
    with pytest.raises(NoteErrors) as raised:
        open_members([str(tmp_path / "notes")])
    assert [each.code for each in raised.value.diagnostics] == ["E402"]


@pytest.mark.parametrize(
    ("paths", "facts", "codes"),
    [
        (["missing"], None, ["E402"]),
        (["notes.csv", "missing.csv"], None, ["E402"]),
        (["README.md"], None, ["E402"]),
        (["empty"], None, ["E601"]),
        (["notes.csv"], "missing", ["E402"]),
        (["notes.csv"], "README.md", ["E402"]),
        (["notes.csv", "notes.csv"], None, ["E610", "E610"]),
        (["notes.csv", "template.terms", "folder"], None, ["E610"]),
        (["wrong.csv", "notes.csv"], "prices.csv", ["E603", "E604", "E603", "E604"]),
    ],
)
def test_what_is_wrong_with_the_whole_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], facts: str | None, codes: list[str]
) -> None:
    """All of it at once."""
    monkeypatch.chdir(tmp_path)
    form = template(Path("."))
    Path("README.md").write_text("a book", "utf-8")
    for folder in ("empty", "folder"):
        Path(folder).mkdir()
    Path("folder/A.terms").write_text(Path(form).read_text("utf-8"), "utf-8")
    Path("notes.csv").write_text("note\nA\nB\n", "utf-8")
    Path("wrong.csv").write_text("name,principal [USD]\nA,5\n", "utf-8")
    Path("prices.csv").write_text(f"name,date,{BIDS}\nA,2019-02-22,0.05\n", "utf-8")
    with pytest.raises(NoteErrors) as raised:
        open_members(paths, form, facts)
    assert sorted(each.code for each in raised.value.diagnostics) == sorted(codes)


def test_a_template_that_is_wrong_stops_the_book(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("note\nA\n", "utf-8")
    (tmp_path / "template.terms").write_text("principal: USD 5\n", "utf-8")
    with pytest.raises(NoteErrors) as raised:
        open_members([str(tmp_path / "notes.csv")], str(tmp_path / "template.terms"))
    assert {each.code for each in raised.value.diagnostics} == {"E102"}
