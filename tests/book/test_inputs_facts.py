"""Facts in tables are the ledger that says the same, by note or for all notes of an issuer."""

import random
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from book.rows_drawn import (
    DAYS,
    as_tables,
    drawn,
    facts_of,
    figures,
    members_of,
    table_of,
    template,
    told,
    write,
)
from pyarrow import parquet

from tenor.engine.exact.dimensions import money
from tenor.engine.time.calendars import NYSE
from tenor.terms.book.inputs import gathering, lines
from tenor.terms.book.members import Failed, Members, open_members
from tenor.terms.door import load_facts


@pytest.mark.parametrize("split", [True, False])
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_facts_in_tables_are_the_ledger_written_by_hand(tmp_path: Path, ending: str, split: bool) -> None:
    """Quotes, levels and acts, in columns or as lines: the same facts, and the same answers."""
    draw = random.Random(ending)
    rows = drawn(draw, 8)
    facts = facts_of(draw, rows)
    form = template(tmp_path)
    write(table_of(rows, True), tmp_path / "notes.csv")
    (tmp_path / "facts").mkdir()
    for name, table in as_tables(facts, split).items():
        write(table, tmp_path / f"facts/{name}.{ending}")
    book = open_members([str(tmp_path / "notes.csv")], form, str(tmp_path / "facts"))
    for member in members_of(book):
        path = tmp_path / f"{member.name}.facts"
        path.write_text("".join(f"{line}\n" for line in facts[member.name]), "utf-8")
        hand = load_facts(str(path), member.note)
        assert told(member.ledger) == told(hand)
        for day in DAYS:
            assert figures(member.note, member.ledger, day) == figures(member.note, hand, day)


def test_ledgers_in_a_folder_are_those_of_their_notes(tmp_path: Path) -> None:
    """By name, with the price tables that they name; and what belongs to nobody is said."""
    form = template(tmp_path)
    (tmp_path / "notes.csv").write_text("note\nA\nB\n", "utf-8")
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "bids.csv").write_text("date,closing bid\n2019-08-23,0.0017\n", "utf-8")
    (facts / "A.facts").write_text('series closing bid from "bids.csv"\n2019-08-26 pay USD 5.00\n', "utf-8")
    (facts / "C.facts").write_text("2019-08-26 pay USD 5.00\n", "utf-8")
    (facts / "acts.csv").write_text("note,date,fact\nB,2019-08-26,bankruptcy\nD,2019-08-26,bankruptcy\n", "utf-8")
    book = open_members([str(tmp_path / "notes.csv")], form, str(facts))
    one, other = members_of(book)
    assert told(one.ledger) == told(load_facts(str(facts / "A.facts"), one.note))
    assert [each.subject for each in other.ledger.entries] == ["bankruptcy"]
    assert book.notices == (
        f"{facts}: 1 of the ledgers belong to no note of the book: `C`",
        f"{facts}/acts.csv: 1 of its notes are not in the book: `D`",
    )


