"""What notes and ledgers name, together: where there is an end to it, and what each line of a ledger may not say."""

from datetime import date
from pathlib import Path

import pytest

from tenor.grammar.diagnostics import FINDINGS_MAX, NoteErrors
from tenor.terms import door, load
from tenor.terms.door import as_day, try_load

PLAIN = """note "Plain" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }
issued: 2019-01-02
principal: USD 100,000.00
maturity: 2020-01-02
interest: 10% per year { day_count: actual/365 }
"""

LINES = [
    ('note "variant.terms" { issuer: "X" }', "E310", "the note itself is not written in a ledger"),
    ('series closing bid in "bids.csv"', "E311", "does not name a table of prices"),
    ("2019-03-01 closing bid USD 0.00 per share", "E323", "above zero"),
    ("2019-03-02 closing bid USD 1.00 per share", "E325", "2019-03-02"),  # a Saturday
]


@pytest.mark.parametrize(("line", "code", "told"), LINES)
def test_what_a_line_of_a_ledger_may_not_say(asked, line: str, code: str, told: str) -> None:
    """One finding, at the line."""
    with pytest.raises(NoteErrors) as raised:
        asked("2019-03-16", lines=[line])
    [problem] = raised.value.diagnostics
    assert problem.code == code
    assert told in problem.message
    assert problem.span is not None
    assert problem.span.line == 1


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("convrt USD 5.00", "write it as in `convert USD 25,000.00`"),
        ("convrt 5 shares", "write it as in `convert 1,000 shares`"),
        ("convrt everthing", "did you mean `convert everything`?"),
        ("convrt 5", "write it as in `convert USD 25,000.00`, `convert everything` or `convert 1,000 shares`"),
        ("splt 1 fr 5", "write it as in `split 1 for 5,000`"),
    ],
)
def test_a_misspelt_fact_is_told_in_the_form_that_was_meant(asked, line: str, meant: str) -> None:
    """By its figures too, and not by its first word alone."""
    with pytest.raises(NoteErrors) as raised:
        asked(
            "2019-03-16",
            "conversion { by: holder at any time  price: USD 1.00 per share }",
            lines=[f"2019-03-01 {line}"],
        )
    [problem] = raised.value.diagnostics
    assert (problem.code, problem.help) == ("E311", meant)


def test_a_price_may_be_known_later_than_its_day(asked, tmp_path: Path) -> None:
    """A column `known` says when; a day that is none is a finding at its cell."""
    table = tmp_path / "bids.csv"
    conversion = (
        "define Market Price: lowest closing bid over the 1 trading day before conversion",
        "conversion { by: holder at any time  price: 100% of Market Price }",
    )
    lines = ['series closing bid from "bids.csv"']
    table.write_text("date,closing bid,known\n2019-03-13,0.05,2019-03-15\n", "utf-8")
    for known, needs in (("2019-03-14", ("closing bid for 2019-03-13",)), ("2019-03-15", None)):
        price = asked("2019-03-14", *conversion, lines=lines, known=known)["conversion_price"].value
        assert getattr(price.value, "needs", None) == needs
    table.write_text("date,closing bid,known\n2019-03-13,0.05,\n", "utf-8")  # its own day
    for known, needs in (("2019-03-12", ("closing bid for 2019-03-13",)), ("2019-03-13", None)):
        price = asked("2019-03-14", *conversion, lines=lines, known=known)["conversion_price"].value
        assert getattr(price.value, "needs", None) == needs
    table.write_text("date,closing bid,known\n2019-03-13,0.05,2019-02-30\n", "utf-8")
    with pytest.raises(NoteErrors) as raised:
        asked("2019-03-14", *conversion, lines=lines)
    [problem] = raised.value.diagnostics
    assert (problem.code, problem.span.source.name) == ("E322", str(table))


@pytest.mark.parametrize("day", ["1899-12-31", date(3000, 1, 1)])
def test_a_day_outside_the_years_is_no_day(day: str | date) -> None:
    """1900 to 2999, whether it is written or made."""
    with pytest.raises(ValueError, match="outside the years 1900 to 2999"):
        as_day(day)


def test_sources_have_a_size_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may be large; all of them are held at once, and one named twice is read once."""
    (tmp_path / "one.txt").write_text("x" * 60, "utf-8")
    (tmp_path / "two.txt").write_text("y" * 60, "utf-8")
    named = [("A", "one.txt"), ("B", "one.txt"), ("C", "two.txt"), ("D", "one.txt")]
    note = tmp_path / "note.terms"
    note.write_text(PLAIN + "".join(f'source "{label}" {{ file: "{file}" }}\n' for label, file in named), "utf-8")
    assert load(str(note)).note.title == "Plain"
    monkeypatch.setattr(door, "SOURCES_MAX", 100)
    loaded, [problem] = try_load(str(note))
    assert loaded is None
    assert (problem.code, problem.span.line) == ("E002", 8)
    assert problem.message == "the sources have more than 100 letters together"


def test_findings_of_many_kinds_end_together(tmp_path: Path) -> None:
    """A note whose quotations are all wrong is told so once, and not a thousand times."""
    (tmp_path / "filing.txt").write_text("nothing of the kind", "utf-8")
    quotations = "".join(f'conflict "{n}"\n  cite "words {n} that are nowhere"\n' for n in range(FINDINGS_MAX + 5))
    note = tmp_path / "note.terms"
    note.write_text(PLAIN + 'source "8-K" { file: "filing.txt" }\n' + quotations, "utf-8")
    _, found = try_load(str(note))
    assert [each.code for each in found] == ["E401"] * FINDINGS_MAX + ["E027"]


def test_a_part_of_a_path_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    note = tmp_path / "note.terms"
    note.write_text(f'{PLAIN}source "8-K" {{ file: "file/filing.txt" }}\n', "utf-8")
    _, [problem] = try_load(str(note))
    assert (problem.code, problem.message.partition(": ")[2]) == (
        "E402",
        "it is a folder, or a part of its path is none",
    )


def test_a_day_without_trades_has_a_volume_of_nothing(asked) -> None:
    """As a table of volumes may say, so may a line; a price is above zero."""
    priced = (
        "conversion {\n  by: holder at any time\n  price: average VWAP over the 2 trading days before conversion\n}"
    )
    lines = ["2019-03-07 volume 0 shares", "2019-03-08 volume 10 shares"]
    assert asked("2019-03-11", priced, lines=lines)["status"]
