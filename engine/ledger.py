"""Ledgers: from the tree of a facts file to facts, or to everything that is wrong with it."""

from collections.abc import Mapping
from datetime import date

from ..grammar.diagnostics import NoteErrors
from ..grammar.source import Source
from ..grammar.suggest import nearest
from ..grammar.tree import Document, Entry, Item, Token
from .calendars import OutsideCalendar
from .facts import ENGINE_FACTS, Ledger, Quotes, Recorded, cited
from .findings import Findings
from .model import Expectation, Note
from .origins import Fact
from .phrases import calendar_day, nearest_pattern, said, text_of
from .prices import read_prices
from .quantities import Quantity
from .series import VOLUMES, series_named
from .term import FactKind


def tables_named(document: Document) -> dict[str, tuple[str, Entry]]:
    """The price tables a ledger names: file -> (series as written, the line)."""
    named = {}
    for piece in document.pieces:
        if isinstance(piece, Entry) and piece.date is None and piece.tokens and piece.tokens[0].text == "series":
            words = text_of(
                token for token in piece.tokens[1:] if token.kind in ("WORD", "NAME") and token.text != "from"
            )
            file = next((token.text for token in piece.tokens if token.kind == "STRING"), "")
            named[file] = (words, piece)
    return named


def read_ledger(document: Document, note: Note, tables: Mapping[str, Source]) -> Ledger:
    """The facts of a ledger; raises NoteErrors with all that is wrong in it and in its tables."""
    found = Findings()
    kinds = {kind.pattern: kind for term in note.versions[0].terms.values() for kind in term.facts}
    kinds |= {kind.pattern: kind for kind in ENGINE_FACTS}
    calendar = note.versions[0].calendar
    entries: list[Recorded] = []
    expectations: list[Expectation] = []
    quotes: dict[str, Quotes] = {}
    for file, (words, line) in tables_named(document).items():
        series = series_named(words)
        if series is None or not file:
            found.add(
                "E311",
                f"`{words}` is not a series of prices",
                line.span,
                'write it as in `series closing bid from "prices.csv"`',
            )
        elif series in quotes:
            found.add("E324", f"the series `{series}` is given twice", line.span, "keep one table for a series")
        elif file in tables:
            quotes[series] = read_prices(tables[file], series, calendar, found)
    for order, piece in enumerate(document.pieces):
        if isinstance(piece, Item):
            if piece.name != "note":
                found.add(
                    "E310",
                    f"`{piece.name}` is a clause, not a fact",
                    piece.name_span,
                    "put it in the note; a line of a ledger starts with a date",
                )
        elif piece.date is not None:
            _entry(piece, order, note, kinds, entries, expectations, found)
        elif not piece.tokens or piece.tokens[0].text != "series":
            found.add(
                "E310",
                f"`{piece.span.text}` has no date",
                piece.span,
                "start the line with a date, as in `2019-08-26`",
            )
    inline = _inline_quotes(entries, quotes, calendar, found)
    _same_levels(entries, found)
    if found:
        raise NoteErrors(tuple(found))
    rest = tuple(sorted((e for e in entries if e.event != "quote"), key=lambda each: (each.date, each.order)))
    return Ledger(document.source.name, rest, inline, tuple(expectations))


def _entry(
    piece: Entry,
    order: int,
    note: Note,
    kinds: Mapping[str, FactKind],
    entries: list[Recorded],
    expectations: list[Expectation],
    found: Findings,
) -> None:
    assert piece.date is not None
    day, known = calendar_day(piece.date.text), None
    if day is None:
        found.add("E203", f"there is no day `{piece.date.text}`", piece.date.span, "write a day of the calendar")
        return
    if piece.known is not None:
        known = calendar_day(piece.known.text)
        if known is None:
            found.add(
                "E203",
                f"there is no day `{piece.known.text}`",
                piece.known.span,
                "write a day of the calendar",
            )
            return
    if piece.tokens and piece.tokens[0].text == "expect":
        expectations.append(
            Expectation(day, piece.tokens[1].text if len(piece.tokens) > 1 else "", piece.tokens[2:], piece.span)
        )
        return
    recorded = _recorded(piece, day, known, order, kinds, found)
    if recorded is None:
        return
    if day < note.issued and recorded.event != "quote":
        found.add(
            "E312",
            f"this is dated before the note was issued on {note.issued}",
            piece.date.span,
            "correct the date; a level that held before then is written on the issue date",
        )
    entries.append(recorded)


def _recorded(
    piece: Entry,
    day: date,
    known: date | None,
    order: int,
    kinds: Mapping[str, FactKind],
    found: Findings,
) -> Recorded | None:
    origin = Fact(f"{day} {text_of(piece.tokens)}", piece.span)
    match = said(piece.tokens, kinds)
    if match is not None:
        subject, fields = kinds[match.pattern].read(match)
        return Recorded(day, kinds[match.pattern].event, subject, cited(fields, origin), origin, order, known)
    quote = _quote(piece.tokens)
    if quote is not None:
        return Recorded(day, "quote", quote[0], cited({"amount": quote[1]}, origin), origin, order, known)
    like = nearest_pattern(piece.tokens, kinds) or nearest(piece.tokens[0].text if piece.tokens else "", kinds)
    help = f"did you mean `{like}`?" if like else f"write one of {', '.join(f'`{pattern}`' for pattern in kinds)}"
    found.add("E311", f"`{text_of(piece.tokens)}` is not a fact that is understood", piece.span, help)
    return None


def _quote(tokens: tuple[Token, ...]) -> tuple[str, Quantity] | None:
    for pattern in ("{words} {price}", "{words} {shares}"):
        match = said(tokens, (pattern,))
        series = series_named(match["words"]) if match else None
        if match and series and (series in VOLUMES) == ("{shares}" in pattern):
            return series, match["shares" if "{shares}" in pattern else "price"]
    return None


def _inline_quotes(
    entries: list[Recorded], tables: Mapping[str, Quotes], calendar: object, found: Findings
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
            elif not each.fields["amount"].value:
                found.add(
                    "E323",
                    f"a {series} is above zero",
                    each.origin.span,
                    "take the line out if there was none",
                )
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


def _is_session(calendar: object, day: date) -> bool:
    try:
        return bool(calendar.is_session(day))  # type: ignore[attr-defined]
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
