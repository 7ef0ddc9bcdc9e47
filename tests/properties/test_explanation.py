"""Explanations: what an answer cites, assumes and needs is what it rests on, and every way to reckon it agrees."""

from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve
from drawn import kind_of, promise, values
from holes import shares
from hypothesis import assume
from hypothesis import strategies as st
from strategies import cases

from tenor.engine.compiled.answered import plain
from tenor.engine.compiled.reckoner import Reckoner
from tenor.engine.exact.origins import Default, Fact
from tenor.engine.exact.trace import operands, origins, walk
from tenor.engine.exact.values import Refused, Unknown
from tenor.engine.running.statement import quantities_named, quantities_of
from tenor.terms import TERMS
from tenor.terms.book.exact import Exactly
from tenor.terms.book.fast import Fast
from tenor.terms.book.members import Member

SOME = 1 / 4
CITED = ("money", "price", "rate", "shares")  # what must come from a clause or a fact, unless it is none


@promise(SOME, case=cases(acts=8))
def test_every_leaf_is_cited(case):
    """46. Every figure leads back to a clause, a fact or a named default; what is left is arithmetic's own.

    A figure that a clause writes among others, or compares with quotes, is cited by the step that is the clause's.
    """
    for name, answer in case.at().answers.items():
        steps = quantities_of(answer)
        below = {id(leaf) for leaf in _below_a_cite(steps)}
        for leaf in walk(steps):
            if leaf.operation == "given" and leaf.dimension.name in CITED and isinstance(leaf.value, Fraction):
                cited = leaf.cites or id(leaf) in below
                assert cited or not leaf.value, (name, leaf)


def _below_a_cite(steps):
    """What cited steps are made of, down to the next steps that have names of their own."""
    left = [each for step in walk(steps) if step.cites for each in operands(step)]
    seen = set()
    while left:
        step = left.pop()
        if id(step) not in seen:
            seen.add(id(step))
            yield step
            left.extend(() if step.label else operands(step))


@promise(1 / 2, case=cases(acts=8), data=st.data())
def test_a_fact_that_is_not_cited_can_be_struck(case, data):
    """46. Striking a fact that the explanation of an answer does not cite leaves the answer as it is."""
    assume(case.lines)
    struck = data.draw(st.integers(0, len(case.lines) - 1))
    stated = case.at()
    other = case.at(lines=[line if place != struck else "" for place, line in enumerate(case.lines)])
    for name, answer in stated.answers.items():
        cited = {each.span.line for each in origins(*quantities_of(answer)) if isinstance(each, Fact)}
        if struck + 1 not in cited:
            was = [_told(figure.value) for figure in quantities_of(answer)]
            assert [_told(figure.value) for figure in quantities_of(other[name])] == was, (name, case.lines[struck])


@promise(SOME, case=cases(acts=8), data=st.data())
def test_an_assumption_that_is_written_is_none(case, data):
    """47. Writing what was assumed changes no figure, and takes the assumption off the list."""
    declared = {f"{term.keyword}.{field.name}": field for term in TERMS for field in term.fields if field.default}
    stated = case.at()
    listed = sorted(
        each.origin.name
        for each in stated.assumptions
        if isinstance(each.origin, Default) and each.origin.name in declared
    )
    assume(listed)
    name = data.draw(st.sampled_from(listed))
    keyword, field = name.split(".")
    assume(not any(kind_of(clause) == "amendment" and keyword in clause for clause in case.clauses))
    written = evolve(case, clauses=_with(case.clauses, keyword, f"{field}: {declared[name].default}"))
    assert values(written.at()) == values(stated)
    assert name not in {each.origin.name for each in written.at().assumptions if isinstance(each.origin, Default)}


