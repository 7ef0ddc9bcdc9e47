"""Layouts: which results of a compiled function belong to which output."""

from ...grammar.classes import frozen
from .lowering import Lowered
from .nodes import Node
from .rationals import Rational


@frozen
class Place:
    """Where a figure's parts stand among the results; a date, a truth or a word has nothing below the line.

    `above` is None for what never is known.
    """

    name: str
    above: int | None
    below: int | None
    unknown: int
    refused: int


def laid_out(lowered: Lowered) -> tuple[list[Node], tuple[Place, ...]]:
    """The nodes to reckon, each once, and the places of the outputs among them."""
    roots: dict[int, Node] = {}

    def place(node: Node) -> int:
        roots[id(node)] = node
        return list(roots).index(id(node))

    places = []
    for name, figure in lowered.outputs.items():
        above = below = None
        if isinstance(figure.value, Rational):
            arithmetic = lowered.sheet.arithmetic
            above, below = place(arithmetic.numerator(figure.value)), place(arithmetic.denominator(figure.value))
        elif figure.value is not None:
            above = place(figure.value)
        places.append(Place(name, above, below, place(figure.unknown), place(figure.refused)))
    return list(roots.values()), tuple(places)
