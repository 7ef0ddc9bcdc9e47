"""Formulas: what was reckoned, in figures on one line: `108,068.36 × 8% × 185/365`.

Unnamed steps are written out; named ones stand there with their figure, and are the formula's leaves.
Nothing is reckoned here: each figure is read off the step that has it.
"""

from datetime import date

from ...grammar.classes import field, frozen
from ..exact.origins import Origin
from ..exact.quantities import Quantity
from ..exact.rounding import DOWN, HALF_EVEN, NEAREST, UP
from ..exact.spelling import CENTS, PRICE_DECIMALS, decimal, shortest, spelt
from ..exact.values import Refused, Unknown

ROUNDED = {DOWN: "rounded down", UP: "rounded up", NEAREST: "rounded", HALF_EVEN: "rounded half to even"}
COMPARED = {"below": "<", "at most": "≤", "equal": "="}
RECKONED = frozenset(
    {"add", "subtract", "multiply", "divide", "round", "lowest", "highest", "statistic", "weighted average"}
    | {"year fraction", *COMPARED}
)
DEPTH_MAX = 6  # a longer chain of sums is cut, and goes on below
SHOWN_MAX = 12  # of the items of an average
SUM, PRODUCT, ATOM = range(3)  # how tightly a piece of a formula holds together


@frozen
class Formula:
    """A line of figures, the steps whose figures they are, those written out, and what the latter rest on."""

    text: str
    leaves: tuple[Quantity, ...]
    steps: tuple[Quantity, ...]
    cites: tuple[Origin, ...]


@frozen
class _Sheet:
    """What is gathered while a formula is written."""

    leaves: list[Quantity] = field(factory=list)
    steps: list[Quantity] = field(factory=list)
    cites: list[Origin] = field(factory=list)


def is_reckoned(step: Quantity) -> bool:
    """Whether a step is arithmetic on known figures."""
    known = not any(isinstance(each.value, Unknown | Refused) for each in (step, *step.arguments))
    return step.operation in RECKONED and known


def is_constant(step: Quantity) -> bool:
    """Whether a step is a figure of the arithmetic itself: the 1 of 1 − 5.99 %, the zero that a sum starts from."""
    return step.operation == "given" and not step.cites and step.label in ("", "none")


def formula(step: Quantity, entering: int = 0) -> Formula:
    """How a step was reckoned; named steps below it are written out too, `entering` levels deep."""
    gathered = _Sheet()
    text, _ = _pieces(step, entering, DEPTH_MAX, gathered)
    return Formula(text, tuple(gathered.leaves), tuple(gathered.steps), tuple(gathered.cites))


def bare(step: Quantity) -> str:
    """A figure without its unit, as it stands in a formula."""
    value = step.value
    if isinstance(value, Unknown | Refused):
        return "?"
    match step.dimension.name:
        case "money":
            return decimal(value, CENTS, grouped=True)
        case "price":
            return shortest(value, PRICE_DECIMALS)
        case "shares":
            return shortest(value, 2, grouped=True)
        case "rate":
            return spelt(step).removesuffix(" per year")
        case "ratio":
            return step.label if step.label.endswith("%") else shortest(value, PRICE_DECIMALS)
    return spelt(step)


def chosen(step: Quantity) -> tuple[Quantity, ...]:
    """The items of a look-back that its result comes from, in the order of their days."""
    name, count, among = step.detail
    items = step.arguments
    if among:
        places = sorted(range(len(items)), key=lambda place: items[place].value, reverse=among == "highest")
        kept = set(places[:count])
    elif name in ("lowest", "highest", "last"):
        same = [place for place, each in enumerate(items) if each.value == step.value]
        kept = {same[-1] if name == "last" else same[0]}
    else:
        return items
    return tuple(each for place, each in enumerate(items) if place in kept)


def years_text(step: Quantity) -> str:
    """A part of a year as days over the days of a year, where that is what it is: `185/365`."""
    start, end = (each.value for each in step.arguments)
    if end <= start or not step.value:
        return "0"
    days = step.detail.days(date.fromordinal(start), date.fromordinal(end))
    year = days / step.value
    return f"{days}/{year}" if year.denominator == 1 else f"({step.value})"


def _pieces(step: Quantity, entering: int, depth: int, sheet: _Sheet) -> tuple[str, int]:
    """The text of a step that is written out, and how tightly it holds together."""
    sheet.steps.append(step)

    def inner(place: int, tightness: int) -> str:
        text, held = _operand(step.arguments[place], entering, depth - 1, sheet)
        return text if held >= tightness else f"({text})"

    match step.operation:
        case "add":
            return _sum(step, entering, depth, sheet)
        case "subtract":
            return f"{inner(0, SUM)} − {inner(1, PRODUCT)}", SUM
        case "multiply":
            return f"{inner(0, PRODUCT)} × {inner(1, PRODUCT)}", PRODUCT
        case "divide":
            return f"{inner(0, PRODUCT)} / {inner(1, ATOM)}", PRODUCT
        case "round":
            rule, decimals = step.detail
            to = {0: "", 2: " to the cent"}.get(decimals, f" to {decimals} decimals")
            return f"{inner(0, PRODUCT)} {ROUNDED[rule]}{to}", SUM
        case "year fraction":
            sheet.leaves.extend(step.arguments)
            return years_text(step), ATOM
        case "statistic":
            return _statistic(step, sheet), ATOM
        case "weighted average":
            sheet.leaves.extend(step.arguments)
            return f"average of {len(step.arguments) // 2} days, each weighted by its volume", ATOM
        case "lowest" | "highest":
            items = ", ".join(inner(place, SUM) for place in range(len(step.arguments)))
            return f"{step.operation}({items})", ATOM
    return f"{inner(0, SUM)} {COMPARED[step.operation]} {inner(1, SUM)}", SUM


def _sum(step: Quantity, entering: int, depth: int, sheet: _Sheet) -> tuple[str, int]:
    """A sum, without the summand that is nothing: `0 + x` is x."""
    left, right = (_operand(each, entering, depth - 1, sheet) for each in step.arguments)
    if step.arguments[0].value == 0:
        return right
    return left if step.arguments[1].value == 0 else (f"{left[0]} + {right[0]}", SUM)


def _statistic(step: Quantity, sheet: _Sheet) -> str:
    name, _, _ = step.detail
    sheet.leaves.extend(step.arguments)
    kept = sorted(chosen(step), key=lambda each: each.value)
    shown = [bare(each) for each in kept[:SHOWN_MAX]] + (["…"] if len(kept) > SHOWN_MAX else [])
    return f"{name}({', '.join(shown)})" if name in ("average", "median") else f"{name} {', '.join(shown)}"


def _operand(step: Quantity, entering: int, depth: int, sheet: _Sheet) -> tuple[str, int]:
    """An operand: written out where it has no name of its own, else its figure."""
    if step.operation == "choose" and not step.label and type(step.arguments[0].value) is bool and depth > 0:
        condition, first, second = step.arguments
        sheet.leaves.append(condition)
        sheet.cites.extend(step.cites)
        return _operand(first if condition.value else second, entering, depth - 1, sheet)
    named = bool(step.label) and step.operation != "statistic"
    if not is_reckoned(step) or depth <= 0 or (named and entering <= 0):
        if not is_constant(step):
            sheet.leaves.append(step)
        return bare(step), ATOM
    sheet.cites.extend(step.cites)
    return _pieces(step, entering - named, depth, sheet)
