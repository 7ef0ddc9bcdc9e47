"""Units: what the numbers of a column count, said in its header: `principal [USD]`, `interest [% per year]`.

A column of bare numbers has no meaning of its own: 8 may be 8% or 800%. A column of text says the unit in each
cell, as the language does, and has none in its header.
"""

import re

from ....engine.exact.dimensions import DATE, RATE, RATIO, SHARES, Dimension, money, price
from ....engine.meaning.phrases import MONTHS_A_YEAR
from ....grammar.classes import frozen

_HEADER = re.compile(r"(?P<name>[^\[\]]*?)\s*(?:\[(?P<unit>[^\[\]]*)\])?\s*")
_MONEY = re.compile(r"(?P<currency>[A-Z]{3}|\$)(?P<share> per share)?")
PERCENT = 2  # decimals by which a percentage is smaller than it is written


@frozen
class Unit:
    """What a number in a column is: so much of a dimension, times `factor`, over 10**decimals."""

    dimension: Dimension
    factor: int = 1
    decimals: int = 0


@frozen
class Header:
    """A column as the table names it: `written` is `principal [USD]`, of which the name is `principal`."""

    written: str
    name: str
    unit: str | None = None


UNITS = {
    "%": Unit(RATIO, 1, PERCENT),
    "% per year": Unit(RATE, 1, PERCENT),
    "% per annum": Unit(RATE, 1, PERCENT),
    "% per month": Unit(RATE, MONTHS_A_YEAR, PERCENT),
    "shares": Unit(SHARES),
}


def header(written: str) -> Header:
    """A header taken apart."""
    match = _HEADER.fullmatch(written)
    if match is None:
        return Header(written, written.strip())
    unit = match["unit"]
    return Header(written, " ".join(match["name"].split()), None if unit is None else " ".join(unit.split()))


def unit_of(text: str) -> Unit | None:
    """The unit of these words, None where they are none."""
    match = _MONEY.fullmatch(text)
    if match is None:
        return UNITS.get(text)
    currency = "USD" if match["currency"] == "$" else match["currency"]
    return Unit(price(currency) if match["share"] else money(currency))


def unit_for(dimension: Dimension) -> str:
    """How the unit of a dimension is written in a header."""
    match dimension.name:
        case "money":
            return dimension.currency
        case "price":
            return f"{dimension.currency} per share"
        case "shares":
            return "shares"
        case "rate":
            return "% per year"
    return "%"


def example_of(dimension: Dimension) -> str:
    """A literal of this dimension, as the language writes it; without a comma, which would part two cells."""
    match dimension.name:
        case "money":
            return f"{dimension.currency} 75000.00"
        case "price":
            return f"{dimension.currency} 0.05 per share"
        case "shares":
            return "1000000 shares"
        case "rate":
            return "8% per year"
    return "2019-02-22" if dimension == DATE else "65%"


def spelt(units: int, decimals: int, dimension: Dimension) -> str:
    """A figure as the language writes it, to its last digit: 8/100 of a rate is `8% per year`."""
    match dimension.name:
        case "money":
            return f"{dimension.currency} {digits(units, decimals, 2, ',')}"
        case "price":
            return f"{dimension.currency} {digits(units, decimals)} per share"
        case "shares":
            return f"{digits(units, decimals, 0, ',')} shares"
        case "rate":
            return f"{_percent(units, decimals)} per year"
    return _percent(units, decimals)


def _percent(units: int, decimals: int) -> str:
    return f"{digits(units * 10 ** max(0, PERCENT - decimals), max(0, decimals - PERCENT))}%"


def digits(units: int, decimals: int, least: int = 0, groups: str = "") -> str:
    """The digits of units over 10**decimals: the decimals that are needed, and at least so many."""
    whole, part = divmod(units, 10**decimals)
    after = f"{part:0{decimals}d}".rstrip("0") if part else ""
    after = after.ljust(least, "0")
    return f"{whole:{groups}}.{after}" if after else f"{whole:{groups}}"
