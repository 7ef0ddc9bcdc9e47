"""Rows: what a sheet is made of, before anyone decides how it looks."""

from ...engine.exact.spelling import spelt
from ...engine.exact.values import Refused, Unknown
from ...engine.running.statement import Statement
from ...grammar.classes import frozen
from .needed import needs_words
from .places import beside


@frozen
class Row:
    """A label, its figure, where that is written, and lines of detail below."""

    label: str
    figure: str = ""
    place: str = ""
    under: tuple[str, ...] = ()
    mark: str = ""  # stands before the label: the number of a step, the sign of a chosen quote
    strong: bool = False


@frozen
class Section:
    """Rows under a title, and paragraphs below them."""

    title: str
    rows: tuple[Row, ...] = ()
    texts: tuple[str, ...] = ()
    words: bool = False  # figures are words, and stand to the left
    tree: bool = False  # rows are the lines of a tree
    note: str = ""


@frozen
class Sheet:
    """A whole statement."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def answer_row(
    said: Statement,
    name: str,
    label: str,
    under: tuple[str, ...] = (),
    strong: bool = False,
    told: set[str] | None = None,
) -> Row:
    """The row of an answer: its figure, or why there is none; what it needs unless that was `told` before."""
    value = said[name].value.value
    place = beside(said, name)
    match value:
        case Unknown(needs, _):
            bound = spelt(said[name].value).partition(": needs")[0]
            waits = _waits(said, needs, told if told is not None else set())
            return Row(label, "unknown", place, (*_bound(bound), *waits), strong=strong)
        case Refused(reasons):
            return Row(label, "refused", place, tuple(map(str, reasons)), strong=strong)
    return Row(label, spelt(said[name].value), place, under, strong=strong)


def _waits(said: Statement, needs: tuple[str, ...], told: set[str]) -> tuple[str, ...]:
    new = [need for need in needs if need not in told]
    told.update(needs)
    return (f"needs {needs_words(said, new)}",) if new else ()


def _bound(words: str) -> tuple[str, ...]:
    _, comma, bound = words.partition(", ")
    return (bound,) if comma else ()
