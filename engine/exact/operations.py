"""Operations: the closed list of what may be done to values, each written once.

The exact engine runs these as it builds an explanation; a replay runs the same ones over a recording.
Each says how it treats what is unknown: most wait for every argument, a few can answer without.
`detail` is what is fixed when the step is written: a rounding rule, a day-count clock, the names of limits.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

from ..time.calendars import OutsideCalendar
from .origins import Origin
from .rounding import rounded_units
from .values import OPEN, Open, Reason, Refused, Unknown, joined_refusal, joined_unknown

BITS_MAX = 1 << 15  # some years of daily compounding, and not much of an answer's time
BITS_SAFE = BITS_MAX // 2  # of what is held: the arithmetic of an answer at most doubles it
NEVER = date.max.toordinal()  # the date of what has not happened


class TooBig(ArithmeticError):
    """A number grew past the budget of 32,768 bits; `by` is what made it grow, where that is known."""

    def __init__(self, message: str, by: Origin | None = None) -> None:
        super().__init__(message)
        self.by = by


def evaluate(operation: str, detail: Any, values: tuple[Any, ...]) -> Any:
    """The value of an operation: exact, Unknown, Refused, or OPEN when an argument is."""
    known, partly = _EVALUATE[operation]
    for value in values:
        if type(value) in _NO_VALUE:
            return OPEN if any(each is OPEN for each in values) else partly(detail, values)
    try:
        return known(detail, *values)
    except ZeroDivisionError:
        return Unknown(("a divisor that is not zero",))
    except OutsideCalendar as outside:
        return Unknown((outside.need,))


_NO_VALUE = frozenset({Unknown, Refused, Open})


def _waits(detail: Any, values: tuple[Any, ...]) -> Unknown | Refused:
    """Waits for every argument; a refusal among them refuses, and comes before what is unknown."""
    return _blocked(values)


def _blocked(values: tuple[Any, ...]) -> Unknown | Refused:
    refusal = joined_refusal(values)
    return refusal if refusal.reasons else joined_unknown(values)


def _bounded(value: Fraction) -> Fraction:
    if value.numerator.bit_length() > BITS_MAX or value.denominator.bit_length() > BITS_MAX:
        raise TooBig(f"a number grew past the limit of {BITS_MAX:,} bits")
    return value


def is_long(value: Any) -> bool:
    """Whether a number is so long that what is reckoned from it may pass the limit."""
    return isinstance(value, Fraction) and max(map(int.bit_length, value.as_integer_ratio())) > BITS_SAFE


def _multiply_partly(detail: Any, values: tuple[Any, ...]) -> Any:
    """Nothing of an unknown is nothing."""
    return _ZERO if any(_is_nothing(value, values) for value in values) else _blocked(values)


def _divide_partly(detail: Any, values: tuple[Any, ...]) -> Any:
    """Nothing, at whatever price, is nothing; a known zero below the line is still an error."""
    return _ZERO if _is_nothing(values[0], values) else _blocked(values)


def _is_nothing(value: Any, values: tuple[Any, ...]) -> bool:
    return isinstance(value, Fraction) and not value and not any(isinstance(each, Refused) for each in values)


_ZERO = Fraction(0)


def _lowest_partly(detail: Any, values: tuple[Any, ...]) -> Any:
    """Of quantities that are never negative: a known zero decides, a known value bounds."""
    refusal = joined_refusal(values)
    if refusal.reasons:
        return refusal
    known = [value for value in values if not isinstance(value, Unknown)]
    if known and min(known) == 0:
        return min(known)
    return Unknown(joined_unknown(values).needs, at_most=min(known) if known else None)


def _choose_partly(detail: Any, values: tuple[Any, ...]) -> Any:
    condition, first, second = values
    if isinstance(condition, Refused):
        return condition
    if isinstance(condition, Unknown):
        return first if first == second else _either(first, second) or joined_unknown(values)
    return first if condition else second


def _either(first: Any, second: Any) -> Unknown | None:
    """What waits for the same facts whichever it is; of two bounds that are certain the higher one is."""
    if not (isinstance(first, Unknown) and isinstance(second, Unknown) and first.needs == second.needs):
        return None
    bounds: list[Any] = [first.at_most, second.at_most]
    return Unknown(first.needs, None if None in bounds else max(bounds))


def _every_partly(detail: Any, values: tuple[Any, ...]) -> Any:
    return False if False in values else _blocked(values)


def _some_partly(detail: Any, values: tuple[Any, ...]) -> Any:
    return True if True in values else _blocked(values)


def _permitted(reasons: tuple[Reason, ...], values: tuple[Any, ...]) -> Any:
    """The first value, if every permission after it is given; a known refusal beats an unknown."""
    value, *permissions = values
    denied = [reason for reason, given in zip(reasons, permissions, strict=True) if given is False]
    if denied:
        return Refused(tuple(denied))
    if isinstance(value, Refused):
        return value
    open_questions = [given for given in permissions if given is not True]
    return _blocked((*open_questions, value)) if open_questions else value


def _binding(labels: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    """The names of the lowest values, all of them where they tie."""
    lowest = evaluate("lowest", None, values)
    if isinstance(lowest, Unknown):
        return Unknown(lowest.needs)  # a name has no bound
    if isinstance(lowest, Refused):
        return lowest
    return tuple(label for label, value in zip(labels, values, strict=True) if value == lowest)


def _round(detail: Any, value: Fraction) -> Fraction:
    rule, decimals = detail
    scale = 10**decimals
    return Fraction(rounded_units(value.numerator * scale, value.denominator, rule), scale)


def _of_several(detail: Any, *values: Fraction) -> Fraction:
    statistic, count, among = detail
    # Over one denominator they are compared and summed as whole numbers, a tenth of the work.
    below = lcm(*(value.denominator for value in values))
    whole = [value.numerator * (below // value.denominator) for value in values]
    ordered = sorted(whole, reverse=among == "highest")[:count] if among else whole
    match statistic:
        case "lowest":
            return Fraction(min(ordered), below)
        case "highest":
            return Fraction(max(ordered), below)
        case "average":
            return Fraction(sum(ordered), below * len(ordered))
        case "median":
            middle = sorted(ordered)
            half = len(middle) // 2
            return Fraction(middle[half] + middle[-1 - half], 2 * below)
        case "last":
            return Fraction(ordered[-1], below)
    raise AssertionError(f"no such statistic: {statistic}")


def _weighted(detail: Any, *values: Fraction) -> Fraction:
    half = len(values) // 2
    prices, weights = values[:half], values[half:]
    return sum((p * w for p, w in zip(prices, weights, strict=True)), Fraction(0)) / sum(weights)


def run_ends(detail: Any, level: Any, quotes: Iterable[Any]) -> Iterator[tuple[int, bool]]:
    """The sessions that may end so many in a row on which the comparison holds, and whether each surely does.

    A missing quote may be one on which it holds.
    """
    operator, sessions, wanted = detail
    surely = possibly = 0
    for session, quote in zip(sessions, quotes, strict=True):
        missing = isinstance(quote, Unknown)
        holds = not missing and _COMPARISONS[operator](quote, level)
        surely, possibly = (surely + 1) if holds else 0, (possibly + 1) if holds or missing else 0
        if possibly >= wanted:
            yield session, surely >= wanted


def _first_run(detail: Any, values: tuple[Any, ...]) -> Any:
    """The first session that ends a run; unknown if a missing quote may make it earlier."""
    level, *quotes = values
    for session, surely in run_ends(detail, level, quotes):
        return session if surely else joined_unknown(values)
    return NEVER


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "below": lambda quote, level: quote < level,
    "above": lambda quote, level: quote > level,
    "at least": lambda quote, level: quote >= level,
    "at most": lambda quote, level: quote <= level,
}


def _year_fraction(clock: Any, start: int, end: int) -> Fraction:
    return (
        Fraction(*clock.year_fraction(date.fromordinal(start), date.fromordinal(end))) if end > start else Fraction(0)
    )


def _shift(shift: Any, day: int) -> int:
    return day if day >= NEVER else shift.moved(date.fromordinal(day)).toordinal()


# What is done with values that are all known, and what becomes of the operation where some are not.
_EVALUATE: dict[str, tuple[Callable[..., Any], Callable[[Any, tuple[Any, ...]], Any]]] = {
    "add": (lambda _, left, right: _bounded(left + right), _waits),
    "subtract": (lambda _, left, right: _bounded(left - right), _waits),
    "multiply": (lambda _, left, right: _bounded(left * right), _multiply_partly),
    "divide": (lambda _, left, right: _bounded(left / right), _divide_partly),
    "below": (lambda _, left, right: left < right, _waits),
    "at most": (lambda _, left, right: left <= right, _waits),
    "equal": (lambda _, left, right: left == right, _waits),
    "not": (lambda _, value: not value, _waits),
    "and": (lambda _, *values: all(values), _every_partly),
    "or": (lambda _, *values: any(values), _some_partly),
    "choose": (lambda _, condition, first, second: first if condition else second, _choose_partly),
    "lowest": (lambda _, *values: min(values), _lowest_partly),
    "highest": (lambda _, *values: max(values), _waits),
    "binding": (lambda labels, *values: _binding(labels, values), _binding),
    "permitted": (lambda reasons, *values: _permitted(reasons, values), _permitted),
    "round": (_round, _waits),
    "statistic": (_of_several, _waits),
    "first run": (lambda detail, *values: _first_run(detail, values), _first_run),
    "weighted average": (_weighted, _waits),
    "year fraction": (_year_fraction, _waits),
    "shift": (_shift, _waits),
}
OPERATIONS = frozenset(_EVALUATE)
