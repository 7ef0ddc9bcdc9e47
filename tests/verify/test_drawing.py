"""The ledgers drawn: written in the language, whole in what they speak of, the same for the same seed."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tenor.engine.checking.entries import vocabulary
from tenor.terms import load
from tenor.terms.verify import verifying
from tenor.terms.verify.drawing import Drawn, Line, ledger_of, world_of

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTES = sorted(path.stem for path in EXAMPLES.glob("*.terms"))


def drawn(name: str, count: int):
    note = load(str(EXAMPLES / f"{name}.terms")).note
    world = world_of(note)
    return note, [world.drawn(Random(f"0/{number}")) for number in range(count)]


@pytest.mark.parametrize("name", NOTES)
def test_every_line_is_of_the_language(name):
    """What is drawn is read without a finding."""
    note, examples = drawn(name, 30)
    for each in examples:
        assert ledger_of(note, each.lines).entries or not each.lines


@pytest.mark.parametrize("name", NOTES)
def test_every_kind_of_fact_is_drawn(name):
    """A kind of fact that a term declares is drawn without being named here."""
    note, examples = drawn(name, 300)
    words = vocabulary(note)
    heads = {pattern.split()[0] for pattern in words.kinds if not pattern.startswith("event") or words.labels["event"]}
    labelled = {kind.pattern.split()[0] for kind in words.kinds.values() if kind.of_label}
    if not any(words.labels[keyword] for keyword in words.labels if keyword != "event"):
        heads -= labelled  # no clause of this note has a label that such a line could name
    assert heads - {line.words.split()[0] for each in examples for line in each.lines} == set()


def test_the_same_seed_draws_the_same():
    """On every machine and in every process."""
    assert drawn("gs-capital", 5)[1] == drawn("gs-capital", 5)[1]


def test_shares_outstanding_never_shrink_of_themselves():
    """So that what passes a cap is a conversion: one level, on the issue date."""
    note, examples = drawn("gs-capital", 50)
    levels = [line for each in examples for line in each.lines if line.words.startswith(("outstanding", "held"))]
    assert levels
    assert {line.day for line in levels} == {note.issued}


def test_a_window_is_quoted_whole():
    """Otherwise nothing but unknown prices would be tried."""
    note, examples = drawn("gs-capital", 20)
    known = 0
    for each in examples:
        sessions = {line.day for line in each.lines if line.words.startswith("closing bid")}
        window = note.versions[0].calendar.sessions_before(each.days[-1], 10)
        known += sessions >= set(window)
    assert known > 10


FAR = """
note "Far" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }
issued: 2027-12-01
principal: USD 100,000.00
maturity: 2027-12-30
interest: 8% per year
conversion { by: holder at any time  price: 65% of lowest closing bid over the 3 trading days before conversion }
"""


def test_nothing_is_quoted_past_the_end_of_a_calendar(tmp_path):
    """That of New York is known to the end of 2027; the note's life is looked at until sixty days after maturity."""
    (tmp_path / "far.terms").write_text(FAR, "utf-8")
    note = load(str(tmp_path / "far.terms")).note
    world = world_of(note)
    assert world.last == date(2027, 12, 30) + timedelta(60)
    examples = [world.drawn(Random(f"0/{number}")) for number in range(20)]
    quoted = {line.day for each in examples for line in each.lines if line.words.startswith("closing bid")}
    assert quoted
    assert max(quoted) <= date(2027, 12, 31)


def test_a_note_whose_payment_date_no_calendar_knows_has_a_life(tmp_path):
    """Sixty days after its maturity, a Saturday that would be rolled to a session of 2028."""
    (tmp_path / "far.terms").write_text(
        FAR.replace("maturity: 2027-12-30", "maturity: 2028-01-01 { business_day: following }"), "utf-8"
    )
    assert world_of(load(str(tmp_path / "far.terms")).note).last == date(2028, 1, 1) + timedelta(60)


def test_a_ledger_that_cannot_be_written_is_drawn_again_and_then_left_empty():
    """Twenty times: of some lines the language allows only one."""
    note = load(str(EXAMPLES / "gs-capital.terms")).note
    tried = []

    class Twice:
        def drawn(self, random):
            tried.append(random)
            return Drawn((Line(note.issued, "no fact"),), (note.issued,))

    assert verifying._example(note, Twice(), "0") == Drawn((), (note.issued,))
    assert len(tried) == 20
