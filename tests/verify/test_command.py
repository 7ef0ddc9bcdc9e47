"""`terms verify`: what it prints, what it writes, and how it says so in its code."""

import re

import pytest

from tenor.terms import load
from tenor.terms.cli import verify_command
from tenor.terms.verify.case import Broken
from tenor.terms.verify.verifying import Verdict

FIXED = "conversion {\n  by: holder at any time\n  price: USD 0.05 per share\n}\n"
NOTE = """\
note "Example note" {
  issuer: "Example, Inc."
  holder: "Example Fund LP"
}
issued: 2019-02-22
principal: USD 100,000.00
maturity: 2020-02-21
interest: 8% per year
"""
OWN = """
invariant "the price stays above par":       conversion_price at least USD 0.0001 per share
"""


def test_a_variable_price_without_a_floor(terms, examples):
    """65% of ten bids of USD 0.0001 is USD 0.000065; 108,068.36 / 0.000065 is 1,662,590,153 and a part of a share."""
    note = str(examples / "gs-capital.terms")
    ran = terms("verify", note, "--examples", "30")
    assert ran.code == 3
    (sentence,) = re.findall(r"^broken +(.+?)  ", ran.out, re.MULTILINE)
    assert sentence == "the variable price stays at or above par, USD 0.0001 per share"
    assert "by `conversion.price: 65% of Market Price`" in ran.out
    facts = examples / "gs-capital.broken-1.facts"
    lines = [line for line in facts.read_text().splitlines() if line[:1].isdigit()]
    assert len(lines) == 10
    assert {line.split(" ", 1)[1] for line in lines} == {"closing bid USD 0.0001 per share"}
    shown = ("eval", note, "--facts", str(facts), "--date", "2019-02-22", "--ask")
    assert "USD 0.000065 per share" in terms(*shown, "conversion_price").out
    assert "1,662,590,153 shares" in terms(*shown, "full_conversion_shares").out


def test_what_a_note_says_of_itself(terms, examples, tmp_path):
    """The example's own cap holds, as only conversions pass it; a price does not. Files go where they are wanted."""
    note = examples / "gs-capital.terms"
    note.write_text(note.read_text() + OWN)
    folder = tmp_path / "found"
    folder.mkdir()
    ran = terms("verify", str(note), "--examples", "30", "--out", str(folder))
    assert ran.code == 3
    assert re.search(r"^held +the holder never passes the cap +gs-capital.terms:", ran.out, re.MULTILINE)
    assert re.search(r"^broken +the price stays above par +gs-capital.terms:", ran.out, re.MULTILINE)
    assert "conversion_price is USD 0.000065 per share, not at least USD 0.0001 per share" in ran.out
    assert sorted(path.name for path in folder.iterdir()) == ["gs-capital.broken-1.facts", "gs-capital.broken-2.facts"]
    assert terms("check", str(note)).code == 0


def test_a_fixed_price_breaks_nothing(terms, tmp_path):
    """No market moves it, so that there is no floor to look for."""
    note = tmp_path / "note.terms"
    note.write_text(NOTE + FIXED)
    ran = terms("verify", str(note), "--examples", "20")
    assert ran.code == 0
    assert "broken" not in ran.out
    assert "variable price" not in ran.out
    assert [path.name for path in tmp_path.iterdir()] == ["note.terms"]


def test_a_price_with_a_floor_holds(terms, tmp_path):
    """The greater of a part of the market and a floor does not fall below the floor."""
    note = tmp_path / "note.terms"
    price = "greater of 65% of lowest closing bid over the 10 trading days before conversion and USD 0.01 per share"
    note.write_text(NOTE + FIXED.replace("USD 0.05 per share", price))
    assert terms("verify", str(note), "--examples", "30").code == 0
    ran = terms("verify", str(note), "--examples", "30", "--par", "USD 0.02")
    assert ran.code == 3
    assert "conversion_price is USD 0.01 per share, below par" in ran.out


def test_the_same_seed_says_the_same(terms, examples):
    """Byte for byte, the ledgers written too."""
    words = ("verify", str(examples / "widjaja.terms"), "--examples", "10", "--seed", "7")
    first = terms(*words), (examples / "widjaja.broken-1.facts").read_bytes()
    assert (terms(*words), (examples / "widjaja.broken-1.facts").read_bytes()) == first


def test_the_time_ends_the_drawing(terms, examples):
    """What was drawn by then is said."""
    ran = terms("verify", str(examples / "baybridge.terms"), "--examples", "1000000", "--time", "1")
    assert ran.code == 0
    assert re.search(r"; [\d,]+ random ledgers? of seed 0, of 1,000,000: the time was over", ran.out)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--examples", "0"), "`--examples 0` is no number of ledgers"),
        (("--time", "0"), "`--time 0` is no number of seconds"),
        (("--par", "0.0001"), "`0.0001` is no price, in `--par`"),
        (("--par", "EUR 0.01"), "`EUR 0.01` is in EUR, and the note in USD"),
        (("--out", "nowhere"), "`nowhere` is not a folder"),
    ],
)
def test_what_cannot_be_meant(terms, words, message):
    """Each option that makes no sense is said, with what to write instead."""
    ran = terms("verify", "examples/gs-capital.terms", *words)
    assert ran.code == 2
    assert message in ran.err
    assert "help: " in ran.err


def test_a_wrong_note_is_told_as_ever(terms):
    """Findings come first, and nothing is drawn."""
    ran = terms("verify", "tests/wrong/E111-invariant-of-an-unknown-answer.terms")
    assert ran.code == 1
    assert "did you mean `conversion_price`?" in ran.err


def test_a_figure_that_has_no_name_is_told_by_its_place(terms, tmp_path):
    """Twice USD 0.05 is USD 0.1, whatever the market."""
    note = tmp_path / "note.terms"
    note.write_text(NOTE + FIXED + 'invariant "dear": conversion_price * 2 above USD 0.10 per share\n')
    ran = terms("verify", str(note), "--examples", "1")
    assert ran.code == 3
    assert "the first figure is USD 0.1 per share, not above USD 0.1 per share" in " ".join(ran.out.split())


def test_a_clause_that_no_line_writes_is_not_cited(tmp_path):
    """What the language takes for granted has no place to show."""
    path = tmp_path / "note.terms"
    path.write_text(NOTE)
    model = load(str(path)).note.versions[0]
    implied, written = model.the("payment").origin, model.the("interest").origin
    verdict = Verdict(None, Broken("it does not hold", (implied, written)))
    assert list(verify_command._clauses(verdict)) == [f"by `interest: 8% per year`, {written.place}"]
