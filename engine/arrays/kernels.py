"""Kernels: compiled records, kept by the ranges they were compiled for.

A range is widened a little before it is looked up, so that blocks of one book share their code.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...grammar.classes import evolve, field, frozen
from ..compiled.causes import Causes
from ..compiled.figures import NUMBERS
from ..compiled.layout import Place, laid_out
from ..compiled.lowering import Assumed, Lowered, lowered
from ..compiled.rationals import Rational
from ..exact.record import Record
from ..exact.rounding import NEAREST
from .cells import Cells, over_one
from .columns import DECIMALS
from .emission import function_of

DAYS = 256  # dates are widened to whole runs of so many
BITS = 3  # the leading bits of other bounds that are kept


@frozen(eq=False)
class Kernel:
    """A compiled record: its function, and where its results are; a constant result is not reckoned."""

    function: Any
    places: tuple[Place, ...]
    constants: Mapping[int, int]
    roots: tuple[int, ...]  # the place of each reckoned result among all

    def __call__(self, inputs: list[Any]) -> list[Any]:
        results: list[Any] = [None] * (len(self.constants) + len(self.roots))
        for place, value in self.constants.items():
            results[place] = value
        for place, value in zip(self.roots, self.function(*inputs), strict=True):
            results[place] = value
        return results


@frozen(eq=False)
class Kernels:
    """The kernels of one shape of note; bits and words mean the same in all of them."""

    causes: Causes
    words: list[Any]
    _kept: dict[Any, Kernel] = field(factory=dict)

    def run(self, record: Record, inputs: Mapping[Any, Cells], rounded: bool = False) -> dict[str, Cells]:
        """The outputs of a record for these inputs; rounded, in units of the decimals that a column has."""
        given = [inputs[name] if inputs[name].key else self.keyed(inputs[name], kind) for name, kind in record.named]
        key = (id(record), rounded, *[each.key for each in given])
        if key not in self._kept:
            self._kept[key] = self._compiled(record, tuple(Assumed(*each.key) for each in given), rounded)
        kernel = self._kept[key]
        results = kernel([part for each in given for part in (each.above, each.below, each.unknown, each.refused)])
        return {place.name: _cells(place, results) for place in kernel.places}

    def keyed(self, figures: Cells, kind: str) -> Cells:
        """The same figures with what code may take for granted of them, and of any part of them."""
        figures = over_one(figures)
        return evolve(figures, key=_assumed(figures, kind))

    def _compiled(self, record: Record, assumed: tuple[Assumed, ...], rounding: bool) -> Kernel:
        as_nodes = lowered(record, dict(zip(record.inputs, assumed, strict=True)), self.causes, self.words)
        if rounding:
            as_nodes = to_decimals(as_nodes, record.dimensions)
        roots, places = laid_out(as_nodes)
        names = {
            (what, place): f"{what}{place}"
            for place in range(len(record.inputs))
            for what in ("value", "below", "unknown", "refused")
        }
        reckoned = [place for place, root in enumerate(roots) if root.constant is None]
        constants = {place: root.constant for place, root in enumerate(roots) if root.constant is not None}
        return Kernel(function_of([roots[place] for place in reckoned], names), places, constants, tuple(reckoned))


def to_decimals(as_nodes: Lowered, dimensions: Mapping[str, str]) -> Lowered:
    """Each number as a whole one of its smallest unit."""
    outputs = {
        name: evolve(figure, value=as_nodes.sheet.arithmetic.units(figure.value, NEAREST, DECIMALS[dimensions[name]]))
        if isinstance(figure.value, Rational)
        else figure
        for name, figure in as_nodes.outputs.items()
    }
    return evolve(as_nodes, outputs=outputs)


def _assumed(figures: Cells, kind: str) -> tuple[Any, ...]:
    """The fields of what is assumed."""
    below = None if isinstance(figures.below, np.ndarray) else int(figures.below)
    is_day = kind == "date"
    low, high = (_below(figures.low, is_day), _above(figures.high, is_day)) if kind != "truth" else (0, 1)
    if figures.fixed and figures.low == figures.high:
        low = high = figures.low
    number = below if kind in NUMBERS else 1
    return (low, high, number, *(0 if bits is None else None for bits in (figures.unknown, figures.refused)))


def _above(bound: int, is_day: bool) -> int:
    """A round number not below the bound."""
    if is_day:
        return -(-bound // DAYS) * DAYS
    if bound < 0:
        return -_below_size(-bound)
    spare = max(0, bound.bit_length() - BITS)
    return ((bound >> spare) + 1 << spare) - 1 if spare else bound


def _below(bound: int, is_day: bool) -> int:
    """A round number not above the bound; what is positive stays so."""
    if is_day:
        return bound // DAYS * DAYS
    return min(bound, 1) if bound >= 0 else -_above(-bound, False)


def _below_size(bound: int) -> int:
    spare = max(0, bound.bit_length() - BITS)
    return bound >> spare << spare


def _cells(place: Place, results: list[Any]) -> Cells:
    above = 0 if place.above is None else results[place.above]
    below = 1 if place.below is None else results[place.below]
    unknown, refused = results[place.unknown], results[place.refused]
    return Cells(above, below, unknown if np.any(unknown) else None, refused if np.any(refused) else None)
