"""Nodes: straight-line arithmetic on whole numbers, each step once, with the range its result lies in.

What a record does to rationals becomes a graph of these; an emitter writes the graph as Python or as NumPy.
The ranges are what makes it short: a comparison that they decide is no step, and they say which kind of
machine number holds a result without loss.
"""

from collections.abc import Iterable
from typing import Any

from ...grammar.classes import frozen

COMPARISONS = {"lt": "<", "le": "<=", "eq": "=="}


@frozen(eq=False)
class Node:
    """A step: its operation, operands and, for inputs, constants and calls, what was fixed when it was written.

    `low` and `high` bound the result, None where nothing is known; truths lie in 0..1.
    """

    operation: str
    arguments: tuple["Node", ...] = ()
    detail: Any = None
    low: int | None = None
    high: int | None = None
    is_truth: bool = False
    serial: int = 0

    @property
    def constant(self) -> int | bool | None:
        """Its value, if it is fixed."""
        return self.detail if self.operation == "constant" else None

    def is_(self, value: int) -> bool:
        """Whether it is this constant."""
        return self.operation == "constant" and self.detail == value


class Graph:
    """Where nodes are made: equal steps are one node, and what the ranges settle is none."""

    def __init__(self) -> None:
        self._made: dict[Any, Node] = {}

    def constant(self, value: int) -> Node:
        return self._make("constant", (), value, value, value)

    def truth(self, value: bool) -> Node:
        return self._make("constant", (), bool(value), int(value), int(value), is_truth=True)

    def given(self, name: Any, low: int | None, high: int | None, is_truth: bool = False) -> Node:
        """An input; a range of one value makes it a constant."""
        if low is not None and low == high:
            return self.truth(bool(low)) if is_truth else self.constant(low)
        return self._make("given", (), name, low, high, is_truth=is_truth)

    def called(self, what: Any, arguments: Iterable[Node], low: int | None = None, high: int | None = None) -> Node:
        """What only a table knows: a date moved on a calendar, the days a convention counts."""
        return self._make("call", tuple(arguments), what, low, high)

    def add(self, left: Node, right: Node) -> Node:
        if left.is_(0) or right.is_(0):
            return right if left.is_(0) else left
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant + right.constant)
        return self._make("add", _sorted(left, right), None, _sum(left.low, right.low), _sum(left.high, right.high))

    def subtract(self, left: Node, right: Node) -> Node:
        if right.is_(0):
            return left
        if left is right:
            return self.constant(0)
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant - right.constant)
        low = None if left.low is None or right.high is None else left.low - right.high
        high = None if left.high is None or right.low is None else left.high - right.low
        return self._make("subtract", (left, right), None, low, high)

    def multiply(self, left: Node, right: Node) -> Node:
        for one, other in ((left, right), (right, left)):
            if one.is_(1):
                return other
            if one.is_(0):
                return one
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant * right.constant)
        low, high = _product(left, right)
        return self._make("multiply", _sorted(left, right), None, low, high)

    def floor_divide(self, left: Node, right: Node) -> Node:
        """The greatest whole number not above the quotient; the divisor is positive."""
        if right.is_(1) or left.is_(0):
            return left
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant // right.constant)
        low, high = _quotient(left, right)
        if low is not None and low == high:
            return self.constant(low)
        return self._make("floor_divide", (left, right), None, low, high)

    def lowest(self, left: Node, right: Node) -> Node:
        if left is right or _at_most(left.high, right.low):
            return left
        if _at_most(right.high, left.low):
            return right
        return self._make("lowest", _sorted(left, right), None, *_bounds(min, left, right))

    def highest(self, left: Node, right: Node) -> Node:
        if left is right or _at_most(right.high, left.low):
            return left
        if _at_most(left.high, right.low):
            return right
        return self._make("highest", _sorted(left, right), None, *_bounds(max, left, right))

    def compare(self, operation: str, left: Node, right: Node) -> Node:
        """`lt`, `le` or `eq`."""
        decided = _decided(operation, left, right)
        return (
            self.truth(decided)
            if decided is not None
            else self._make(operation, (left, right), None, 0, 1, is_truth=True)
        )

    def invert(self, truth: Node) -> Node:
        if truth.constant is not None:
            return self.truth(not truth.constant)
        if truth.operation == "not":
            return truth.arguments[0]
        return self._make("not", (truth,), None, 0, 1, is_truth=True)

    def both(self, left: Node, right: Node) -> Node:
        for one, other in ((left, right), (right, left)):
            if one.constant is not None:
                return other if one.constant else one
        return left if left is right else self._make("and", _sorted(left, right), None, 0, 1, is_truth=True)

    def either(self, left: Node, right: Node) -> Node:
        for one, other in ((left, right), (right, left)):
            if one.constant is not None:
                return one if one.constant else other
        return left if left is right else self._make("or", _sorted(left, right), None, 0, 1, is_truth=True)

    def choose(self, condition: Node, first: Node, second: Node) -> Node:
        if condition.constant is not None:
            return first if condition.constant else second
        if first is second:
            return first
        if first.is_truth:
            if first.constant is not None:
                return self.either(condition, second) if first.constant else self.both(self.invert(condition), second)
            if second.constant is not None:
                return self.either(self.invert(condition), first) if second.constant else self.both(condition, first)
        if condition.operation == "not":
            return self.choose(condition.arguments[0], second, first)
        low = None if first.low is None or second.low is None else min(first.low, second.low)
        high = None if first.high is None or second.high is None else max(first.high, second.high)
        return self._make("choose", (condition, first, second), None, low, high, is_truth=first.is_truth)

    def joined(self, left: Node, right: Node) -> Node:
        """The bits of both."""
        if left.is_(0) or right.is_(0):
            return right if left.is_(0) else left
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant | right.constant)
        high = None if left.high is None or right.high is None else (1 << max(left.high, right.high).bit_length()) - 1
        return left if left is right else self._make("joined", _sorted(left, right), None, 0, high)

    def bit(self, truth: Node, value: int) -> Node:
        """The value where the truth holds, else 0."""
        return self.choose(truth, self.constant(value), self.constant(0))

    def _make(
        self,
        operation: str,
        arguments: tuple[Node, ...],
        detail: Any,
        low: int | None,
        high: int | None,
        is_truth: bool = False,
    ) -> Node:
        key = (operation, tuple(map(id, arguments)), detail, is_truth)
        if key not in self._made:
            self._made[key] = Node(operation, arguments, detail, low, high, is_truth, len(self._made))
        return self._made[key]


