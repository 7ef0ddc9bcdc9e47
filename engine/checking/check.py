"""Checking: from the tree of a note to its model, or to everything that is wrong with it.

Defines, amendments, sources, expectations, invariants and remarks belong to the language; every other clause
belongs to a term. An amendment is the note written again with its clauses in their places, in force from its date.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from ...grammar.classes import evolve, frozen
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.source import Span
from ...grammar.suggest import nearest
from ...grammar.tree import Document, Entry, Item
from ..exact.origins import Clause
from ..meaning.amending import priced_runs
from ..meaning.expressions import Expression
from ..meaning.model import Invariant, Model, Note
from ..meaning.phrases import currency_and_digits
from ..meaning.settings import CheckedClause
from ..meaning.term import Term
from ..running.statement import CORE
from ..time.calendars import CALENDARS
from ..world.facts import ENGINE_FACTS
from .amendments import EFFECTIVE, amended, check_amendment, dated_amendments
from .clauses import NO_WHEN, checked_clause, clause_origin, keep_one
from .expected import has_unit
from .findings import LEFT_OUT, Findings
from .invariants import invariants
from .language import LANGUAGE, REMARKS, check_form, expectations, remarks
from .read_expressions import definition
from .reader import Reader, Unreadable
from .sense import amended_too_early, check_sense

CLAUSES_MAX = 500
ITEMS_MAX = 10_000  # clauses, definitions and fields of all versions, each of which is checked by itself


_KINDS = ("define", "amendment", "expect", "invariant")  # the language's own that are more than remarks


@frozen
class _Parts:
    """The clauses of a file, by what they are for."""

    clauses: tuple[Item, ...]
    definitions: tuple[Item, ...]
    amendments: tuple[Item, ...]
    expectations: tuple[Item, ...]
    invariants: tuple[Item, ...]
    misspelt: frozenset[str]  # the clauses that unknown ones most likely were


def check(document: Document, terms: tuple[Term, ...]) -> tuple[Note | None, tuple[Diagnostic, ...]]:
    """The checked note, or None, and all findings in the order of the file."""
    by_keyword = {term.keyword: term for term in terms}
    found = Findings()
    parts = _parts(document, by_keyword, found)
    if found.enough:
        return None, tuple(found)
    for extra in parts.clauses[CLAUSES_MAX : CLAUSES_MAX + 1]:
        message = f"the note has {len(parts.clauses):,} clauses; the limit is {CLAUSES_MAX}"
        found.add("E510", message, extra.name_span, "write several notes")
        return None, tuple(found)
    title = next((item.label or "" for item in parts.clauses if item.name == "note"), "")
    first = _model(parts, by_keyword, date.min, document, found)
    versions = [first] if first is not None else []
    changed, items = parts, _items(parts)
    for effective, item in dated_amendments(parts.amendments, found):
        if first is not None:
            message, help = amended_too_early(effective, first.date_of("issue"))
            if message:
                found.add("E209", message, item.name_span, help)
        if not check_amendment(changed.clauses, item, by_keyword, found):
            continue
        changed = evolve(changed, clauses=amended(changed.clauses, item, by_keyword))
        items += _items(changed)
        if items > ITEMS_MAX:
            message = f"with its amendments the note has more than {ITEMS_MAX:,} clauses and fields"
            found.add("E510", message, item.name_span, "write the amended terms as a note of their own")
            break
        later = Findings()
        version = _model(changed, by_keyword, effective, document, later, versions[-1] if versions else None)
        found.add_new(later)
        if version is not None:
            versions.append(version)
    names = _answer_names(parts, terms)
    expected = tuple(each for item in parts.expectations for each in expectations(item, names, found))
    holding: tuple[Invariant, ...] = ()
    if first is not None:
        reader = _reader(parts, by_keyword, Span(document.source, 0, 0))
        expected = tuple(each for each in expected if has_unit(each, first, found))
        holding = invariants(parts.invariants, first, reader, found)
    if found or not versions:
        return None, tuple(sorted(found, key=lambda each: each.span.start if each.span else -1))
    return Note(title, tuple(versions), expected, remarks(document), invariants=holding), ()


def _items(parts: _Parts) -> int:
    """How many clauses, definitions and fields one version of the terms has."""
    return sum(1 + len(item.items) for item in (*parts.clauses, *parts.definitions))


def checked(document: Document, terms: tuple[Term, ...]) -> Note:
    """The checked note; raises NoteErrors with all findings."""
    note, found = check(document, terms)
    if note is None:
        raise NoteErrors(found)
    return note


def _answer_names(parts: _Parts, terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The core names, and those that the clauses of the note add."""
    clauses = [*parts.clauses, *(change for item in parts.amendments for change in item.items)]
    present = {item.name for item in clauses}
    return (*CORE, *(name for term in terms if term.implied or term.keyword in present for name in term.answers))


