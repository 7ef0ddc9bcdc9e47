"""What is not known, and how it meets what is.

From the design's words: unknown is not zero; nothing of an unknown is nothing; the lowest with a known zero is
zero, otherwise unknown "at most" the least that is known; `and` and `or` are three-valued; a choice on an unknown
is unknown unless both sides agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Unknown:
    """A value that waits for facts, which are named."""

    needs: frozenset[str]
    at_most: Any = None


def lacking(what: str) -> Unknown:
    return Unknown(frozenset([what]))


def known(*values: Any) -> bool:
    for value in values:  # noqa: SIM110 -- asked of every step, and `all` takes three times as long
        if type(value) is Unknown:
            return False
    return True


def joined(*values: Any) -> Unknown:
    return Unknown(frozenset().union(*(value.needs for value in values if type(value) is Unknown)))


def applied(function: Callable[..., Any], *values: Any) -> Any:
    """What a function gives of known values; unknown where one of them is."""
    return function(*values) if known(*values) else joined(*values)


def plus(a: Any, b: Any) -> Any:
    return a + b if known(a, b) else joined(a, b)


def minus(a: Any, b: Any) -> Any:
    return a - b if known(a, b) else joined(a, b)


def times(a: Any, b: Any) -> Any:
    if known(a, b):
        return a * b
    return 0 if a == 0 or b == 0 else joined(a, b)


def over(a: Any, b: Any) -> Any:
    if known(a, b):
        return a / b
    return 0 if a == 0 and not known(b) else joined(a, b)


def least(*values: Any) -> Any:
    """The lowest of values that are never negative."""
    told = [value for value in values if known(value)]
    if len(told) == len(values) or (told and min(told) == 0):
        return min(told)
    return Unknown(joined(*values).needs, min(told) if told else None)


def most(*values: Any) -> Any:
    return applied(max, *values)


def above(a: Any, b: Any) -> Any:
    return negated(at_most(a, b))


def at_most(a: Any, b: Any) -> Any:
    """A bound is told and not reasoned with: what is unknown stays so in a comparison."""
    return a <= b if known(a, b) else joined(a, b)


def ordered(order: str, a: Any, b: Any) -> Any:
    """Whether two figures stand so: below, above, at least, at most."""
    match order:
        case "below":
            return negated(at_most(b, a))
        case "above":
            return negated(at_most(a, b))
        case "at least":
            return at_most(b, a)
    return at_most(a, b)


def same(a: Any, b: Any) -> Any:
    return a == b if known(a, b) else joined(a, b)


def every(*truths: Any) -> Any:
    return False if any(truth is False for truth in truths) else applied(lambda *_: True, *truths)


def some(*truths: Any) -> Any:
    return True if any(truth is True for truth in truths) else applied(lambda *_: False, *truths)


def negated(truth: Any) -> Any:
    return not truth if known(truth) else truth


def chosen(truth: Any, first: Any, second: Any) -> Any:
    if known(truth):
        return first if truth else second
    return first if first == second else joined(truth, first, second)
