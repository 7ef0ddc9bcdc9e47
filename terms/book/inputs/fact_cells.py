"""Cells of facts, which say what a line of a ledger would: `convert USD 25,000.00`.

Most cells of a table differ in the digits of one figure and in nothing else. Two of a form are read as a ledger is;
the others are what these two have in common, with the figure of their own.
"""

import re
from collections.abc import Sequence
from datetime import date

from ....engine.arrays.steps import MadeBy
from ....engine.checking.entries import Vocabulary, dates_of, entry
from ....engine.checking.findings import Findings
from ....engine.exact.dimensions import Dimension
from ....engine.exact.origins import Fact
from ....engine.exact.quantities import exact, given
from ....engine.world.facts import Recorded, cited
from ....grammar.classes import frozen
from ....grammar.diagnostics import Diagnostic
from ....grammar.lexer import words_of
from ....grammar.parse import parse_partly
from ....grammar.source import Source
from ....grammar.tree import Date, Entry
from .written import units_of

ANY_DAY = date(2000, 1, 1)
KEPT_MAX = 10_000  # different cells, and forms of cells
WORDS_MAX = 1_000

_NO_DIGITS = str.maketrans("123456789", "000000000")
_ONE_FIGURE = re.compile("[^0]*(0[0,.]*)[^0]*")  # in a cell whose digits are all 0
_PROBES = ("1", "2")  # digits for all of a form, to see what it says


@frozen(eq=False)
class Fixed:
    """What cells of one text say."""

    said: Recorded

    @property
    def event(self) -> str:
        """What kind of event they tell."""
        return self.said.event

    @property
    def known(self) -> date | None:
        """The day from which they say it is known, if they do."""
        return self.said.known

    @property
    def made_by(self) -> MadeBy:
        """What the record of such an event is made of, under terms that are not amended."""
        fields = tuple((name, figure.dimension) for name, figure in self.said.fields.items())
        return 0, self.said.event, self.said.subject, fields

    def figures(self, texts: Sequence[str]) -> dict[str, tuple[list[int], int]]:
        """The figures of so many cells by field, as units over a power of ten."""
        written = {name: units_of(figure.value) for name, figure in self.said.fields.items()}
        return {name: ([units] * len(texts), decimals) for name, (units, decimals) in written.items()}

    def recorded(self, text: str, day: date, known: date | None, order: int, origin: Fact) -> Recorded:
        """The fact of a cell."""
        said = self.said
        return Recorded(day, said.event, said.subject, cited(said.fields, origin), origin, order, known or said.known)


@frozen
class Form:
    """What cells that differ in digits alone have in common: where the figure is, in them and in its label."""

    start: int
    end: int
    event: str
    subject: str
    known: date | None
    field: str
    dimension: Dimension
    decimals: int
    before: str
    after: str

    @property
    def made_by(self) -> MadeBy:
        """What the record of such an event is made of, under terms that are not amended."""
        return 0, self.event, self.subject, ((self.field, self.dimension),)

    def figures(self, texts: Sequence[str]) -> dict[str, tuple[list[int], int]]:
        """The figures of cells of this form by field, as units over a power of ten."""
        digits = [text[self.start : self.end].replace(",", "").replace(".", "") for text in texts]
        return {self.field: ([*map(int, digits)], self.decimals)}

    def recorded(self, text: str, day: date, known: date | None, order: int, origin: Fact) -> Recorded:
        """The fact of a cell of this form."""
        digits = text[self.start : self.end]
        figure = given(self.dimension, exact(digits), f"{self.before}{digits}{self.after}", origin)
        return Recorded(day, self.event, self.subject, {self.field: figure}, origin, order, known or self.known)


Said = Form | Fixed


class FactReader:
    """What cells say of notes with one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._fixed: dict[str, Fixed | None] = {}
        self._forms: dict[str, Form | None] = {}

    def said(self, text: str) -> Said | None:
        """What a cell says, as cells like it do; None where it is no fact or the vocabulary has no words for it."""
        zeros = text.translate(_NO_DIGITS)
        form = self._form(zeros)
        if form is not None and text != zeros:  # a figure that is nothing may be wrong, and is read by itself
            return form
        if text not in self._fixed:
            if len(self._fixed) >= KEPT_MAX:
                self._fixed.clear()
            said = self._said(text)
            self._fixed[text] = None if said is None else Fixed(said)
        return self._fixed[text]

    def _form(self, zeros: str) -> Form | None:
        """That of the cells which are this but for their digits; None where these are not the figure of one field."""
        if zeros not in self._forms:
            if len(self._forms) >= KEPT_MAX:
                self._forms.clear()
            match = _ONE_FIGURE.fullmatch(zeros)
            found = {self._shown(zeros.replace("0", each), *match.span(1)) for each in _PROBES if match}
            self._forms[zeros] = found.pop() if len(found) == 1 else None
        return self._forms[zeros]

    def _shown(self, text: str, start: int, end: int) -> Form | None:
        """The form of a cell with its figure in this place, as far as one cell shows it."""
        said, digits = self._said(text), text[start:end]
        if said is None or len(said.fields) != 1:
            return None
        ((name, figure),) = said.fields.items()
        if figure.operation != "given" or figure.label.count(digits) != 1 or figure.value != exact(digits):
            return None
        around, decimals = figure.label.split(digits), len(digits.partition(".")[2])
        return Form(start, end, said.event, said.subject, said.known, name, figure.dimension, decimals, *around)

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