def _with(clauses, keyword, line):
    """The clauses with a further field in the one of this kind, which is added if there is none."""
    bases = [clause for clause in clauses if kind_of(clause) == keyword and not _is_exception(clause)]
    if not bases:
        return (*clauses, f"{keyword} {{\n  {line}\n}}")
    (base,) = bases
    head, _, rest = base.partition(" {\n")
    return tuple(f"{head} {{\n  {line}\n{rest or '}'}" if clause is base else clause for clause in clauses)


def _is_exception(clause):
    return " when " in clause.partition("\n")[0] and "{" not in clause


@promise(SOME, case=cases(acts=8), count=shares)
def test_an_unrelated_fact_makes_nothing_known(case, count):
    """50. What is unknown or refused for want of a fact stays so when a fact is added with nothing to do with it."""
    assume("exercisable" not in case.text and not any(" exercisable " in line for line in case.lines))
    stated = case.at()
    more = case.at(lines=(*case.lines, f"{case.note.issued} exercisable {count}"))
    assert values(more) == values(stated)
    assert more.needs == stated.needs


@promise(SOME, case=cases(acts=8), data=st.data())
def test_a_missing_fact_never_gives_another_figure(case, data):
    """27, 50. Without a quote or a level an answer is what it was, or unknown: never 0, and never another figure."""
    # Where a level is recorded again the earlier one stands in, and so may the last quote, where the note says so.
    assume("last quote before" not in case.text)
    levels = [line.split()[1] for line in case.lines]
    places = [
        place
        for place, line in enumerate(case.lines)
        if " per share" in line or (line.split()[1] in ("outstanding", "held") and levels.count(line.split()[1]) == 1)
    ]
    assume(places)
    struck = data.draw(st.sampled_from(places))
    # A conversion that nobody can judge any more leaves everything after it unknown.
    was = values(case.at())
    for name, value in values(
        case.at(lines=[line if at != struck else "" for at, line in enumerate(case.lines)])
    ).items():
        if not isinstance(value, Unknown):
            assert _told(value) == _told(was[name]), (name, case.lines[struck])


@promise(SOME, case=cases(acts=8), days=st.lists(st.integers(0, 500), min_size=3, max_size=6))
def test_the_compiled_note_answers_as_the_explained_one(case, days):
    """52. The note compiled to whole numbers gives every figure, need and reason that the explained one gives."""
    reckoner = Reckoner(case.note, case.ledger())
    for day in (case.day, *(case.note.issued + timedelta(days=count) for count in days)):
        wanted = quantities_named(case.at(day).answers)
        for name, found in reckoner.at(day).items():
            exactly = plain(wanted[name].value, wanted[name].dimension.name)
            assert _told(found) == _told(exactly), (name, day)


ASK = ("status", "principal", "accrued_interest", "owed", "due_at_maturity", "conversion_price", "allowed_shares")


@promise(SOME / 2, case=cases(acts=8), days=st.lists(st.integers(0, 500), min_size=1, max_size=4))
def test_the_arrays_answer_as_the_explained_note(case, days):
    """52. A book's arrays give the rows that the explained note gives: figures, exact ones and reasons."""
    member = Member("drawn", "drawn.terms", case.note, case.ledger())
    dates: list[date] = sorted({case.day, *(case.note.issued + timedelta(days=count) for count in days)})
    fast, exact = (path(exact=True).answers([member], dates, ASK) for path in (Fast, Exactly))
    for name in ASK:
        assert list(_rows(fast.columns[name])) == list(_rows(exact.columns[name])), name


def _rows(column):
    for place, value in enumerate(column.values):
        code = "" if column.reasons is None else column.codes[column.reasons[place]]
        word = column.vocabulary[value] if column.kind == "word" and not code else int(value)
        yield code or (word, *(int(part[place]) for part in column.exact or ()))


def _told(value):
    """Needs and reasons as sets: the order in which they are met is no part of an answer, nor is a bound."""
    if isinstance(value, Refused):
        return frozenset(value.reasons)
    return frozenset(value.needs) if isinstance(value, Unknown) else value
