"""Expressions: the closed set of ways to write a figure or a condition, and the one door that evaluates them.

What is written (`grammar.tree`) and what is checked (here) are different types: names are resolved, units
known. Evaluation is generic over the kind of quantity; checking runs it on open leaves to learn the
dimension, so the two cannot disagree.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol, assert_never

from ...grammar.classes import field, made_often
from ...grammar.source import Span
from ..exact.dimensions import DimensionError
from ..exact.quantities import Quantity, choose, every, highest, lowest, some
from ..time.periods import Period
from .phrases import Said


@made_often
class Constant:
    """A literal."""

    quantity: Quantity


@made_often
class Noun:
    """A figure that a term knows by these words: `outstanding shares`."""

    words: str


@made_often
class Named:
    """A definition of the note: `Market Price`."""

    name: str
    expression: "Expression"


@made_often
class Operation:
    """Arithmetic, `P% of X` included."""

    operator: str
    left: "Expression"
    right: "Expression"
    span: Span = field(eq=False, repr=False)


@made_often
class Choice:
    """`lesser of` or `greater of`."""

    which: str
    items: tuple["Expression", ...]
    span: Span = field(eq=False, repr=False)


@made_often
class LookBack:
    """A statistic of a series over a window of sessions that ends at an anchor: what a market is asked."""

    statistic: str
    series: str
    period: Period
    edge: str
    anchor: Any  # a date, or the words for the day that is asked about
    count: int = 0
    among: str = ""


@made_often
class Run:
    """`closing bid below USD 0.01 per share for 10 trading days`: it holds on each of so many sessions."""

    series: str
    operator: str
    level: Quantity
    sessions: int
    whose: str = ""  # the clause for which it is watched anew once that was mended
    priced: date | None = None  # the day in whose shares the level is; None: the issue


@made_often
class Prior:
    """`otherwise`: the value had the exception not held."""


Expression = Constant | Noun | Named | Operation | Choice | LookBack | Prior


@made_often
class Happened:
    """A dated fact of this key has happened: `bankruptcy`, `event "DTC chill"`."""

    key: str


@made_often
class Stated:
    """A condition in words that a term declares: `payment is late by {period}`."""

    said: Said


@made_often
class Compared:
    """Two figures compared on the day."""

    operator: str
    left: Expression
    right: Expression


@made_often
class AllOf:
    items: tuple["Condition", ...]


@made_often
class AnyOf:
    items: tuple["Condition", ...]


@made_often
class NotSo:
    item: "Condition"


Condition = Happened | Stated | Run | Compared | AllOf | AnyOf | NotSo


class Scope(Protocol):
    """Who answers for what an expression names, on one day."""

    def constant(self, quantity: Quantity) -> Quantity: ...
    def noun(self, words: str) -> Quantity: ...
    def definition(self, named: Named) -> Quantity: ...
    def look_back(self, spec: LookBack) -> Quantity: ...
    def happened(self, key: str) -> Quantity: ...
    def stated(self, said: Said) -> Quantity: ...
    def run_holds(self, run: Run) -> Quantity: ...


def evaluate(expression: Expression, scope: Scope, prior: Quantity | None = None) -> Quantity:
    """The quantity an expression stands for on the scope's day; `prior` is what `otherwise` means.

    Raises DimensionError, with the span of the operation, where two quantities may not meet.
    """
    match expression:
        case Constant(quantity):
            return scope.constant(quantity)
        case Noun(words):
            return scope.noun(words)
        case Named():
            return scope.definition(expression)
        case Operation(operator, left, right, span):
            return _spanned(span, _OPERATORS[operator], evaluate(left, scope, prior), evaluate(right, scope, prior))
        case Choice(which, items, span):
            pick = lowest if which == "lesser" else highest
            return _spanned(span, pick, *(evaluate(item, scope, prior) for item in items))
        case LookBack():
            return scope.look_back(expression)
        case Prior():
            assert prior is not None, "the checker lets `otherwise` stand in exceptions only"
            return prior
        case _:
            assert_never(expression)


def is_above_zero(expression: Expression) -> bool:
    """Whether the figure is above zero where all are that it is made of: prices, and what is written."""
    match expression:
        case Constant() | LookBack() | Prior():
            return True
        case Named(expression=defined):
            return is_above_zero(defined)
        case Operation(operator, left, right):
            return operator != "-" and is_above_zero(left) and is_above_zero(right)
        case Choice(which, items):
            return (all if which == "lesser" else any)(map(is_above_zero, items))
    return False


def constants(expression: Expression) -> Iterable[Quantity]:
    """The figures that are written in it, and in the definitions that it names."""
    match expression:
        case Constant(quantity):
            yield quantity
        case Named(expression=defined):
            yield from constants(defined)
        case Operation(_, left, right):
            yield from (*constants(left), *constants(right))
        case Choice(_, items):
            for item in items:
                yield from constants(item)


def holds(condition: Condition, scope: Scope) -> Quantity:
    """Whether a condition holds on the scope's day."""
    match condition:
        case Happened(key):
            return scope.happened(key)
        case Stated(said):
            return scope.stated(said)
        case Run():
            return scope.run_holds(condition)
        case Compared(operator, left, right):
            return COMPARISONS[operator](evaluate(left, scope), evaluate(right, scope))
        case AllOf(items):
            return every(*(holds(item, scope) for item in items))
        case AnyOf(items):
            return some(*(holds(item, scope) for item in items))
        case NotSo(item):
            return ~holds(item, scope)
        case _:
            assert_never(condition)


def leaves(condition: Condition) -> Iterable[Condition]:
    """The conditions that are not made of others."""
    match condition:
        case AllOf(items) | AnyOf(items):
            for item in items:
                yield from leaves(item)
        case NotSo(item):
            yield from leaves(item)
        case _:
            yield condition


def excepted(base: Quantity, exceptions: Any, held: Any, read: Any) -> Quantity:
    """A value with its exceptions, weakest first: each that is `held`, once read, replaces the one before it."""
    value = base
    for exception in exceptions:
        instead = read(exception, value).named(f"`{exception.label}`", exception.origin)
        value = choose(held(exception), instead, value)
    return value


_OPERATORS = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
COMPARISONS: dict[str, Callable[[Quantity, Quantity], Quantity]] = {
    "below": lambda left, right: left < right,
    "above": lambda left, right: left > right,
    "at least": lambda left, right: left >= right,
    "at most": lambda left, right: left <= right,
}


def _spanned(span: Span, function: Any, *operands: Quantity) -> Quantity:
    try:
        result: Quantity = function(*operands)
    except DimensionError as error:
        raise MisfitError(str(error), span) from error
    return result


class Fixed:
    """The scope of what is fixed by the terms alone: definitions and literals, no day and no market."""

    def constant(self, quantity: Quantity) -> Quantity:
        return quantity

    def definition(self, named: Named) -> Quantity:
        return evaluate(named.expression, self)

    def noun(self, words: str) -> Quantity:
        raise NotFixed(words)

    def look_back(self, spec: LookBack) -> Quantity:
        raise NotFixed(spec.series)

    def happened(self, key: str) -> Quantity:
        raise NotFixed(key)

    def stated(self, said: Said) -> Quantity:
        raise NotFixed(said.text)

    def run_holds(self, run: Run) -> Quantity:
        raise NotFixed(run.series)


class NotFixed(Exception):
    """What an expression needs beyond the terms."""


FIXED = Fixed()


class MisfitError(DimensionError):
    """Two quantities that may not meet, and where that is written."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span
