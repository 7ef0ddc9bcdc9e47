"""What a statement says of the lines of a ledger: those that count, those that nobody reads, and none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tenor.terms import load

NOTE = """note "Happenings" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }
issued: 2019-02-22
principal: USD 100,000.00
maturity: 2020-02-21
interest: 8% per year
conversion { by: holder at any time  price: lowest closing bid over the 2 trading days before conversion }
default "delisting" { when: event "delisting" }
default "payment" { when: payment is late }
"""
CAP = "ownership_cap: 4.99% of outstanding shares after conversion\n"
Said = Callable[..., str]


@pytest.fixture
def said(terms, tmp_path: Path) -> Said:
    """The statement of the note, with more clauses and some lines, on 2019-04-01, its white space made one blank."""

    def say(*lines: str, more: str = "", day: str = "2019-04-01", ask: str = "") -> str:
        path = tmp_path / "note.terms"
        path.write_text(NOTE + more, "utf-8")
        (tmp_path / "note.facts").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        ran = terms("eval", str(path), "--date", day, *(["--ask", ask] if ask else []))
        assert ran.err == ""
        return " ".join(ran.out.split())

    return say


def test_what_made_a_default_begin_and_end_is_told(said: Said):
    """Events, cures, waivers, splits and amendments, each with its place, and no balance that it left as it was."""
    lines = ('2019-03-04 event "delisting"', '2019-03-05 waived "delisting"', "2019-03-06 split 1 for 10")
    amendment = (
        'amendment "First" { effective: 2019-03-20  conversion.price: USD 1 per share  interest: 9% per year }\n'
    )
    told = said(*lines, more=amendment)
    assert (
        'What has happened ----------------- 2019-03-04 event "delisting" note.facts:1 '
        '2019-03-05 waived "delisting" note.facts:2 counts yes '
        "2019-03-06 split 1 for 10 note.facts:3 "
        "2019-03-20 amendment of interest, conversion.price note.terms:9 "
        "Events of default" in told
    )


def test_what_the_calendar_brings_is_no_line_of_the_ledger(said: Said):
    """The maturity has passed, which changes no balance."""
    told = said("2019-03-06 split 1 for 10", day="2020-03-02")
    assert "2019-03-06 split 1 for 10 note.facts:1 Events" in told


def test_what_changed_a_balance_shows_it(said: Said):
    told = said("2019-03-04 pay USD 5.00", '2019-03-05 event "delisting"')
    assert "interest USD 219.18 → USD 214.18 2019-03-05 event" in told  # 100,000 × 8% × 10/365


@pytest.mark.parametrize(
    ("line", "more", "unread"),
    [
        ("2019-03-01 acceleration", "", True),
        ("2019-03-01 acceleration", 'default "b" { when: bankruptcy  then: acceleration on notice }\n', False),
        ("2019-03-01 outstanding 1,000 shares", "", True),
        ("2019-03-01 outstanding 1,000 shares", CAP, False),
        ("2019-03-01 exercisable 1,000 shares", CAP, True),
        ("2019-03-01 exercisable 1,000 shares", f"{CAP[:-1]} {{ counts: holder, exercisable rights }}\n", False),
        ("2019-03-01 held 1,000 shares", 'invariant "held": shares held below 5,000 shares\n', False),
    ],
)
def test_a_line_that_no_clause_reads_is_named(said: Said, line: str, more: str, unread: bool):
    assert (f"reads these lines of the ledger: {line} (note.facts:1)." in said(line, more=more)) == unread


def test_a_holding_is_read_where_shares_are_sold(said: Said):
    assert "No clause of the note reads" not in said("2019-03-01 held 10 shares", "2019-03-04 sold 5 shares")


@pytest.mark.parametrize("how", ["waived", "cured"])
def test_what_ends_nothing_counts_for_nothing(said: Said, how: str):
    """The late payment comes a year after it was waived."""
    assert f'2019-03-01 {how} "payment" note.facts:1 counts no Events' in said(f'2019-03-01 {how} "payment"')


@pytest.mark.parametrize("line", ['notice "payment"', 'cured "payment"', 'waived "payment"', 'event "delisting"'])
def test_any_notice_or_event_breaks_the_silence_of_the_ledger(said: Said, line: str):
    assert "records no payments, no conversions and no splits: none" in said(f"2019-03-01 {line}")


def test_a_quote_that_a_split_restates_shows_its_day_and_place(said: Said):
    lines = (
        "2019-03-28 closing bid USD 2.00 per share",
        "2019-03-29 split 1 for 10",
        "2019-03-29 closing bid USD 18.00 per share",
    )
    told = said(*lines)
    assert "closing bid 2019-03-28, restated 20 note.facts:1 closing bid 2019-03-29 18 * note.facts:3" in told


@pytest.mark.parametrize(
    ("condition", "lacking"),
    [
        ("in default", "no grace and no acceleration"),
        ('event "delisting" or bankruptcy', "no grace and no acceleration"),
        ("bankruptcy", "no grace and no acceleration and no default rate"),
    ],
)
def test_a_default_rate_may_be_an_exception_of_the_interest(said: Said, condition: str, lacking: str):
    told = said(more=f'interest "default rate": 22% per year when {condition}\n')
    assert f"delisting not tripped note.terms:7 the note states {lacking} payment" in told


def test_before_the_issue_every_answer_is_refused_alike(said: Said, tmp_path: Path):
    """Those of the core and those that terms add, on the command line and in the library."""
    told = said(day="2019-02-21", ask="owed,interest_rate")
    assert told.count("refused") == told.count("the note is not issued until 2019-02-22") == 2
    loaded = load(str(tmp_path / "note.terms"))
    before, issued = loaded.at("2019-02-21"), loaded.at("2019-02-22")
    assert before.answers.keys() == issued.answers.keys()
