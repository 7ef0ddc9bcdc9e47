"""Traces: what an answer rests on, read off the answer itself.

Only what decided is followed: where a choice was made, the condition and the branch taken.
"""

from collections.abc import Iterable, Iterator

from .origins import Origin, is_assumption
from .quantities import Quantity
from .values import Refused, Unknown


def operands(quantity: Quantity) -> tuple[Quantity, ...]:
    """The operands that the value came from; of a decided choice, the condition and the branch taken."""
    if quantity.operation == "choose":
        condition, first, second = quantity.arguments
        if condition.value is True:
            return (condition, first)
        if condition.value is False:
            return (condition, second)
    if isinstance(quantity.value, Refused):
        refusing = (False,) if quantity.operation == "permitted" else ()
        return tuple(each for each in quantity.arguments if each.value in refusing or isinstance(each.value, Refused))
    return quantity.arguments


def walk(roots: Iterable[Quantity]) -> Iterator[Quantity]:
    """Every step that the roots rest on, once, in a fixed order."""
    seen: set[int] = set()
    stack = list(roots)[::-1]
    while stack:
        quantity = stack.pop()
        if id(quantity) not in seen:
            seen.add(id(quantity))
            yield quantity
            stack.extend(reversed(operands(quantity)))


def origins(*roots: Quantity) -> tuple[Origin, ...]:
    """The clauses, facts and defaults under the roots, each once."""
    return tuple(dict.fromkeys(origin for quantity in walk(roots) if _counts(quantity) for origin in quantity.cites))


def _counts(quantity: Quantity) -> bool:
    """Whether a step decided anything: one that only passes a refusal on did not."""
    return not isinstance(quantity.value, Refused) or quantity.operation in ("permitted", "given")


def assumptions(*roots: Quantity) -> tuple[Origin, ...]:
    """What the roots take that the note does not state."""
    return tuple(origin for origin in origins(*roots) if is_assumption(origin))


def needs(quantity: Quantity) -> tuple[str, ...]:
    """The facts that an unknown value waits for."""
    return quantity.value.needs if isinstance(quantity.value, Unknown) else ()
