"""Rationals as nodes: a constant fraction times one node over another.

Denominators that are known when the code is written stay in the constant part, where they cancel before any
arithmetic is done; only a division by a figure that varies puts a node below the line. Nothing is reduced
when it runs, and nothing is rounded but by `rounded`.
"""

from math import gcd

from ...grammar.classes import frozen
from .nodes import Graph, Node


@frozen(eq=False)
class Rational:
    """times × above / (over × below): `times` and `over` have no common factor, `over` and `below` are positive."""

    times: int
    above: Node
    over: int
    below: Node


class Arithmetic:
    """What may be done to rationals, in one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._one = graph.constant(1)

    def constant(self, numerator: int, denominator: int = 1) -> Rational:
        return self._made(numerator, self._one, denominator, self._one)

    def of(self, above: Node, over: int = 1, below: Node | None = None) -> Rational:
        """A numerator over a fixed denominator, and over one that varies, if there is one."""
        return self._made(1, above, over, self._one if below is None else below)

    def add(self, left: Rational, right: Rational) -> Rational:
        return self._summed(left, right, self.graph.add)

    def subtract(self, left: Rational, right: Rational) -> Rational:
        return self._summed(left, right, self.graph.subtract)

    def multiply(self, left: Rational, right: Rational) -> Rational:
        graph = self.graph
        above, below = graph.multiply(left.above, right.above), graph.multiply(left.below, right.below)
        return self._made(left.times * right.times, above, left.over * right.over, below)

    def divide(self, left: Rational, right: Rational) -> Rational:
        """The divisor is not zero; where it may be, whoever asks has put something else in its place."""
        graph, times = self.graph, left.times * right.over
        above, below = graph.multiply(left.above, right.below), graph.multiply(left.below, right.above)
        over = left.over * right.times
        if over < 0:
            times, over = -times, -over
        if right.above.low is None or right.above.low < 0:
            negative = graph.compare("lt", right.above, graph.constant(0))
            above = graph.choose(negative, self._negated(above), above)
            below = graph.multiply(left.below, self._size(right.above, negative))
        return self._made(times, above, over, below)

    def compare(self, operation: str, left: Rational, right: Rational) -> Node:
        """`lt`, `le` or `eq`, by multiplying out."""
        one, other = self._over_one(left, right)
        return self.graph.compare(operation, one, other)

    def is_zero(self, value: Rational) -> Node:
        if value.times == 0:
            return self.graph.truth(True)
        return self.graph.compare("eq", value.above, self.graph.constant(0))

    def lowest(self, left: Rational, right: Rational) -> Rational:
        if left.below is right.below:
            times, over, one, other = self._common(left, right)
            return self._made(times, self.graph.lowest(one, other), over, left.below)
        return self.choose(self.compare("le", left, right), left, right)

    def highest(self, left: Rational, right: Rational) -> Rational:
        if left.below is right.below:
            times, over, one, other = self._common(left, right)
            return self._made(times, self.graph.highest(one, other), over, left.below)
        return self.choose(self.compare("le", left, right), right, left)

    def choose(self, condition: Node, first: Rational, second: Rational) -> Rational:
        if condition.constant is not None:
            return first if condition.constant else second
        if first.below is second.below:
            times, over, one, other = self._common(first, second)
            return self._made(times, self.graph.choose(condition, one, other), over, first.below)
        above = self.graph.choose(
            condition, self._scaled(first.times, first.above), self._scaled(second.times, second.above)
        )
        below = self.graph.choose(
            condition, self._scaled(first.over, first.below), self._scaled(second.over, second.below)
        )
        return self._made(1, above, 1, below)

    def rounded(self, value: Rational, rule: str, decimals: int) -> Rational:
        """Under a rule of `exact.rounding`, by one exact division."""
        return self.of(self.units(value, rule, decimals), 10**decimals)

    def units(self, value: Rational, rule: str, decimals: int) -> Node:
        """The same as a whole number of the smallest unit."""
        scaled = self._made(value.times * 10**decimals, value.above, value.over, value.below)
        above, below = self.numerator(scaled), self.denominator(scaled)
        return above if below.is_(1) else self._units(above, below, rule)

    def numerator(self, value: Rational) -> Node:
        return self._scaled(value.times, value.above)

    def denominator(self, value: Rational) -> Node:
        return self._scaled(value.over, value.below)

    def _units(self, above: Node, below: Node, rule: str) -> Node:
        graph = self.graph
        match rule:
            case "down":
                return graph.floor_divide(above, below)
            case "up":
                return graph.floor_divide(graph.add(above, graph.subtract(below, self._one)), below)
            case "to the nearest":
                return self._nearest(above, below)
            case "half to even":
                quotient = graph.floor_divide(above, below)
                twice = graph.multiply(graph.constant(2), graph.subtract(above, graph.multiply(quotient, below)))
                half = graph.floor_divide(quotient, graph.constant(2))
                even = graph.compare("eq", graph.multiply(graph.constant(2), half), quotient)
                stays = graph.either(
                    graph.compare("lt", twice, below), graph.both(even, graph.compare("eq", twice, below))
                )
                return graph.add(quotient, graph.choose(stays, graph.constant(0), self._one))
        raise AssertionError(f"no such rule: {rule}")

    def _nearest(self, above: Node, below: Node) -> Node:
        """Away from zero at the half: what is negative loses one before it is divided, which only the half notices."""
        graph, two = self.graph, self.graph.constant(2)
        negative = graph.bit(graph.compare("lt", above, graph.constant(0)), 1)
        twice = graph.add(graph.multiply(two, above), below)
        return graph.floor_divide(graph.subtract(twice, negative), graph.multiply(two, below))

    def _summed(self, left: Rational, right: Rational, combine: object) -> Rational:
        graph = self.graph
        if left.below is right.below:
            times, over, one, other = self._common(left, right)
            return self._made(times, combine(one, other), over, left.below)  # type: ignore[operator]
        above_left, above_right = graph.multiply(left.above, right.below), graph.multiply(right.above, left.below)
        below = graph.multiply(left.below, right.below)
        times, over, one, other = self._common(
            Rational(left.times, above_left, left.over, below), Rational(right.times, above_right, right.over, below)
        )
        return self._made(times, combine(one, other), over, below)  # type: ignore[operator]

    def _common(self, left: Rational, right: Rational) -> tuple[int, int, Node, Node]:
        """Two rationals over the same node as times / over × two nodes."""
        over = left.over * right.over // gcd(left.over, right.over)
        one, other = left.times * (over // left.over), right.times * (over // right.over)
        times = gcd(one, other) or 1
        return times, over, self._scaled(one // times, left.above), self._scaled(other // times, right.above)

    def _over_one(self, left: Rational, right: Rational) -> tuple[Node, Node]:
        """Two nodes that compare as the rationals do."""
        graph = self.graph
        one, other = left.above, right.above
        if left.below is not right.below:
            one, other = graph.multiply(one, right.below), graph.multiply(other, left.below)
        shared = gcd(left.times * right.over, right.times * left.over) or 1
        return (
            self._scaled(left.times * right.over // shared, one),
            self._scaled(right.times * left.over // shared, other),
        )

    def _scaled(self, factor: int, node: Node) -> Node:
        return self.graph.multiply(self.graph.constant(factor), node)

    def _negated(self, node: Node) -> Node:
        return self.graph.subtract(self.graph.constant(0), node)

    def _size(self, node: Node, negative: Node) -> Node:
        """The node without its sign; where its range is known, so is that of its size."""
        graph = self.graph
        size = graph.choose(negative, self._negated(node), node)
        return graph.highest(size, graph.constant(0))

    def _made(self, times: int, above: Node, over: int, below: Node) -> Rational:
        """In lowest terms as far as constants go; a numerator of zero is the constant."""
        if above.constant is not None:
            times, above = times * above.constant, self._one
        if below.constant is not None:
            over, below = over * below.constant, self._one
        if times == 0:
            return Rational(0, self._one, 1, self._one)
        shared = gcd(times, over)
        return Rational(times // shared, above, over // shared, below)
