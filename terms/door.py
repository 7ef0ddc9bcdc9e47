"""The library's door: a note with its facts, asked on a date.

    load("gs-capital.terms").at("2019-08-26", facts="gs-capital.facts")["owed"]

Files are read here; everything below is pure.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..engine.checking.check import check
from ..engine.checking.findings import alone
from ..engine.checking.language import note_named, source_files
from ..engine.checking.ledger import read_ledger, tables_named, undated
from ..engine.checking.quotations import check_quotations
from ..engine.exact.budgets import BUDGETS, spent
from ..engine.meaning.model import Note
from ..engine.running.statement import Statement, statement
from ..engine.time.calendars import EARLIEST, LATEST
from ..engine.world.facts import NO_FACTS, Ledger
from ..grammar.classes import evolve, field, frozen
from ..grammar.diagnostics import FINDINGS_MAX, Diagnostic, NoteErrors
from ..grammar.parse import no_more, parse_partly
from ..grammar.source import Source
from ..grammar.tree import Document
from .endings import LEDGER_ENDING
from .files import read_given, read_named, why_not_beside
from .listed import TERMS

if TYPE_CHECKING:
    from ..engine.compiled.reckoner import Reckoner

BESIDE = "put the file beside the note, or give its folder with `--sources`"
NO_MORE = "E027"
SOURCES_MAX = 10_000_000  # letters
SEEMS_MISSING = ("E102", "E105", "E110")


@frozen
class LoadedNote:
    """A checked note, its tree, and where its files are."""

    path: str
    note: Note
    document: Document
    roots: tuple[str, ...] = ()
    _ledgers: dict[str, Ledger] = field(factory=dict, repr=False, eq=False)

    def at(
        self, day: str | date, facts: str | None = "", known: str | date | None = None, open_day: bool = False
    ) -> Statement:
        """The statement for a date.

        `facts` is a path; left out, the ledger beside the note is taken if there is one; None ignores it.
        Raises NoteErrors with everything that is wrong in the facts, and ValueError for a date that is none.
        """
        asked = (as_day(day), None if known is None else as_day(known), open_day)
        ledger = self.facts(facts)
        from .notebook import displayed

        try:
            return displayed(statement(self.note, ledger, *asked))
        except BUDGETS as error:
            raise NoteErrors((spent(error, ledger.name or self.path),)) from None

    def facts(self, path: str | None = "", parsed: Document | None = None) -> Ledger:
        """The ledger at a path, the one beside the note, or none; `parsed` is its tree, where it is at hand."""
        if path == "":
            beside = os.path.splitext(self.path)[0] + LEDGER_ENDING
            if beside in self._ledgers:
                return self._ledgers[beside]  # what was read once is not looked for again
            path = beside if os.path.lexists(beside) else None
            if why := why_not_beside(beside):
                raise alone("E402", f"`{beside}` cannot be read: {why}", None, "name another ledger, or none", beside)
        if path is None:
            return NO_FACTS
        if path not in self._ledgers:
            self._ledgers[path] = load_facts(path, self.note, self.document.source, parsed)
        return self._ledgers[path]

    def reckoner(self, facts: str | None = "", names: Sequence[str] | None = None) -> "Reckoner":
        """What answers this note on many dates, fast and without explanations; `facts` as for `at`.

        `names` are those of answers, or of their parts as in `owed.interest`; left out, all are reckoned.
        """
        from ..engine.compiled.reckoner import Reckoner  # only here: who asks for one statement does not pay for it

        return Reckoner(self.note, self.facts(facts), names)

    def read_as(self, readings: Mapping[str, str]) -> "LoadedNote":
        """The same note under other readings of what it leaves open: `{"conversion.retires": "principal first"}`.

        Raises KeyError for a field that has no such other reading.
        """
        return evolve(self, note=self.note.read_as(readings), ledgers={})


def load(path: str, sources: Sequence[str] = ()) -> LoadedNote:
    """The note at a path; `sources` are further folders for what it quotes. Raises NoteErrors with all findings."""
    loaded, found = try_load(path, sources)
    if loaded is None or found:
        raise NoteErrors(found)
    return loaded


def try_load(path: str, sources: Sequence[str] = ()) -> tuple[LoadedNote | None, tuple[Diagnostic, ...]]:
    """The note at a path, or all that is wrong with it and with its quotations."""
    try:
        document, found = parse_partly(read_given(path))
    except NoteErrors as errors:
        return None, errors.diagnostics
    note, wrong = check(document, TERMS)
    if found:
        # What a broken piece would have said is not missing: only what is wrong with the others is told.
        told = {each.span.start for each in found if each.span}
        others = (each for each in wrong if each.code not in SEEMS_MISSING)
        wrong = tuple(each for each in others if each.span is None or each.span.start not in told)
    roots = (os.path.dirname(path) or ".", *sources)
    texts, unread = _sources(document, roots)
    unquoted = check_quotations(document, texts) if texts and not unread else ()
    found = _in_order(found + wrong + unread + unquoted)
    if note is None or found:
        return None, found
    labels = tuple(remark.words for remark in note.remarks if remark.kind == "source" and remark.words not in texts)
    unchecked = labels if labels else (() if texts else ("no source is named",))
    return LoadedNote(path, evolve(note, unchecked=unchecked), document, roots), ()


def load_facts(path: str, note: Note, written: Source | None = None, parsed: Document | None = None) -> Ledger:
    """The ledger at a path; raises NoteErrors with everything that is wrong in it and in its price tables.

    Where the note is given as it is written, a ledger that names another one is wrong; `parsed` saves reading
    the ledger again.
    """
    document, found = parse_partly(read_given(path)) if parsed is None else (parsed, ())
    found = undated(found)
    found += _of_another_note(path, document, written) if written is not None else ()
    tables: dict[str, Source] = {}
    for table in tables_named(document):
        if table.file not in tables:
            try:
                folder = os.path.dirname(path) or "."
                tables[table.file] = read_named(
                    table.file, (folder,), table.line.span, "put the file beside the ledger"
                )
            except NoteErrors as errors:
                found += errors.diagnostics
    try:
        ledger = read_ledger(document, note, tables)
    except NoteErrors as errors:
        found += errors.diagnostics
    if found:
        raise NoteErrors(_in_order(found))
    return ledger


def _of_another_note(path: str, document: Document, written: Source) -> tuple[Diagnostic, ...]:
    """A finding where the note that a ledger names says something else than the one in hand.

    Of a ledger that lies apart from its note only the name can be compared.
    """
    named = note_named(document)
    if named is None or named.label is None:
        return ()
    folder = os.path.dirname(path)
    if os.path.realpath(os.path.join(folder, named.label)) == os.path.realpath(written.name):
        return ()  # even if somebody has rewritten it meanwhile
    try:
        same = read_named(named.label, (folder or ".",), None, "").text == written.text
    except NoteErrors:
        same = os.path.basename(named.label) == os.path.basename(written.name)
    if same:
        return ()
    message = f"this is the ledger of `{os.path.join(folder, named.label)}`, and not of `{written.name}`"
    return (Diagnostic("E406", message, named.span, "ask about that note, or name another ledger with `--facts`"),)


def as_day(day: str | date) -> date:
    """A date, from a date or its ISO spelling; raises ValueError, also outside the years a note may speak of."""
    read = day if isinstance(day, date) else date.fromisoformat(day)
    if not EARLIEST <= read <= LATEST:
        raise ValueError(f"{read} lies outside the years {EARLIEST.year} to {LATEST.year}")
    return read


def _in_order(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings by their place, as many as help: those about a whole file first, then by file and line."""
    files = list(dict.fromkeys(each.span.source.name for each in found if each.span))
    places = {file: place for place, file in enumerate(files)}
    told = sorted(found, key=lambda each: (places[each.span.source.name], each.span.start) if each.span else (-1, 0))
    if len(told) > FINDINGS_MAX and told[FINDINGS_MAX].code != NO_MORE:
        told[FINDINGS_MAX:] = [no_more(told[FINDINGS_MAX])]
    return tuple(told)


def _sources(document: Document, roots: Sequence[str]) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    texts: dict[str, str] = {}
    read: dict[str, str] = {}
    found: list[Diagnostic] = []
    for label, file, span in source_files(document):
        try:
            if file not in read:
                read[file] = read_named(file, roots, span, BESIDE).text
                if sum(map(len, read.values())) > SOURCES_MAX:
                    message = f"the sources have more than {SOURCES_MAX:,} letters together"
                    raise alone("E002", message, span, "name only those that are quoted")
            texts[label] = read[file]
        except NoteErrors as errors:
            found += errors.diagnostics
            if found[-1].code == "E002":
                break
    return texts, tuple(found)
