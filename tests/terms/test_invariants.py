"""What a note says no day will break, held against its answers."""

from pathlib import Path

import pytest

from tenor.engine.exact.trace import origins
from tenor.engine.exact.values import Refused, Unknown
from tenor.engine.running.standing import sides, stands
from tenor.terms import load

NOTE = """\
note "Example note" {{
  issuer: "Example, Inc."
  holder: "Example Fund LP"
}}
issued: 2019-02-22
principal: USD 100,000.00
maturity: 2020-02-21
interest: 8% per year
{conversion}
{invariant}
"""
MARKET = """\
conversion { by: holder at any time  price: Market Price }
define Market Price: lowest closing bid over the 2 trading days before conversion
"""
BIDS = "2019-08-22 closing bid USD 0.02 per share\n2019-08-23 closing bid USD 0.03 per share\n"
CONVERSION = "conversion { by: holder at any time  price: USD 0.05 per share }"


def truth(folder: Path, condition: str, facts: str = "", conversion: str = CONVERSION):
    """What the invariant of a note with these facts is on 2019-08-26."""
    (folder / "note.terms").write_text(NOTE.format(conversion=conversion, invariant=f'invariant "it": {condition}'))
    (folder / "note.facts").write_text(f'note "note.terms"\n{facts}')
    note = load(str(folder / "note.terms"))
    return stands(note.note.invariants[0], note.at("2019-08-26"))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("conversion_price at least USD 0.05 per share", True),
        ("conversion price above USD 0.05 per share", False),
        ("owed below USD 104,054.80", True),  # 100,000 + 100,000 × 8% × 185 / 365 = 104,054.79…
        ("owed - accrued_interest at most USD 100,000", True),
        ("shares held at most 4.99% of outstanding shares", True),  # 499 of 10,000
        ("shares held below 4.99% of outstanding shares", False),
        ("not payment is late and principal above USD 0", True),
        ("bankruptcy or owed below USD 1", False),
    ],
)
def test_an_invariant_is_a_comparison_of_answers(tmp_path, condition, expected):
    """Answers by their names, figures by their words, and the levels of the ledger."""
    facts = "2019-02-22 outstanding 10,000 shares\n2019-02-22 held 499 shares\n"
    assert truth(tmp_path, condition, facts).value is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Market Price at least USD 0.02 per share", True),  # the lower of the two bids
        ("highest closing bid over the 2 trading days before conversion above USD 0.02 per share", True),
        ("closing bid at least USD 0.02 per share for 2 trading days", None),  # no bid is written for 2019-08-26
    ],
)
def test_an_invariant_may_look_at_the_market(tmp_path, condition, expected):
    """By a definition of the note, by a window of its own, or day by day."""
    found = truth(tmp_path, condition, BIDS, MARKET).value
    assert (None if isinstance(found, Unknown) else found) is expected


def test_only_what_is_compared_has_two_sides(tmp_path):
    """100,000.00 of principal against 1.00; a bankruptcy has no figures. The words of the contract stand beside it."""
    truth(tmp_path, 'bankruptcy or principal below USD 1.00 cite "shall remain solvent"')
    note = load(str(tmp_path / "note.terms"))
    [(leaf, left, right)] = sides(note.note.invariants[0], note.at("2019-08-26"))
    assert (leaf.operator, left.value, right.value) == ("below", 100_000, 1)
    assert note.note.invariants[0].origin.quotation == "shall remain solvent"


def test_what_is_unknown_breaks_nothing(tmp_path):
    """Levels that no line gives are unknown, and so is what is said of them."""
    assert isinstance(truth(tmp_path, "shares held at most 5% of outstanding shares").value, Unknown)


def test_what_is_refused_breaks_nothing(tmp_path):
    """A note that does not convert has no price to fall."""
    found = truth(tmp_path, "conversion_price at least USD 1 per share", conversion="conversion: not allowed")
    assert isinstance(found.value, Refused)


def test_it_cites_its_own_line_and_what_it_rests_on(tmp_path):
    """Why it fails leads to the clause that lets it."""
    cited = [
        each.place.rpartition("/")[2] for each in origins(truth(tmp_path, "conversion_price above USD 1 per share"))
    ]
    assert {"note.terms:9", "note.terms:10"} <= {
        place.rsplit(":", 1)[0] if place.count(":") > 1 else place for place in cited
    }
