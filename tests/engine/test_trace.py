"""Traces: what a statement lists beside its answers is what the answers themselves rest on."""

import random
from datetime import timedelta

import pytest
from drawing import drawn_lines, ledger_of

from tenor.engine.exact.origins import is_assumption
from tenor.engine.exact.trace import origins
from tenor.engine.running.statement import quantities_of, statement
from tenor.terms import load


@pytest.mark.parametrize("name", ["gs-capital", "widjaja", "baybridge", "baybridge-exhibit"])
def test_one_walk_finds_what_a_walk_for_each_answer_does(name):
    """An assumption is listed with exactly the answers under which it lies, in their order."""
    draw, note = random.Random(3), load(f"examples/{name}.terms").note
    for _ in range(10):
        ledger = ledger_of(note, sorted(drawn_lines(draw, note.issued)))
        said = statement(note, ledger, note.issued + timedelta(days=draw.randrange(600)))
        under = {name: origins(*quantities_of(answer)) for name, answer in said.answers.items()}
        taken = {origin for found in under.values() for origin in found if is_assumption(origin)}
        expected = {origin: tuple(name for name in under if origin in under[name]) for origin in taken}
        assert expected == {each.origin: each.answers for each in said.assumptions}
        assert len(said.assumptions) == len(expected)
