"""Tables: what stands in the cells, and what never does."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from book.written import write_folder, write_note

from tenor.engine.exact.spelling import decimal
from tenor.engine.running.statement import CORE
from tenor.terms import load, load_book
from tenor.terms.book.evaluators import EXACT, evaluator
from tenor.terms.book.kinds import KINDS
from tenor.terms.book.stretch import stretch
from tenor.terms.book.tables import table
from tenor.terms.book.trouble import Unaskable

ROOT = Path(__file__).parents[2]
EXAMPLES = str(ROOT / "examples")


def test_figures_follow_from_the_notes(tmp_path: Path):
    """Interest of 62 days at 10 %; half the lower bid; 5 % of 1,900 shares over 95 %."""
    book = load_book(write_folder(tmp_path, 2))
    first, second = book.at("2019-03-05", ["owed", "conversion_price", "allowed_shares"]).to_pylist()
    assert (first["note"], second["note"]) == ("note-001", "note-002")
    assert first["date"] == date(2019, 3, 5)
    assert first["currency"] == "USD"
    assert first["owed"] == Decimal("1016.99")  # 1,000 × (1 + 10 % × 62/365) = 1,016.986…
    assert first["conversion_price"] == Decimal("0.0050000000")  # 50 % of 0.01
    assert first["allowed_shares"] == 100  # 95 / 0.95
    assert second["allowed_shares"] == 200
    assert {first[f"{name}.reason"] for name in ("owed", "conversion_price", "allowed_shares")} == {None}


def test_what_is_not_known_is_null_with_its_reason_and_never_zero(tmp_path: Path):
    """Before its issue a note owes nothing that is 0; without a bid a price is none."""
    book = load_book(write_folder(tmp_path, 1))
    rows = book.at(["2018-12-31", "2019-03-04"], ["owed", "conversion_price", "status"]).to_pylist()
    early, late = rows
    assert (early["owed"], early["owed.reason"]) == (None, "refused: not-issued")
    assert (early["status"], early["status.reason"]) == ("not issued", None)
    assert late["owed"] == Decimal("1016.71")  # 61 days
    assert (late["conversion_price"], late["conversion_price.reason"]) == (None, "unknown: closing bid")


def test_every_cell_is_what_the_statement_says():
    """All core answers of the examples, on days before, in and after what their ledgers tell."""
    days = ["2018-06-01", "2019-08-23", "2019-08-26", "2020-02-24", "2021-01-04"]
    for row in load_book(EXAMPLES).at(days, CORE).to_pylist():
        said = load(f"{EXAMPLES}/{row['note']}.terms").at(row["date"])
        for name in CORE:
            value = said[name].value
            if isinstance(value.value, int | str | tuple) or not hasattr(value.value, "numerator"):
                continue
            decimals = {"money": 2, "price": 10, "shares": 0}[value.dimension.name]
            assert str(row[name]) == decimal(value.value, decimals), (row["note"], row["date"], name)
            assert row[f"{name}.reason"] is None


def test_rows_without_a_figure_have_exactly_one_reason():
    """An answer or a reason, one of the two, in every row of every answer."""
    table = load_book(EXAMPLES).at("2018-01-15..2021-01-15 by month", [*CORE, "owed.interest", "ranking"])
    for name in table.column_names:
        if name.endswith(".reason"):
            answers, reasons = table[name.removesuffix(".reason")], table[name]
            assert answers.is_null().to_pylist() == reasons.is_valid().to_pylist()


def test_nothing_is_ever_a_float():
    """Money, prices, rates and shares are decimals and whole numbers; only so are they exact."""
    names = [*CORE, "interest_rate", "purchase_price", "due_at_maturity.payment_date"]
    schema = load_book(EXAMPLES).at("2019-08-26", names).schema
    assert not [field.name for field in schema if pa.types.is_floating(field.type)]
    assert schema.field("owed").type == pa.decimal64(18, 2)
    assert schema.field("conversion_price").type == pa.decimal64(18, 10)
    assert schema.field("allowed_shares").type == pa.int64()
    assert schema.field("next_dates").type == pa.date32()
    assert schema.field("owed").metadata[b"rounding"] == b"half up, away from zero, to 2 decimals"


def test_exact_figures_stand_beside_the_rounded_ones(tmp_path: Path):
    """1,000 × (1 + 10 % × 62/365) = 74,240/73."""
    table = load_book(write_folder(tmp_path, 1)).at(["2018-12-31", "2019-03-05"], ["owed", "status"], exact=True)
    assert table["owed.numerator"].to_pylist() == [None, "74240"]
    assert table["owed.denominator"].to_pylist() == [None, "73"]
    assert "status.numerator" not in table.column_names


def test_a_note_that_cannot_be_read_keeps_its_rows(tmp_path: Path):
    """Its answers are null and the reason names the findings; the others are answered."""
    write_folder(tmp_path, 3)
    wrong = (tmp_path / "note-002.terms").read_text().replace("day_count", "daycount")
    (tmp_path / "note-002.terms").write_text(wrong)
    table = load_book(tmp_path).at(["2019-03-04", "2019-03-05"], ["owed", "status"])
    assert table["note"].to_pylist() == [name for n in (1, 2, 3) for name in [f"note-00{n}"] * 2]
    assert table["owed"].is_null().to_pylist() == [False, False, True, True, False, False]
    assert table["owed.reason"].to_pylist()[2:4] == ["failed: E104"] * 2
    assert table["status.reason"].to_pylist() == [None, None, "failed: E104", "failed: E104", None, None]


def test_notes_that_are_wrong_alike_have_one_reason(tmp_path: Path):
    write_folder(tmp_path, 3)
    for number in (1, 3):
        path = tmp_path / f"note-00{number}.terms"
        path.write_text(path.read_text().replace("day_count", "daycount"))
    reasons = load_book(tmp_path).at(["2019-03-04"], ["owed"])["owed.reason"].combine_chunks()
    assert reasons.to_pylist() == ["failed: E104", None, "failed: E104"]
    assert reasons.dictionary.to_pylist() == ["failed: E104"]


def test_a_book_in_which_no_note_can_be_read_has_rows_too(tmp_path: Path):
    write_folder(tmp_path, 1)
    (tmp_path / "note-001.terms").write_text("note")
    table = load_book(tmp_path).at(["2019-03-04"], ["owed"])
    assert table["owed"].to_pylist() == [None]
    assert table["currency"].to_pylist() == [None]


def test_sessions_of_a_book_without_a_note_that_can_be_read_are_not_known(tmp_path: Path):
    """A range of dates means the sessions of the first note's calendar; where dates are written nothing is wanted."""
    write_folder(tmp_path, 2)
    for number in (1, 2):
        (tmp_path / f"note-00{number}.terms").write_text("note")
    book = load_book(tmp_path)
    with pytest.raises(Unaskable, match="no note of the book can be read"):
        book.at("2019-03-04..2019-03-05", ["owed"])
    reasons = book.at(["2019-03-04"], ["owed"])["owed.reason"].to_pylist()
    assert len(reasons) == 2
    assert len(set(reasons)) == 1


