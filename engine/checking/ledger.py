"""Ledgers: from the tree of a facts file to facts, or to everything that is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ...grammar.classes import frozen
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.source import Source, Span
from ...grammar.suggest import nearest
from ...grammar.tree import Document, Entry, Item
from ..meaning.model import Expectation, Note
from ..meaning.phrases import said, text_of
from ..running.statement import CORE
from ..time.calendars import Calendar, OutsideCalendar
from ..world.facts import Ledger, Quotes, Recorded
from ..world.series import SERIES, VOLUMES, series_named
from .entries import TABLE, dates_of, entry, vocabulary
from .expected import has_unit
from .findings import CORRECT_A_DATE, Findings
from .language import is_answer, note_named
from .prices import read_prices

ACTS_MAX = 10_000
ANNOUNCED = ("split", "occurrence")  # kinds of fact that may be known before their day
NO_COLON = "E009"
NO_LINE = ("E005", "E008", "E015", NO_COLON)  # of words that fit nowhere in a line
AS_A_TABLE = 'write it as in `series closing bid from "prices.csv"`'


@frozen
class TableNamed:
    """A line of a ledger that names a price table."""

    words: str  # the series, as written
    file: str
    line: Entry


def tables_named(document: Document) -> tuple[TableNamed, ...]:
    """The price tables that a ledger names, in its order."""
    named = []
    for piece in document.pieces:
        match = said(piece.tokens, (TABLE,)) if isinstance(piece, Entry) and piece.date is None else None
        if match is not None and isinstance(piece, Entry):
            named.append(TableNamed(match["words"], match["text"], piece))
    return tuple(named)


def read_ledger(document: Document, note: Note, tables: Mapping[str, Source]) -> Ledger:
    """The facts of a ledger; raises NoteErrors with all that is wrong in it and in its tables."""
    found = Findings()
    words = vocabulary(note)
    calendar = note.versions[0].calendar
    entries: list[Recorded] = []
    expectations: list[Expectation] = []
    for order, piece in enumerate(document.pieces):
        if found.enough:
            break
        if isinstance(piece, Item):
            _check_head(piece, note_named(document), found)
        elif piece.date is not None:
            dates = dates_of(piece, found)
            if dates is not None and piece.tokens and piece.tokens[0].text == "expect":
                _expectation(piece, dates[0], note, expectations, found)
            elif dates is not None:
                recorded = entry(piece, dates, order, words, note.issued, found)
                entries += [recorded] if recorded is not None else []
        else:
            _check_undated(piece, found)
    acts = [each for each in entries if each.event != "quote"]
    if len(acts) > ACTS_MAX:
        message = f"{len(acts):,} lines besides prices; the limit is {ACTS_MAX:,}"
        found.add("E503", message, acts[ACTS_MAX].origin.span, "begin a new note from a statement of this one")
    quotes = _tables(tables_named(document), tables, calendar, found)
    inline = _inline_quotes(entries, quotes, calendar, found)
    _same_levels(entries, found)
    _same_splits(entries, found)
    _known_in_time(entries, found)
    if found:
        raise NoteErrors(tuple(sorted(found, key=lambda each: _place(each, document.source))))
    rest = tuple(sorted((e for e in entries if e.event != "quote"), key=lambda each: (each.date, each.order)))
    return Ledger(document.source.name, rest, inline, tuple(expectations))


def _place(finding: Diagnostic, ledger: Source) -> tuple[bool, int]:
    """The ledger first, then its tables, each in the order of its lines."""
    return (True, 0) if finding.span is None else (finding.span.source is not ledger, finding.span.start)


def undated(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is wrong in the words of a ledger: a line that seems to lack a colon, as a clause would, lacks its date.

    So does one that names no table as it is to be named.
    """
    told = (
        _without_date(each.span)
        if each.span and (each.code == NO_COLON or (each.code in NO_LINE and _of_a_table(each.span)))
        else each
        for each in found
    )
    return tuple(dict.fromkeys(told))


def _of_a_table(span: Span) -> bool:
    return re.match(r"series\b", span.source.line_text(span.line)) is not None


