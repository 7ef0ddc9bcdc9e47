"""Wrapping: numbers past 64 bits that are only divided by a small one or asked for their sign, as machine numbers.

Such a number is kept twice: as a float, which is off by a known bound, and as an int64 that has wrapped round,
which is right but for multiples of 2**64. The float gives the quotient to within one; the rest, which is small,
is exact in the wrapped words and says by how much. The sign is that of the float, near zero that of the word. Which
numbers can be kept so is decided here, from the ranges of all that they are made of.
"""

from collections.abc import Callable, Iterable

from ..compiled.nodes import Node

SUMS = frozenset({"add", "subtract", "multiply"})
EXACT_REAL = 1 << 53
REST_MAX = 1 << 61  # of a divisor: twice of it either way is a word
QUOTIENT_MAX = 1 << 49
SLACK = 1 << 51  # of the error of a quotient, in units of 2**-53: a quarter
SIGN_ERROR_MAX = 1 << 61  # of what is asked for its sign: where the float is below twice this, the word has not wrapped


def wrapped(ordered: Iterable[Node], roots: Iterable[Node], is_wide: Callable[[Node], bool]) -> frozenset[int]:
    """The wide nodes, by id, that may be kept as a float and a wrapped word."""
    nodes = list(ordered)
    found = {id(node) for node in nodes if is_wide(node) and node.operation in SUMS} - {id(root) for root in roots}
    users: dict[int, list[Node]] = {}
    for node in nodes:
        for argument in node.arguments:
            users.setdefault(id(argument), []).append(node)
    errors = _errors(nodes, is_wide)
    while True:
        kept = {
            id(node)
            for node in nodes
            if id(node) in found
            and all(id(argument) in found or not is_wide(argument) for argument in node.arguments)
            and all(id(user) in found or _is_told(user, node, errors) for user in users.get(id(node), ()))
        }
        if kept == found:
            return frozenset(found)
        found = kept


def _is_told(user: Node, wide: Node, errors: dict[int, int]) -> bool:
    """Whether both together say what a node makes of the wide one."""
    return _is_quotient(user, wide, errors) or _is_sign(user, wide, errors)


def _is_sign(user: Node, wide: Node, errors: dict[int, int]) -> bool:
    """Whether a node asks if another, of which the float is near enough, is below zero."""
    if user.operation != "lt" or user.arguments[0] is not wide or not user.arguments[1].is_(0):
        return False
    return id(wide) in errors and errors[id(wide)] >> 53 < SIGN_ERROR_MAX


def _is_quotient(user: Node, above: Node, errors: dict[int, int]) -> bool:
    """Whether a node divides another by what is small and positive, to a quotient whose error is small."""
    if user.operation != "floor_divide" or user.arguments[0] is not above:
        return False
    below = user.arguments[1]
    if below is above or below.low is None or below.high is None or user.low is None or user.high is None:
        return False
    quotient = max(abs(user.low), abs(user.high))
    if not 1 <= below.low <= below.high < REST_MAX or quotient >= QUOTIENT_MAX:
        return False
    return errors[id(above)] // below.low + 3 * quotient + 4 <= SLACK


def _errors(nodes: list[Node], is_wide: Callable[[Node], bool]) -> dict[int, int]:
    """A bound of the error of each node as a float, in units of 2**-53, where it is made of sums and products."""
    errors: dict[int, int] = {}
    for node in nodes:
        if node.is_truth or node.low is None or node.high is None:
            continue
        size = max(abs(node.low), abs(node.high))
        if not is_wide(node) or node.operation not in SUMS:
            errors[id(node)] = 0 if size < EXACT_REAL else size
            continue
        # A graph gives a sum or product a range only where its arguments are numbers that have one: both are here.
        (left, right), (first, second) = node.arguments, (errors[id(each)] for each in node.arguments)
        if node.operation == "multiply":
            one, other = (_size(each) + (errors[id(each)] >> 53) + 1 for each in (left, right))
            errors[id(node)] = first * other + second * one + one * other
        else:
            errors[id(node)] = first + second + size + (first + second >> 53) + 1
    return errors


def _size(node: Node) -> int:
    assert node.low is not None
    assert node.high is not None
    return max(abs(node.low), abs(node.high))
