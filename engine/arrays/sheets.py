"""Sheets: the columns of a block of notes while they are being filled, notes × dates."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...grammar.classes import field, frozen
from ..compiled.causes import Causes
from ..exact.reasons import SEPARATOR
from ..exact.spelling import exact_text
from .blocks import Block
from .cells import Cells, is_run
from .columns import DECIMALS, Column
from .emission import OBJECTS, WORDS, as_width

NOT_ISSUED, NO_CLAUSE = "refused: not-issued", "refused: no-clause"
SMALL = 1 << 12  # sets of bits below this are looked up in a table
REFUSED = 1 << 62  # tells a set of reasons from a set of needs


@frozen(eq=False)
class Sheet:
    """A block: so many notes, on these days, asked these answers."""

    size: int
    days: tuple[int, ...]
    ask: tuple[str, ...]
    exact: bool = False
    _kinds: dict[str, str] = field(factory=dict)
    _values: dict[str, Any] = field(init=False)
    _codes: dict[str, Any] = field(factory=dict)  # of answers that are not known everywhere
    _fractions: dict[str, Any] = field(init=False)
    _places: dict[str, int] = field(factory=lambda: {"": 0, NOT_ISSUED: 1, NO_CLAUSE: 2})
    _words: dict[str, int] = field(factory=lambda: {"not issued": 0})

    @_values.default
    def _no_values(self) -> dict[str, Any]:
        # Left as the memory was: each row is filled, or has a reason and is made zero for it.
        return {name: np.empty((self.size, len(self.days)), np.int64) for name in self.ask}

    @_fractions.default
    def _no_fractions(self) -> dict[str, Any]:
        shape = (self.size, len(self.days), 2)
        return {name: np.full(shape, [0, 1], object) for name in self.ask} if self.exact else {}

    def not_issued(self, places: Any, first: Any) -> None:
        """Notes that are issued on or before the date at `first`: nothing but that is answered before."""
        for place, date in zip(places[first > 0].tolist(), first[first > 0].tolist(), strict=True):
            for name in self.ask:
                if name == "status":
                    self._values[name][place, :date] = 0  # the first of the words
                else:
                    self._codes_of(name)[place, :date] = self._places[NOT_ISSUED]

    def asked(self) -> tuple[str, ...]:
        """The answers to reckon: also the whole of what only a part is asked of."""
        return tuple(dict.fromkeys(each for name in self.ask for each in (name, name.partition(".")[0])))

    def put(
        self,
        places: Any,
        block: Block,
        answers: Mapping[str, Cells],
        dimensions: Mapping[str, str],
        causes: Causes,
        words: list[Any],
    ) -> None:
        """Answers, rounded to the decimals of their kind, for a block; `places` are where its cohort's notes stand."""
        where = _where(places[block.notes], block)
        for name in self.ask:
            if name not in answers:
                whole = answers.get(name.partition(".")[0])
                codes = 0 if whole is None else self._coded(whole, causes)
                self._codes_of(name)[where] = np.where(np.equal(codes, 0), self._places[NO_CLAUSE], codes)
                continue
            kind = self._kinds.setdefault(name, dimensions[name])
            assert kind == dimensions[name], f"`{name}` is {kind} and {dimensions[name]}"
            figures = answers[name]
            if figures.unknown is not None or figures.refused is not None:
                self._codes_of(name)[where] = self._coded(figures, causes)
            self._fill(name, where, self._translated(figures.above, words) if kind == "word" else figures.above)

    def put_fractions(self, places: Any, block: Block, answers: Mapping[str, Cells]) -> None:
        """The same answers before rounding, in lowest terms."""
        where = _where(places[block.notes], block)
        for name in self.ask:
            if name in answers and self._kinds[name] in DECIMALS:
                known = self._codes_of(name)[where] == 0
                parts = (as_width(part, OBJECTS) for part in (answers[name].above, answers[name].below))
                above, below = (np.broadcast_to(part, known.shape)[known] for part in parts)
                shared = np.gcd(above, below)
                fractions = self._fractions[name][where]
                fractions[known] = np.stack([above // shared, below // shared], axis=-1)
                self._fractions[name][where] = fractions

    def columns(self) -> dict[str, Column]:
        """What was filled in; zero stands where an answer is not known."""
        return {name: self._column(name) for name in self.ask}

    def _column(self, name: str) -> Column:
        values, codes = self._values[name].reshape(-1), self._codes.get(name)
        kind = self._kinds.get(name, "word")
        reasons = None if codes is None or not codes.any() else codes.reshape(-1)
        if reasons is not None:
            values[reasons != 0] = 0
        pairs = self._fractions[name].reshape(-1, 2) if self.exact else None
        return Column(
            kind,
            DECIMALS.get(kind, 0),
            values,
            reasons,
            tuple(self._places),
            tuple(self._words) if kind == "word" else (),
            None if pairs is None else (pairs[:, 0], pairs[:, 1]),
        )

    def _codes_of(self, name: str) -> Any:
        """The reasons of an answer; 0 where it is known."""
        if name not in self._codes:
            self._codes[name] = np.zeros((self.size, len(self.days)), np.uint16)
        return self._codes[name]

    def _fill(self, name: str, where: Any, values: Any) -> None:
        values = np.asarray(values)
        if values.dtype == object:
            values = _narrowest(values)
            if values.dtype == object and self._values[name].dtype != object:
                self._values[name] = as_width(self._values[name], OBJECTS)
        elif self._values[name].dtype == object:
            values = as_width(values, OBJECTS)
        self._values[name][where] = values

    def _translated(self, places: Any, words: list[Any]) -> Any:
        """Words by their number on this sheet."""
        known = [self._words.setdefault(exact_text(word), len(self._words)) for word in words]
        return np.array(known, dtype=np.int64)[np.asarray(places, dtype=np.int64)]

    def _coded(self, figures: Cells, causes: Causes) -> Any:
        """The place of each row's reason among the codes, 0 where it is known."""
        if figures.unknown is None and figures.refused is None:
            return 0
        bits = np.asarray(0 if figures.unknown is None else figures.unknown, np.int64)
        if figures.refused is not None:
            refused = np.asarray(figures.refused, np.int64)
            bits = np.where(refused != 0, refused | REFUSED, bits)
        distinct = np.flatnonzero(np.bincount(bits.reshape(-1))) if bits.max() < SMALL else np.unique(bits)
        codes = np.array([self._code(int(each), causes) for each in distinct], np.uint16)
        return codes[np.searchsorted(distinct, bits)]

    def _code(self, bits: int, causes: Causes) -> int:
        if not bits:
            return 0
        if bits & REFUSED:
            text = f"refused: {SEPARATOR.join(sorted(causes.reasons_of(bits ^ REFUSED)))}"
        else:
            text = f"unknown: {SEPARATOR.join(sorted(causes.needs_of(bits)))}"
        return self._places.setdefault(text, len(self._places))


def _where(notes: Any, block: Block) -> Any:
    """Where the rows of a block stand; a run of notes is a slice, which is faster."""
    if block.is_grid and is_run(notes):
        return (slice(int(notes[0]), int(notes[-1]) + 1), block.dates)
    return (notes, block.dates)


def _narrowest(values: Any) -> Any:
    size = max(abs(int(values.max())), abs(int(values.min()))) if values.size else 0
    return as_width(values, WORDS) if size < 1 << 63 else values
