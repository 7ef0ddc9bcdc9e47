"""Written cells: figures and dates as the language writes them, `USD 75,000.00`, `8% per year`, `2019-02-22`."""

from typing import Any

from ....engine.checking.sense import foreign, reckoned_in
from ....engine.exact.dimensions import DATE, Dimension
from ....engine.exact.quantities import Exact, Quantity
from ....engine.meaning.phrases import no_day, note_day, said
from ....grammar.diagnostics import NoteErrors
from ....grammar.lexer import words_of
from ....grammar.parse import parse_value
from ....grammar.source import Source
from .cells import Problem
from .table import shortened
from .units import example_of, unit_for

WORDS_MAX = 20
SPELLING = ("E013", "E014", "E017", "E018")  # findings of the parser about the spelling of one figure
KINDS = ("{money}", "{price}", "{rate}", "{ratio}", "{shares}", "{number}")

Units = tuple[int, int]  # a figure as units over 10**decimals


def written(text: str, wanted: Dimension) -> Units | Problem:
    """What the cell says, where a figure of this dimension, or a date, is wanted."""
    if wanted == DATE:
        day = note_day(text)
        return (day.toordinal(), 0) if day is not None else ("E203", *no_day(text))
    tokens = words_of(Source("cell", text), WORDS_MAX).tokens
    match = said(tuple(tokens), KINDS)
    figure: Quantity | None = next(iter(match.holes.values())) if match is not None else None
    if figure is None:
        return _not_read(text, wanted)
    if figure.dimension == wanted:
        return units_of(figure.value)
    if match is not None and match.pattern == "{number}":
        help = (
            f"write the unit in the cell, as in `{example_of(wanted)}`, or in the header, as in `[{unit_for(wanted)}]`"
        )
        return "E201", f"`{text}` has no unit", help
    help = reckoned_in(wanted) if foreign(figure.dimension, wanted) else f"write it as in `{example_of(wanted)}`"
    return "E202", f"`{text}` is {figure.dimension}, where {wanted} is wanted", help


def units_of(value: Any) -> Units:
    """A number whose decimals end, as units of its last place; every literal of the language is one."""
    exact = Exact(value)
    decimals = 0
    while 10**decimals % exact.denominator:
        decimals += 1
    return exact.numerator * (10**decimals // exact.denominator), decimals


def _not_read(text: str, wanted: Dimension) -> Problem:
    """In the parser's own words where the figure is spelt in another way, since it knows what was most likely meant."""
    try:
        parse_value(text)
    except NoteErrors as errors:
        first = errors.diagnostics[0]
        if first.code in SPELLING:
            return first.code, first.message, first.help
    return "E107", f"`{shortened(text)}` is not understood here", f"write {wanted}, as in `{example_of(wanted)}`"
