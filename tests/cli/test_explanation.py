"""Explanations for people, and statements in notebooks."""

from io import StringIO

from rich.console import Console

from tenor.engine.running.explanation import unfolded
from tenor.terms import load

NOTE = "examples/gs-capital.terms"


def test_an_answer_unfolds_to_clauses_facts_and_defaults(terms):
    """With the file, the line and the quotation."""
    ran = terms("explain", NOTE, "allowed_shares", "--date", "2019-08-26")
    assert ran.code == 0
    assert "“a variable conversion price equal to 65%”" in ran.out
    assert "fact gs-capital.facts:" in ran.out
    assert "default interest.accrues_from: issue" in ran.out
    assert "= 65% × average(0.0015, 0.0016, 0.0016)" in ran.out


def test_a_step_is_shown_in_full_once(terms):
    """After that it is referred to by its number, so that the length is bounded by the steps there are."""
    answer = load(NOTE).at("2019-08-26")["allowed_shares"].value
    lines = list(unfolded(answer))
    full = [line.number for line in lines if not line.elsewhere]
    assert sorted(full) == list(range(1, len(full) + 1))
    assert {line.number for line in lines if line.elsewhere} <= set(full)


def test_a_long_history_does_not_run_off_the_page(terms, examples):
    """A thousand payments, each resting on the one before: the tree goes on below, and ends with what was left out."""
    ledger = examples / "long.facts"
    payments = "".join(f"2019-03-{1 + day % 28:02d} pay USD 1.00\n" for day in range(1000))
    ledger.write_text('note "gs-capital.terms"\n' + payments, "utf-8")
    ran = terms("explain", NOTE, "owed", "--date", "2019-08-26", "--facts", str(ledger))
    assert ran.code == 0
    assert len(ran.out.splitlines()) < 50_000
    assert "10,000 steps are shown, and `--json` has every one" in ran.out


def test_an_error_code_is_explained_or_those_like_it_named(terms):
    """`terms explain E104`."""
    assert terms("explain", "E104").out.startswith("E104: ")
    ran = terms("explain", "E1044")
    assert (ran.code, ran.out) == (2, "")
    assert "E101 to E1" in ran.err


def test_a_statement_shows_itself(terms):
    """In print as the command does; in a notebook with everything escaped."""
    said = load(NOTE).at("2019-08-26")
    assert str(said) == terms("eval", NOTE, "--date", "2019-08-26").out
    shown = said._repr_html_()
    assert "USD 87,450.31" in shown
    assert "<script" not in shown


def test_markup_in_a_file_is_text(examples):
    """A note may say anything in its title."""
    note = examples / "gs-capital.terms"
    note.write_text(note.read_text("utf-8").replace("GS Capital Partners convertible", "<b>[red]x</b>"), "utf-8")
    said = load(str(note)).at("2019-08-26")
    assert "&lt;b&gt;[red]x" in said._repr_html_()
    written = StringIO()
    Console(width=120, file=written).print(said)
    assert "<b>[red]x</b>" in written.getvalue()


def test_why_something_is_refused_stands_with_it_and_not_again_below(terms, examples):
    """The reason is the figure; the steps under it are those that it was decided by."""
    note = examples / "gs-capital.terms"
    late = note.read_text("utf-8").replace("by:       holder at any time", "by: holder on or after 2019-09-02")
    note.write_text(late, "utf-8")
    ran = terms("explain", str(note), "allowed_shares", "--date", "2019-08-26", "--facts", "none")
    assert ran.code == 0
    assert "allowed_shares: refused: outside the window: holder on or after 2019-09-02" in ran.out
    assert "allowed:" not in ran.out


def test_rows_of_an_answer_are_explained_with_it_and_by_their_names(terms, examples):
    """As the names in the JSON are put together: the event and the waiver of a waived event of default."""
    ledger = examples / "waived.facts"
    ledger.write_text('2019-06-03 bankruptcy\n2019-06-05 waived "insolvency"\n', "utf-8")
    asked = ("--date", "2019-08-26", "--facts", str(ledger))
    for name in ("defaults", "defaults[insolvency].state", "defaults[insolvency].since"):
        told = terms("explain", NOTE, name, *asked).out
        assert "fact waived.facts:1 2019-06-03 bankruptcy" in told
        assert 'fact waived.facts:2 2019-06-05 waived "insolvency"' in told
    assert "defaults[insolvency].since: 2019-06-05" in told
    assert terms("explain", NOTE, "owed.interest", *asked, "--json").json["answer"] == "owed.interest"


def test_a_misspelt_figure_of_a_row_is_offered_by_its_name(terms):
    ran = terms("explain", NOTE, "defaults[insolvncy].state", "--date", "2019-08-26")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean `defaults[insolvency].state`?" in ran.err
