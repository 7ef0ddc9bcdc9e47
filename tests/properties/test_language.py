"""The language: notes drawn from every term are read, printed and read again, and every term is drawn."""

import re
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from drawn import Case, kind_of, promise, ready_to_run, values
from holes import Sense
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import cases, clauses, exceptions, ledgers, said, senses, written_notes

from tenor.engine.checking.check import check
from tenor.engine.meaning.shapes import Listed, OneOf, Phrases
from tenor.engine.world.facts import ENGINE_FACTS
from tenor.grammar.format import format_document
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS

SENSE = Sense(date(2019, 2, 22), 365, "18% per year")
# What is compared with a quote can only be a price, whether or not it says `per share`.
UNITS = (
    r" per share(?! for )| per (?:year|month)\b|%| (?:business|trading) days?\b| (?:days?|weeks?|months?|shares)\b|USD "
)


@promise(1 / 2, case=cases())
def test_parse_of_print_is_the_same(case):
    """51. Printing a note or a ledger and reading it again gives the same one, and printing it again the same text."""
    for text in (case.text, "".join(f"{line}\n" for line in case.lines)):
        document = parse(Source("drawn", text))
        printed = format_document(document)
        again = parse(Source("drawn", printed))
        assert document == again
        assert printed == format_document(again)


@promise(1 / 3, case=cases())
def test_a_printed_note_answers_alike(case):
    """51. What was printed and read again means the same: every figure of every answer."""
    printed = format_document(parse(Source("drawn", case.text)))
    assert values(case.at()) == values(evolve(case, clauses=(printed,)).at())


@promise(1 / 3, case=cases(), data=st.data())
def test_units_are_mandatory(case, data):
    """51. A figure without its unit is an error, never a guess."""
    found = list(re.finditer(UNITS, case.text))
    unit = data.draw(st.sampled_from(found))
    bare = case.text[: unit.start()] + case.text[unit.end() :]
    assert evolve(case, clauses=(bare.removesuffix("\n"),)).wrong()


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.keyword)
def test_everything_a_term_declares_is_drawn(term):
    """The strategies draw each field of each term, each of its phrases and each of its facts."""
    whole = _drawn(clauses(term, SENSE, "payment" if term.label else "").map("\n".join), 40)
    for field in (field for field in (term.value, *term.fields) if field is not None):
        name = term.keyword if field.name == "value" else field.name
        assert re.search(rf"^ *{name}(?: \"\w+\")?: ", whole, re.MULTILINE), f"no strategy draws `{name}`"
        values = _drawn(said(term, field, SENSE))
        for words in _ways(field.shape):
            assert re.search(rf"^{words}$", values, re.MULTILINE), f"no strategy draws `{name}: {words}`"
        if field.exceptional:
            assert "when" in _drawn(exceptions(term, field, SENSE).map("\n".join), 30), f"no exception of `{name}`"


def test_every_fact_is_drawn():
    """The strategies draw each line that a ledger may have."""
    drawn = _drawn(ledgers(SENSE, 'default "payment" event "DTC chill"').map("\n".join))
    for kind in [kind for term in TERMS for kind in term.facts] + list(ENGINE_FACTS):
        assert re.search(_spelt(kind.pattern), drawn), f"no strategy draws `{kind.pattern}`"


def test_every_term_is_in_some_note():
    """Whole notes have each term, and an amendment, before long."""
    wanted, found = {term.keyword for term in TERMS} | {"amendment"}, set()

    @settings(max_examples=50, database=None, derandomize=True)
    @given(written_notes(SENSE))
    def look(written):
        found.update(kind_of(clause) for clause in written)

    look()
    assert found == wanted, f"no strategy draws {sorted(wanted - found)}"


def test_a_new_term_is_drawn_by_its_declaration():
    """The term of the walk, which no strategy knows, is drawn as it is declared, and understood."""
    made: dict[str, object] = {}
    exec((Path(__file__).parents[1] / "project/prepayment_term.py").read_text("utf-8"), made)
    prepayment = made["PREPAYMENT"]
    plain = [f'note "Drawn" {{ issuer: "A"  holder: "B" }}\nissued: {SENSE.issued}', "principal: USD 1.00"]

    @settings(max_examples=10, database=None, derandomize=True)
    @given(clauses(prepayment, SENSE))
    def understood(written):
        text = "\n".join([*plain, "maturity: 2020-02-22", *written]) + "\n"
        assert check(parse(Source("walk.terms", text)), (*TERMS, prepayment))[1] == ()

    understood()


@promise(1 / 3, sense=senses(), data=st.data())
def test_what_is_drawn_makes_sense(sense, data):
    """Few notes are drawn in vain: none has a word that is not understood."""
    case = Case(data.draw(written_notes(sense)))
    with ready_to_run(case):
        assert case.wrong() == ()


def test_a_failure_prints_its_files():
    """Whoever sees a property fail can copy a note and a ledger, and the command that runs them."""

    @promise(1 / 60, case=st.builds(Case, st.just(("issued: 2019-02-22", "principal: USD 1.00")), st.just(("a", "b"))))
    def fails(case):
        raise AssertionError("as it should")

    with pytest.raises(AssertionError) as caught:
        fails()
    (printed,) = (note for note in caught.value.__notes__ if "drawn.terms" in note)
    assert printed.startswith("# drawn.terms\nissued: 2019-02-22\nprincipal: USD 1.00\n\n# drawn.facts\na\nb\n")


def _ways(shape):
    """The ways to say a field of this shape, as patterns of text."""
    match shape:
        case Phrases(patterns):
            return [_spelt(pattern) for pattern in patterns]
        case OneOf(names):
            return [re.escape(name) for name in names]
        case Listed(members):
            return [f".*{member}.*" for member in members]
    return [".+"]


def _spelt(pattern):
    return re.sub(r"\\{\w+\\}", ".+", re.escape(pattern)).replace(r"\ ", " ")


def _drawn(strategy, examples=150):
    """Some of what a strategy draws, as one text."""
    texts = []

    @settings(max_examples=examples, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategy)
    def look(text):
        texts.append(text)

    look()
    return "\n".join(texts)
