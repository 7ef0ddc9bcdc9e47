"""Acts: cells that say what a line of a ledger would, `convert USD 25,000.00`.

Most cells of a table differ in one figure and nothing else. Two of a form are read as a ledger is; all others are what
these two have in common, with the figure of their own.
"""

import re
from datetime import date

from ....engine.checking.entries import Vocabulary, dates_of, entry
from ....engine.checking.findings import Findings
from ....engine.exact.dimensions import Dimension
from ....engine.exact.origins import Fact
from ....engine.exact.quantities import exact, given
from ....engine.world.facts import Recorded, cited
from ....grammar.classes import frozen
from ....grammar.diagnostics import Diagnostic
from ....grammar.lexer import DIGITS_MAX, words_of
from ....grammar.parse import parse_partly
from ....grammar.source import Source
from ....grammar.tree import Date, Entry

ANY_DAY = date(2000, 1, 1)
KEPT_MAX = 10_000  # different cells, and forms of cells
WORDS_MAX = 1_000

# A cell with one figure: what stands before it, the figure with or without decimals, and what stands behind it.
_ONE_FIGURE = re.compile(r"([^0-9]*+)((?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(\.[0-9]++)?+)([^0-9]*+)")
_PROBES = ("2", "13")  # figures that stand in a sentence of their own


@frozen
class _Form:
    """What the cells of a form say alike, and what stands around the figure in the label of their one field."""

    event: str
    subject: str
    known: date | None
    field: str
    dimension: Dimension
    before: str
    after: str

    def recorded(self, digits: str, day: date, known: date | None, order: int, origin: Fact) -> Recorded:
        """The fact of the cell with this figure."""
        figure = given(self.dimension, exact(digits), f"{self.before}{digits}{self.after}", origin)
        return Recorded(day, self.event, self.subject, {self.field: figure}, origin, order, known or self.known)


class Acts:
    """What cells say of notes with one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._read: dict[str, Recorded | None] = {}
        self._forms: dict[tuple[str, bool, str], _Form | None] = {}

    def recorded(self, text: str, day: date, known: date | None, order: int, origin: Fact) -> Recorded | None:
        """The fact of a cell, None where it is none or the vocabulary has no words for it."""
        match = _ONE_FIGURE.fullmatch(text)
        if match is not None and len(match[2]) <= DIGITS_MAX:
            before, digits, decimals, after = match.groups()
            form = self._form(before, bool(decimals), after)
            if form is not None:
                return form.recorded(digits, day, known, order, origin)
        return self._of_text(text, day, known, order, origin)

    def _of_text(self, text: str, day: date, known: date | None, order: int, origin: Fact) -> Recorded | None:
        if text not in self._read:
            if len(self._read) >= KEPT_MAX:
                self._read.clear()
            self._read[text] = self._said(text)
        said = self._read[text]
        if said is None:
            return None
        return Recorded(day, said.event, said.subject, cited(said.fields, origin), origin, order, known or said.known)

    def _form(self, before: str, with_decimals: bool, after: str) -> _Form | None:
        """None where cells of a form do not differ in one field alone."""
        key = (before, with_decimals, after)
        if key not in self._forms:
            if len(self._forms) >= KEPT_MAX:
                self._forms.clear()
            self._forms[key] = self._learnt(*key)
        return self._forms[key]

    def _learnt(self, before: str, with_decimals: bool, after: str) -> _Form | None:
        found = {self._shown(before, f"{probe}.{probe}" if with_decimals else probe, after) for probe in _PROBES}
        return found.pop() if len(found) == 1 else None

    def _shown(self, before: str, digits: str, after: str) -> _Form | None:
        """The form of a cell, as far as one cell shows it."""
        said = self._said(f"{before}{digits}{after}")
        if said is None or len(said.fields) != 1:
            return None
        ((name, figure),) = said.fields.items()
        if figure.operation != "given" or figure.value != exact(digits) or figure.label.count(digits) != 1:
            return None
        return _Form(said.event, said.subject, said.known, name, figure.dimension, *figure.label.split(digits))

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
