"""The compiled note answers as the engine that explains: 20,000 notes on dates, every figure, need and reason."""

import random
from datetime import timedelta

import pytest
from compiled.test_rows import NOTES
from drawing import drawn_lines, ledger_of

from tenor.engine.compiled.answered import plain
from tenor.engine.compiled.reckoner import Reckoner
from tenor.engine.exact.values import Refused, Unknown
from tenor.engine.running.statement import quantities_named, statement
from tenor.grammar.diagnostics import NoteErrors
from tenor.terms import load

LEDGERS, DATES = 36, 40  # × 14 notes = 20,160


def told(value):
    """Needs and reasons as sets: the order in which they are met is no part of an answer, nor is a bound."""
    if isinstance(value, Refused):
        return frozenset(value.reasons)
    return frozenset(value.needs) if isinstance(value, Unknown) else value


@pytest.mark.parametrize("path", NOTES)
def test_compiled_is_explained(path):
    """On random ledgers and dates, so often within a stretch that its own function answers too."""
    note, draw, drawn = load(f"{path}.terms").note, random.Random(path), 0
    while drawn < LEDGERS:
        try:
            ledger = ledger_of(note, drawn_lines(draw, note.issued))
        except NoteErrors:  # a line that this note has no clause for
            continue
        drawn += 1
        reckoner = Reckoner(note, ledger)
        for _ in range(DATES):
            day = note.issued + timedelta(days=draw.randrange(600))
            wanted, found = quantities_named(statement(note, ledger, day).answers), reckoner.at(day)
            for name, value in found.items():
                exactly = plain(wanted[name].value, wanted[name].dimension.name)
                assert told(value) == told(exactly), f"{name} on {day}"


def test_only_what_is_asked_is_reckoned():
    """By the names of answers and of their parts."""
    loaded = load("examples/gs-capital.terms")
    answers = loaded.reckoner(names=("owed", "owed.interest")).at(loaded.note.issued)
    assert dict(answers) == {"owed": loaded.at(loaded.note.issued)["owed"].value.value, "owed.interest": 0}


def test_before_the_issue_nothing_is_answered():
    """But that the note is not issued."""
    loaded = load("examples/gs-capital.terms")
    answers = loaded.reckoner().at(loaded.note.issued - timedelta(days=1))
    assert answers["status"] == "not issued"
    assert isinstance(answers["owed"], Refused)
