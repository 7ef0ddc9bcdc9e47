"""The language's own clauses: definitions, amendments, expectations, invariants and remarks, which belong to no term.

A remark is shown beside the figures: a source, a conflict in it, something the note leaves unmodelled.
"""

from collections.abc import Iterable, Iterator, Sequence

from ...grammar.source import Span
from ...grammar.suggest import nearest
from ...grammar.tree import Document, Item
from ..meaning.model import Expectation, Remark
from ..meaning.phrases import no_day, note_day, said
from .amendments import EFFECTIVE
from .findings import Findings

REMARKS = ("source", "conflict", "unmodelled")
LANGUAGE = ("define", "amendment", "expect", "invariant", *REMARKS)

# What may stand in the block of each, for those that take neither clauses nor answers there.
_FIELDS: dict[str, tuple[str, ...]] = {
    "define": (),
    "invariant": (),
    "source": ("file",),
    "conflict": (),
    "unmodelled": (),
}
_EXAMPLES = {
    "define": "define Market Price: average closing bid over the 10 trading days before conversion",
    "amendment": 'amendment "First Amendment" { effective: 2020-01-15  interest: 10% per year }',
    "expect": "expect on 2020-02-24 { owed: USD 116,713.83 }",
    "invariant": 'invariant "the price stays above par": conversion_price at least USD 0.0001 per share',
    "source": 'source "Form 8-K, filed 2019-02-28" { file: "8-k.txt" }',
    "conflict": 'conflict "the title says convertible, the text says not" cite "…"',
    "unmodelled": 'unmodelled "registration rights" because "they change no figure"',
}


def check_form(item: Item, found: Findings) -> None:
    """Whether one of these clauses has the parts that its kind has, and no others."""
    example = f"write it as in `{_EXAMPLES[item.name]}`"
    if item.name in ("define", "expect"):
        if not item.subject:
            what = "name" if item.name == "define" else "date"
            found.add("E108", f"`{item.name}` has no {what}", item.name_span, example)
    elif not item.label:
        found.add("E108", f"`{item.name}` has no label", item.name_span, example)
    if item.condition is not None:
        help = "take out `when …`, or make an exception of a field"
        found.add("E113", f"`{item.name}` takes no `when`", item.condition.span, help)
    for each in item.items:
        if item.name in _FIELDS and each.name not in _FIELDS[item.name]:
            like = nearest(each.name, _FIELDS[item.name])
            help = f"did you mean `{like}`?" if like else example
            found.add("E104", f"unknown field `{each.name}` in `{item.name}`", each.name_span, help)
        if each.condition is not None and (item.name != "amendment" or each.name == EFFECTIVE):
            help = "take out `when …`, or make an exception of a field"
            found.add("E113", f"`{each.name}` in `{item.name}` takes no `when`", each.condition.span, help)
    if item.name == "source":
        _check_file(item, found)


def _check_file(item: Item, found: Findings) -> None:
    for each in item.items:
        if each.name == "file" and (each.value is None or said(each.value.tokens, ("{text}", "none")) is None):
            span = each.value.span if each.value is not None else each.name_span
            help = 'write its name in quotes, as in `"8-k.txt"`, or `none`'
            found.add("E107", f"`{span.text}` does not name a file", span, help)


def expectations(item: Item, names: Sequence[str], found: Findings) -> Iterable[Expectation]:
    """What one `expect` clause says the answers of these names will be."""
    day = note_day(item.subject)
    if day is None:
        if item.subject:
            message, help = no_day(item.subject)
            found.add("E203", message, item.name_span, help)
        return
    for each in item.items:
        if each.value is None:
            found.add("E109", f"`{each.name}` has no value", each.name_span, "write what is expected")
        else:
            expectation = Expectation(day, each.name, each.value, each.span)
            if is_answer(expectation, names, found):
                yield expectation


def is_answer(expectation: Expectation, names: Sequence[str], found: Findings) -> bool:
    """Whether an expectation names an answer; a finding where it does not."""
    if expectation.answer in names:
        return True
    like = nearest(expectation.answer, names)
    help = f"did you mean `{like}`?" if like else f"the answers are {', '.join(dict.fromkeys(names))}"
    found.add("E116", f"there is no answer `{expectation.answer}`", expectation.origin, help)
    return False


def remarks(document: Document) -> tuple[Remark, ...]:
    """The sources, conflicts and unmodelled matters of a document."""
    return tuple(_remark(each) for each in document.pieces if isinstance(each, Item) and each.name in REMARKS)


def source_files(document: Document) -> Iterator[tuple[str, str, Span]]:
    """The files that the sources of a document name: the label of each, its file and where that is written."""
    for item in document.pieces:
        if isinstance(item, Item) and item.name == "source":
            for each in item.items:
                match = said(each.value.tokens, ("{text}",)) if each.name == "file" and each.value else None
                if match is not None and each.value is not None:
                    yield item.label or "", match["text"], each.value.span


def note_named(document: Document) -> Item | None:
    """The clause of a ledger that names its note."""
    return next((each for each in document.pieces if isinstance(each, Item) and each.name == "note"), None)


def _remark(item: Item) -> Remark:
    file = next((each.value.tokens[0].text for each in item.items if each.name == "file" and each.value), "")
    because = " ".join(mark.text for mark in item.marks if mark.kind == "because")
    quotations = tuple(mark.text for mark in item.marks if mark.kind == "cite")
    return Remark(item.name, item.label or "", quotations, item.span, file=file, because=because)
