"""Expectations of figures: each is written with the unit of its answer."""

from collections.abc import Mapping

from ...grammar.tree import Token
from ..exact.dimensions import RATE, SHARES, Dimension, money, price
from ..meaning.model import Expectation, Model
from ..running.statement import answers_of
from .findings import Findings
from .sense import open_view


def has_unit(expectation: Expectation, model: Model, found: Findings) -> bool:
    """Whether a figure is expected as one; a finding where it is a bare number, which no answer is."""
    written = expectation.said
    tokens: tuple[Token, ...] = tuple(written if isinstance(written, tuple | list) else written.tokens)
    if [token.kind for token in tokens] != ["NUMBER"]:
        return True
    dimension = _dimensions(model).get(expectation.answer)
    meant = _with_unit(tokens[0].text, dimension) if dimension is not None else ""
    if meant:
        found.add("E201", f"`{tokens[0].text}` has no unit", tokens[0].span, f"write `{meant}`")
    return not meant


def _with_unit(digits: str, dimension: Dimension) -> str:
    """The number as a figure of a dimension; empty where that has no unit to write."""
    currency = dimension.currency
    spelt = {
        money(currency): f"{currency} {digits}",
        price(currency): f"{currency} {digits} per share",
        SHARES: f"{digits} shares",
        RATE: f"{digits}% per year",
    }
    return spelt.get(dimension, "")


def _dimensions(model: Model) -> Mapping[str, Dimension]:
    """What kind of figure each answer is, which the terms tell without any fact."""
    found: Mapping[str, Dimension] = model.once(
        "dimensions of answers",
        lambda: {name: answer.value.dimension for name, answer in answers_of(open_view(model)).items()},
    )
    return found
