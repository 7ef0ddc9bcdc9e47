"""The ends of what a book reads, copies and says: where a file stops short, and where a process does."""

import errno
import io
import os
from fractions import Fraction
from types import SimpleNamespace

import pytest
from book.rows_drawn import template

from tenor.engine.exact.dimensions import DATE, RATE, RATIO, SHARES, money, price
from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.book import parquet
from tenor.terms.book.copying import copied
from tenor.terms.book.facts import files_below
from tenor.terms.book.inputs.units import example_of, spelt, unit_for
from tenor.terms.book.inputs.written import written
from tenor.terms.book.members import open_members
from tenor.terms.book.parquet import COLUMNS, ORDINAL, ORDINAL_MAX
from tenor.terms.book.thrift import I16, LIST, STRUCT, Reader
from tenor.terms.book.thrift import written as thrift_of
from tenor.terms.book.trouble import Stopped
from tenor.terms.cli.book_summary import summary_sheet
from tenor.terms.cli.plain import text

PART = bytes(range(256)) * 10


@pytest.fixture(params=["by the system", "through this program", "not between these disks"])
def machine(request, monkeypatch):
    """Each way in which a machine copies."""
    if request.param == "through this program":
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    elif request.param == "not between these disks":

        def refuse(*_):
            raise OSError(errno.EXDEV, "cross-device link")

        monkeypatch.setattr(os, "copy_file_range", refuse, raising=False)


def test_bytes_are_copied_whatever_the_machine_can(machine, tmp_path):
    """From where the part stands to the end of the file, and both stand behind them."""
    (tmp_path / "part").write_bytes(PART)
    with open(tmp_path / "part", "rb") as part, open(tmp_path / "file", "wb") as file:
        file.write(b"head")
        part.seek(10)
        assert copied(part, file, 1_000) == 1_000
        assert part.tell() == 1_010
        file.write(b"tail")
    assert (tmp_path / "file").read_bytes() == b"head" + PART[10:1_010] + b"tail"


def test_a_part_that_ends_too_early_stops_the_book(machine, tmp_path):
    """A file that lacks rows is no book."""
    (tmp_path / "part").write_bytes(PART)
    with (
        open(tmp_path / "part", "rb") as part,
        open(tmp_path / "file", "wb") as file,
        pytest.raises(Stopped, match="a part ended while it was copied"),
    ):
        copied(part, file, len(PART) + 1)


def test_what_is_no_file_of_the_system_is_copied_too():
    """A file in memory has no number."""
    sink = io.BytesIO()
    assert copied(io.BytesIO(PART), sink, 7) == 7
    assert sink.getvalue() == PART[:7]


def test_a_full_disk_is_no_reason_to_copy_otherwise(monkeypatch, tmp_path):
    """What else the system says is told as it is."""

    def refuse(*_):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "copy_file_range", refuse, raising=False)
    (tmp_path / "part").write_bytes(PART)
    with (
        open(tmp_path / "part", "rb") as part,
        open(tmp_path / "file", "wb") as file,
        pytest.raises(OSError, match="no space"),
    ):
        copied(part, file, 7)


@pytest.mark.parametrize(
    ("footer", "told"),
    [
        (b"", "ends too early"),  # no stop
        (b"\x18\x05ab", "ends too early"),  # field 1, five bytes of which two are there
        (b"\x1b\x00\x00", "no thrift type 11"),  # field 1 is a map, which no footer holds
    ],
)
def test_a_footer_that_is_none_says_so(footer: bytes, told: str):
    with pytest.raises(ValueError, match=told):
        Reader(footer).struct()


def test_a_footer_is_read_and_written_to_the_byte():
    """A byte, a double, a truth and a struct in a struct: what nobody here needs stays as it was."""
    footer = b"\x13\x7f" + b"\x17" + bytes(8) + b"\x11" + b"\x12" + b"\x1c\x00" + b"\x00"
    fields = Reader(footer).struct()
    assert sorted(fields) == [1, 2, 3, 4, 5]
    assert bytes(thrift_of(fields)) == footer
    with pytest.raises(ValueError, match="no thrift type 11"):
        thrift_of({1: (11, {})})


@pytest.mark.parametrize(
    ("dimension", "unit", "example", "units", "decimals", "said"),
    [
        (money("EUR"), "EUR", "EUR 75000.00", 123_450, 2, "EUR 1,234.50"),
        (price("USD"), "USD per share", "USD 0.05 per share", 5, 2, "USD 0.05 per share"),
        (SHARES, "shares", "1000000 shares", 1_000, 0, "1,000 shares"),
        (RATE, "% per year", "8% per year", 8, 2, "8% per year"),
        (RATIO, "%", "65%", 65, 2, "65%"),
    ],
)
def test_each_kind_of_figure_has_a_unit_an_example_and_a_spelling(dimension, unit, example, units, decimals, said):
    """The example is a literal of its own kind."""
    assert (unit_for(dimension), example_of(dimension), spelt(units, decimals, dimension)) == (unit, example, said)
    assert isinstance(written(example, dimension)[0], int)


