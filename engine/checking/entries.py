"""Entries: what one line of a ledger says, or what is wrong with it.

A line is one of the sentences that the clauses of the note, or the engine itself, know of facts; its sums are
in the note's currency, and its labels are those that the note speaks of.
"""

from collections.abc import Mapping
from datetime import date
from itertools import takewhile

from ...grammar.classes import frozen
from ...grammar.suggest import nearest
from ...grammar.tree import Entry, Token
from ..exact.origins import Fact
from ..exact.quantities import Quantity
from ..meaning.model import Note
from ..meaning.phrases import nearest_pattern, no_day, note_day, said, text_of
from ..meaning.shapes import either, exemplified, in_currency, meant
from ..meaning.term import FactKind
from ..world.facts import ENGINE_FACTS, Recorded, cited
from ..world.series import SERIES, VOLUMES, series_named
from .findings import Findings

TABLE = "series {words} from {text}"  # the one line without a date
MAY_BE_NOTHING = ("level", "quote", "split")  # a level may be none; of the other two more is said elsewhere
NOT_SPOKEN_OF = "take the line out, or write the clause of the note for which it matters"
Dates = tuple[date, date | None]  # of a line: its day, and from when it is known, where that is written


@frozen
class Vocabulary:
    """What the ledger of a note may speak of: kinds of fact by pattern, the currency, and labels.

    `owners` has, by event, the clause whose labels its lines name; `labels` the clauses and events, by those
    words, that the note has in any of its versions.
    """

    kinds: Mapping[str, FactKind]
    currency: str
    owners: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]]


def vocabulary(note: Note) -> Vocabulary:
    """That of a note."""
    terms = note.versions[0].terms
    kinds = {kind.pattern: kind for term in terms.values() for kind in term.facts}
    owners = {kind.event: keyword for keyword, term in terms.items() for kind in term.facts if kind.of_label}
    labels = {
        keyword: tuple(f'{keyword} "{each.label}"' for model in note.versions for each in model.all_of(keyword))
        for keyword in owners.values()
    }
    happenings = tuple(key for model in note.versions for key in model.happenings() if key.startswith('event "'))
    return Vocabulary(
        kinds | {kind.pattern: kind for kind in ENGINE_FACTS},
        note.versions[0].currency,
        owners | {"occurrence": "event"},
        labels | {"event": happenings},
    )


def dates_of(piece: Entry, found: Findings) -> Dates | None:
    """The dates of a line; None where one of them is no day, which is noted."""
    assert piece.date is not None
    day, known = note_day(piece.date.text), note_day(piece.known.text) if piece.known is not None else None
    for written, read in ((piece.date, day), (piece.known, known)):
        if written is not None and read is None:
            message, help = no_day(written.text)
            found.add("E203", message, written.span, help)
    if day is None or (known is None and piece.known is not None):
        return None
    return day, known


def entry(piece: Entry, dates: Dates, order: int, words: Vocabulary, issued: date, found: Findings) -> Recorded | None:
    """What a line with these dates records, None where it cannot be told; what is wrong is noted."""
    recorded = _recorded(piece, dates, order, words, found)
    if recorded is None:
        return None
    assert piece.date is not None
    _check_currency(piece, recorded, words.currency, found)
    _check_label(piece, recorded, words, found)
    if recorded.event == "split" and not all(recorded.fields[each].value for each in ("new", "old")):
        found.add("E316", "a split is between numbers above zero", piece.span, "write it as in `split 1 for 5,000`")
    if recorded.event not in MAY_BE_NOTHING and any(not each.value for each in recorded.fields.values()):
        found.add("E319", f"`{text_of(piece.tokens)}` is of nothing", piece.span, "write the sum, or take the line out")
    if recorded.date < issued and recorded.event != "quote":
        found.add(
            "E312",
            f"this is dated before the note was issued on {issued}",
            piece.date.span,
            "correct the date; a level that held before then is written on the issue date",
        )
    return recorded


