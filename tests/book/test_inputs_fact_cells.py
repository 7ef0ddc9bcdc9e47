"""Acts in cells and lines: what is no fact is told at its row, and nothing is left out silently."""

import random
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from book.rows_drawn import template
from book.test_inputs_wrong import found

from tenor.engine.checking.entries import vocabulary
from tenor.engine.exact.origins import Fact
from tenor.engine.world.facts import Recorded
from tenor.grammar.source import Source, Span
from tenor.terms import load, load_book
from tenor.terms.book import weaving
from tenor.terms.book.inputs import fact_cells
from tenor.terms.book.inputs.fact_cells import FactReader
from tenor.terms.book.members import Failed, open_members


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("bankruptcy\n2019-02-25 bankruptcy", "E311"),
        ('bankruptcy\nseries closing bid from "bids.csv"', "E311"),
        ("# bankruptcy", "E026"),
        ("the", "E026"),
        ("pay USD 0.00", "E319"),
        ("convert 0 shares", "E319"),
    ],
)
def test_a_cell_that_is_not_one_fact_is_told(tmp_path: Path, cell: str, code: str) -> None:
    """Two facts, one and something else, or none: what is not counted is never left out silently."""
    facts = pa.table({"note": ["A"], "date": [date(2019, 2, 22)], "fact": [cell]})
    assert [each.code for each in found(tmp_path, facts=facts)] == [code]


def test_a_ledger_that_is_wrong_is_told_of_its_row(tmp_path: Path) -> None:
    """The other row has none, and goes on."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/A.facts").write_text("2019-08-26 pays\n2019-08-27 pays\n", "utf-8")
    told = found(tmp_path)
    assert [(each.code, each.span.place) for each in told] == [
        ("E311", f"{tmp_path}/facts/A.facts:1"),
        ("E311", f"{tmp_path}/facts/A.facts:2"),
    ]


@pytest.mark.parametrize("kept", [1, 100_000])
def test_what_cells_say_is_read_again_where_it_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    """A book may say more different things than there is memory for."""
    monkeypatch.setattr(fact_cells, "KEPT_MAX", kept)
    rows = "".join(f"A,2019-03-0{day},pay USD {1 + day % 2}.00\n" for day in range(1, 5))
    assert found(tmp_path, facts=f"note,date,fact\n{rows}") == []
    book = open_members([str(tmp_path / "notes.csv")], template(tmp_path), str(tmp_path / "facts"))
    first, _ = book.block(0, 2)
    assert not isinstance(first, Failed)
    assert [int(each.fields["amount"].value) for each in first.ledger.entries] == [2, 1, 2, 1]


FIGURES = (
    "5",
    "0",
    "007",
    "12.50",
    "0.00",
    "1,234",
    "1,234.56",
    "12,34",
    "1,2345",
    "5.",
    ".5",
    "1.2.3",
    "\u0665",
    "5e3",
)
LONG = ("9" * 30, "9" * 31, "9," * 10 + "9", "1" + ",234" * 9, "1" + ",234" * 10, "9" * 29 + ".9", "9" * 30 + ".9")
OTHERS = (
    " shares",
    " share",
    "% per year",
    " per share",
    " 7 shares",
    "th",
    ".",
    " # said",
    " by design",
    "5",
    "",
    " ",
)


def test_cells_of_one_form_are_read_as_each_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of fact, with figures and ends that fit it and that do not: what is read of a form is read of each."""
    words = vocabulary(load(template(tmp_path)).note)
    filled = [pattern.replace("{text}", '"payment"').replace("{second}", "1") for pattern in words.kinds]
    starts = {re.sub(r"\{.*", "", pattern) for pattern in filled} | {"convert $", "convert USD ", "closing bid USD "}
    texts = [start + figure + end for start in sorted(starts) for figure in (*FIGURES, *LONG) for end in OTHERS]
    origin, kept = Fact("", Span(Source("", ""), 0, 0)), FactReader(words)
    texts = random.Random(1).sample(texts, 1_500)
    formed = [recorded(kept, text, origin) for text in texts]
    assert sum(form is not None for form in kept._forms.values()) > 5
    monkeypatch.setattr(FactReader, "_form", lambda *_: None)
    alone = FactReader(words)
    for text, said in zip(texts, formed, strict=True):
        assert shown(said) == shown(recorded(alone, text, origin)), text


def test_sums_of_several_forms_are_one_kind_of_figure(tmp_path: Path) -> None:
    """With cents and without: 108,068.36 at 8% from 2019-02-22 bears 23.686... a day, of which 107.25 is paid."""
    (tmp_path / "notes.csv").write_text("note\nA\n", "utf-8")
    cells = "A,2019-03-04,pay USD 100.25\nA,2019-03-05,pay the USD 7\n"
    (tmp_path / "facts.csv").write_text(f"note,date,fact\n{cells}", "utf-8")
    book = load_book(tmp_path / "notes.csv", template(tmp_path), tmp_path / "facts.csv")
    owed = book.at(["2019-03-03", "2019-03-04", "2019-03-05", "2019-03-06"], ["owed"])["owed"].to_pylist()
    of_a_day = Fraction("108068.36") * Fraction(8, 36_500)
    borne = [Fraction("108068.36") + days * of_a_day for days in (9, 10, 11, 12)]
    paid = [0, Fraction("100.25"), Fraction("107.25"), Fraction("107.25")]
    assert [Fraction(each) for each in owed] == [round(sum_ - of, 2) for sum_, of in zip(borne, paid, strict=True)]


DAY = date(2019, 3, 1)


def recorded(reader: FactReader, text: str, origin: Fact) -> Recorded | None:
    said = reader.said(text)
    return None if said is None else said.recorded(text, DAY, None, 0, origin)


def shown(said: Recorded | None) -> object:
    """All that is read of a cell."""
    if said is None:
        return None
    figures = {name: (each.dimension, each.value, each.label, each.cites) for name, each in said.fields.items()}
    return said.date, said.event, said.subject, figures, said.order, said.known


def test_too_many_wrong_lines_of_one_note_are_cut_short(tmp_path: Path) -> None:
    rows = "A,2019-02-22,pays\n" * (weaving.FOUND_MAX + 1)
    assert len(found(tmp_path, facts=f"note,date,fact\n{rows}")) == weaving.FOUND_MAX