def test_a_date_in_a_cell_is_a_day_of_the_calendar():
    """2019-02-22 is the 737,112th day: 2018 whole years and 52 days, the leap days counted."""
    days = 365 * 2018 + 2018 // 4 - 2018 // 100 + 2018 // 400 + 31 + 22
    assert written(example_of(DATE), DATE) == (days, 0)
    assert written("2019-02-30", DATE)[0] == "E203"


def test_the_summary_tells_of_earlier_runs_and_of_the_exact_path():
    """What was kept of them, what was dropped and why, and which notes took longer for what reason."""
    tally = SimpleNamespace(
        notes=2,
        rows=4,
        failed=0,
        found=(),
        reasons={},
        exact_path={"prices or figures watched day by day": 1, "amended": 1_000},
    )
    done = SimpleNamespace(tally=tally, milliseconds=1_500, kept=3, parts=16, dropped="other dates", out="book.csv")
    question = SimpleNamespace(dates=("2019-01-02", "2019-01-03"), ask=("owed",))
    said = text(summary_sheet(question, done, ("a fact of nobody",)))
    assert "3 of 16 parts were done by an earlier run\n" in said
    assert "parts of an earlier run were dropped: it asked otherwise (other dates)\n" in said
    assert "prices or figures watched day by day 1 note" in " ".join(said.split())
    assert "1,000 notes" in said
    assert "a fact of nobody\n" in said


def test_what_befell_an_issuer_before_the_note_is_its_own_only_as_a_level(tmp_path):
    """Of two lines about one level the later holds on the issue date; a payment then was of another note."""
    note = template(tmp_path)
    (tmp_path / "notes.csv").write_text("note,issued\nA,2019-02-22\n", "utf-8")
    lines = [
        "2019-01-31,outstanding 2000 shares",
        "2018-12-31,outstanding 1000 shares",
        "2019-01-15,bankruptcy",
        "2019-03-15,bankruptcy",
    ]
    rows = ["issuer,date,fact\n", *(f'"Ascent Solar Technologies, Inc.",{line}\n' for line in lines)]
    (tmp_path / "facts.csv").write_text("".join(rows), "utf-8")
    book = open_members([str(tmp_path / "notes.csv")], note, str(tmp_path / "facts.csv"))
    [member] = book.block(0, 1)
    assert [(each.event, str(each.date)) for each in member.ledger.entries] == [
        ("level", "2019-02-22"),
        ("occurrence", "2019-03-15"),
    ]
    assert member.ledger.entries[0].fields["amount"].value == 2_000


def test_a_row_group_has_the_number_of_its_place_where_it_had_one():
    """Beyond the 32,768th there is no room for it, and it may be left out."""
    group = {COLUMNS: (LIST, (STRUCT, [])), ORDINAL: (I16, 0)}
    assert parquet._moved(group, 0, ORDINAL_MAX)[ORDINAL] == (I16, 2**15 - 1)
    assert ORDINAL not in parquet._moved(group, 0, ORDINAL_MAX + 1)


def test_a_folder_that_is_gone_is_told(tmp_path):
    """Somebody may remove or lock one between two looks."""
    with pytest.raises(NoteErrors) as raised:
        files_below(str(tmp_path / "gone"))
    assert [each.message for each in raised.value.diagnostics] == [
        f"`{tmp_path}/gone` cannot be read: no such file or directory"
    ]


def test_a_name_that_cannot_be_shown_is_told(tmp_path):
    """With its letters spelt out, so that no terminal takes them for orders."""
    (tmp_path / "A\x1b[2J.facts").write_text("", "utf-8")
    with pytest.raises(NoteErrors) as raised:
        files_below(str(tmp_path))
    assert [(each.code, each.file) for each in raised.value.diagnostics] == [("E402", rf"{tmp_path}/A\x1b[2J.facts")]


def test_a_book_of_nothing_is_told():
    with pytest.raises(NoteErrors) as raised:
        open_members([])
    assert [each.code for each in raised.value.diagnostics] == ["E601"]


def test_figures_and_lines_of_quotes_may_be_taken_by_the_slice(tmp_path):
    """They are sequences like any other."""
    note = template(tmp_path)
    (tmp_path / "notes.csv").write_text("note\nA\n", "utf-8")
    rows = [f"A,2019-02-{day},0.0{place}\n" for place, day in enumerate((25, 26, 27), 1)]
    (tmp_path / "bids.csv").write_text("note,date,closing bid [USD per share]\n" + "".join(rows), "utf-8")
    [member] = open_members([str(tmp_path / "notes.csv")], note, str(tmp_path / "bids.csv")).block(0, 1)
    quotes = member.ledger.quotes["closing bid"]
    assert quotes.values[1:] == [Fraction(2, 100), Fraction(3, 100)]
    assert [each.words for each in quotes.origins[:2]] == [
        "closing bid 2019-02-25: 0.01",
        "closing bid 2019-02-26: 0.02",
    ]
