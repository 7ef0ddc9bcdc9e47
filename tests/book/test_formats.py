"""Formats: one table, whatever the file; and Parquet files joined byte for byte."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from book.written import write_folder
from hypothesis import given
from hypothesis import strategies as st

from tenor.terms import Book, load_book
from tenor.terms.book.arrow import encoded_csv
from tenor.terms.book.parquet import join
from tenor.terms.book.parts import Piece
from tenor.terms.book.running import write_book
from tenor.terms.book.thrift import BINARY, DOUBLE, I16, I32, I64, LIST, STRUCT, TRUE, Reader, written
from tenor.terms.book.trouble import Stopped, Unaskable

ASK = ("owed", "conversion_price", "allowed_shares", "status", "next_dates")
DAYS = ["2018-12-31", "2019-03-04", "2019-03-05"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return load_book(write_folder(tmp_path_factory.mktemp("notes"), 7))


def written_in_parts(book: Book, out: Path) -> Path:
    """Two notes a part, so four parts."""
    question = evolve(book.question(DAYS, ASK, exact=True), rows_max=2 * len(DAYS))
    assert write_book(question, str(out), book.members).parts == 4
    assert [each.name for each in out.parent.iterdir() if each.suffix != ".terms"] == [out.name]
    return out


def test_parquet_holds_the_table(book: Book, tmp_path: Path):
    """Types, names, nulls, metadata and figures are those of `at`, in as many row groups as parts."""
    out = written_in_parts(book, tmp_path / "book.parquet")
    table = book.at(DAYS, ASK, exact=True)
    assert pq.ParquetFile(out).num_row_groups == 4
    assert pq.read_table(out).to_pylist() == table.to_pylist()
    assert pq.read_schema(out).equals(table.schema, check_metadata=True)


def test_arrow_holds_the_table(book: Book, tmp_path: Path):
    out = written_in_parts(book, tmp_path / "book.arrow")
    found = pa.ipc.open_file(out).read_all()
    assert found.equals(book.at(DAYS, ASK, exact=True))
    assert found.schema.metadata == book.at(DAYS, ASK).schema.metadata


def test_csv_holds_the_table(book: Book, tmp_path: Path):
    """Read as text, each cell is the figure in plain digits, and empty where there is none."""
    out = written_in_parts(book, tmp_path / "book.csv")
    names = book.at(DAYS, ASK, exact=True).column_names
    options = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True)
    found = pa.csv.read_csv(out, convert_options=options).to_pylist()
    rows = book.at(DAYS, ASK, exact=True).to_pylist()
    assert found == [{name: None if cell is None else str(cell) for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize("kind", [pa.decimal64(18, 10), pa.decimal128(38, 10)], ids=str)
def test_small_figures_have_no_exponent_in_csv(kind: pa.DataType):
    """Half a millionth, nothing at all, and what is below zero; names that look like such figures are as they are."""
    cells = ["0.0000005000", "0.0000000000", "-0.0000000001", "0.0000010000", "12.5000000000"]
    figures = pa.array([*map(Decimal, cells), None], kind)
    names = ["0E-10", ",5.0E-7,", '"0E-10', "d", "e", "f"]
    table = pa.table({"note": names, "conversion_price": figures, "owed": figures.cast(pa.decimal128(20, 10))})
    text = encoded_csv(table).to_pybytes().decode()
    assert list(csv.reader(io.StringIO(text))) == [
        [name, cell, cell] for name, cell in zip(names, [*cells, ""], strict=True)
    ]


def test_other_readers_see_the_same(book: Book, tmp_path: Path):
    """polars and DuckDB read the joined Parquet file, filters and all."""
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    out = written_in_parts(book, tmp_path / "book.parquet")
    owed = book.at(DAYS, ASK)["owed"].to_pylist()
    assert polars.read_parquet(out)["owed"].to_list() == owed
    assert [row[0] for row in duckdb.sql(f"select owed from '{out}'").fetchall()] == owed
    late = polars.scan_parquet(out).filter(polars.col("note") == "note-006").collect()
    assert late["allowed_shares"].to_list() == [None, None, 600]


def test_joining_moves_every_offset(tmp_path: Path):
    """Dictionaries, page indexes, statistics and plain pages: what is read of the joined file is each part."""
    parts, tables = [], []
    for number in range(5):
        count = 1000 * number + 1
        values = np.arange(count, dtype=np.int64) * (number + 1)
        words = pa.array([f"{value % 7}" for value in values.tolist()])
        tables.append(pa.table({"number": values, "word": words, "coded": words.dictionary_encode().cast(words.type)}))
        parts.append(str(tmp_path / f"{number}.parquet"))
        options = {"write_page_index": True, "use_dictionary": ["coded"], "data_page_size": 64}
        pq.write_table(tables[-1], parts[-1], row_group_size=700, **options)
    out = io.BytesIO()
    join(map(Piece, parts), tables[0].schema, out)
    found = pq.ParquetFile(out)
    assert found.read().equals(pa.concat_tables(tables))
    assert [found.metadata.row_group(each).num_rows for each in (0, 1, 2)] == [1, 700, 301]
    for place in range(found.num_row_groups):
        assert found.read_row_group(place).num_rows == found.metadata.row_group(place).num_rows
    assert found.metadata.row_group(2).column(0).has_offset_index


def test_one_part_is_joined_to_itself(tmp_path: Path):
    """Joining a single file changes no byte of it: the footer is read and written to the letter."""
    path = tmp_path / "one.parquet"
    pq.write_table(pa.table({"a": list(range(100)), "b": ["x", None] * 50}), path, write_page_index=True)
    out = io.BytesIO()
    join([Piece(str(path))], pa.schema([]), out)
    assert out.getvalue() == path.read_bytes()


def test_parts_of_other_programs_are_not_joined(tmp_path: Path):
    """Another schema, or no Parquet at all."""
    paths = [str(tmp_path / name) for name in ("a", "b", "c")]
    pq.write_table(pa.table({"a": [1]}), paths[0])
    pq.write_table(pa.table({"b": [1]}), paths[1])
    Path(paths[2]).write_bytes(b"PAR1 not a footer")
    for other in paths[1:]:
        with pytest.raises(Stopped, match=f"`{other}`"):
            join([Piece(paths[0]), Piece(other)], pa.schema([]), io.BytesIO())


BYTES = st.binary(max_size=20).map(lambda data: (BINARY, data))
LEAVES = (
    st.booleans().map(lambda value: (TRUE, value))
    | st.integers(-(2**63), 2**63 - 1).map(lambda value: (I64, value))
    | st.integers(-(2**31), 2**31 - 1).map(lambda value: (I32, value))
    | st.integers(-(2**15), 2**15 - 1).map(lambda value: (I16, value))
    | st.binary(min_size=8, max_size=8).map(lambda data: (DOUBLE, data))
    | BYTES
)


def structs(inner: st.SearchStrategy) -> st.SearchStrategy:
    lists = st.lists(inner, max_size=20).map(lambda values: (LIST, (STRUCT, values)))
    words = st.lists(st.binary(max_size=3), max_size=20).map(lambda values: (LIST, (BINARY, values)))
    fields = LEAVES | lists | words | inner.map(lambda value: (STRUCT, value))
    return st.dictionaries(st.integers(1, 40), fields, max_size=6).map(lambda found: dict(sorted(found.items())))


@given(st.recursive(st.just({}), structs, max_leaves=8))
def test_footers_survive_reading_and_writing(struct: dict):
    """Whatever fields a later version of Parquet adds."""
    data = written(struct)
    assert Reader(data).struct() == struct
    assert written(Reader(data).struct()) == data


@pytest.mark.parametrize("name", ["book.xlsx", "book", "book.parquet.gz"])
def test_the_format_is_told_by_the_name(book: Book, tmp_path: Path, name: str):
    with pytest.raises(Unaskable, match=r"end its name in one of `\.parquet`, `\.arrow`, `\.csv`"):
        book.write(tmp_path / name, DAYS, ASK)
    assert list(tmp_path.iterdir()) == []
