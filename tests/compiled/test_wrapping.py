"""Numbers past 64 bits that are only divided: kept in two words, and as exact as Python's own integers."""

import random
from fractions import Fraction
from math import floor
from operator import attrgetter

import numpy as np
import pytest

from tenor.engine.arrays.emission import OBJECTS, function_of, width
from tenor.engine.arrays.wrapping import wrapped
from tenor.engine.compiled.nodes import Graph
from tenor.engine.compiled.rationals import Arithmetic
from tenor.engine.exact.record import in_order
from tenor.engine.exact.rounding import NEAREST

ROWS = 4_000
ARGUMENTS = attrgetter("arguments")


def wide(node):
    return width(node.low, node.high) == OBJECTS


def quotient(above_bits: int, below_bits: int):
    """(a × b − c × d) // e with the ranges that the numbers drawn have, and the names of its inputs."""
    graph = Graph()
    high = 1 << above_bits // 2
    a, b, c, d = (graph.given(name, 0, high) for name in "abcd")
    below = graph.given("e", 1 << below_bits - 1, 1 << below_bits)
    difference = graph.subtract(graph.multiply(a, b), graph.multiply(c, d))
    return graph.floor_divide(difference, below), {name: name for name in "abcde"}


@pytest.mark.parametrize("bits", [(64, 40), (70, 30), (80, 45), (90, 50), (100, 60)])
def test_a_wide_quotient_is_exact(bits):
    """Also next to a whole multiple of the divisor, on either side, where a float alone cannot tell."""
    above_bits, below_bits = bits
    root, names = quotient(*bits)
    nodes = in_order([root], ARGUMENTS)
    assert wrapped(nodes, [root], wide), "the case is one that is kept in two words"
    draw = random.Random(above_bits)
    rows = []
    for _ in range(ROWS):
        a, b, c, d = (draw.randrange(1 << above_bits // 2) for _ in range(4))
        low, high = 1 << below_bits - 1, 1 << below_bits
        e, above = draw.randrange(low, high), a * b - c * d
        if draw.random() < 0.7 and abs(above) >= e:
            # The nearest divisors of which so many are just what is above the line, or all but.
            e = min(max(above // (above // e) + draw.choice((-1, 0, 1)), low), high)
        rows.append((a, b, c, d, e))
    columns = [np.array([row[place] for row in rows], dtype=np.int64) for place in range(5)]
    (found,) = function_of([root], names)(*columns)
    assert found.tolist() == [(a * b - c * d) // e for a, b, c, d, e in rows]


@pytest.mark.parametrize("bits", [(64, 30), (70, 30), (80, 38), (90, 44), (92, 46)])
def test_a_wide_figure_is_rounded_away_from_zero_at_the_half(bits):
    """Of either sign, at the half and beside it, and near zero."""
    above_bits, below_bits = bits
    root, names = quotient(*bits)
    arithmetic = Arithmetic(Graph())
    rounded = arithmetic.units(arithmetic.of(root.arguments[0], 1, root.arguments[1]), NEAREST, 0)
    nodes = in_order([rounded], ARGUMENTS)
    assert wrapped(nodes, [rounded], wide), "the case is one that is kept in two words"
    assert any(node.operation == "lt" for node in nodes)
    draw, rows, halves = random.Random(above_bits), [], 0
    for _ in range(ROWS):
        p, q = (draw.randrange(1 << draw.randrange(1, above_bits // 2)) for _ in range(2))
        e = 2 * draw.randrange(1 << below_bits - 2, 1 << below_bits - 1)
        rest = max(0, (p * q - e // 2) % e + draw.choice((-1, 0, 0, 0, 1)))  # what is above a half; beside it
        c, d = (rest, 1) if rest < 1 << above_bits // 2 else (0, 0)
        rows.append((p, q, c, d, e) if draw.random() < 0.5 else (c, d, p, q, e))
        halves += (p * q - c * d) * 2 % (2 * e) == e
    assert halves > ROWS // 4
    columns = [np.array([row[place] for row in rows], dtype=np.int64) for place in range(5)]
    (found,) = function_of([rounded], names)(*columns)
    expected = [Fraction(a * b - c * d, e) for a, b, c, d, e in rows]
    assert found.tolist() == [floor(abs(each) + Fraction(1, 2)) * (1 if each > 0 else -1) for each in expected]


def test_what_two_words_cannot_say_takes_pythons_integers():
    """A divisor past 61 bits, a quotient past 49, and a wide number that is wanted itself."""
    for above_bits, below_bits in ((126, 62), (120, 40)):
        root, _ = quotient(above_bits, below_bits)
        assert not wrapped(in_order([root], ARGUMENTS), [root], wide)
    graph = Graph()
    difference = graph.subtract(graph.given("a", None, None), graph.given("b", 0, 1))
    sign = graph.compare("lt", difference, graph.constant(0))
    assert not wrapped(in_order([sign], ARGUMENTS), [sign], wide), "a number that nothing bounds"
    root, _ = quotient(80, 45)
    assert not wrapped(in_order([root], ARGUMENTS), [root, root.arguments[0]], wide) & {id(root.arguments[0])}
