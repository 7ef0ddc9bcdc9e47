"""Spelling: quantities in words and figures, for people and for machines.

The exact value is never lost: a figure that was shortened says so, and machines get the fraction.
"""

from datetime import date
from typing import Any

from .dimensions import Dimension
from .operations import NEVER
from .quantities import Exact, Quantity
from .rounding import NEAREST, rounded_units
from .values import Refused, Unknown

CENTS = 2
PRICE_DECIMALS = 10
PERCENT_DECIMALS = 6
DIGITS_AT_ONCE = 10**600  # Python may be told to make no more than 640


def spelt(quantity: Quantity) -> str:
    """The value as a person reads it."""
    value, dimension = quantity.value, quantity.dimension
    match value:
        case Unknown(needs, at_most):
            bound = f", at most {_known(at_most, dimension)}" if at_most is not None else ""
            return f"unknown{bound}: needs {listed(needs)}"
        case Refused(reasons):
            return "refused: " + "; ".join(map(str, reasons))
    return _known(value, dimension)


def words_shorten(step: Quantity) -> bool:
    """Whether a person is shown less than the exact figure."""
    if isinstance(step.value, Unknown | Refused) or step.dimension.name in ("truth", "word", "date"):
        return False
    if step.dimension.name == "money":
        return bool((step.value * 100).denominator != 1)
    return "…" in spelt(step)


def _known(value: Any, dimension: Dimension) -> str:
    match dimension.name:
        case "money":
            return f"{dimension.currency} {decimal(value, CENTS, grouped=True)}"
        case "price":
            return f"{dimension.currency} {shortest(value, PRICE_DECIMALS)} per share"
        case "shares":
            return f"{shortest(value, PERCENT_DECIMALS, grouped=True)} shares"
        case "rate":
            return f"{shortest(value * 100, PERCENT_DECIMALS)}% per year"
        case "date":
            return "never" if value >= NEVER else date.fromordinal(value).isoformat()
        case "truth":
            return "yes" if value else "no"
        case "word":
            return ", ".join(value) if isinstance(value, tuple) else str(value)
        case "days":
            return f"{shortest(value, 0)} days"
        case "years":
            return f"{value} of a year" if value.denominator != 1 else f"{value} years"
    return shortest(value, PRICE_DECIMALS)


def decimal(value: Exact, decimals: int, grouped: bool = False) -> str:
    """The value rounded half up to so many decimals."""
    units = rounded_units(abs(value.numerator) * 10**decimals, value.denominator, NEAREST)
    whole, part = divmod(units, 10**decimals)
    digits = f"{whole:,}" if grouped else str(whole)
    sign = "-" if value < 0 and units else ""
    return f"{sign}{digits}.{part:0{decimals}d}" if decimals else f"{sign}{digits}"


def shortest(value: Exact, decimals: int, grouped: bool = False) -> str:
    """The value without needless zeros; `…` follows where more decimals would be needed to be exact."""
    text = decimal(value, decimals, grouped)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if (value * 10**decimals).denominator == 1 else f"{text}…"


def exact_text(value: Any) -> str:
    """The value for machines: a fraction in lowest terms, an ISO date, `true`, or words."""
    if isinstance(value, Exact):
        over = "" if value.denominator == 1 else f"/{in_digits(value.denominator)}"
        return f"{in_digits(value.numerator)}{over}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return "never" if value >= NEVER else date.fromordinal(value).isoformat()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def in_digits(number: int) -> str:
    """A whole number in digits, also one of more digits than Python makes of a number at once."""
    if abs(number) < DIGITS_AT_ONCE:
        return str(number)
    head, tail = divmod(abs(number), DIGITS_AT_ONCE)
    return f"{'-' if number < 0 else ''}{in_digits(head)}{tail:0{len(str(DIGITS_AT_ONCE)) - 1}}"


def listed(words: tuple[str, ...]) -> str:
    """Words joined by commas, quotes of one series on many days together: `closing bid for 2019-08-12, 2019-08-13`."""
    grouped: dict[str, list[str]] = {}
    for each in words:
        head, _, day = each.rpartition(" for ")
        grouped.setdefault(head or each, []).append(day if head else "")
    parts = [f"{head} for {', '.join(days)}" if any(days) else head for head, days in grouped.items()]
    return "; ".join(parts)
