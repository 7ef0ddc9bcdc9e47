"""Books whose answers once hung on the path, on their neighbours or on the order of rows: none does now."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from book.test_fast import rows
from pyarrow import parquet

from tenor.terms.book.blocks import Block
from tenor.terms.book.door import load_book
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import open_members

HEAD = """note "T" { issuer: "Alpha, Inc."  holder: "H"  calendar: NYSE }
issued: 2019-03-29
principal: USD 100,000.00
maturity: 2019-06-28
interest: 10% per year
conversion { by: holder at any time  price: PRICE }
"""
FIXED = HEAD.replace("PRICE", "USD 0.05 per share")
LATE = FIXED + 'interest "late": 20% per year when payment is late\n'
WEIGHTED = HEAD.replace("PRICE", "volume-weighted average closing bid over the 2 trading days before conversion")


def block(folder: Path, template: str, notes: str, facts: str) -> Block:
    """The notes of a table as columns, with one table of facts."""
    (folder / "t.terms").write_text(template, "utf-8")
    (folder / "notes.csv").write_text(notes, "utf-8")
    (folder / "facts").mkdir()
    (folder / "facts/facts.csv").write_text(facts, "utf-8")
    count = notes.count("\n") - 1
    found = open_members([str(folder / "notes.csv")], str(folder / "t.terms"), str(folder / "facts"))
    return found.block_columns(0, count)


def both(asked: Block, day: date, *ask: str) -> dict[str, list[object]]:
    """What both paths answer on a day."""
    fast, exact = (path.columns(asked, [day], ask).columns for path in (Fast(exact=True), Exactly(exact=True)))
    found = {name: list(rows(fast[name])) for name in ask}
    assert found == {name: list(rows(exact[name])) for name in ask}
    return found


@pytest.mark.parametrize("act", ["pay USD 102,493.15", "convert USD 102,493.15", "convert USD 50,000.00"])
def test_a_rate_that_hangs_on_a_payment(tmp_path: Path, act: str) -> None:
    """102,493.15 was due on 2019-06-28: once that is paid, what interest is left bears 10% again, and not 20%."""
    facts = f'note,date,fact\nA,2019-07-22,"{act}"\n'
    found = both(block(tmp_path, LATE, "note\nA\nB\n", facts), date(2020, 7, 23), "interest_rate", "owed")
    late = act.endswith("50,000.00")
    assert [each[1] for each in found["interest_rate"]] == [2 * 10**9 if late else 10**9, 2 * 10**9]


@pytest.mark.parametrize("second", ["split 1 for 100", "split 1 for 10"])
def test_a_split_that_a_table_tells_twice(tmp_path: Path, second: str) -> None:
    """It would be reckoned twice; another ratio on that day is another split."""
    facts = f"note,date,fact\nA,2019-06-03,split 1 for 100\nA,2019-06-03,{second}\nB,2019-06-03,split 1 for 100\n"
    found = block(tmp_path, FIXED, "note\nA\nB\n", facts)
    told = [each.code for failed in found.failed.values() for each in failed.diagnostics]
    assert told == (["E317"] if second == "split 1 for 100" else [])
    prices = [each[1] for each in both(found, date(2019, 6, 5), "conversion_price")["conversion_price"]]
    assert prices == ([5 * 10**10] if told else [50 * 10**10, 5 * 10**10])


def test_a_quote_of_nothing_in_a_line(tmp_path: Path) -> None:
    """Is as wrong there as in a column; a volume may be nothing."""
    facts = "note,date,fact\nA,2019-06-03,closing bid USD 0.00 per share\nB,2019-06-03,volume 0 shares\n"
    found = block(tmp_path, WEIGHTED, "note\nA\nB\n", facts)
    assert [each.code for failed in found.failed.values() for each in failed.diagnostics] == ["E323"]


@pytest.mark.parametrize("there", ["closing bid USD 0.05 per share", "volume 100 shares"])
def test_what_a_weighted_average_lacks(tmp_path: Path, there: str) -> None:
    """Both series lack the window, whether or not the block has anything of the other."""
    facts = f"note,date,fact\nA,2019-04-01,{there}\nA,2019-04-02,{there}\n"
    asked = block(tmp_path, WEIGHTED, "note\nA\n", facts)
    assert both(asked, date(2019, 6, 5), "conversion_price")["conversion_price"] == ["unknown: closing bid, volume"]
    other = "unknown: volume" if "bid" in there else "unknown: closing bid"
    assert both(asked, date(2019, 4, 3), "conversion_price")["conversion_price"] == [other]


def test_what_a_price_lacks_that_hangs_on_a_default(tmp_path: Path) -> None:
    """Whether or not the exception holds the bids are wanted, and with a bound to the price no other than without."""
    template = HEAD.replace(
        "PRICE",
        'lesser of USD 0.05 per share and 87% of Market Price  price "dp": 80% of otherwise when in default',
    )
    template += """define Market Price: lowest closing bid over the 3 trading days before conversion
