"""Sheets: a statement as headings, rows and paragraphs, before anyone decides how they look.

Written once for the plain text, the terminal and the notebook. What each section says is in the files
`owing`, `converting`, `events` and `resting`.
"""

from attrs import frozen

from ...engine.spelling import spelt
from ...engine.statement import Statement
from ...engine.values import Refused, Unknown
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


def statement_sheet(said: Statement) -> Sheet:
    """Everything that is said of a note on a date."""
    from .converting import conversion_section
    from .events import dates_section, defaults_section
    from .history import history_section
    from .owing import other_section, owing_section
    from .resting import assumptions_section, needs_section, sources_section

    sections = (
        owing_section(said),
        conversion_section(said),
        history_section(said),
        defaults_section(said),
        dates_section(said),
        other_section(said),
        sources_section(said),
        assumptions_section(said),
        needs_section(said),
    )
    return Sheet(*heading(said), tuple(each for each in sections if each.rows or each.texts))


def answers_sheet(said: Statement, names: tuple[str, ...]) -> Sheet:
    """The answers named, and nothing else."""
    rows = []
    for name in names:
        answer = said[name]
        rows.append(answer_row(said, name, name))
        rows += [Row(f"  {part}", spelt(figure)) for part, figure in answer.parts.items()]
        for label, row in answer.rows:
            rows.append(Row(f"  {label}", "; ".join(spelt(figure) for figure in row.values())))
    return Sheet(*heading(said), (Section("Answers", tuple(rows)),))


def heading(said: Statement) -> tuple[str, tuple[str, ...]]:
    """The note, its parties, the day, and the facts that were read."""
    model = said.note.in_force(said.date)
    note = model.the("note")
    moment = "at its opening, before the payments, conversions and sales" if said.opened else "at the close"
    facts = said.ledger or "none"
    if said.known is None:
        known = "all that is dated by then"
    else:
        projected = ": a projection that assumes no further acts" if said.known < said.date else ""
        known = f"as known on {said.known}{projected}"
    return said.note.title, (
        f"Issued by {note['issuer'].value} to {note['holder'].value}",
        f"Statement for {said.date:%A}, {said.date}, {moment} of that day",
        f"Note {note.span.source.name}; facts {facts}{', ' + known if said.ledger else ''}",
    )


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
