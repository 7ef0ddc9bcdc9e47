"""`terms test`: what is expected, what is got, and what `--update` writes in its place."""

from pathlib import Path

import pytest

NOTE = """note "Expected" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }
issued: 2019-01-02
principal: USD 100,000.00
maturity: 2020-01-02
interest: 7.5% per year { day_count: actual/365 }
conversion { by: holder at any time  price: 80% of lowest closing bid over the 3 trading days before conversion }
"""
DAY = (
    "2019-03-16"  # 73 days after the issue: a fifth of 365, and of 7.5 % of USD 100,000.00 the interest is USD 1,500.00
)

WRONG = [
    ("owed", "USD 1", "USD 101,500"),
    ("owed", "$101,500.01", "$101,500.00"),
    ("owed", "100%", "USD 101,500.00"),
    ("interest_rate", "7% per year", "8% per year"),  # to the decimals written, of which there are none: 7.5 rounds up
    ("interest_rate", "7.4% per year", "7.5% per year"),
    ("interest_rate", "7.49% per year", "7.50% per year"),
    ("interest_rate", "7.5% per month", "0.6% per month"),  # a twelfth of 7.5 % is 0.625 %
    ("interest_rate", "0.626% per month", "0.625% per month"),
    ("status", "matured", "outstanding"),
    ("status", "unknown", "outstanding"),
    ("conversion_price", "USD 1.00 per share", "unknown"),
    ("full_conversion_shares", "5 shares", "unknown"),
    ("prepayment", "USD 1.00", "refused"),
]
FIXED = "price: USD 0.05 per share"


@pytest.mark.parametrize(("answer", "expected", "got"), WRONG)
def test_an_expectation_that_fails_is_rewritten_as_it_was_written(terms, tmp_path: Path, answer, expected, got):
    """With the old sign and as many decimals, or as the kind of answer that there is; and then it holds."""
    note = tmp_path / "note.terms"
    note.write_text(f"{NOTE}expect on {DAY} {{ {answer}: {expected} }}\n", "utf-8")
    ran = terms("test", str(note))
    assert ran.code == 3
    assert f"note.terms:7: {answer} on {DAY}\n  expected    {expected}\n  got         " in ran.out
    assert terms("test", "--update", str(note)).code == 0
    assert note.read_text("utf-8") == f"{NOTE}expect on {DAY} {{ {answer}: {got} }}\n"
    assert terms("test", str(note)).code == 0


def test_shares_are_rewritten_without_decimals(terms, tmp_path: Path):
    """USD 101,500.00 at USD 0.05 per share buys 2,030,000 shares."""
    note = tmp_path / "note.terms"
    head = NOTE.replace("price: 80% of lowest closing bid over the 3 trading days before conversion", FIXED)
    note.write_text(f"{head}expect on {DAY} {{ full_conversion_shares: 5 shares }}\n", "utf-8")
    assert terms("test", "--update", str(note)).code == 0
    assert note.read_text("utf-8") == f"{head}expect on {DAY} {{ full_conversion_shares: 2,030,000 shares }}\n"


def test_a_rate_by_the_month_holds_to_the_decimals_written(terms, tmp_path: Path):
    """A twelfth of 7.5 % is 0.625 %, and 0.63 % with two decimals."""
    note = tmp_path / "note.terms"
    note.write_text(f"{NOTE}expect on {DAY} {{ interest_rate: 0.63% per month }}\n", "utf-8")
    assert terms("test", str(note)).code == 0


def test_expectations_of_one_ledger_are_rewritten_together(terms, tmp_path: Path):
    """Each in its place, though the ones before it grew; what holds is left as it is."""
    (tmp_path / "note.terms").write_text(NOTE, "utf-8")
    ledger = tmp_path / "note.facts"
    lines = [f"{DAY} expect owed USD 1", f"{DAY} expect status outstanding", f"{DAY} expect accrued_interest USD 0.0"]
    ledger.write_text("\n".join([*lines, ""]), "utf-8")
    ran = terms("test", "--update", str(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("3 expectations in 2 files: 1 held, 2 failed\n")
    told = ledger.read_text("utf-8").splitlines()
    assert told == [f"{DAY} expect owed USD 101,500", lines[1], f"{DAY} expect accrued_interest USD 1,500.0"]


def test_a_wrong_note_is_told_once_however_many_ledgers_it_has(terms, tmp_path: Path):
    """Its ledgers cannot be tested, and that is no second finding; exit 1."""
    (tmp_path / "note.terms").write_text(NOTE.replace("principal:", "principle:"), "utf-8")
    for name in ("note", "other"):
        (tmp_path / f"{name}.facts").write_text(f'note "note.terms"\n{DAY} expect owed USD 1\n', "utf-8")
    ran = terms("test", str(tmp_path))
    assert ran.code == 1
    assert ran.err.count("did you mean `principal`?") == 1
    assert ran.out == "0 expectations in 3 files: 0 held, 0 failed\n"


def test_a_ledger_that_cannot_be_read_is_a_finding(terms, tmp_path: Path):
    """The others are tested all the same."""
    (tmp_path / "note.terms").write_text(f"{NOTE}expect on {DAY} {{ owed: USD 101,500.00 }}\n", "utf-8")
    (tmp_path / "note.facts").write_text(f'{DAY} event "never closed\n', "utf-8")
    ran = terms("test", str(tmp_path))
    assert ran.code == 1
    assert ran.err.startswith("error[E004]: ")
    assert ran.out == "1 expectation in 2 files: 1 held, 0 failed\n"
