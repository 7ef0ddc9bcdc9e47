"""Acts: cells that say what a line of a ledger would, `convert USD 25,000.00`, read once however often they occur."""

from datetime import date

from ....engine.checking.entries import Vocabulary, dates_of, entry
from ....engine.checking.findings import Findings
from ....engine.exact.origins import Fact
from ....engine.world.facts import Recorded, cited
from ....grammar.diagnostics import Diagnostic
from ....grammar.lexer import words_of
from ....grammar.parse import parse_partly
from ....grammar.source import Source
from ....grammar.tree import Date, Entry

ANY_DAY = date(2000, 1, 1)
KEPT_MAX = 100_000
WORDS_MAX = 1_000


class Acts:
    """What cells say of notes with one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._read: dict[str, Recorded | None] = {}

    def recorded(self, text: str, day: date, known: date | None, order: int, origin: Fact) -> Recorded | None:
        """The fact of a cell, None where it is none or the vocabulary has no words for it."""
        if text not in self._read:
            if len(self._read) >= KEPT_MAX:
                self._read.clear()
            self._read[text] = self._said(text)
        said = self._read[text]
        if said is None:
            return None
        known = known or said.known
        return Recorded(day, said.event, said.subject, cited(said.fields, origin), origin, order, known)

    def wrong(self, text: str, day: date, issued: date, source: Source) -> tuple[Diagnostic, ...]:
        """What is wrong with a cell, at its row, whose source has the words of the line."""
        document, told = parse_partly(source)
        found = Findings(told)
        for piece in document.pieces:
            if isinstance(piece, Entry) and piece.date is not None:
                dates = dates_of(piece, found)
                if dates is not None:
                    entry(piece, dates, 0, self._words, issued, found)
        if not found:
            found.add_file(
                "E311", f"`{text}` is not a fact that is understood", source.name, "write one fact in a cell"
            )
        return tuple(found)

    def _said(self, text: str) -> Recorded | None:
        """The words alone where they are a sentence of the vocabulary; else all that a ledger allows in a line."""
        source = Source("fact", text)
        tokens = tuple(words_of(source, WORDS_MAX).tokens)
        if not tokens:
            return None
        found = Findings()
        day = Date(ANY_DAY.isoformat(), span=tokens[0].span)
        said = entry(Entry(day, tokens, span=tokens[0].span), (ANY_DAY, None), 0, self._words, ANY_DAY, found)
        if said is None or found:
            return self._line(text)
        return said

    def _line(self, text: str) -> Recorded | None:
        document, told = parse_partly(Source("fact", f"{ANY_DAY} {text}"))
        match document.pieces:
            case [Entry() as piece] if not told and piece.date is not None:
                found = Findings()
                dates = dates_of(piece, found)
                said = None if dates is None else entry(piece, dates, 0, self._words, ANY_DAY, found)
                return said if not found else None
        return None
