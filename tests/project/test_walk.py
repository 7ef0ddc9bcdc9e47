"""The walk: a new kind of clause is one file, one line in `TERMS` and an example, and all else knows it."""

import importlib.util
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tenor.engine.checking.check import check, checked
from tenor.engine.exact.record import replay
from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.trace import origins
from tenor.engine.exact.values import Refused
from tenor.engine.running.recorder import inputs_from, recorded_answers
from tenor.engine.running.run import run
from tenor.engine.running.statement import quantities_named, statement
from tenor.engine.world.facts import NO_FACTS
from tenor.grammar.format import format_document
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
CLAUSE = """
prepayment: 110% of the amount owed {
  until: 180 days after issue
}
"""


def prepayment_term():
    spec = importlib.util.spec_from_file_location("prepayment_term", HERE / "prepayment_term.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PREPAYMENT


@pytest.fixture(scope="module")
def terms():
    return (*TERMS, prepayment_term())


def document(clause: str = CLAUSE):
    text = (EXAMPLES / "gs-capital.terms").read_text(encoding="utf-8") + clause
    return parse(Source("walk.terms", text))


def test_the_new_clause_is_answered(terms):
    """180 days from 2019-02-22 is 2019-08-21; owed that day is 108,068.36 × (1 + 8% × 180/365)."""
    note = checked(document(), terms)
    owed = Fraction("108068.36") * (1 + Fraction(8, 100) * Fraction(180, 365))
    assert statement(note, NO_FACTS, date(2019, 8, 21))["prepayment"].value.value == owed * Fraction(110, 100)
    refused = statement(note, NO_FACTS, date(2019, 8, 22))["prepayment"].value
    assert isinstance(refused.value, Refused)
    assert "the time for prepayment is over (walk.terms:" in spelt(refused)


def test_the_formatter_knows_it():
    """Canonical text, with nothing taught to the formatter."""
    assert CLAUSE.strip() in format_document(document()).split("\n\n")[-1]


def test_the_checker_knows_its_fields(terms):
    """A misspelt field is an error that offers the right one."""
    _, found = check(document(CLAUSE.replace("until", "untill")), terms)
    assert [(each.code, each.help) for each in found] == [("E104", "did you mean `until`?")]


def test_the_explanation_knows_its_clause(terms):
    """The answer leads back to the new clause, and lists nothing that was written as assumed."""
    answer = statement(checked(document(), terms), NO_FACTS, date(2019, 8, 21))["prepayment"].value
    assert {"prepayment", "prepayment.until"} <= {origin.name for origin in origins(answer) if hasattr(origin, "name")}


def test_the_recording_knows_it(terms):
    """The batch path runs the same text."""
    view = run(checked(document(), terms), NO_FACTS, date(2019, 8, 21)).view
    recording = recorded_answers(view)
    assert (
        replay(recording, inputs_from(view, recording))["prepayment"]
        == quantities_named(view.answers())["prepayment"].value
    )


def test_without_its_line_it_is_an_unknown_clause():
    """Nothing registers itself."""
    _, found = check(document(), TERMS)
    assert [each.code for each in found] == ["E101"]


def test_no_two_terms_share_a_name():
    """Keywords, answers, kinds of event and phrases of facts each have one owner."""
    for names in (
        [term.keyword for term in TERMS],
        [name for term in TERMS for name in term.answers],
        [kind for term in TERMS for kind in term.steps],
        [fact.pattern for term in TERMS for fact in term.facts],
        [condition.pattern for term in TERMS for condition in term.conditions],
        [noun.words for term in TERMS for noun in term.nouns],
        [words for term in TERMS for words in term.dates],
    ):
        assert len(names) == len(set(names))
