"""Quantities: exact values with a dimension and the steps that made them.

Term code is written on these and never sees a number. Each operation makes a new quantity that keeps
its operands, so the explanation of an answer is the answer itself. A quantity whose leaves are left
open has no value yet: the same term code, run on open leaves, is its own recording.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, NoReturn

from ...grammar.classes import field, made_often
from . import dimensions
from .dimensions import DATE, RATIO, SHARES, TRUTH, WORD, YEARS, Dimension, DimensionError
from .operations import NEVER, evaluate
from .origins import Origin
from .values import OPEN, Reason

Exact = Fraction  # the only kind of number there is; other files name it so
_ZERO = Fraction(0)


@made_often(eq=False)
class Quantity:
    """A value of a dimension, and how it came about.

    Exact numbers are rationals; dates are day numbers; `value` may also be Unknown, Refused or OPEN.
    Only the engine reads `value`: term code combines quantities, and may not branch on them.
    """

    dimension: Dimension
    value: Any
    operation: str = "given"
    arguments: tuple["Quantity", ...] = field(default=(), repr=False)
    detail: Any = None
    label: str = ""
    cites: tuple[Origin, ...] = field(default=(), repr=False)

    def __add__(self, other: "Quantity") -> "Quantity":
        return _pair("add", _same(self, other), self, other)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return _pair("subtract", _same(self, other), self, other)

    def __mul__(self, other: "Quantity") -> "Quantity":
        return _pair("multiply", dimensions.product(self.dimension, other.dimension), self, other)

    def __truediv__(self, other: "Quantity") -> "Quantity":
        return _pair("divide", dimensions.quotient(self.dimension, other.dimension), self, other)

    def __lt__(self, other: "Quantity") -> "Quantity":
        return _compare("below", self, other)

    def __le__(self, other: "Quantity") -> "Quantity":
        return _compare("at most", self, other)

    def __gt__(self, other: "Quantity") -> "Quantity":
        return _compare("below", other, self)

    def __ge__(self, other: "Quantity") -> "Quantity":
        return _compare("at most", other, self)

    def same_as(self, other: "Quantity") -> "Quantity":
        """Whether both have one value."""
        return _compare("equal", self, other)

    def __and__(self, other: "Quantity") -> "Quantity":
        return every(self, other)

    def __or__(self, other: "Quantity") -> "Quantity":
        return some(self, other)

    def __invert__(self) -> "Quantity":
        return _apply("not", TRUTH, (_truth(self),))

    def __bool__(self) -> NoReturn:
        raise TypeError("a quantity is no condition of Python's: use choose, lowest, highest or permitted")

    def named(self, label: str, *cites: Origin) -> "Quantity":
        """The same quantity, called by this name in explanations and resting on these clauses."""
        return self._with(label, cites)

    def citing(self, *cites: Origin) -> "Quantity":
        """The same quantity, resting on these clauses too."""
        return self._with(self.label, cites) if cites else self

    def _with(self, label: str, cites: tuple[Origin, ...]) -> "Quantity":
        # Said out, because `evolve` takes six times as long and every figure passes here.
        every_cite = (*self.cites, *cites)
        return Quantity(self.dimension, self.value, self.operation, self.arguments, self.detail, label, every_cite)


def exact(digits: str) -> Fraction:
    """The number that plain digits spell, with `,` between thousands and `.` before decimals."""
    whole, _, decimals = digits.replace(",", "").partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def given(dimension: Dimension, value: Any, label: str = "", *cites: Origin) -> Quantity:
    """A leaf: a figure of a clause or a fact, or a value that is not known."""
    return Quantity(
        dimension,
        Fraction(value) if type(value) is int and dimension != DATE else value,
        label=label,
        cites=cites,
    )


def open_leaf(dimension: Dimension, name: Any) -> Quantity:
    """A leaf whose value is given later, by this name."""
    return Quantity(dimension, OPEN, "input", (), name, label=str(name))


def day_of(day: date, label: str = "", *cites: Origin) -> Quantity:
    """A date as a quantity."""
    return Quantity(DATE, day.toordinal(), label=label or day.isoformat(), cites=cites)


def as_date(day: Quantity) -> date:
    """The date of a day that is known from the terms: what schedules are made of."""
    return date.fromordinal(day.value)


def is_settled(day: Quantity) -> bool:
    """Whether a day of the terms is known: beyond the end of a calendar it may not be."""
    return isinstance(day.value, int)


def never(label: str = "never") -> Quantity:
    """The date of what has not happened: after every other."""
    return Quantity(DATE, NEVER, label=label)


def truth(value: bool, label: str = "", *cites: Origin) -> Quantity:
    """A truth known from the terms."""
    return Quantity(TRUTH, value, label=label, cites=cites)


def word(text: str, *cites: Origin) -> Quantity:
    """One of the words that an answer may be."""
    return Quantity(WORD, text, label=text, cites=cites)


def ratio(value: int | Fraction, label: str = "") -> Quantity:
    """A plain number."""
    return Quantity(RATIO, Fraction(value), label=label)


def nothing(dimension: Dimension) -> Quantity:
    """Zero of a dimension."""
    return Quantity(dimension, _ZERO, label="none")


def choose(condition: Quantity, first: Quantity, second: Quantity) -> Quantity:
    """`first` where the condition holds, else `second`; unknown only where the two differ."""
    value = evaluate("choose", None, (_truth(condition).value, first.value, second.value))
    return Quantity(_same(first, second), value, "choose", (condition, first, second))


def lowest(*items: Quantity) -> Quantity:
    """The least of quantities that are never negative."""
    return items[0] if len(items) == 1 else _apply("lowest", dimensions.same(*[q.dimension for q in items]), items)


def highest(*items: Quantity) -> Quantity:
    """The greatest."""
    return items[0] if len(items) == 1 else _apply("highest", dimensions.same(*[q.dimension for q in items]), items)


def every(*truths: Quantity) -> Quantity:
    """Whether all hold: one known false decides."""
    if len(truths) == 1:
        return _truth(truths[0])
    return truth(True) if not truths else _apply("and", TRUTH, tuple(map(_truth, truths)))


def some(*truths: Quantity) -> Quantity:
    """Whether any holds: one known true decides."""
    if len(truths) == 1:
        return _truth(truths[0])
    return truth(False) if not truths else _apply("or", TRUTH, tuple(map(_truth, truths)))


def permitted(value: Quantity, permissions: Iterable[tuple[Quantity, Reason]]) -> Quantity:
    """The value, if every permission is given; else refused with the reasons of those that are not."""
    pairs = tuple(permissions)
    if not pairs:
        return value
    truths = tuple(_truth(given_) for given_, _ in pairs)
    return _apply("permitted", value.dimension, (value, *truths), tuple(reason for _, reason in pairs))


def binding(limits: dict[str, Quantity]) -> Quantity:
    """The names of the lowest of the limits, all where they tie."""
    return _apply("binding", WORD, tuple(limits.values()), tuple(limits))


def rounded(value: Quantity, rule: str, decimals: int = 0) -> Quantity:
    """The value with that many decimals, under a rule of `rounding.RULES`."""
    return _apply("round", value.dimension, (value,), (rule, decimals))


def year_fraction(clock: Any, start: Quantity, end: Quantity) -> Quantity:
    """The years from start up to end as the clock's convention counts them; none where end is not after start."""
    return _apply("year fraction", YEARS, (start, end), clock)


