"""What a statement says in words besides its figures: what was refused, what is unknown, and what it rests on."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve

from tenor.engine.exact.dimensions import money
from tenor.engine.exact.quantities import given
from tenor.terms import load
from tenor.terms.cli.needed import needs_words
from tenor.terms.cli.owing import owing_section
from tenor.terms.cli.places import short
from tenor.terms.cli.resting import _answers as resting_answers

NOTE = """note "Sheets" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }
issued: 2019-01-02
principal: USD 100,000.00
maturity: 2020-01-02
interest: 7.5% per year { day_count: actual/365 }
define Market Price: lowest closing bid over the 3 trading days before conversion
conversion {
  by: holder at any time
  price: 80% of Market Price
  price "default price": 50% of Market Price when in default
  price "chill": otherwise - 10% of Market Price when event "DTC chill" over "default price"
}
default "insolvency" { when: bankruptcy or insolvency }
default "payment" { when: payment is late  grace: 5 business days  then: acceleration }
defaults: among others
  cite "including but not limited to"
unmodelled "a guaranty" because "what a guarantor can pay is not modelled"
"""
# 80 % of 1.00 is 0.80: USD 8,000.00 gives 10,000 shares.
LEDGER = """2019-01-02 outstanding 1,000,000 shares
2019-01-02 held 0 shares
2019-03-12 closing bid USD 1.00 per share
2019-03-13 closing bid USD 1.00 per share
2019-03-14 closing bid USD 1.00 per share
2019-03-15 convert USD 8,000.00
2019-03-15 sold 10,001 shares
2019-04-18 convert USD 80.00
2019-05-15 bankruptcy
"""
Said = Callable[..., str]


@pytest.fixture
def said(terms, tmp_path: Path) -> Said:
    """What a command says of the note on 2019-05-20, its white space made one blank."""

    def say(*words: str, note: str = NOTE, ledger: str = LEDGER, day: str = "2019-05-20") -> str:
        path = tmp_path / "note.terms"
        path.write_text(note, "utf-8")
        (tmp_path / "note.facts").write_text(ledger, "utf-8")
        command, *options = words or ("eval",)
        ran = terms(command, str(path), *options, "--date", day)
        assert ran.err == ""
        return " ".join(ran.out.split())

    return say


def test_an_act_that_is_refused_changes_nothing_and_says_why(said: Said):
    """One share more than is held is not sold."""
    refused = "2019-03-15 sold 10,001 shares refused note.facts:7 nothing has changed, for: more shares than are held"
    assert refused in said()


def test_an_act_that_cannot_be_known_says_what_it_needs(said: Said):
    """The window of the second conversion has no bids."""
    unknown = "whether or how it counts is unknown: needs closing bid for 2019-04-15 … 2019-04-17 (3 sessions)"
    assert f"2019-04-18 convert USD 80.00 note.facts:8 {unknown} price unknown" in said()


def test_days_needed_are_drawn_together_only_where_no_session_is_between(said: Said):
    """2019-04-19 was Good Friday: the Thursday and the Monday are next to each other; a known day parts others."""
    bid = "2019-04-16 closing bid USD 1.00 per share\n"
    later = LEDGER.replace("2019-04-18 convert", "2019-04-23 convert")
    assert "needs closing bid for 2019-04-17 … 2019-04-22 (3 sessions)" in said(ledger=later)
    assert "needs closing bid for 2019-04-15, 2019-04-17" in said(ledger=LEDGER + bid)


def test_a_default_says_since_when_and_what_the_note_does_not_make_of_it(said: Said):
    """Consequences that are not written do not exist, and the list is not all there is."""
    told = said()
    assert "State in default note.terms:15 the list is not exhaustive: “including but not limited to”" in told
    assert "insolvency default continuing since 2019-05-15 note.terms:13 the note states no grace and no" in told
    assert "payment not tripped note.terms:14 the note states no default rate" in told


def test_answers_with_rows_can_be_asked_for_alone(said: Said):
    """Each event of default, and each date to come, in a row of its own."""
    told = said("eval", "--ask", "defaults,next_dates")
    insolvency = "insolvency default continuing; since 2019-05-15; default since 2019-05-15"
    payment = "payment not tripped; since never; default since never"
    assert f"defaults in default note.terms:15 {insolvency} {payment}" in told
    # Five sessions after Thursday 2020-01-02 is Thursday 2020-01-09.
    assert "maturity 2020-01-02 payment date 2020-01-02 last day before default `payment` 2020-01-09" in told


def test_remarks_say_why_and_a_note_without_sources_says_so(said: Said):
    """What is not modelled is part of the answer."""
    told = said()
    assert "Unmodelled a guaranty note.terms:17 because what a guarantor can pay is not modelled" in told
    assert "The note names no source: its quotations are unchecked." in told


def test_a_ledger_that_says_everything_is_not_called_silent(said: Said):
    """What no clause reads is named instead."""
    assert "The ledger records no payments and no splits: none happened." in said()
    known = "no payments and no splits that were known on 2019-05-20: none was known to have happened."
    assert f"The ledger records {known}" in said("eval", "--known", "2019-05-20")
    more = "2019-05-16 pay USD 1.00\n2019-05-16 split 2 for 1\n"
    told = said(ledger=LEDGER + more, note=NOTE.replace('default "insolvency"', '# default "insolvency"'))
    assert "none happened" not in told
    unread = "2019-01-02 outstanding 1,000,000 shares (note.facts:1); 2019-05-15 bankruptcy (note.facts:9)."
    assert f"No clause of the note reads these lines of the ledger: {unread}" in told


def test_a_source_whose_text_is_not_at_hand_is_marked(said: Said):
    source = 'source "Exhibit 10.1" { file: none }\n'
    told = "Source Exhibit 10.1 note.terms:18 its text is not at hand: its quotations are unchecked"
    assert told in said(note=NOTE + source)


def test_a_projection_is_called_one(said: Said):
    """Only where what is known ends before the day asked."""
    known = "all that is dated by then"
    assert known in said()
    assert "as known on 2019-05-20 What" in said("eval", "--known", "2019-05-20")
    projected = said("eval", "--known", "2019-03-20")
    assert "as known on 2019-03-20: a projection that assumes no further acts What" in projected


def test_the_model_shows_which_exception_prevails(said: Said):
    told = said("show", "--model")
    assert "price: 80% of Market Price" in told
    assert "except default price [" in told
    assert "except chill over default price [" in told


def test_days_that_the_calendar_does_not_know_are_not_drawn_together():
    """Nobody knows whether a session lies between them; of the three last sessions of 2027 it is known."""
    stated = load("examples/gs-capital.terms").at("2019-08-26", facts=None)
    past = [f"the calendar `NYSE` for {day}" for day in ("1989-12-29", "1989-12-30", "2028-02-26", "2028-03-06")]
    bids = [f"closing bid for 2027-12-{day}" for day in (29, 30, 31)]
    assert needs_words(stated, [*past, *bids]) == (
        "the calendar `NYSE` for 1989-12-29, 1989-12-30, 2028-02-26, 2028-03-06; "
        "closing bid for 2027-12-29 … 2027-12-31 (3 sessions)"
    )


def test_a_timeline_begins_with_the_issue(said: Said):
    """The day before, there is none."""
    assert said("show", "--timeline", day="2019-01-01") == "the note is not issued until 2019-01-02"
    assert said("show", "--timeline", day="2019-01-02").startswith("2019-01-02 level outstanding: ")


def test_a_timeline_tells_what_happened(said: Said):
    """The note is past due, and its rate tried on the day after, which changes nothing and goes untold."""
    told = said("show", "--timeline", day="2020-03-30")
    assert "maturity" in told
    assert "rate change" not in told


# What the notes of today do not bring about, and a term of tomorrow may.


def test_a_part_of_the_debt_that_is_neither_principal_nor_interest_has_its_own_line():
    """USD 250.00 of fees."""
    stated = load("examples/gs-capital.terms").at("2019-08-26", facts=None)
    fees = given(money("USD"), Fraction(250), "fees")
    owed = evolve(stated["owed"], parts={**stated["owed"].parts, "fees": fees})
    section = owing_section(evolve(stated, answers={**stated.answers, "owed": owed}))
    assert [(row.label, row.figure) for row in section.rows if row.label == "Fees"] == [("Fees", "USD 250.00")]


def test_what_all_answers_rest_on_is_said_so():
    """Without a list that nobody reads."""
    stated = SimpleNamespace(answers={"owed": None, "status": None})
    assert resting_answers(stated, ("owed", "status")) == "all answers"
    assert resting_answers(stated, ("owed",)) == "owed"


def test_a_figure_that_cites_nothing_has_no_place():
    assert short(None) == ""
