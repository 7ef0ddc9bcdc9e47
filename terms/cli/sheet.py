"""Sheets: a statement as headings, rows and paragraphs, written once for plain text, terminal and notebook.

What each section says is in `owing`, `converting`, `history`, `events` and `resting`.
"""

from collections.abc import Mapping

from ...engine.exact.quantities import Quantity
from ...engine.exact.spelling import spelt
from ...engine.running.statement import Statement
from .converting import conversion_section
from .events import dates_section, defaults_section
from .history import history_section
from .owing import other_section, owing_section
from .resting import assumptions_section, needs_section, sources_section
from .rows import Row, Section, Sheet, answer_row


def statement_sheet(said: Statement) -> Sheet:
    """Everything that is said of a note on a date."""
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
            rows.append(Row(f"  {label}", _cells(row)))
    return Sheet(*heading(said), (Section("Answers", tuple(rows)),))


def _cells(row: Mapping[str, Quantity]) -> str:
    """The figures of a row; what the first is, the row itself says."""
    first, *others = row
    return "; ".join([spelt(row[first]), *(f"{name.replace('_', ' ')} {spelt(row[name])}" for name in others)])


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
