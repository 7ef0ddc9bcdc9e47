"""The promises of the design, on the real notes with random ledgers.

Ledgers are drawn as text, so that the language takes part; each draw has levels, quotes, conversions, payments,
splits, sales and a bankruptcy, dated about the note's life.
"""

import random
from datetime import timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from drawing import drawn_lines, ledger_of

from tenor.engine.checking.check import checked
from tenor.engine.exact.origins import Clause, Default, Fact
from tenor.engine.exact.trace import origins, walk
from tenor.engine.running.statement import quantities_named, quantities_of, statement
from tenor.grammar.format import format_document
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS, load
from tenor.terms.door import LoadedNote

NOTES = ("gs-capital", "widjaja", "baybridge", "baybridge-exhibit")
DRAWS = 25
CITED = ("money", "price", "rate", "shares")  # what must come from a clause or a fact, unless it is none


@pytest.fixture(scope="module", params=NOTES)
def loaded(request) -> LoadedNote:
    return load(f"examples/{request.param}.terms")


def values_of(stated):
    return {name: figure.value for name, figure in quantities_named(stated.answers).items()}


def told(stated):
    """All that a statement says: values and what they rest on, bit for bit."""
    return [
        (name, [(q.value, q.dimension) for q in quantities_of(answer)], origins(*quantities_of(answer)))
        for name, answer in stated.answers.items()
    ]


def test_later_facts_change_nothing(loaded):
    """Appending valid facts dated after the day changes no bit of an answer or its explanation."""
    draw = random.Random(1)
    for _ in range(DRAWS):
        lines = sorted(drawn_lines(draw, loaded.note.issued))
        day = loaded.note.issued + timedelta(days=draw.randrange(600))
        earlier = [line for line in lines if line[:10] <= day.isoformat()]
        whole = statement(loaded.note, ledger_of(loaded.note, lines), day)
        assert told(statement(loaded.note, ledger_of(loaded.note, earlier), day)) == told(whole)


def test_deleting_an_uncited_fact_changes_nothing(loaded):
    """A fact that no explanation covers can be struck from the ledger without a trace."""
    draw = random.Random(2)
    for _ in range(DRAWS // 5):
        lines = sorted(drawn_lines(draw, loaded.note.issued))
        day = loaded.note.issued + timedelta(days=draw.randrange(600))
        whole = statement(loaded.note, ledger_of(loaded.note, lines), day)
        for name, answer in whole.answers.items():
            cited = {o.span.line for o in origins(*quantities_of(answer)) if isinstance(o, Fact)}
            uncited = [number for number in range(1, len(lines) + 1) if number not in cited]
            if not uncited:
                continue
            struck = draw.choice(uncited)
            blanked = [line if number != struck else "" for number, line in enumerate(lines, 1)]
            other = statement(loaded.note, ledger_of(loaded.note, blanked), day)
            assert [q.value for q in quantities_of(other[name])] == [q.value for q in quantities_of(answer)], (
                name,
                lines[struck - 1],
                day,
                lines,
            )


def test_shuffling_clauses_and_facts_changes_nothing(loaded):
    """Order means nothing: of clauses, and of facts of different days."""
    draw = random.Random(3)
    for _ in range(DRAWS // 5):
        lines = drawn_lines(draw, loaded.note.issued)
        by_day: dict[str, list[str]] = {}
        for line in lines:
            by_day.setdefault(line[:10], []).append(line)
        days = list(by_day)
        draw.shuffle(days)
        shuffled = [line for each in days for line in by_day[each]]
        pieces = list(loaded.document.pieces)
        draw.shuffle(pieces)
        day = loaded.note.issued + timedelta(days=draw.randrange(600))
        values = [
            {
                name: q.value
                for name, q in quantities_named(statement(note, ledger_of(loaded.note, each), day).answers).items()
            }
            for note, each in ((loaded.note, lines), (reordered_note(loaded, pieces), shuffled))
        ]
        assert values[0] == values[1]


def reordered_note(loaded, pieces):
    # The text is the same, so that places and quotations are; only the order in which clauses are read changes.
    return checked(evolve(loaded.document, pieces=tuple(pieces)), TERMS)


def test_every_leaf_of_an_answer_is_cited(loaded):
    """Every figure leads back to a clause, a fact or a named default; what is left is arithmetic's own."""
    draw = random.Random(4)
    for _ in range(DRAWS):
        lines = drawn_lines(draw, loaded.note.issued)
        day = loaded.note.issued + timedelta(days=draw.randrange(600))
        for name, answer in statement(loaded.note, ledger_of(loaded.note, lines), day).answers.items():
            for leaf in walk(quantities_of(answer)):
                if leaf.operation == "given" and leaf.dimension.name in CITED and isinstance(leaf.value, Fraction):
                    assert leaf.cites or not leaf.value, (name, leaf)


def test_every_reading_that_matters_is_listed(loaded):
    """If another reading of a field changes an answer, that answer lists the field among its assumptions."""
    draw = random.Random(5)
    unlisted = {}
    settings = [s for s in loaded.note.settings() if s.readings and isinstance(s.origin, Default | Clause)]
    for _ in range(DRAWS):
        facts = ledger_of(loaded.note, drawn_lines(draw, loaded.note.issued))
        day = loaded.note.issued + timedelta(days=draw.randrange(600))
        base = statement(loaded.note, facts, day)
        for setting in settings:
            listed = {name for each in base.assumptions if each.origin == setting.origin for name in each.answers}
            for reading in setting.readings:
                other = statement(loaded.note.read_as({setting.name: reading}), facts, day)
                for name, answer in base.answers.items():
                    changed = [q.value for q in quantities_of(answer)] != [q.value for q in quantities_of(other[name])]
                    if changed and name not in listed:
                        unlisted[setting.name, reading, name] = day
    assert not unlisted


def test_formatting_changes_no_answer(loaded):
    """The canonical text of a note is the same note."""
    text = format_document(loaded.document)
    assert parse(Source(loaded.path, text)) == loaded.document