def _parts(document: Document, terms: Mapping[str, Term], found: Findings) -> _Parts:
    sorted_: dict[str, list[Item]] = {name: [] for name in ("clauses", *_KINDS)}
    misspelt: set[str] = set()
    for piece in document.pieces:
        if found.enough:
            break
        if isinstance(piece, Entry):
            found.add(
                "E115",
                f"`{piece.span.text.split(chr(10))[0]}` is a line of a ledger",
                piece.span,
                "put it in the `.facts` file beside the note",
            )
        elif piece.name in terms:
            sorted_["clauses"].append(piece)
        elif piece.name in LANGUAGE:
            check_form(piece, found)
            if piece.name not in REMARKS:
                sorted_[piece.name].append(piece)
        else:
            misspelt.add(_unknown_clause(piece, (*terms, *LANGUAGE), found))
    for change in (change for amendment in sorted_["amendment"] for change in amendment.items):
        if change.name in LANGUAGE:
            help = "write it outside the block, at the start of a line"
            found.add("E119", f"`{change.name}` is no clause of an amendment", change.name_span, help)
        elif change.name != EFFECTIVE and change.name.partition(".")[0] not in terms:
            _unknown_clause(change, (*terms, EFFECTIVE), found)
    clauses, definitions, amendments, expected, holding = (tuple(items) for items in sorted_.values())
    return _Parts(clauses, definitions, amendments, expected, holding, frozenset(misspelt))


def _unknown_clause(item: Item, known: tuple[str, ...], found: Findings) -> str:
    """What the clause most likely was; empty where nothing is near."""
    like = nearest(item.name, known)
    kinds = f"the kinds of clause are {', '.join(known)}; what none of them says{LEFT_OUT}"
    help = f"did you mean `{like}`?" if like else kinds
    found.add("E101", f"unknown clause `{item.name}`", item.name_span, help)
    return like or ""


def _model(
    parts: _Parts,
    terms: Mapping[str, Term],
    effective: date,
    document: Document,
    found: Findings,
    follows: Model | None = None,
) -> Model | None:
    reader = _reader(parts, terms, Span(document.source, 0, 0), effective)
    definitions = _definitions(parts, reader)
    clauses: list[CheckedClause] = []
    complete = True
    for term in terms.values():
        clauses += _clauses_of(term, parts.clauses, evolve(reader, term=term))
        if term.required and not any(item.name == term.keyword for item in parts.clauses):
            complete = False
            if term.keyword in parts.misspelt:
                continue  # told already: it is there, under a name that is none
            reader.found.add_file(
                "E102",
                f"the note has no `{term.keyword}`",
                document.source.name,
                f"add a clause, as in `{term.example}`",
            )
    found += reader.found
    if reader.found or not complete:
        return None
    model = Model(effective, tuple(clauses), terms, definitions, CALENDARS["NYSE"], "USD", follows=follows)
    model = priced_runs(model)
    for clause, prepare in model.signed("prepare"):
        model = evolve(model, **prepare(clause, model))
    wrong = check_sense(model)
    found += wrong
    return None if wrong else model


