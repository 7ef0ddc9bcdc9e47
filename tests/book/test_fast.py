"""The fast path answers as the exact path does, row for row: values before and after rounding, and reasons."""

import random
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from drawing import drawn_lines, ledger_of

from tenor.engine.compiled.reckoner import Reckoner
from tenor.grammar.diagnostics import NoteErrors
from tenor.terms import load
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import Member, open_members

NOTES = sorted((*Path("examples").glob("*.terms"), *Path("tests/cases").glob("*.terms")))
ASK = (
    *("status", "principal", "accrued_interest", "owed", "owed.interest", "due_at_maturity", "conversion_price"),
    *("convertible", "full_conversion_shares", "allowed_shares", "binding_limit", "allowed_amount", "market_value"),
    *("defaults", "prepayment"),
)
LEDGERS, DATES = 12, 8


def rows(column):
    """Each row's figure and reason, as anyone would read it."""
    for place, value in enumerate(column.values):
        code = "" if column.reasons is None else column.codes[column.reasons[place]]
        if code:
            yield code
        elif column.kind == "word":
            yield column.vocabulary[value]
        else:
            yield column.kind, int(value), *(int(part[place]) for part in column.exact)


def drawn_members(path: Path, draw: random.Random, count: int):
    note = load(str(path)).note
    members = []
    while len(members) < count:
        try:
            ledger = ledger_of(note, drawn_lines(draw, note.issued))
        except NoteErrors:  # a line that this note has no clause for
            continue
        members.append(Member(f"{path.stem} {len(members)}", str(path), note, ledger))
    return members


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_fast_path_is_the_exact_path(path):
    """Over random ledgers and dates, of notes with every kind of term."""
    draw = random.Random(f"{path.stem} 63,716,625")
    members = drawn_members(path, draw, LEDGERS)
    issued = members[0].note.issued
    dates = sorted({issued + timedelta(days=draw.randrange(-10, 600)) for _ in range(DATES)})
    fast, exact = Fast(exact=True).answers(members, dates, ASK), Exactly(exact=True).answers(members, dates, ASK)
    for name in ASK:
        assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), name


def test_what_arrays_cannot_express_takes_the_exact_path_in_the_same_call():
    """The answers stand in their rows, and the reason is counted."""
    watched = Path("tests/book/watched.terms")
    draw = random.Random(11)
    one, other = drawn_members(watched, draw, 3), drawn_members(Path("examples/gs-capital.terms"), draw, 3)
    members = [each for pair in zip(one, other, strict=True) for each in pair]
    dates = [date(2019, 6, 3), date(2020, 3, 2)]
    fast, exact = Fast(exact=True).answers(members, dates, ASK), Exactly(exact=True).answers(members, dates, ASK)
    assert fast.exact_path == {"prices or figures watched day by day": 3}
    for name in ASK:
        assert list(rows(fast.columns[name])) == list(rows(exact.columns[name])), name


BROUGHT = """\
note "Brought" {{
  issuer: "Example, Inc."
  holder: "Example Fund LP"
}}
issued: 2019-01-02
principal: USD 100,000.00
maturity: {matures} {{ after_maturity: no interest }}
amendment "First" {{
  effective: {effective}
  interest: 10% per year
}}
"""


def test_interest_that_amendments_bring_is_each_notes_own(tmp_path):
    """Of one shape, two from different days and one after its maturity: 92, 62 and no days at 10,000 / 365 a day."""
    notes = (("2020-01-02", "2019-06-03"), ("2020-01-02", "2019-07-03"), ("2019-05-02", "2019-06-03"))
    for number, (matures, effective) in enumerate(notes):
        (tmp_path / f"{number}.terms").write_text(BROUGHT.format(matures=matures, effective=effective))
    read = open_members([str(tmp_path)], None, None).block(0, len(notes))
    dates, ask = [date(2019, 9, 3)], ("accrued_interest",)
    for evaluator in (Fast(), Exactly()):
        answered = evaluator.answers(read, dates, ask)
        assert not answered.exact_path
        cents = [round(Fraction(10_000 * days * 100, 365)) for days in (92, 62, 0)]
        assert answered.columns["accrued_interest"].values.tolist() == cents


@pytest.mark.parametrize("matures", ["2021-06-20", "2029-02-22"])
def test_numbers_that_grow_too_long_are_told_alike(tmp_path, matures):
    """Compounded daily: a balance is told for as long as it can be reckoned, whatever becomes of it later.

    A day multiplies the balance by 1 + 8.123457% / 365 = 36,508,123,457 / 36,500,000,000, whose numerator has 35.09
    bits: 100,000 with them passes 16,384 bits after some 466 days, in June 2020, and 32,768 after some 933, in
    September 2021.
    """
    text = Path("tests/wrong/E501-numbers-grow.terms").read_text().replace("2029-02-22", matures)
    (tmp_path / "note.terms").write_text(text)
    read = open_members([str(tmp_path)]).block(0, 1)
    ask, dates = ("owed", "due_at_maturity"), [date(2019, 6, 3), date(2020, 8, 3), date(2021, 6, 1), date(2021, 12, 1)]
    said = [
        {name: list(rows(column)) for name, column in evaluator.answers(read, dates, ask).columns.items()}
        for evaluator in (Fast(exact=True), Exactly(exact=True))
    ]
    assert said[0] == said[1]
    too_long = matures == "2029-02-22"
    assert [each == "failed: E501" for each in said[0]["owed"]] == [False, False, False, too_long]
    assert (said[0]["due_at_maturity"][0] == "refused: too-long") == too_long
    reckoner = Reckoner(read[0].note, read[0].ledger, ["owed"])
    owed = [reckoner.at(day)["owed"] for day in dates[:3]]
    assert [(each.numerator, each.denominator) for each in owed] == [row[2:] for row in said[0]["owed"][:3]]