def test_the_kind_of_a_part_is_that_of_the_first_note_that_has_it(tmp_path: Path):
    """A note that cannot be read, and one whose numbers grow too long, say nothing of it."""
    write_folder(tmp_path, 3)
    (tmp_path / "note-001.terms").write_text("note")
    grows = (ROOT / "tests/wrong/E501-numbers-grow.terms").read_text()
    (tmp_path / "note-002.terms").write_text(grows)
    (tmp_path / "note-002.facts").unlink()
    rows = load_book(tmp_path).question(["2022-01-03"], ["owed.interest"], path="exact")
    assert rows.kinds == ("money",)


def test_a_note_that_spends_a_budget_fails_on_that_date(tmp_path: Path):
    """Its numbers grow too long for a statement by 2022; the other note goes on."""
    write_folder(tmp_path, 1)
    (tmp_path / "grows.terms").write_text((ROOT / "tests/wrong/E501-numbers-grow.terms").read_text())
    book = load_book(tmp_path)
    question = book.question(["2022-01-03"], ["owed"], path=EXACT)
    found = table(question, stretch(question, book.members, range(2), evaluator(EXACT)))[0]
    assert found["owed.reason"].to_pylist() == ["failed: E501", None]


def test_a_path_that_is_none_is_said(tmp_path: Path):
    with pytest.raises(Unaskable, match="`quick` is no path\n  help: write one of"):
        load_book(write_folder(tmp_path, 1)).question(["2019-03-04"], ["owed"], path="quick")