def shifted(day: Quantity, shift: Any) -> Quantity:
    """The date moved by a `Shift`; what never happens stays never."""
    return _apply("shift", DATE, (day,), shift)


def statistic(name: str, items: tuple[Quantity, ...], count: int = 0, among: str = "") -> Quantity:
    """`average`, `lowest`, `highest`, `median` or `last` of the items, or of the `count` lowest or highest of them."""
    return _apply("statistic", dimensions.same(*[q.dimension for q in items]), items, (name, count, among))


def weighted_average(prices: tuple[Quantity, ...], weights: tuple[Quantity, ...]) -> Quantity:
    """The average of the prices, each weighted by the volume of its day."""
    return _apply("weighted average", prices[0].dimension, (*prices, *weights))


def first_run(
    operator: str, level: Quantity, quotes: tuple[Quantity, ...], sessions: tuple[int, ...], wanted: int
) -> Quantity:
    """The date of the first session that ends `wanted` in a row on which `quote operator level` holds."""
    return _apply("first run", DATE, (level, *quotes), (operator, sessions, wanted))


def whole_shares(count: int | Fraction, label: str = "", *cites: Origin) -> Quantity:
    """A number of shares."""
    return given(SHARES, Fraction(count), label, *cites)


def _apply(operation: str, dimension: Dimension, arguments: tuple[Quantity, ...], detail: Any = None) -> Quantity:
    value = evaluate(operation, detail, tuple([argument.value for argument in arguments]))
    return Quantity(dimension, value, operation, arguments, detail)


def _pair(operation: str, dimension: Dimension, left: Quantity, right: Quantity) -> Quantity:
    return Quantity(dimension, evaluate(operation, None, (left.value, right.value)), operation, (left, right))


def _compare(operation: str, left: Quantity, right: Quantity) -> Quantity:
    _same(left, right)
    return _pair(operation, TRUTH, left, right)


def _same(left: Quantity, right: Quantity) -> Dimension:
    dimension = left.dimension  # most often the very same: there is one of each
    return dimension if dimension is right.dimension else dimensions.same(dimension, right.dimension)


def _truth(quantity: Quantity) -> Quantity:
    if quantity.dimension is not TRUTH and quantity.dimension != TRUTH:
        raise DimensionError(f"a condition is wanted, not {quantity.dimension}")
    return quantity
