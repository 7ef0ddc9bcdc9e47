"""Traces: what an answer rests on, read off the answer itself.

Only what decided is followed: where a choice was made, the condition and the branch taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .origins import Origin, is_assumption
from .quantities import Quantity
from .values import Refused, Unknown


def operands(quantity: Quantity) -> tuple[Quantity, ...]:
    """The operands that the value came from; of a decided choice, the condition and the branch taken."""
    if not quantity.arguments:
        return ()
    if quantity.operation == "choose":
        condition, first, second = quantity.arguments
        if condition.value is True:
            return (condition, first)
        if condition.value is False:
            return (condition, second)
    if type(quantity.value) is Refused:
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
    return type(quantity.value) is not Refused or quantity.operation in ("permitted", "given")


def assumptions(named: Mapping[str, Sequence[Quantity]]) -> dict[Origin, tuple[str, ...]]:
    """What is taken that the note does not state, and which of the names rest on it."""
    under, bits = _assumed_under([root for roots in named.values() for root in roots])
    resting: dict[str, int] = dict.fromkeys(named, 0)
    for name, roots in named.items():
        for root in roots:
            resting[name] |= under[id(root)]
    return {origin: tuple([name for name in resting if resting[name] & bit]) for origin, bit in bits.items()}


def _assumed_under(roots: Sequence[Quantity]) -> tuple[dict[int, int], dict[Origin, int]]:
    """For each step under the roots, by its id, the bits of the assumptions that it rests on; and whose bit is which.

    Every step is looked into once, however many answers share it.
    """
    under: dict[int, int] = {}
    bits: dict[Origin, int] = {}
    bit_of: dict[int, int] = {}  # by the id of an origin: to look one up by its value takes longer than all the rest
    stack = list(roots)
    while stack:
        step = stack[-1]
        if id(step) in under:
            stack.pop()
            continue
        mask, waiting = 0, len(stack)
        for operand in operands(step):
            found = under.get(id(operand))
            if found is not None:
                mask |= found
            elif operand.arguments or operand.cites:
                stack.append(operand)
        if len(stack) > waiting:
            continue  # until what lies below it is known
        for origin in step.cites if _counts(step) else ():
            bit = bit_of.get(id(origin))
            if bit is None:
                bit = bits.setdefault(origin, 1 << len(bits)) if is_assumption(origin) else 0
                bit_of[id(origin)] = bit
            mask |= bit
        under[id(stack.pop())] = mask
    return under, bits


def needs(quantity: Quantity) -> tuple[str, ...]:
    """The facts that an unknown value waits for."""
    return quantity.value.needs if isinstance(quantity.value, Unknown) else ()