def test_each_row_says_its_currency(tmp_path: Path):
    """Sums over a book of several currencies mean nothing; nobody has to guess."""
    write_folder(tmp_path, 1)
    write_note(tmp_path, 2, "EUR", facts=False)
    assert load_book(tmp_path).at("2019-03-05", ["owed"])["currency"].to_pylist() == ["USD", "EUR"]
    assert "currency" not in load_book(tmp_path).at("2019-03-05", ["status", "allowed_shares"]).column_names


def test_a_part_of_an_answer_is_refused_with_it(tmp_path: Path):
    """Before the issue there is no payment date, for the reason that there is no note."""
    rows = load_book(write_folder(tmp_path, 1)).at(["2018-12-31", "2019-03-05"], ["due_at_maturity.payment_date"])
    assert rows["due_at_maturity.payment_date"].to_pylist() == [None, date(2020, 1, 2)]
    assert rows["due_at_maturity.payment_date.reason"].to_pylist() == ["refused: not-issued", None]


def test_an_answer_of_single_notes_is_refused_by_the_others():
    """One example says how it ranks, and another does not."""
    table = load_book(EXAMPLES).at("2019-08-26", ["ranking"])
    found = dict(zip(table["note"].to_pylist(), table["ranking.reason"].to_pylist(), strict=True))
    assert found["baybridge-exhibit"] == "refused: no-clause"
    assert found["baybridge"] is None


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (["owned"], "`owned` is no answer\n  help: did you mean `owed`?"),
        (["owed", "owed"], "`owed` is asked for twice"),
        (["owed.fees"], "no note of the book answers `owed.fees`"),
        (["owed."], "no note of the book answers `owed.`"),
        ([], "nothing is asked"),
        ("", "nothing is asked"),
        (None, "`None` is no answer"),
        ([5], "`5` is no answer"),
    ],
)
def test_what_is_no_answer_is_said(ask: object, message: str):
    with pytest.raises(Unaskable) as raised:
        load_book(EXAMPLES).at("2019-08-26", ask)  # type: ignore[arg-type]
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    "ask", ["owed, status", {"owed": 1, "status": 2}, iter(("owed", "status"))], ids=["words", "mapping", "iterator"]
)
def test_answers_may_be_named_in_any_way(tmp_path: Path, ask: object):
    """As on a command line, or in whatever can be gone through once."""
    table = load_book(write_folder(tmp_path, 1)).at([date(2019, 3, 5)], ask)  # type: ignore[arg-type]
    assert table.column_names == ["note", "date", "currency", "owed", "owed.reason", "status", "status.reason"]


@pytest.mark.parametrize("processes", [-3, 1.5, "2", None])
def test_a_number_of_processes_is_one(tmp_path: Path, processes: object):
    book = load_book(write_folder(tmp_path, 1))
    with pytest.raises(Unaskable, match=f"`{processes}` is no number of processes"):
        book.write(tmp_path / "book.csv", "2019-03-05", "owed", processes=processes)  # type: ignore[arg-type]
    assert not (tmp_path / "book.csv").exists()


def test_every_core_answer_has_its_kind():
    """So that a file has its columns before any note is read; and the notes agree."""
    assert tuple(KINDS) == CORE
    for path in Path(EXAMPLES).glob("*.terms"):
        said = load(str(path)).at("2019-08-26")
        assert {name for name in CORE if said[name].value.dimension.name not in (KINDS[name], "word")} == set()


def test_the_library_names_the_extra_that_is_missing():
    """A program that asks for books without PyArrow is told what to install."""
    program = "import sys; sys.modules['pyarrow'] = None; import tenor; tenor.load_book"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stderr.endswith("ImportError: books need `pyarrow`: pip install 'tenor[book]'\n")
