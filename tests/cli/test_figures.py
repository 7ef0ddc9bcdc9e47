"""The figures of the four notes, asked for at the command line."""

import pytest

NOTE = "examples/gs-capital.terms"
DAY = ("--date", "2019-08-26")

# USD 108,068.36 × 8 % × 185 days from 2019-02-22 to 2019-08-26 / 365 = 4,381.95; a whole year is 8,645.47.
# (5.99 % × 1,000,000,000) / (1 − 5.99 %) = 63,716,625.9 shares; 65 % × (0.0015 + 0.0016 + 0.0016) / 3 = 611/600000;
# 25,000 / (611/600000) = 24,549,918.2 shares; 25,000 − 4,381.95 retires 20,618.05 of the principal.
FIGURES = [
    ("accrued_interest", ("--facts", "none"), "4381.95"),
    ("due_at_maturity", ("--facts", "none"), "116713.83"),
    ("allowed_shares", ("--open",), "63716625"),
    ("allowed_shares", (), "39166707"),
    ("principal", (), "87450.31"),
    ("principal", ("--reading", "conversion.retires=principal first"), "83068.36"),
    ("conversion_price", (), "611/600000"),
]


@pytest.mark.parametrize(("answer", "options", "figure"), FIGURES)
def test_the_figures_of_the_gs_capital_note(terms, answer, options, figure):
    """To the cent, to the share, and exactly for a price."""
    said = terms("eval", NOTE, *DAY, *options, "--ask", answer, "--json")
    found = said.json["answers"][answer]
    assert (said.code, found.get("amount", found["exact"])) == (0, figure)


def test_a_conversion_is_shown_with_its_shares_and_its_limits(terms):
    """USD 25,000.00 on 2019-08-26 gives 24,549,918 shares, of 63,716,625 that the cap leaves just before."""
    out = terms("eval", NOTE, *DAY).out
    assert "24,549,918 shares" in out
    assert "USD 108,068.36 → USD 87,450.31" in out
    assert "63,716,625 shares *" in out


def test_what_binds_is_named(terms):
    """The ownership cap, before the conversion."""
    said = terms("eval", NOTE, *DAY, "--open", "--ask", "binding_limit", "--json")
    assert said.json["answers"]["binding_limit"]["words"] == ["ownership cap"]


def test_arithmetic_stands_in_one_line(terms):
    """The statement shows how it reckons."""
    assert "= 108,068.36 × 8% × 185/365\n" in terms("eval", NOTE, *DAY, "--facts", "none").out
    price = "= 65% × average(0.0015, 0.0016, 0.0016) = 0.0010183333… (611/600000)\n"
    assert price in terms("eval", NOTE, *DAY).out


def test_the_chosen_bids_are_marked(terms):
    """Three of the ten bids of the window make the price."""
    lines = [line for line in terms("eval", NOTE, *DAY).out.splitlines() if line.startswith("    closing bid ")]
    chosen = [line.split()[2] for line in lines if " * " in line]
    assert (len(lines), chosen) == (10, ["2019-08-19", "2019-08-20", "2019-08-22"])


@pytest.mark.parametrize(
    ("note", "day", "figure"),
    [
        ("widjaja", "2020-01-11", "369600.00"),
        ("baybridge", "2018-12-29", "221830.14"),
        ("baybridge-exhibit", "2018-12-29", "225101.73"),
    ],
)
def test_due_at_maturity_without_facts(terms, note, day, figure):
    """330,000 × 1.12; 200,000 × (1 + 12 % × 332/365); the latter compounded from 2017-12-29."""
    words = ("eval", f"examples/{note}.terms", "--date", day, "--facts", "none")
    assert terms(*words, "--ask", "due_at_maturity", "--json").json["answers"]["due_at_maturity"]["amount"] == figure


def test_a_note_that_does_not_convert_says_so(terms):
    """Every conversion question is refused with the contract's words, and a refusal is an answer."""
    said = terms("eval", "examples/baybridge.terms", "--date", "2018-06-01", "--ask", "allowed_shares", "--json")
    answer = said.json["answers"]["allowed_shares"]
    assert (said.code, answer["kind"], answer["of"]) == (0, "refused", "shares")
    assert answer["reasons"][0]["words"] == "The Note is not convertible."


def test_the_statement_shows_contradictions_and_open_lists(terms):
    """The 8-K calls the note convertible and then says that it is not; its list of defaults is not exhaustive."""
    out = terms("eval", "examples/baybridge.terms", "--date", "2018-06-01").out
    assert "Conflict" in out
    assert "“The Note is not convertible.”" in out
    assert "none of the 2 written events" in out
    assert "the list is not exhaustive" in out


def test_missing_days_are_drawn_together_for_people_only(terms):
    """Ten sessions before 2019-05-20; a program gets each of them."""
    words = ("eval", NOTE, "--date", "2019-05-20", "--facts", "none")
    assert "closing bid for 2019-05-06 … 2019-05-17 (10 sessions)" in terms(*words).out
    needs = terms(*words, "--ask", "conversion_price", "--json").json["answers"]["conversion_price"]["needs"]
    assert len(needs) == 10


def test_silence_and_assumptions_are_told(terms):
    """What the ledger does not hold, and what the note does not state."""
    out = terms("eval", NOTE, *DAY).out
    assert "no payments" in out
    assert "not stated; else actual/360, 30/360 US" in out