def shared(folder: Path, *names: str) -> tuple[Members, str]:
    """Notes of two issuers with one table of facts by issuer."""
    form = template(folder)
    issuers = ("Ascent Solar Technologies, Inc.", "Other, Inc.")
    (folder / "notes.csv").write_text(
        "note,issued,maturity,issuer\n"
        + "".join(f'{name},2019-0{2 + n}-01,2020-03-01,"{issuers[n % 2]}"\n' for n, name in enumerate(names)),
        "utf-8",
    )
    rows = ["issuer,date,closing bid [USD per share],outstanding [shares],fact"]
    for number, issuer in enumerate(issuers):
        rows += [f'"{issuer}",2018-12-31,,{number + 1}000000,', f'"{issuer}",2019-01-31,,{number + 1}500000,']
        rows += [
            f'"{issuer}",{each},0.0{number + 1}7,,'
            for each in NYSE.sessions_between(date(2019, 3, 1), date(2019, 5, 1))
        ]
        rows += [f'"{issuer}",2019-05-06,,,"split 1 for {number + 2}"']
    (folder / "facts.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return open_members([str(folder / "notes.csv")], form, str(folder / "facts.csv")), form


def test_an_issuer_s_facts_are_those_of_all_its_notes(tmp_path: Path) -> None:
    """Of the levels from before a note the last one holds on its issue date."""
    book, _ = shared(tmp_path, "A", "B", "C")
    first, second, third = (each.ledger for each in members_of(book))
    assert told(first)[1] == told(third)[1] != told(second)[1]
    assert [(each.event, str(each.date)) for each in third.entries] == [
        ("level", "2019-04-01"),
        ("split", "2019-05-06"),
    ]
    assert [each.fields["amount"].value for each in third.entries[:1]] == [1_500_000]
    assert third.entries[0].origin.words == "2019-01-31 outstanding 1,500,000 shares"
    assert third.entries[0].known_from == date(2019, 1, 31)
    assert [each.fields["amount"].value for each in second.entries[:1]] == [2_500_000]


def test_a_level_is_told_by_lines_and_columns(tmp_path: Path) -> None:
    """What a line corrects later holds from then on, also where it held before the note was issued."""
    (tmp_path / "notes.csv").write_text("note,issued,issuer\nA,2019-02-01,I\n", "utf-8")
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "counts.csv").write_text(
        "issuer,date,outstanding [shares]\nI,2018-11-30,9\nI,2018-12-31,10\nI,2019-03-04,20\n", "utf-8"
    )
    (facts / "lines.csv").write_text(
        "issuer,date,known,fact\nI,2018-10-31,,held 1 shares\nI,2018-12-31,2019-02-15,outstanding 11 shares\n"
        "I,2018-11-30,,held 2 shares\nI,2018-11-30,2019-02-15,held 3 shares\n"
        "I,2019-03-04,2019-04-01,outstanding 22 shares\n",
        "utf-8",
    )
    (member,) = members_of(open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(facts)))

    def levels(known: date) -> dict[str, int]:
        seen = member.ledger.visible(date(2019, 12, 31), known)
        return {each.subject: int(each.fields["amount"].value) for each in seen}

    assert levels(date(2019, 2, 14)) == {"outstanding": 10, "held": 2}
    assert levels(date(2019, 2, 15)) == {"outstanding": 11, "held": 3}
    assert levels(date(2019, 3, 4)) == {"outstanding": 20, "held": 3}
    assert levels(date(2019, 4, 1)) == {"outstanding": 22, "held": 3}


def test_a_split_from_before_the_issue_leaves_the_quotes_since_then(tmp_path: Path) -> None:
    """Those before it are on another basis, which nothing here restates for that note: they are missing facts."""
    _, form = shared(tmp_path, "A")
    (tmp_path / "notes.csv").write_text("note,issued\nA,2019-05-20\nB,2019-04-01\n", "utf-8")
    book = open_members([str(tmp_path / "notes.csv")], form, str(tmp_path / "facts.csv"))
    young, old = (each.ledger for each in members_of(book))
    assert "closing bid" not in young.quotes
    assert [each.event for each in young.entries] == ["level"]
    assert len(old.quotes["closing bid"].days) == 42
    assert [each.event for each in old.entries] == ["level", "split"]


def test_files_share_facts_in_tables_too(tmp_path: Path) -> None:
    """By name, or by the issuer that the note says."""
    form = template(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.terms").write_text(Path(form).read_text("utf-8"), "utf-8")
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "acts.csv").write_text('note,date,fact\na,2019-08-26,"pay USD 5.00"\n', "utf-8")
    (facts / "splits.csv").write_text(
        'issuer,date,fact\n"Ascent Solar Technologies, Inc.",2019-09-03,split 1 for 2\n', "utf-8"
    )
    (member,) = members_of(open_members([str(tmp_path / "notes")], None, str(facts)))
    assert [each.event for each in member.ledger.entries] == ["payment", "split"]


def test_facts_by_the_numbers_of_notes(tmp_path: Path) -> None:
    """Some number their notes: a column of whole numbers names them as their digits do."""
    form = template(tmp_path)
    parquet.write_table(pa.table({"note": [17, 4]}), tmp_path / "notes.parquet")
    facts = {"note": [4, 4, 17], "date": [date(2019, 8, 26)] * 3, "fact": ["bankruptcy", "split 1 for 2", "bankruptcy"]}
    parquet.write_table(pa.table(facts), tmp_path / "facts.parquet")
    book = open_members([str(tmp_path / "notes.parquet")], form, str(tmp_path / "facts.parquet"))
    assert [(each.name, len(each.ledger.entries)) for each in members_of(book)] == [("17", 1), ("4", 2)]