ownership_cap: 5% of outstanding shares after conversion
default "payment" { when: payment is late }
"""
    facts = 'note,date,fact\nA,2019-04-22,"convert 7,919 shares"\n'
    found = both(block(tmp_path, template, "note\nA\n", facts), date(2019, 10, 30), "conversion_price")
    assert found["conversion_price"] == ["unknown: closing bid"]


def test_rows_after_a_figure_wider_than_64_bits(tmp_path: Path) -> None:
    """Whichever comes first, and in whatever part."""
    template = HEAD.replace("PRICE", "lesser of USD 0.05 per share and 65% of Market Price")
    template += "define Market Price: lowest closing bid over the 2 trading days before conversion\n"
    (tmp_path / "t.terms").write_text(template, "utf-8")
    figures = [Decimal("1.345678901234567891"), Decimal("12.345678901234567891"), Decimal("1.345678901234567891")]
    table = pa.table(
        {"note": ["A", "B", "C"], "conversion.price.1 [USD per share]": pa.array(figures, pa.decimal128(38, 18))}
    )
    parquet.write_table(table, tmp_path / "notes.parquet", row_group_size=1)
    asked = load_book(tmp_path / "notes.parquet", tmp_path / "t.terms")
    for _ in range(2):
        found = [asked.members.block_columns(place, place + 1) for place in range(len(figures))]
        assert not any(each.failed for each in found)


def test_small_answers_beside_one_that_outgrew_64_bits(tmp_path: Path) -> None:
    """With room for 38 digits a column may hold both, also where the large one comes to nothing known."""
    text = """note "T" { issuer: "Alpha, Inc."  holder: "H" }
issued: 2019-03-13
principal: USD 135,456.04
maturity: 2019-12-30
define Market Price: median closing bid over the 10 trading days ending on conversion
conversion { by: holder at any time  price: PART of Market Price }
ownership_cap: 96.02% of outstanding shares after conversion { counts: affiliates, holder, exercisable rights }
"""
    notes = {"a": text.replace("PART", "0.000001%"), "b": text.replace("PART", "28.96%")}
    paid = "2019-04-29 pay USD 190,788.76\n2019-04-29 held 301,468 shares\n"
    (tmp_path / "notes").mkdir()
    for name, text in notes.items():
        (tmp_path / "notes" / f"{name}.terms").write_text(text, "utf-8")
    (tmp_path / "notes/b.facts").write_text(f"2019-04-26 closing bid USD 0.719879665050 per share\n{paid}", "utf-8")
    answered = load_book(tmp_path / "notes").at("2020-07-30", "allowed_shares", wide=True)
    assert answered["allowed_shares"].to_pylist() == [None, 0]


def test_digits_past_what_python_prints(tmp_path: Path) -> None:
    """Interest compounded each day for 1,064 days: a fraction of some six thousand digits."""
    (tmp_path / "notes").mkdir()
    text = """note "T" { issuer: "Alpha, Inc."  holder: "H" }
issued: 2017-01-02
principal: USD 100,000.00
maturity: 2020-01-02
interest: 8.125% per year { method: compounded daily }
"""
    (tmp_path / "notes/a.terms").write_text(text, "utf-8")
    row = load_book(tmp_path / "notes").at("2019-12-02", "owed", exact=True).to_pylist()[0]
    assert len(row["owed.denominator"]) > 4_300
    quotient = Decimal(row["owed.numerator"]) / Decimal(row["owed.denominator"])
    assert quotient.quantize(Decimal("0.01"), ROUND_HALF_UP) == row["owed"]
