"""Time and knowledge: what an answer may look at, and what order and silence mean."""

from datetime import date, timedelta

from attrs import evolve
from drawn import kind_of, promise, told, values
from hypothesis import assume
from hypothesis import strategies as st
from strategies import amendments, cases, senses

from tenor.engine.checking.check import checked
from tenor.engine.running.statement import statement
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS

SOME = 1 / 3


def blanked(lines, *left_out):
    """The lines without some, the others to the letter in their places."""
    return ["#" * len(line) if place in left_out else line for place, line in enumerate(lines)]


@promise(case=cases(acts=8))
def test_no_looking_ahead(case):
    """1. Facts dated after a day change no bit of the answers for it, nor of their explanations."""
    earlier = [line for line in case.lines if line[:10] <= str(case.day)]
    assert told(case.at(lines=earlier)) == told(case.at())


@promise(case=cases(acts=8))
def test_no_looking_past_what_was_known(case):
    """1. Facts known after a day change no bit of what was answered as of that knowledge."""
    late = [place for place, line in enumerate(case.lines) if " known " in line and line[-10:] > str(case.day)]
    late += [place for place, line in enumerate(case.lines) if " known " not in line and line[:10] > str(case.day)]
    lines = blanked(case.lines, *late)
    assert told(case.at(lines=lines, known=case.day)) == told(case.at(known=case.day))


@promise(SOME, case=cases(), data=st.data())
def test_a_fact_counts_from_when_it_is_known(case, data):
    """2. A fact dated by a day and known later changes only what is asked with that later knowledge."""
    dated = [place for place, line in enumerate(case.lines) if line[:10] <= str(case.day) and " known " not in line]
    assume(dated)
    place = data.draw(st.sampled_from(dated))
    known = case.day + timedelta(days=data.draw(st.integers(1, 40)))
    learned = blanked(case.lines)
    learned[place] += f" known {known}"
    missing = values(case.at(lines=blanked(case.lines, place), known=case.day))
    assert values(case.at(lines=learned, known=case.day)) == missing
    assert values(case.at(lines=learned, known=known)) == values(case.at(known=known))


@promise(SOME, case=cases())
def test_the_same_is_answered_again(case):
    """3. The same terms, facts and date give the same answers and explanations, whatever was asked in between."""
    first = told(case.at())
    for days in (-30, 30):
        case.at(max(case.note.issued, case.day + timedelta(days=days)))
    assert told(case.at()) == first


@promise(SOME, case=cases(acts=8), data=st.data())
def test_order_of_facts_means_nothing(case, data):
    """3. Shuffling facts of different days changes nothing."""
    days = data.draw(st.permutations(sorted({line[:10] for line in case.lines})))
    shuffled = [line for day in days for line in case.lines if line[:10] == day]
    assert values(case.at(lines=shuffled)) == values(case.at())


@promise(SOME, case=cases(), data=st.data())
def test_order_of_clauses_means_nothing(case, data):
    """3. Shuffling the clauses of a note changes nothing."""
    shuffled = evolve(case, clauses=tuple(data.draw(st.permutations(case.clauses))))
    assert values(shuffled.at()) == values(case.at())


@promise(SOME, case=cases(), data=st.data())
def test_order_of_terms_means_nothing(case, data):
    """3. Shuffling the table of terms changes nothing."""
    terms = tuple(data.draw(st.permutations(TERMS)))
    note = checked(parse(Source("drawn.terms", case.text)), terms)
    assert values(statement(note, case.ledger(), case.day)) == values(case.at())


@st.composite
def amended(draw):
    """A case, and the same under an amendment that takes effect after its day."""
    sense = draw(senses())
    case = draw(cases().filter(lambda case: "amendment" not in map(kind_of, case.clauses)))
    term = (date.fromisoformat(_said(case, "maturity")) - case.note.issued).days
    amendment = draw(amendments(evolve(sense, issued=case.note.issued, term=term), case.clauses))
    return case, evolve(case, clauses=(*case.clauses, amendment))


def _said(case, keyword):
    return next(clause.split(": ")[1][:10] for clause in case.clauses if kind_of(clause) == keyword)


@promise(SOME, pair=amended())
def test_an_amendment_changes_nothing_before_its_date(pair):
    """45, 38. An amendment, of a cap as of anything, leaves every answer and explanation before its date as it was."""
    case, changed = pair
    effective = changed.note.versions[1].effective
    day = max(case.note.issued, min(case.day, effective - timedelta(days=1)))
    assume(day < effective)
    assert told(case.at(day)) == told(changed.at(day))


@promise(SOME, case=cases())
def test_before_the_issue_nothing_is_answered(case):
    """5. Before the note is issued nothing is answered, and nothing owed."""
    stated = case.at(case.note.issued - timedelta(days=1))
    assert str(stated["status"].value.value) == "not issued"
    assert not stated.history