def test_stretches_that_are_not_kept_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tables of facts and room for few rows: the same facts, in whatever order the notes are asked for."""
    monkeypatch.setattr(gathering, "KEPT_ROWS", 2)
    monkeypatch.setattr(lines, "STRETCH_BYTES", 64)
    form = template(tmp_path)
    names = [f"N{place}" for place in range(6)]
    (tmp_path / "notes.csv").write_text("\n".join(["note", *names]) + "\n", "utf-8")
    (tmp_path / "facts").mkdir()
    for table in ("a", "b"):
        rows = [f"{name},2019-08-2{6 + (table == 'b')},pay USD {place + 1}.00" for place, name in enumerate(names)]
        (tmp_path / f"facts/{table}.csv").write_text("\n".join(["note,date,fact", *rows]) + "\n", "utf-8")
    book = open_members([str(tmp_path / "notes.csv")], form, str(tmp_path / "facts"))
    for place in (0, 5, 1, 5, 0):
        (member,) = book.block(place, place + 1)
        assert [each.fields["amount"].value for each in member.ledger.entries] == [place + 1] * 2


def test_files_of_several_currencies_have_facts_in_their_own(tmp_path: Path) -> None:
    """Each is read in the words of its note, be they those of an earlier note or not; and one says what it may not."""
    text = Path(template(tmp_path)).read_text("utf-8")
    (tmp_path / "notes").mkdir()
    for name, currency in (("a", "USD"), ("b", "EUR"), ("c", "USD"), ("d", "EUR")):
        (tmp_path / f"notes/{name}.terms").write_text(text.replace("USD", currency), "utf-8")
    (tmp_path / "facts").mkdir()
    rows = (
        "a,2019-08-26,pay USD 5.00\nb,2019-08-26,pay EUR 5.00\nc,2019-08-26,pay USD 5.00\nd,2019-08-26,pay USD 5.00\n"
    )
    (tmp_path / "facts/acts.csv").write_text("note,date,fact\n" + rows, "utf-8")
    *right, wrong = open_members([str(tmp_path / "notes")], None, str(tmp_path / "facts")).block(0, 4)
    told_in = [each.ledger.entries[0].fields["amount"].dimension for each in right]
    assert told_in == [money("USD"), money("EUR"), money("USD")]
    assert isinstance(wrong, Failed)
    assert [each.code for each in wrong.diagnostics] == ["E314"]


def test_a_file_has_the_ledger_of_its_name_in_a_folder_of_ledgers(tmp_path: Path) -> None:
    """And not the one beside it, where a folder is given; what is neither a ledger nor a table is nobody's."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "facts").mkdir()
    (tmp_path / "notes/a.terms").write_text(Path(template(tmp_path)).read_text("utf-8"), "utf-8")
    (tmp_path / "notes/a.facts").write_text("2019-08-26 bankruptcy\n", "utf-8")
    (tmp_path / "facts/a.facts").write_text("2019-08-26 split 1 for 2\n", "utf-8")
    (tmp_path / "facts/README.md").write_text("where these are from\n", "utf-8")
    (member,) = members_of(open_members([str(tmp_path / "notes")], None, str(tmp_path / "facts")))
    assert [each.event for each in member.ledger.entries] == ["split"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_lines_may_be_any_text_of_arrow(tmp_path: Path, kind: pa.DataType) -> None:
    """In an order other than that of the notes, so that they are taken here and there."""
    form = template(tmp_path)
    (tmp_path / "notes.csv").write_text("note\nA\nB\n", "utf-8")
    paid = pa.array(["pay USD 2.00", "pay USD 1.00"], pa.string()).cast(kind)
    table = pa.table({"note": ["B", "A"], "date": [date(2019, 3, 4)] * 2, "fact": paid})
    with pa.OSFile(str(tmp_path / "facts.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    members = members_of(open_members([str(tmp_path / "notes.csv")], form, str(tmp_path / "facts.arrow")))
    said = [[each.fields["amount"].value for each in member.ledger.entries] for member in members]
    assert said == [[1], [2]]
