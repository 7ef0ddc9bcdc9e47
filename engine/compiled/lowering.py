"""Lowering: a record of what terms do, as nodes, under what is assumed of its inputs."""

from collections.abc import Mapping
from typing import Any

from ...grammar.classes import frozen
from ..exact.quantities import Exact
from ..exact.record import Record
from ..exact.values import Refused, Unknown
from .causes import Causes
from .figures import NUMBERS, Figure, Sheet
from .steps import STEPS

BITS_MAX = (1 << 62) - 1  # a set of bits that a machine's word holds


@frozen
class Assumed:
    """What is taken for granted of an input: the range of its numerator, its denominator, the bits of why it is none.

    A denominator or a set of bits that is None is given along with each numerator; where the ends of the range meet,
    nothing is. Whoever runs the code answers for all of it.
    """

    low: int | None = None
    high: int | None = None
    denominator: int | None = None
    unknown: int | None = None
    refused: int | None = None


@frozen(eq=False)
class Lowered:
    """The outputs of a record as figures on a sheet, which knows what their bits and words mean."""

    outputs: Mapping[str, Figure]
    sheet: Sheet


def lowered(record: Record, assumed: Mapping[Any, Assumed], causes: Causes, words: list[Any]) -> Lowered:
    """The record as nodes; bits and words mean what `causes` and `words` say, which take up new ones."""
    sheet = Sheet(causes, words)
    registers = [
        _input(sheet, place, kind, assumed.get(name, Assumed()))
        for place, (name, kind) in enumerate(zip(record.inputs, record.kinds, strict=True))
    ]
    registers += [_constant(sheet, value) for value in record.constants]
    for step in record.instructions:
        registers.append(STEPS[step.operation](sheet, step.detail, [registers[place] for place in step.arguments]))
    return Lowered({name: registers[place] for name, place in record.outputs.items()}, sheet)


def _input(sheet: Sheet, place: int, kind: str, assumed: Assumed) -> Figure:
    """Its parts are given as `(what, place)`: value, below, and the bits of unknown and refused."""
    graph = sheet.graph
    bits = []
    for what, fixed in (("unknown", assumed.unknown), ("refused", assumed.refused)):
        bits.append(graph.given((what, place), 0, BITS_MAX) if fixed is None else graph.constant(fixed))
    if kind not in NUMBERS:
        return Figure(graph.given(("value", place), assumed.low, assumed.high, is_truth=kind == "truth"), *bits)
    above = graph.given(("value", place), assumed.low, assumed.high)
    if assumed.denominator is not None:
        return Figure(sheet.arithmetic.of(above, assumed.denominator), *bits)
    return Figure(sheet.arithmetic.of(above, 1, graph.given(("below", place), 1, None)), *bits)


def _constant(sheet: Sheet, value: Any) -> Figure:
    graph, zero = sheet.graph, sheet.graph.constant(0)
    match value:
        case Unknown():
            return Figure(None, graph.constant(sheet.causes.of_unknown(value)), zero)
        case Refused():
            return Figure(None, zero, graph.constant(sheet.causes.of_refused(value)))
        case bool():
            return sheet.known(graph.truth(value))
        case int():
            return sheet.known(graph.constant(value))
        case Exact():
            return sheet.known(sheet.arithmetic.constant(value.numerator, value.denominator))
    return sheet.known(graph.constant(sheet.word(value)))
