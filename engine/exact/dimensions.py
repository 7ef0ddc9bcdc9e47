"""Dimensions: what kind of thing a quantity counts, and which may meet which.

The table is closed: what it does not list is an error, in a file with a span and in Python as a
`TypeError`. Currencies never mix.
"""

from functools import cache

from ...grammar.classes import frozen


class DimensionError(TypeError):
    """Two quantities that may not meet."""


@frozen
class Dimension:
    """A kind of quantity; money and prices also carry their currency."""

    name: str
    currency: str = ""

    def __str__(self) -> str:
        words = _WORDS.get(self.name, self.name)
        return f"{words} in {self.currency}" if self.currency else words


# How a message names a quantity of each kind.
_WORDS = {
    "ratio": "a percentage or plain number",
    "rate": "a yearly rate",
    "shares": "a number of shares",
    "money": "an amount",
    "price": "a price",
    "years": "a number of years",
    "days": "a number of days",
    "date": "a date",
    "truth": "a condition",
    "word": "a word",
}

PRICE_NAME = "price"


def money(currency: str) -> Dimension:
    """Amounts of a currency."""
    return _dimension("money", currency)


def price(currency: str) -> Dimension:
    """Amounts of a currency per share."""
    return _dimension(PRICE_NAME, currency)


@cache
def _dimension(name: str, currency: str) -> Dimension:
    # One of each: quantities are compared at every step, and the same one is quickly told to be the same.
    return Dimension(name, currency)


RATIO = _dimension("ratio", "")
RATE = _dimension("rate", "")  # per year
YEARS = _dimension("years", "")
DAYS = _dimension("days", "")
SHARES = _dimension("shares", "")
DATE = _dimension("date", "")
TRUTH = _dimension("truth", "")
WORD = _dimension("word", "")

# a × b = c, and so c / a = b and c / b = a. Money × money, shares × shares and the like mean nothing.
PRODUCTS = (
    ("ratio", "ratio", "ratio"),
    ("money", "ratio", "money"),
    ("price", "ratio", "price"),
    ("shares", "ratio", "shares"),
    ("rate", "ratio", "rate"),
    ("years", "ratio", "years"),
    ("days", "ratio", "days"),
    ("price", "shares", "money"),
    ("rate", "years", "ratio"),
)
_TIMES = {(a, b): c for left, right, c in PRODUCTS for a, b in ((left, right), (right, left))}
_OVER = {(c, a): b for left, right, c in PRODUCTS for a, b in ((left, right), (right, left))}
_CURRENCY = frozenset({"money", "price"})


def product(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of `left * right`; raises DimensionError where that means nothing."""
    return _meet(_TIMES.get((left.name, right.name)), left, right, "times")


def quotient(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of `left / right`; raises DimensionError where that means nothing."""
    return _meet(_OVER.get((left.name, right.name)), left, right, "divided by")


def same(*dimensions: Dimension) -> Dimension:
    """The one dimension they all have; raises DimensionError where they differ."""
    first = dimensions[0]
    for other in dimensions[1:]:
        if other is not first and other != first:
            raise DimensionError(f"{first} and {other} do not mix")
    return first


def _meet(name: str | None, left: Dimension, right: Dimension, verb: str) -> Dimension:
    if name is None:
        raise DimensionError(f"{left} {verb} {right} means nothing")
    if left.currency and right.currency and left.currency != right.currency:
        raise DimensionError(f"{left} and {right} do not mix")
    return _dimension(name, (left.currency or right.currency) if name in _CURRENCY else "")