def _reader(parts: _Parts, terms: Mapping[str, Term], whole: Span, effective: date = date.min) -> Reader:
    kinds = [fact for term in terms.values() for fact in term.facts] + list(ENGINE_FACTS)
    present = {item.name for item in parts.clauses} | {
        name for name, term in terms.items() if term.implied or term.required
    }
    return Reader(
        conditions=tuple(kind.pattern for term in terms.values() for kind in term.conditions),
        nouns=frozenset(noun.words for name, term in terms.items() if name in present for noun in term.nouns),
        anchors=frozenset(words for term in terms.values() for words in term.anchors),
        dates=frozenset(words for name, term in terms.items() if name in present for words in term.dates),
        occurrences=frozenset(fact.pattern for fact in kinds if fact.event == "occurrence" and "{" not in fact.pattern),
        currency=_currency(parts.clauses),
        example_day=_example_day(parts.clauses, effective),
        terms=terms,
        whole=whole,
        definitions={item.subject: item.value for item in parts.definitions if item.value is not None},
    )


def _example_day(items: Iterable[Item], effective: date) -> str:
    """A day on which the exceptions of the note may all hold: the first that it writes, or that of its amendment."""
    dates = (
        token.text for item in items if item.value is not None for token in item.value.tokens if token.kind == "DATE"
    )
    return max(next(dates, "any day"), effective.isoformat())


def _currency(items: Iterable[Item]) -> str:
    """The currency of the first sum that the note writes."""
    sums = (
        token.text for item in items if item.value is not None for token in item.value.tokens if token.kind == "MONEY"
    )
    return currency_and_digits(next(sums, "USD"))[0]


def _definitions(parts: _Parts, reader: Reader) -> dict[str, tuple[Expression, Clause]]:
    checked_: dict[str, tuple[Expression, Clause]] = {}
    for item in parts.definitions:
        if item.value is None:
            reader.problem(
                "E109",
                f"`define {item.subject}` has no value",
                item.name_span,
                "write what it stands for after a colon",
            )
            continue
        if item.subject in checked_:
            reader.problem("E103", f"`{item.subject}` is defined twice", item.name_span, "keep one definition")
        try:
            checked_[item.subject] = (
                definition(reader, item.subject, item.name_span),
                clause_origin(item.subject, item),
            )
        except Unreadable:
            continue
        except RecursionError:
            message = f"`{item.subject}` rests on definitions that lie too deep in one another"
            reader.problem("E507", message, item.name_span, "say it with fewer definitions")
            reader.unreadable.update(reader.definitions)
    return checked_


def _clauses_of(term: Term, items: Iterable[Item], reader: Reader) -> list[CheckedClause]:
    mine = [item for item in items if item.name == term.keyword]
    exceptions = [item for item in mine if item.condition is not None]
    bases = [item for item in mine if item.condition is None]
    labels: dict[str, Item] = {}
    for item in bases[1:] if not term.many else ():
        reader.problem(
            "E103",
            f"`{term.keyword}` is written twice",
            item.name_span,
            keep_one(term.value),
        )
    for item in bases if term.many else ():
        if (item.label or "") in labels:
            reader.problem(
                "E103",
                f'`{term.keyword} "{item.label}"` is written twice',
                item.name_span,
                "give each its own label",
            )
        labels[item.label or ""] = item
    if exceptions and not bases:
        reader.problem(
            "E113",
            f"this exception to `{term.keyword}` has nothing to be an exception to",
            exceptions[0].name_span,
            f"write `{term.keyword}: …` as well, without `when`" if term.value and term.value.exceptional else NO_WHEN,
        )
    if term.implied and not bases:
        bases = [Item(term.keyword, name_span=reader.whole, span=reader.whole)]
    return [checked_clause(item, exceptions, term, reader) for item in (bases if term.many else bases[:1])]
