"""Shapes: what a field may hold, as data. How each is read is in `checking/read_values.py`."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from ...grammar.classes import field, frozen


@frozen
class Phrases:
    """One of these sentences, their holes filled in."""

    patterns: tuple[str, ...]


@frozen
class OneOf:
    """One of these names.

    `ambiguous` are names that several mean, with what to choose from; `aliases` are other words for one of them.
    """

    names: tuple[str, ...]
    ambiguous: Mapping[str, tuple[str, ...]] = field(factory=dict)
    aliases: Mapping[str, str] = field(factory=dict)


@frozen
class Figure:
    """An expression of this dimension: `money`, `price`, `rate`, `ratio`, `shares`."""

    dimension: str


@frozen
class Condition:
    """Something that holds or does not."""


@frozen
class Quoted:
    """Words in quotes."""


@frozen
class Listed:
    """Members of a list, each one of these sentences, joined by commas or `and`."""

    members: tuple[str, ...]


Shape = Phrases | OneOf | Figure | Condition | Quoted | Listed


def described(shape: Shape) -> str:
    """What the shape wants, for a message."""
    match shape:
        case Phrases(patterns):
            return either(patterns)
        case OneOf(names):
            return either(names)
        case Figure(dimension):
            return _FIGURES[dimension]
        case Condition():
            return "a condition, as in `payment is late`"
        case Quoted():
            return 'words in quotes, as in `"Ascent Solar"`'
        case Listed(members):
            return f"a list of {either(members)}"
        case _:
            assert_never(shape)


def offered(shape: Shape) -> str:
    """What may be written, for a help: an example where the choice is wide, so that none looks like a correction."""
    match shape:
        case Phrases((only,)) | Listed((only,)) if "{" not in only:
            return f"nothing but `{only}`"
        case Phrases(patterns) if any("{" in each for each in patterns):
            further = _FURTHER.get(patterns[0], ()) if len(patterns) == 1 else ()
            return f"a value as in {either((*map(exemplified, patterns), *further))}"
    return described(shape)


def in_currency(words: str, currency: str) -> str:
    """The words of a help with their examples in a currency."""
    return words.replace("USD ", f"{currency} ")


def meant(pattern: str) -> str:
    """A help that offers a sentence: with an example in it, it shows the form and is no correction."""
    example = exemplified(pattern)
    return f"did you mean `{pattern}`?" if example == pattern else f"write it as in `{example}`"


def exemplified(words: str) -> str:
    """The words with an example in place of each hole: `pay USD 25,000.00` for `pay {money}`."""
    for hole, example in _EXAMPLES.items():
        words = words.replace(f"{{{hole}}}", example)
    return words


# What a reader might write in each hole of a pattern.
_EXAMPLES = {
    "date": "2019-02-22",
    "moment": "2019-02-22",
    "period": "5 business days",
    "ratio": "4.99%",
    "rate": "8% per year",
    "money": "USD 25,000.00",
    "price": "USD 0.05 per share",
    "shares": "1,000 shares",
    "number": "1",
    "second": "5,000",
    "frequency": "quarterly",
    "calendar": "NYSE",
    "kind": "conversion",
    "later": "payment",
    "text": '"label"',
}
# What else may stand in a hole that is all of a pattern, and is not to be guessed from one example.
_FURTHER = {"{moment}": ("9 months after issue",), "{period}": ("3 months",)}
_FIGURES = {
    "money": "an amount of money, as in `USD 75,000.00`",
    "price": "a price, as in `USD 0.05 per share`",
    "rate": "a rate, as in `8% per year`",
    "ratio": "a percentage, as in `65%`",
    "shares": "a number of shares, as in `1,000,000 shares`",
}


def either(words: Sequence[str]) -> str:
    """The words as choices, for a message."""
    shown = [f"`{each}`" for each in words]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" or {shown[-1]}"