def _without_date(span: Span) -> Diagnostic:
    line = span.source.line_text(span.line)
    start = span.source.line_starts[span.line - span.source.first_line]
    written = Span(span.source, start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
    return _of_no_date(written.text, written)


def _of_no_date(words: str, span: Span) -> Diagnostic:
    if re.match(r"series\b", words):
        return Diagnostic("E311", f"`{words}` does not name a table of prices", span, AS_A_TABLE)
    from_a_file = re.search(r' from "[^"]*"$', words)
    help = AS_A_TABLE if from_a_file else "start the line with a date, as in `2019-08-26`"
    return Diagnostic("E310", f"`{words}` has no date", span, help)


def _check_head(piece: Item, first: Item | None, found: Findings) -> None:
    """The one clause of a ledger names its note."""
    if piece.name == "series":
        found.append(_of_no_date(piece.span.text, piece.span))
    elif piece.name != "note":
        help = "put it in the note; a line of a ledger starts with a date"
        found.add("E310", f"`{piece.name}` is a clause, not a fact", piece.name_span, help)
    elif piece is not first:
        found.add("E103", "a ledger names one note", piece.name_span, "take this line out, or write another ledger")
    elif piece.items or piece.value is not None:
        help = 'a ledger only names its note, as in `note "gs-capital.terms"`'
        found.add("E310", "the note itself is not written in a ledger", piece.name_span, help)


def _check_undated(piece: Entry, found: Findings) -> None:
    if said(piece.tokens, (TABLE,)) is None:
        found.append(_of_no_date(text_of(piece.tokens), piece.span))


def _tables(
    named: Iterable[TableNamed], tables: Mapping[str, Source], calendar: Calendar, found: Findings
) -> dict[str, Quotes]:
    quotes: dict[str, Quotes] = {}
    for table in named:
        series = series_named(table.words)
        if series is None:
            like = nearest(table.words, tuple(SERIES))
            help = f"did you mean `{like}`?" if like else f"write one of {', '.join(f'`{each}`' for each in SERIES)}"
            found.add("E311", f"`{table.words}` is not a series of prices", table.line.span, help)
        elif series in quotes:
            found.add("E324", f"the series `{series}` is given twice", table.line.span, "keep one table for a series")
        elif table.file in tables:
            quotes[series] = read_prices(tables[table.file], series, calendar, found)
    return quotes


def _expectation(piece: Entry, day: date, note: Note, expectations: list[Expectation], found: Findings) -> None:
    """`expect principal USD 87,450.31`: the name of an answer, then what it will be."""
    if len(piece.tokens) < 3:
        what = f"`{text_of(piece.tokens)}` does not say what is expected"
        found.add("E109", what, piece.span, "write an answer and its value, as in `expect principal USD 87,450.31`")
        return
    names = (*CORE, *(name for model in note.versions for _, table in model.signed("answers") for name in table))
    expectation = Expectation(day, piece.tokens[1].text, piece.tokens[2:], piece.span)
    if is_answer(expectation, names, found) and has_unit(expectation, note.in_force(day), found):
        expectations.append(expectation)


def _inline_quotes(
    entries: list[Recorded], tables: Mapping[str, Quotes], calendar: Calendar, found: Findings
) -> dict[str, Quotes]:
    """The tables, with the quotes that the ledger writes in its own lines."""
    merged = dict(tables)
    for series in sorted({each.subject for each in entries if each.event == "quote"}):
        rows: dict[int, Recorded] = {}
        for each in entries:
            if (each.event, each.subject) != ("quote", series):
                continue
            day = each.date.toordinal()
            if day in rows or (series in tables and tables[series].at(day, None)):
                found.add("E324", f"there are two figures for {each.date}", each.origin.span, "keep one of them")
            elif not _is_session(calendar, each.date):
                found.add(
                    "E325",
                    f"{each.date} is a {each.date:%A} without a session",
                    each.origin.span,
                    "take the line out, or name the right calendar in the note",
                )
            elif (nothing := no_price(each)) is not None:
                found.append(nothing)
            rows[day] = each
        old = tables.get(series, Quotes(series, (), (), ()))
        days = {
            day: (value, origin, known)
            for day, value, origin, known in zip(old.days, old.values, old.origins, old.known, strict=True)
        }
        days |= {day: (e.fields["amount"].value, e.origin, e.known_from.toordinal()) for day, e in rows.items()}
        ordered = tuple(sorted(days))
        values, origins, known = zip(*(days[day] for day in ordered), strict=True)
        merged[series] = Quotes(series, ordered, values, origins, known)
    return merged


def no_price(quote: Recorded) -> Diagnostic | None:
    """What is wrong with a quote of nothing; a volume may be nothing."""
    if quote.fields["amount"].value or quote.subject in VOLUMES:
        return None
    help = "take the line out if there was none"
    return Diagnostic("E323", f"a {quote.subject} is above zero", quote.origin.span, help)


def _is_session(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.is_session(day)
    except OutsideCalendar:
        return True


def _same_levels(entries: list[Recorded], found: Findings) -> None:
    seen: dict[tuple[date, str, date], Recorded] = {}
    for each in entries:
        if each.event == "level":
            key = (each.date, each.subject, each.known_from)
            if key in seen:
                words = f"`{each.subject}` is given twice for {each.date}"
                found.add(
                    "E313",
                    words,
                    each.origin.span,
                    "keep one, or say when each became known",
                    (seen[key].origin.span, "the other"),
                )
            seen[key] = each


def _same_splits(entries: list[Recorded], found: Findings) -> None:
    """One split written twice; another ratio on the same day is another split."""
    seen: dict[tuple[date, Any, Any], Recorded] = {}
    for each in entries:
        if each.event == "split":
            key = (each.date, each.fields["new"].value, each.fields["old"].value)
            if key in seen:
                other = (seen[key].origin.span, "the other")
                found.add("E317", f"this split is written twice for {each.date}", each.origin.span, "keep one", other)
            seen[key] = each


def _known_in_time(entries: list[Recorded], found: Findings) -> None:
    """What was announced may be known before its day, and nothing else."""
    for each in entries:
        if (problem := known_early(each.event, each.date, each.known)) is not None:
            found.add("E318", problem, each.origin.span, CORRECT_A_DATE)


def known_early(event: str, day: date, known: date | None) -> str | None:
    """What is wrong where something is known before its day that nobody announces."""
    if known is None or known >= day or event in ANNOUNCED:
        return None
    return f"this is known from {known}, before it happened on {day}"
