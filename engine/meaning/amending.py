"""What an amendment writes: prices in figures, which are in the shares of its day and not of the issue date.

Contract words: "the Conversion Price shall be amended to $0.05 per share", after a reverse split.
"""

from collections.abc import Iterator
from typing import Any

from ..exact.dimensions import PRICE_NAME
from ..exact.origins import Origin
from .expressions import Choice, Constant, Operation
from .model import Model
from .settings import CheckedClause


def exception_to(setting: str, label: str) -> str:
    """The name of an exception among the places that write something."""
    return f'{setting} "{label}"'


def prices_amended(model: Model) -> tuple[str, ...]:
    """The fields and exceptions whose prices in figures the amendment to these terms wrote, by name."""
    found: tuple[str, ...] = model.once("prices amended", lambda: tuple(_prices_amended(model)))
    return found


def _prices_amended(model: Model) -> Iterator[str]:
    if model.follows is None:
        return
    before = {(name, origin) for clause in model.follows.clauses for name, origin, _ in _places(clause)}
    for clause in model.clauses:
        for name, origin, value in _places(clause):
            if _writes_a_price(value) and (name, origin) not in before:
                yield name


def _places(clause: CheckedClause) -> Iterator[tuple[str, Origin, Any]]:
    for setting in clause.settings.values():
        yield setting.name, setting.origin, setting.value
        for each in setting.exceptions:
            yield exception_to(setting.name, each.label), each.origin, each.value


def _writes_a_price(value: Any) -> bool:
    match value:
        case Constant(quantity):
            return quantity.dimension.name == PRICE_NAME
        case Operation(_, left, right):
            return _writes_a_price(left) or _writes_a_price(right)
        case Choice(_, items):
            return any(map(_writes_a_price, items))
    return False
