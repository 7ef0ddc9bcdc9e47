"""One table in three formats is one table: read in pieces, each row found again where a reader would look for it."""

import io
import os
from pathlib import Path

import pyarrow as pa
import pytest
from book.rows_drawn import template
from pyarrow import csv, ipc, parquet

from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.book.inputs import binary, lines
from tenor.terms.book.inputs.cells import texts
from tenor.terms.book.inputs.keys import keys_of
from tenor.terms.book.inputs.names import all_apart, left_over, places_of
from tenor.terms.book.inputs.opening import open_table
from tenor.terms.book.inputs.table import Table
from tenor.terms.book.members import open_members
from tenor.terms.book.parquet import NUM_ROWS, ROW_GROUPS
from tenor.terms.book.thrift import I64, Reader, written

ROWS = 23
CELLS = pa.table({"note": [f"N{row // 3}" for row in range(ROWS)], "held": [f"{row:,}" for row in range(ROWS)]})


def write(folder: Path, ending: str, table: pa.Table = CELLS, rows: int = 5) -> str:
    """The table with so many rows to a row group or record batch."""
    path = folder / f"table.{ending}"
    match ending:
        case "parquet":
            parquet.write_table(table, path, row_group_size=rows)
        case "arrow":
            with ipc.new_file(path, table.schema) as file:
                file.write_table(table, max_chunksize=rows)
        case _:
            csv.write_csv(table, path)
    return str(path)


def cells(table: Table, column: str) -> list[str]:
    """All cells of a column, stretch after stretch."""
    return [cell for each in range(table.stretches) for cell in texts(table.read(each, [column])[0]).to_pylist()]