def _recorded(piece: Entry, dates: Dates, order: int, words: Vocabulary, found: Findings) -> Recorded | None:
    (day, known), kinds = dates, words.kinds
    origin = Fact(f"{day} {text_of(piece.tokens)}", piece.span)
    match = said(piece.tokens, kinds)
    if match is not None:
        subject, fields = kinds[match.pattern].read(match)
        return Recorded(day, kinds[match.pattern].event, subject, cited(fields, origin), origin, order, known)
    quote = _quote(piece.tokens)
    if quote is not None:
        return Recorded(day, "quote", quote[0], cited({"amount": quote[1]}, origin), origin, order, known)
    help = in_currency(_fact_meant(piece.tokens, words), words.currency)
    found.add("E311", f"`{text_of(piece.tokens)}` is not a fact that is understood", piece.span, help)
    return None


def _fact_meant(tokens: tuple[Token, ...], words: Vocabulary) -> str:
    """What to write instead of words that are no fact: what is near, all that begins so, or one of all facts."""
    if said(tokens, (TABLE,)):
        return "take out the date: a line that names a table has none"
    if any(token.text == "known" for token in tokens):
        return "end the line with `known` and a date, as in `known 2019-08-28`"
    like = nearest_pattern(tokens, words.kinds)
    if like:
        return meant(like)
    head = nearest(tokens[0].text, [pattern.split()[0] for pattern in words.kinds])
    alike = [exemplified(pattern) for pattern in words.kinds if pattern.split()[0] == head]
    series = _series_meant(tokens)
    if alike or series:
        return f"write it as in {either((*alike, *([_quoted(series)] if series else [])))}"
    return f"write one of {', '.join(f'`{exemplified(each)}`' for each in words.kinds)}, `{_quoted('closing bid')}`"


def _series_meant(tokens: tuple[Token, ...]) -> str:
    """The series that the first words name, or nearly."""
    names = [token.text for token in takewhile(lambda token: token.kind in ("WORD", "NAME"), tokens)]
    text = " ".join(names)
    return series_named(text) or nearest(text, SERIES) or ""


def _quoted(series: str) -> str:
    """A line with a figure of a series, as an example."""
    return exemplified(f"{series} {{shares}}" if series in VOLUMES else f"{series} {{price}}")


def _quote(tokens: tuple[Token, ...]) -> tuple[str, Quantity] | None:
    for pattern in ("{words} {price}", "{words} {shares}"):
        match = said(tokens, (pattern,))
        series = series_named(match["words"]) if match else None
        if match and series and (series in VOLUMES) == ("{shares}" in pattern):
            return series, match["shares" if "{shares}" in pattern else "price"]
    return None


def _check_currency(piece: Entry, recorded: Recorded, ours: str, found: Findings) -> None:
    for figure in recorded.fields.values():
        theirs = figure.dimension.currency
        if theirs and theirs != ours:
            span = next((token.span for token in piece.tokens if token.kind == "MONEY"), piece.span)
            help = f"write the sum in {ours}, as the parties reckoned it"
            found.add("E314", f"`{span.text}` is in {theirs}, and the note in {ours}", span, help)


def _check_label(piece: Entry, recorded: Recorded, words: Vocabulary, found: Findings) -> None:
    """A label in a ledger is one that the note speaks of, in one of its versions."""
    text = next((token for token in piece.tokens if token.kind == "STRING"), None)
    what = words.owners.get(recorded.event)
    if text is None or what is None:
        return
    written = recorded.subject if what == "event" else f'{what} "{text.text}"'
    known = words.labels[what]
    if written not in known:
        like = nearest(written, known)
        labels = [each.partition(" ")[2] for each in ([like] if like else sorted(set(known)))]
        help = f"write {either(labels)}, or take the line out" if labels else NOT_SPOKEN_OF
        help = f"did you mean `{labels[0]}`?" if like else help
        found.add("E315", f"no clause of the note speaks of `{written}`", text.span, help)