def _sorted(left: Node, right: Node) -> tuple[Node, Node]:
    return (left, right) if left.serial <= right.serial else (right, left)


def _sum(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left + right


def _product(left: Node, right: Node) -> tuple[int | None, int | None]:
    ends = [left.low, left.high, right.low, right.high]
    if None not in ends:
        products = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]  # type: ignore[operator]
        return min(products), max(products)
    if left.low is not None and right.low is not None and left.low >= 0 and right.low >= 0:
        return left.low * right.low, None
    return None, None


def _quotient(left: Node, right: Node) -> tuple[int | None, int | None]:
    divisors = [each for each in (right.low, right.high) if each is not None and each > 0]
    smallest = max(1, right.low or 1)
    if left.low is not None and left.high is not None:
        ends = [end // divisor for end in (left.low, left.high) for divisor in (smallest, *divisors)]
        spread = ends if right.high is not None else [*ends, 0, -1 if left.low < 0 else 0]
        return min(spread), max(spread)
    return (0 if left.low is not None and left.low >= 0 else None), None


def _bounds(pick: Any, left: Node, right: Node) -> tuple[int | None, int | None]:
    """The range of the lowest or highest of two; an end that one lacks, the other may still bound."""
    bounded_below, bounded_above = (left.low, right.low), (left.high, right.high)
    if pick is min:
        low = None if None in bounded_below else min(bounded_below)
        return low, min((each for each in bounded_above if each is not None), default=None)
    high = None if None in bounded_above else max(bounded_above)  # type: ignore[type-var]
    return max((each for each in bounded_below if each is not None), default=None), high


def _at_most(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one <= other


def _decided(operation: str, left: Node, right: Node) -> bool | None:
    """What the ranges alone say of a comparison."""
    below = left.high is not None and right.low is not None
    above = left.low is not None and right.high is not None
    match operation:
        case "lt":
            if left is right or (above and left.low >= right.high):  # type: ignore[operator]
                return False
            return True if below and left.high < right.low else None  # type: ignore[operator]
        case "le":
            if left is right or (below and left.high <= right.low):  # type: ignore[operator]
                return True
            return False if above and left.low > right.high else None  # type: ignore[operator]
    if left is right:
        return True
    if left.constant is not None and right.constant is not None:
        return left.constant == right.constant
    apart = (below and left.high < right.low) or (above and left.low > right.high)  # type: ignore[operator]
    return False if apart else None
