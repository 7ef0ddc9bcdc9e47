"""A note that a row makes is the note that says the same in a file of its own, however the book is read."""

import random
from fractions import Fraction
from pathlib import Path

import pytest
from book.rows_drawn import (
    DAYS,
    as_tables,
    drawn,
    facts_of,
    figures,
    members_of,
    shown,
    table_of,
    template,
    told,
    words,
    write,
    written_out,
)

from tenor.engine.meaning.literals import literals
from tenor.engine.world.facts import Ledger
from tenor.terms.book.inputs import binary, lines
from tenor.terms.book.members import open_members
from tenor.terms.door import load


@pytest.mark.parametrize("amended", [False, True])
@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
@pytest.mark.parametrize("text", [True, False])
def test_a_row_is_the_note_written_by_hand(tmp_path: Path, ending: str, text: bool, amended: bool) -> None:
    """Its words, its figures on every day, in every format, with units in the cells or in the header."""
    rows = drawn(random.Random(f"{ending}{text}"), 6)
    form = template(tmp_path, amended)
    book = open_members([write(table_of(rows, text), tmp_path / f"notes.{ending}")], form)
    assert [each.name for each in members_of(book)] == [row["note"] for row in rows]
    for member, row in zip(members_of(book), rows, strict=True):
        path = tmp_path / f"{row['note']}.terms"
        path.write_text(written_out(Path(form).read_text("utf-8"), row), "utf-8")
        hand = load(str(path)).note
        assert words(member.note) == words(hand)
        assert all(figures(member.note, Ledger(), day) == figures(hand, Ledger(), day) for day in DAYS)


def test_what_a_table_leaves_out_is_the_template_s(tmp_path: Path) -> None:
    form = template(tmp_path)
    (tmp_path / "notes.csv").write_text("note,interest\nA,9% per year\n", "utf-8")
    (member,) = members_of(open_members([str(tmp_path / "notes.csv")], form))
    assert words(member.note) == words(load(form).note) | {"interest": "9% per year"}


def test_a_figure_rests_on_its_cell(tmp_path: Path) -> None:
    """Whoever unfolds an answer is led to the row, and to the column in it."""
    (tmp_path / "notes.csv").write_text("# remark\nnote,principal [USD]\nA,5000\nB,75000.50\n", "utf-8")
    _, member = members_of(open_members([str(tmp_path / "notes.csv")], template(tmp_path)))
    (cite,) = literals(member.note)["principal"].cites
    assert (cite.words, cite.span.place) == ("principal: USD 75,000.50", f"{tmp_path}/notes.csv:4")
    assert cite.span.source.text == "principal [USD]: USD 75,000.50"
    assert member.place == f"{tmp_path}/notes.csv line 4"


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
@pytest.mark.parametrize("stretch", [1, 3, 1000])
def test_blocks_of_any_size_give_the_same_notes(
    tmp_path: Path, ending: str, stretch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One by one, by sevens, all at once, and backwards; whatever the pieces in which the tables are read."""
    monkeypatch.setattr(binary, "STRETCH_ROWS", stretch)
    monkeypatch.setattr(lines, "STRETCH_BYTES", 30 * stretch)
    draw = random.Random(3)
    rows = drawn(draw, 15)
    rows[4]["maturity"] = "2018-01-01"
    facts = facts_of(draw, rows)
    facts = {name: facts[name] for name in sorted(facts, key=lambda _: draw.random())}  # in another order than the book
    write(table_of(rows, False), tmp_path / f"notes.{ending}")
    (tmp_path / "facts").mkdir()
    for name, table in as_tables(facts, True).items():
        write(table, tmp_path / f"facts/{name}.{ending}")

    def read(size: int, backwards: bool = False) -> list[object]:
        book = open_members([str(tmp_path / f"notes.{ending}")], template(tmp_path), str(tmp_path / "facts"))
        starts = range(0, len(book), size)
        blocks = {
            start: book.block(start, min(start + size, len(book)))
            for start in (reversed(starts) if backwards else starts)
        }
        return [shown(each) for start in starts for each in blocks[start]]

    whole = read(len(rows))
    assert [each[0] for each in whole] == [row["note"] for row in rows]
    assert read(1) == read(7) == read(7, backwards=True) == whole


def test_figures_of_more_than_64_bits_are_kept_whole(tmp_path: Path) -> None:
    """USD 99,999,999,999,999,999,999.00 is 10^20 - 1 dollars."""
    (tmp_path / "notes.csv").write_text('note,principal\nA,"USD 99,999,999,999,999,999,999.00"\n', "utf-8")
    (member,) = members_of(open_members([str(tmp_path / "notes.csv")], template(tmp_path)))
    assert literals(member.note)["principal"].value == 10**20 - 1


def test_files_and_rows_make_one_book(tmp_path: Path) -> None:
    """In the order given; blocks may lie across both, columns only within the rows."""
    form = template(tmp_path)
    (tmp_path / "notes").mkdir()
    for name in ("b", "a"):
        (tmp_path / f"notes/{name}.terms").write_text(Path(form).read_text("utf-8"), "utf-8")
    (tmp_path / "notes/a.facts").write_text("2019-08-26 bankruptcy\n", "utf-8")
    (tmp_path / "notes.csv").write_text("note,interest\nA,9% per year\nB,10% per year\n", "utf-8")
    book = open_members([str(tmp_path / "notes"), str(tmp_path / "notes.csv")], form)
    assert [each.name for each in members_of(book)] == ["a", "b", "A", "B"]
    assert [each.name for each in book.block(1, 3)] == ["b", "A"]
    assert [len(each.ledger.entries) for each in members_of(book)] == [1, 0, 0, 0]
    assert book.templated() == (range(2, 4),)
    assert book.block_columns(3, 4).names == ("B",)
    with pytest.raises(ValueError, match="not the rows of one table"):
        book.block_columns(1, 3)


def test_a_block_is_its_members_as_columns(tmp_path: Path) -> None:
    """Parameters, quotes, levels and acts of the notes that can be reckoned, and where these are in the book."""
    draw = random.Random(5)
    rows = drawn(draw, 9)
    rows[2]["ownership_cap"] = "100%"
    facts = facts_of(draw, rows)
    write(table_of(rows, True), tmp_path / "notes.csv")
    (tmp_path / "facts").mkdir()
    for name, table in as_tables(facts, True).items():
        write(table, tmp_path / f"facts/{name}.parquet")
    block = open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(tmp_path / "facts")).block_columns(1, 9)
    assert block.positions.tolist() == [1, 3, 4, 5, 6, 7, 8]
    assert block.failed.keys() == {2}
    assert [each.diagnostics[0].code for each in block.failed.values()] == ["E208"]
    for place, name in enumerate(block.names):
        member = block.member(place)
        assert name == rows[int(block.positions[place])]["note"]
        assert {n: each.words(place) for n, each in block.parameters.items()}.items() <= {
            n: str(each) for n, each in words(member.note).items()
        }.items()
        assert told(Ledger(entries=block.entries[place]))[0] == told(member.ledger)[0]
        quotes, within = block.quotes["closing bid"], slice(*block.quotes["closing bid"].starts[place : place + 2])
        mine = member.ledger.quotes.get("closing bid")
        assert quotes.days[within].tolist() == list(mine.days if mine else ())
        values = [Fraction(value, 10**quotes.decimals) for value in quotes.values[within].tolist()]
        assert values == list(mine.values if mine else ())