@pytest.fixture(params=[1, 2, 4, 100])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Stretches of so many rows, and of so many lines of about ten bytes."""
    monkeypatch.setattr(binary, "STRETCH_ROWS", request.param)
    monkeypatch.setattr(lines, "STRETCH_BYTES", request.param * 10)
    return int(request.param)


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_a_table_is_the_same_in_every_format_and_in_pieces(tmp_path: Path, ending: str, small: int) -> None:
    table = open_table(write(tmp_path, ending))
    assert table.rows == ROWS
    assert table.columns == ("note", "held")
    assert [cells(table, name) for name in table.columns] == [CELLS[name].to_pylist() for name in table.columns]
    first = 1 if ending != "csv" else 2
    assert [table.line_of(row) for row in range(ROWS)] == list(range(first, ROWS + first))


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_stretches_are_read_in_any_order(tmp_path: Path, ending: str, small: int) -> None:
    """Back and forth, one column or the other, as blocks of a book may ask for them."""
    table = open_table(write(tmp_path, ending))
    for each in [*reversed(range(table.stretches)), *range(0, table.stretches, 2), 0, table.stretches - 1]:
        rows = slice(int(table.starts[each]), int(table.starts[each + 1]))
        for name in table.columns:
            assert texts(table.read(each, [name])[0]).to_pylist() == CELLS[name].to_pylist()[rows]


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_keys_are_found_whatever_the_pieces(tmp_path: Path, ending: str, small: int) -> None:
    """A key may go on from one stretch to the next."""
    keys = keys_of(open_table(write(tmp_path, ending)), "note")
    assert keys.names.to_pylist() == [f"N{each}" for each in range(8)]
    assert keys.starts.tolist() == [0, 3, 6, 9, 12, 15, 18, 21, 23]
    assert places_of(pa.array(["N3", "other", "N0"]), keys.names).tolist() == [3, -1, 0]


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_a_word_twice_in_a_dictionary_is_one_key(tmp_path: Path, ending: str) -> None:
    """As batches of two programs may have it."""
    coded = pa.DictionaryArray.from_arrays(pa.array([0, 0, 1, 2]), pa.array(["A", "A", "B"]))
    keys = keys_of(open_table(write(tmp_path, ending, pa.table({"note": coded}), 100)), "note")
    assert (keys.names.to_pylist(), keys.starts.tolist()) == (["A", "B"], [0, 3, 4])


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_a_blank_beside_a_key_is_none_of_it(tmp_path: Path, ending: str) -> None:
    """Its rows go on."""
    keys = keys_of(open_table(write(tmp_path, ending, pa.table({"note": ["A", "A ", " A", "B"]}))), "note")
    assert (keys.names.to_pylist(), keys.starts.tolist()) == (["A", "B"], [0, 3, 4])


def test_columns_with_dots_in_their_names_are_told_apart(tmp_path: Path) -> None:
    """Parquet would take `conversion.price` for all that begins so."""
    table = pa.table({"note": ["A"], "conversion.price.1": ["1%"], "conversion.price": ["2%"], "conversion": ["3%"]})
    found = open_table(write(tmp_path, "parquet", table))
    assert [cells(found, name) for name in table.column_names] == [["A"], ["1%"], ["2%"], ["3%"]]


def test_lines_that_hold_no_row_are_counted(tmp_path: Path, small: int) -> None:
    """Remarks and blank lines, before the names of the columns and between rows; other line ends, and a mark."""
    path = tmp_path / "table.csv"
    path.write_bytes(b"\xef\xbb\xbf# remark\r\n\r\nnote,held\r\nA,1\r\n  # remark\r\n\r\n\t\r\nB,2\r\n#\r\nC,3")
    table = open_table(str(path))
    assert cells(table, "note") == ["A", "B", "C"]
    assert [table.line_of(row) for row in range(3)] == [4, 8, 10]
    assert table.place(1) == f"{path} line 8"


def test_cells_in_quotation_marks_hold_commas_and_marks(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('note,"default ""payment"".rate"\n"A, B","5%"\n# remark\n"""C""",6%\n', encoding="utf-8")
    table = open_table(str(path))
    assert table.columns == ("note", 'default "payment".rate')
    assert cells(table, "note") == ["A, B", '"C"']


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("note,held\nA,1\nB,2,3\n", "E321", ":3:1"),
        ("note,held\nA\n", "E321", ":2:1"),
        ("# remark\nnote,held\nA,1\n\n# remark\nB,2,3\nC\n", "E321", ":6:1"),
        ('note,held\n"A\nB",1\n', "E612", ""),
        ('note,"held\nA,1\n', "E612", ""),
        ("", "E326", ""),
        ("\n# remark\n", "E326", ""),
    ],
)
def test_a_malformed_csv_file_is_told_where_it_is_so(tmp_path: Path, text: str, code: str, place: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NoteErrors) as raised:
        cells(open_table(str(path)), "note")
    first = raised.value.diagnostics[0]
    assert first.code == code
    assert f"--> {path}{place}\n" in f"{first}\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"note,held\rA,1\rB,2\r", 1),
        (b"# of 2019\rnote,held\rA,1\r", 1),
        (b"note,held\r\nA,1\rB,2\r\n", 2),
        (b"note,held\nA,1\n# remark\n\nB,2\rC,3\n", 5),
        (b"note,held\nA,1\rB,2\rC\r", 2),
    ],
)
def test_line_ends_of_old_macs_are_told(tmp_path: Path, data: bytes, line: int) -> None:
    """By the line as others count it."""
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(NoteErrors) as raised:
        cells(open_table(str(path)), "held")
    (told,) = raised.value.diagnostics
    message = f"line {line} has a line end of old Macs in it, a carriage return alone"
    assert (told.code, told.message) == ("E612", message)


@pytest.mark.parametrize("data", [b"note,held\nA,\xff\n", b"note\xff,held\nA,1\n", b"note,held\n" + b"A" * (1 << 21)])
def test_what_is_no_text_is_no_csv_file(tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte that is none of UTF-8, or a line without an end."""
    monkeypatch.setattr(lines, "STRETCH_BYTES", 1 << 10)
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(NoteErrors) as raised:
        cells(open_table(str(path)), "held")
    assert {each.code for each in raised.value.diagnostics} == {"E612"}


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_no_cut_or_changed_byte_is_a_crash(tmp_path: Path, ending: str) -> None:
    """A file cut anywhere, or with a byte changed, is a finding, or a table that can be read."""
    path = Path(write(tmp_path, ending))
    whole = path.read_bytes()
    damaged = [whole[:length] for length in range(0, len(whole), 97)]
    damaged += [whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :] for at in range(0, len(whole), 61)]
    for data in damaged:
        path.write_bytes(data)
        try:
            table = open_table(str(path))
            for name in table.columns:
                cells(table, name)
        except NoteErrors as errors:
            assert {each.code for each in errors.diagnostics} <= {"E612", "E326", "E605"}  # noqa: PT017
        except UnicodeDecodeError:
            pytest.fail("a name of a column that is no text")


def test_files_are_closed_with_their_tables(tmp_path: Path) -> None:
    """And no table keeps one open that nobody can close."""
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for ending in ("parquet", "arrow", "csv"):
        open_table(write(tmp_path, ending)).read(0, ["note"])
    if before:
        assert len(os.listdir("/proc/self/fd")) == before


def test_a_stream_is_no_arrow_file(tmp_path: Path) -> None:
    """Streams have no list of their batches; the message names the file."""
    sink = io.BytesIO()
    with ipc.new_stream(sink, CELLS.schema) as stream:
        stream.write_table(CELLS)
    path = tmp_path / "table.arrow"
    path.write_bytes(sink.getvalue())
    with pytest.raises(NoteErrors) as raised:
        open_table(str(path))
    assert [each.code for each in raised.value.diagnostics] == ["E612"]


