"""What is fuzzed: four doors through which a stranger's bytes come in, each a function of bytes alone.

A door may raise what tells the reader what is wrong: `NoteErrors`, and the budgets of a statement. Anything else
is a mistake of the program, and so is a finding without its place or its next step.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

from tenor.engine.checking.check import check
from tenor.engine.checking.findings import Findings
from tenor.engine.checking.ledger import read_ledger, tables_named
from tenor.engine.checking.prices import read_prices
from tenor.engine.exact.budgets import BUDGETS
from tenor.engine.meaning.model import Note
from tenor.engine.running.explanation import unfolded
from tenor.engine.running.statement import Statement, statement
from tenor.engine.time.calendars import CALENDARS
from tenor.engine.world.facts import NO_FACTS, Ledger
from tenor.grammar.diagnostics import Diagnostic, NoteErrors, render
from tenor.grammar.format import format_document
from tenor.grammar.parse import parse, parse_partly
from tenor.grammar.reading import read_source
from tenor.grammar.source import Source
from tenor.terms import TERMS
from tenor.terms.cli.plain import text
from tenor.terms.cli.sheet import statement_sheet
from tenor.terms.export.answers import plain_statement

from .seeds import PARTS

DAY = re.compile(rb"(?<![0-9])(?:19|2[0-9])[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
DAYS_MAX = 2


def parser(data: bytes) -> None:
    """Bytes to a tree and back: what is laid out reads the same, and is laid out so again."""
    source = _source("note.terms", data)
    document, found = parse_partly(source)
    told(found)
    if not found:
        neat = format_document(document)
        again = parse(Source("note.terms", neat))
        assert again == document, "laid out, it reads otherwise"
        assert format_document(again) == neat, "laid out twice, it is laid out otherwise"


def checker(data: bytes) -> None:
    """A tree to a note, or to all that is wrong with it."""
    note, found = _note(data)
    assert (note is None) == bool(found), "neither a note nor a finding, or both"
    told(found)


def prices(data: bytes) -> None:
    """A price table: all that is taken is in order and above zero."""
    found = Findings()
    quotes = read_prices(_source("prices.csv", data), "closing bid", CALENDARS["NYSE"], found)
    told(found)
    assert list(quotes.days) == sorted(set(quotes.days))
    assert all(value > 0 for value in quotes.values)


def evaluation(data: bytes) -> None:
    """A note, its ledger and its table to statements on some of the days that they name."""
    written, facts, table, *_ = (*data.split(PARTS, 2), b"", b"")
    note, _ = _note(written)
    if note is None:
        return
    ledger = _ledger(facts, table, note) if facts.strip() else NO_FACTS
    for day in _days(data, note):
        with suppress(*BUDGETS):
            _shown(statement(note, ledger, day), ledger)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (parser, checker, prices, evaluation)
}


def survives(target: Callable[[bytes], None], data: bytes) -> None:
    """Runs a target on an input; raises what no reader could act on."""
    try:
        target(data)
    except NoteErrors as errors:
        found = errors.diagnostics
    else:
        return
    assert found, "wrong, and nothing to tell"
    told(found)


def told(found: Iterable[Diagnostic]) -> None:
    """Each finding has its place, its next step, and an end."""
    for each in found:
        assert each.span is not None or each.file, each
        assert each.help, each
        assert len(render(each)) < 10_000, each.code


def _source(name: str, data: bytes) -> Source:
    return read_source(name, data)


def _note(data: bytes) -> tuple[Note | None, tuple[Diagnostic, ...]]:
    document = parse(_source("note.terms", data))
    return check(document, TERMS)


def _ledger(facts: bytes, table: bytes, note: Note) -> Ledger:
    document = parse(_source("note.facts", facts))
    source = _source("prices.csv", table)
    return read_ledger(document, note, {each.file: source for each in tables_named(document)})


def _days(data: bytes, note: Note) -> list[date]:
    """The last days that the input names, and the day of the issue."""
    days = [note.issued]
    for written in dict.fromkeys(DAY.findall(data)[::-1]):
        with suppress(ValueError):
            days.append(date.fromisoformat(written.decode()))
    return days[: DAYS_MAX + 1]


def _shown(said: Statement, ledger: Ledger) -> None:
    """A statement can be shown, exported and explained; what is added after its day changes none of it."""
    text(statement_sheet(said))
    plain_statement(said, (), trace=True)
    for _, answer in zip(range(3), said.answers.values(), strict=False):
        for _ in zip(range(500), unfolded(answer.value), strict=False):
            pass
    assert ledger.name == said.ledger
