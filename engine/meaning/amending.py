"""What an amendment writes: prices in figures, which are in the shares of its day and not of the issue date.

Contract words: "the Conversion Price shall be amended to $0.05 per share", after a reverse split.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ...grammar.classes import evolve
from ..exact.dimensions import PRICE_NAME
from ..exact.origins import Origin
from .expressions import AllOf, AnyOf, Choice, Compared, Condition, Constant, NotSo, Operation, Run
from .model import Model
from .settings import CheckedClause, Setting
from .watching import watching

Place = tuple[str, Origin]  # its name, and where it is written


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
    before = written(model.follows)
    for place, values in written(model).items():
        if any(map(_writes_a_price, values)) and place not in before:
            yield place[0]


def priced_runs(model: Model) -> Model:
    """The terms with each level that an amendment watches prices for in the shares of the day that it is of."""
    if model.follows is None:
        return model
    before = written(model.follows)

    def priced(name: str, origin: Origin, condition: Condition) -> Any:
        kept = before.get((name, origin))
        return kept[-1] if kept is not None else _priced(condition, model.effective)

    def amended(setting: Setting) -> Setting:
        exceptions = tuple(
            evolve(each, condition=priced(exception_to(setting.name, each.label), each.origin, each.condition))
            for each in setting.exceptions
        )
        if isinstance(setting.value, Condition):
            setting = evolve(setting, value=priced(setting.name, setting.origin, setting.value))
        return evolve(setting, exceptions=exceptions)

    watched = {id(clause) for clause in watching(model)}
    clauses = (
        evolve(clause, settings={name: amended(each) for name, each in clause.settings.items()})
        if id(clause) in watched
        else clause
        for clause in model.clauses
    )
    return evolve(model, clauses=tuple(clauses))


def _priced(condition: Condition, day: date) -> Condition:
    match condition:
        case Run():
            return evolve(condition, priced=day)
        case AllOf(items) | AnyOf(items):
            return evolve(condition, items=tuple(_priced(item, day) for item in items))
        case NotSo(item):
            return NotSo(_priced(item, day))
    return condition


def written(model: Model) -> dict[Place, tuple[Any, ...]]:
    """What terms write, by name and place; what an amendment writes anew stands in another."""
    return dict(place for clause in model.clauses for place in _places(clause))


def _places(clause: CheckedClause) -> Iterator[tuple[Place, tuple[Any, ...]]]:
    """Each place that writes something, and the values and conditions that it writes."""
    for setting in clause.settings.values():
        yield (setting.name, setting.origin), (setting.value,)
        for each in setting.exceptions:
            yield (exception_to(setting.name, each.label), each.origin), (each.value, each.condition)


def _writes_a_price(value: Any) -> bool:
    match value:
        case Constant(quantity):
            return quantity.dimension.name == PRICE_NAME
        case Operation(_, left, right) | Compared(_, left, right):
            return _writes_a_price(left) or _writes_a_price(right)
        case Choice(_, items) | AllOf(items) | AnyOf(items):
            return any(map(_writes_a_price, items))
        case NotSo(item):
            return _writes_a_price(item)
    return False
