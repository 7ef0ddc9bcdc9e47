"""What the figures rest on: sources and their contradictions, the ledger's silence, assumptions, missing facts."""

from ...engine.exact.origins import Clause, Default, Origin
from ...engine.running.statement import Statement
from .needed import needs_words
from .places import short
from .rows import Row, Section


def sources_section(said: Statement) -> Section:
    """Sources, conflicts and what is left unmodelled, with their quotations; then what the ledger does not say."""
    rows, unchecked = [], frozenset(said.note.unchecked)
    for each in said.note.remarks:
        under = [f"“{quotation}”" for quotation in each.quotations]
        if each.because:
            under.append(f"because {each.because}")
        if each.kind == "source" and each.words in unchecked:
            under.append("its text is not at hand: its quotations are unchecked")
        place = f"{short_file(each.span.source.name)}:{each.span.line}"
        rows.append(Row(each.kind.capitalize(), each.words, place, tuple(under)))
    return Section("Sources and remarks", tuple(rows), tuple(_silence(said)), words=True)


def _silence(said: Statement) -> list[str]:
    texts = []
    if not any(each.kind == "source" for each in said.note.remarks):
        texts.append("The note names no source: its quotations are unchecked.")
    if said.silent:
        words = [f"no {each}" for each in said.silent]
        listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
        why = "The ledger records" if said.ledger else "There is no ledger, and so"
        if said.known is None:
            texts.append(f"{why} {listed}: none happened.")
        else:
            texts.append(f"{why} {listed} that were known on {said.known}: none was known to have happened.")
    if said.unread:
        lines = "; ".join(f"{getattr(each, 'words', '')} ({short(each)})" for each in said.unread)
        texts.append(f"No clause of the note reads these lines of the ledger: {lines}.")
    return texts


def assumptions_section(said: Statement) -> Section:
    """What the note does not state and was taken all the same, grouped by the answers that rest on it."""
    groups: dict[tuple[str, ...], list[Origin]] = {}
    for each in said.assumptions:
        groups.setdefault(each.answers, []).append(each.origin)
    rows: list[Row] = []
    for answers, origins in sorted(groups.items(), key=lambda each: -len(each[0])):
        rows.append(Row(f"On these rest {_answers(said, answers)}:"))
        rows += [_assumption(each) for each in origins]
    return Section("Assumptions", tuple(rows), words=True)


def _answers(said: Statement, names: tuple[str, ...]) -> str:
    """Answers by name, or all but a few."""
    others = [name for name in said.answers if name not in names]
    if not others:
        return "all answers"
    return f"all answers but {', '.join(others)}" if len(others) < len(names) else ", ".join(names)


def _assumption(origin: Origin) -> Row:
    match origin:
        case Clause(name, _, words, _, assumed, others):
            return Row(f"  {name}", words, short(origin), (_why(assumed, others),))
        case Default(name, words, why, others):
            return Row(f"  {name}", words, "default", (_why(why, others),))
    raise AssertionError("a fact is nothing that is taken unsaid")


def _why(why: str, others: tuple[str, ...]) -> str:
    return f"{why}; else {', '.join(others)}" if others else why


def needs_section(said: Statement) -> Section:
    """The facts that are missing, each list once with the answers that wait for it."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, needs in said.needs.items():
        groups.setdefault(needs, []).append(name)
    rows = [Row(", ".join(names), under=(needs_words(said, needs),)) for needs, names in groups.items()]
    return Section("Facts needed", tuple(rows), words=True)


def short_file(name: str) -> str:
    """A file's name without its folders."""
    return name.rpartition("/")[2]
