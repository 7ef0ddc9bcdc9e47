"""The ledgers drawn: written in the language, whole in what they speak of, the same for the same seed."""

from pathlib import Path
from random import Random

import pytest

from tenor.engine.checking.entries import vocabulary
from tenor.terms import load
from tenor.terms.verify.drawing import ledger_of, world_of

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
