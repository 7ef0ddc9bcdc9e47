"""Checking: from the tree of a note to its model, or to everything that is wrong with it.

Defines, amendments, sources, expectations and remarks belong to the language; every other clause belongs
to a term. An amendment is the note written again with its clauses in their places, in force from its date.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import evolve, frozen

from ..grammar.diagnostics import Diagnostic, NoteErrors
from ..grammar.source import Span
from ..grammar.suggest import nearest
from ..grammar.tree import Document, Entry, Item
from .calendars import CALENDARS
from .clauses import checked_clause, clause_origin
from .expressions import Expression
from .facts import ENGINE_FACTS
from .findings import Findings
from .model import Expectation, Model, Note, Remark
from .origins import Clause
from .phrases import calendar_day
from .read_expressions import definition
from .reader import Reader, Unreadable
from .settings import CheckedClause
from .term import Term

LANGUAGE = ("define", "amendment", "expect", "unmodelled", "conflict", "source")
REMARKS = ("source", "conflict", "unmodelled")
EFFECTIVE = "effective"  # the date of an amendment, among the clauses that it changes


@frozen
class _Parts:
    """The clauses of a file, by what they are for."""

    clauses: tuple[Item, ...]
    definitions: tuple[Item, ...]
    amendments: tuple[Item, ...]
    expectations: tuple[Item, ...]
    remarks: tuple[Item, ...]


def check(document: Document, terms: tuple[Term, ...]) -> tuple[Note | None, tuple[Diagnostic, ...]]:
    """The checked note, or None, and all findings in the order of the file."""
    by_keyword = {term.keyword: term for term in terms}
    found = Findings()
    parts = _parts(document, by_keyword, found)
    title = next((item.label or "" for item in parts.clauses if item.name == "note"), "")
    first = _model(parts, by_keyword, date.min, document, found)
    versions = [first] if first is not None else []
    amended = parts
    for effective, item in _dated_amendments(parts.amendments, found):
        amended = _amend(amended, item)
        later = Findings()
        version = _model(amended, by_keyword, effective, document, later)
        found += [each for each in later if each not in found]
        if version is not None:
            versions.append(version)
    expectations = tuple(each for item in parts.expectations for each in _expectations(item, found))
    if found or not versions:
        return None, tuple(sorted(found, key=lambda each: each.span.start if each.span else -1))
    return Note(title, tuple(versions), expectations, tuple(map(_remark, parts.remarks))), ()


def checked(document: Document, terms: tuple[Term, ...]) -> Note:
    """The checked note; raises NoteErrors with all findings."""
    note, found = check(document, terms)
    if note is None:
        raise NoteErrors(found)
    return note


def _parts(document: Document, terms: Mapping[str, Term], found: Findings) -> _Parts:
    sorted_: dict[str, list[Item]] = {name: [] for name in ("clauses", "define", "amendment", "expect", "remarks")}
    for piece in document.pieces:
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
            sorted_["remarks" if piece.name in REMARKS else piece.name].append(piece)
        else:
            _unknown_clause(piece, (*terms, *LANGUAGE), found)
    for change in (change for amendment in sorted_["amendment"] for change in amendment.items):
        if change.name not in (*terms, EFFECTIVE):
            _unknown_clause(change, (*terms, EFFECTIVE), found)
    return _Parts(*(tuple(items) for items in sorted_.values()))


def _unknown_clause(item: Item, known: tuple[str, ...], found: Findings) -> None:
    like = nearest(item.name, known)
    help = f"did you mean `{like}`?" if like else f"the kinds of clause are {', '.join(known)}"
    found.add("E101", f"unknown clause `{item.name}`", item.name_span, help)


def _model(
    parts: _Parts, terms: Mapping[str, Term], effective: date, document: Document, found: Findings
) -> Model | None:
    reader = _reader(parts, terms, Span(document.source, 0, 0))
    definitions = _definitions(parts, reader)
    clauses: list[CheckedClause] = []
    for term in terms.values():
        clauses += _clauses_of(term, parts.clauses, reader)
        if term.required and not any(item.name == term.keyword for item in parts.clauses):
            reader.found.add_file(
                "E102",
                f"the note has no `{term.keyword}`",
                document.source.name,
                f"add a clause, as in `{term.example}`",
            )
    found += reader.found
    if reader.found or found:
        return None
    model = Model(effective, tuple(clauses), terms, definitions, CALENDARS["NYSE"], "USD")
    for clause, prepare in model.signed("prepare"):
        model = evolve(model, **prepare(clause, model))
    for clause, term_check in model.signed("check"):
        found += term_check(clause, model)
    return None if found else model


def _reader(parts: _Parts, terms: Mapping[str, Term], whole: Span) -> Reader:
    kinds = [fact for term in terms.values() for fact in term.facts] + list(ENGINE_FACTS)
    return Reader(
        conditions=tuple(kind.pattern for term in terms.values() for kind in term.conditions),
        nouns=frozenset(noun.words for term in terms.values() for noun in term.nouns),
        anchors=frozenset(words for term in terms.values() for words in term.anchors),
        occurrences=frozenset(fact.pattern for fact in kinds if fact.event == "occurrence" and "{" not in fact.pattern),
        example_day=_example_day(parts.clauses),
        whole=whole,
        definitions={item.subject: item.value for item in parts.definitions if item.value is not None},
    )


def _example_day(items: Iterable[Item]) -> str:
    """The first date that the note writes: a day on which its exceptions may all hold."""
    dates = (
        token.text for item in items if item.value is not None for token in item.value.tokens if token.kind == "DATE"
    )
    return next(dates, "any day")


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
            "keep one, or add `when …` to make it an exception",
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
            f"write `{term.keyword}: …` as well, without `when`",
        )
    if term.implied and not bases:
        bases = [Item(term.keyword, name_span=reader.whole, span=reader.whole)]
    return [checked_clause(item, exceptions, term, reader) for item in (bases if term.many else bases[:1])]


def _dated_amendments(items: Iterable[Item], found: Findings) -> list[tuple[date, Item]]:
    dated: list[tuple[date, Item]] = []
    for item in items:
        written = next((each for each in item.items if each.name == EFFECTIVE), None)
        day = calendar_day(written.value.tokens[0].text) if written is not None and written.value is not None else None
        if day is None:
            found.add(
                "E105",
                "the amendment has no `effective` date",
                (written or item).name_span,
                "add `effective: 2020-01-15`",
            )
        elif any(day == other for other, _ in dated):
            found.add("E210", f"two amendments take effect on {day}", item.name_span, "write them as one")
        else:
            dated.append((day, item))
    return sorted(dated, key=lambda pair: pair[0])


def _amend(parts: _Parts, amendment: Item) -> _Parts:
    """The clauses with the amendment's in their places; what it does not mention stays."""
    clauses = list(parts.clauses)
    for change in amendment.items:
        if change.name == EFFECTIVE:
            continue
        place = next(
            (i for i, item in enumerate(clauses) if (item.name, item.label) == (change.name, change.label)),
            None,
        )
        if place is None:
            clauses.append(change)
        else:
            clauses[place] = _amended(clauses[place], change)
    return evolve(parts, clauses=tuple(clauses))


def _amended(item: Item, change: Item) -> Item:
    replaced = {(each.name, each.label): each for each in change.items}
    kept = [replaced.pop((each.name, each.label), each) for each in item.items]
    return evolve(
        item if change.value is None else change,
        value=change.value or item.value,
        items=(*kept, *replaced.values()),
        marks=change.marks if change.value is not None else item.marks,
    )


def _expectations(item: Item, found: Findings) -> Iterable[Expectation]:
    day = calendar_day(item.subject)
    if day is None:
        found.add("E203", f"there is no day `{item.subject}`", item.name_span, "write `expect on 2020-02-24 { … }`")
        return
    for each in item.items:
        if each.value is None:
            found.add("E109", f"`{each.name}` has no value", each.name_span, "write what is expected")
        else:
            yield Expectation(day, each.name, each.value, each.span)


def _remark(item: Item) -> Remark:
    file = next((each.value.tokens[0].text for each in item.items if each.name == "file" and each.value), "")
    because = " ".join(mark.text for mark in item.marks if mark.kind == "because")
    quotations = tuple(mark.text for mark in item.marks if mark.kind == "cite")
    return Remark(item.name, item.label or "", quotations, item.span, file=file, because=because)