def test_a_stretch_of_remarks_has_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where somebody comments most of a table out."""
    monkeypatch.setattr(lines, "STRETCH_BYTES", 8)
    path = tmp_path / "table.csv"
    path.write_text("note,held\nA,1\nA,2\n# B,3\n# B,4\n# B,5\n# B,6\nC,7\n", "utf-8")
    table = open_table(str(path))
    assert 0 in [int(length) for length in table.starts[1:] - table.starts[:-1]]
    keys = keys_of(table, "note")
    assert (keys.names.to_pylist(), keys.starts.tolist()) == (["A", "C"], [0, 2, 3])


def test_a_blank_that_no_row_uses_is_no_missing_key(tmp_path: Path) -> None:
    """A dictionary may hold words that stand in no row."""
    coded = pa.DictionaryArray.from_arrays(pa.array([1, 1, 2]), pa.array(["", "A", "B"]))
    keys = keys_of(open_table(write(tmp_path, "arrow", pa.table({"note": coded}))), "note")
    assert (keys.names.to_pylist(), keys.starts.tolist()) == (["A", "B"], [0, 2, 3])


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_a_table_without_columns_is_empty(tmp_path: Path, ending: str) -> None:
    with pytest.raises(NoteErrors) as raised:
        open_table(write(tmp_path, ending, pa.table({})))
    assert [each.code for each in raised.value.diagnostics] == ["E326"]


def test_two_columns_of_one_name_are_told_at_the_second(tmp_path: Path) -> None:
    """Nobody could say which of them is meant; a column without a name is passed over on the way."""
    path = tmp_path / "table.csv"
    path.write_text("note,held,,held\nA,1,,2\n", "utf-8")
    with pytest.raises(NoteErrors) as raised:
        open_table(str(path))
    (told,) = raised.value.diagnostics
    assert (told.code, told.span.start, told.span.end) == ("E605", len("note,held,,"), len("note,held,,held"))


def test_a_file_that_is_cut_short_while_it_is_read_is_told(tmp_path: Path) -> None:
    """Its rows were counted when it was opened."""
    path = tmp_path / "table.csv"
    path.write_text("note,held\nA,1\nB,2\n", "utf-8")
    table = open_table(str(path))
    path.write_text("note,held\nA,1\n", "utf-8")
    with pytest.raises(NoteErrors) as raised:
        table.read(0, ["note"])
    (told,) = raised.value.diagnostics
    assert (told.code, told.message) == ("E612", "the table cannot be read: the file was cut short while it was read")


def test_of_many_lines_with_too_many_cells_the_first_are_told(tmp_path: Path) -> None:
    """Whoever forgot the quotation marks forgot them everywhere."""
    path = tmp_path / "table.csv"
    path.write_text("note,held\n" + "A,1,000\n" * (lines.FINDINGS_MAX + 1), "utf-8")
    with pytest.raises(NoteErrors) as raised:
        open_table(str(path)).read(0, ["note"])
    assert [(each.code, each.span.line) for each in raised.value.diagnostics] == [
        ("E321", 2 + place) for place in range(lines.FINDINGS_MAX)
    ]


def test_a_row_group_that_says_another_length_is_told(tmp_path: Path) -> None:
    """Its footer says six rows and its pages hold five."""
    path = Path(write(tmp_path, "parquet", CELLS.slice(0, 5)))
    data = path.read_bytes()
    begin = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    footer = Reader(data[begin:-8]).struct()
    (group,) = footer[ROW_GROUPS][1][1]
    footer[NUM_ROWS] = group[NUM_ROWS] = (I64, 6)
    changed = written(footer)
    path.write_bytes(data[:begin] + changed + len(changed).to_bytes(4, "little") + data[-4:])
    table = open_table(str(path))
    with pytest.raises(NoteErrors) as raised:
        table.read(0, ["note"])
    assert [each.code for each in raised.value.diagnostics] == ["E612"]


def test_names_compared_are_the_same_however_they_are_compared():
    """Rising or alike, they are not looked for one by one: what is said of them is the same."""
    rising, falling, twice = (pa.array(each) for each in (["A", "B", "C"], ["C", "B", "A"], ["A", "B", "A"]))
    assert [all_apart(each) for each in (rising, falling, twice, rising[:0])] == [True, True, False, True]
    assert places_of(rising, rising).tolist() == [0, 1, 2]
    assert places_of(rising, falling).tolist() == [2, 1, 0]
    assert (left_over(rising, rising), left_over(rising, falling)) == ([], [])
    assert left_over(rising, twice) == ["C"]


LATIN = pa.array([b"caf\xe9"]).view(pa.string())


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("notes", {"note": LATIN}),
        ("notes", {"note": ["A"], "issuer": LATIN}),
        ("notes", {"note": ["A"], "principal": LATIN}),
        ("facts", {"note": LATIN, "date": ["2019-02-22"], "fact": ["bankruptcy"]}),
        ("facts", {"note": ["A"], "date": ["2019-02-22"], "fact": LATIN}),
    ],
)
def test_bytes_that_are_no_text_are_told(tmp_path: Path, name: str, columns: dict) -> None:
    """A Parquet file may call any bytes text; that it is another encoding is about the file."""
    (tmp_path / "notes.csv").write_text("note\nA\n", "utf-8")
    parquet.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
    notes, facts = ("notes.parquet", None) if name == "notes" else ("notes.csv", str(tmp_path / "facts.parquet"))
    with pytest.raises(NoteErrors) as raised:
        open_members([str(tmp_path / notes)], template(tmp_path), facts).block(0, 1)
    told = [(each.code, os.path.basename(each.file)) for each in raised.value.diagnostics]
    assert told == [("E612", f"{name}.parquet")]
