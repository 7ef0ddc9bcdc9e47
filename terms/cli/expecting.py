"""Expectations: what a note or a ledger says an answer will be, held against what it is.

A figure is compared rounded to the decimals that are written; a word, a date, `refused` and `unknown` as
they stand.
"""

from typing import Any

from ...engine.exact.dimensions import RATIO
from ...engine.exact.quantities import Quantity, given, rounded
from ...engine.exact.rounding import NEAREST
from ...engine.exact.spelling import decimal, exact_text, spelt
from ...engine.exact.values import Refused, Unknown
from ...engine.meaning.model import Expectation
from ...engine.meaning.phrases import MONTHS_A_YEAR, is_quantity, said, text_of
from ...engine.running.statement import Statement
from ...grammar.classes import frozen
from ...grammar.source import Span
from ...grammar.tree import Token

PATTERNS = ("{money}", "{price}", "{shares}", "{rate}", "{ratio}", "{number}")


@frozen
class Failure:
    """An expectation that does not hold."""

    expectation: Expectation
    expected: str
    got: str
    difference: str
    replacement: str  # what `--update` writes in its place
    span: Span


def failure(expectation: Expectation, statement: Statement) -> Failure | None:
    """How an expectation fails; None where it holds."""
    answer = statement[expectation.answer].value
    tokens = tokens_of(expectation)
    expected = text_of(tokens)
    match = said(tokens, PATTERNS)
    figure = next(iter(match.holes.values())) if match else None
    span = Span(tokens[0].span.source, tokens[0].span.start, tokens[-1].span.end)
    if figure is None or not is_quantity(figure) or isinstance(answer.value, Unknown | Refused):
        got = in_words(answer)
        same = [each.strip('"') for each in (expected, got)]
        return None if same[0] == same[1] else Failure(expectation, expected, spelt(answer), "", got, span)
    if figure.dimension != answer.dimension:
        return Failure(expectation, expected, spelt(answer), "", in_words(answer), span)
    decimals = _decimals(tokens)
    # What is written by the month is compared, and rewritten, by the month: a rate is reckoned by the year.
    written_for = given(RATIO, MONTHS_A_YEAR) if tokens[-1].text == "month" else None
    near = rounded(answer if written_for is None else answer / written_for, NEAREST, decimals)
    if near.value == (figure if written_for is None else figure / written_for).value:
        return None
    apart = spelt(answer - figure) if answer.dimension.name != "word" else ""
    return Failure(expectation, expected, spelt(answer), apart, _rewritten(tokens, near, decimals), span)


def tokens_of(expectation: Expectation) -> tuple[Token, ...]:
    """The words expected: the value of a field in a note, the rest of the line in a ledger."""
    written = expectation.said
    return tuple(written if isinstance(written, tuple | list) else written.tokens)


def in_words(answer: Quantity) -> str:
    """An answer as an expectation writes it."""
    if isinstance(answer.value, Unknown):
        return "unknown"
    if isinstance(answer.value, Refused):
        return "refused"
    if answer.dimension.name == "word":
        text = exact_text(answer.value)
        return text if text.replace(" ", "").isalpha() and text == text.lower() else f'"{text}"'
    return spelt(answer).replace("…", "")


def _decimals(tokens: tuple[Token, ...]) -> int:
    """How many decimals are written, of the figure itself and not of its hundredths."""
    figure = next(token for token in tokens if token.kind in ("MONEY", "NUMBER", "PERCENT"))
    _, _, part = figure.text.rstrip("%").partition(".")
    return len(part) + (2 if figure.kind == "PERCENT" else 0)


def _rewritten(tokens: tuple[Token, ...], near: Quantity, decimals: int) -> str:
    """The words expected with another figure in them, spelt as the old one was."""
    words = []
    for token in tokens:
        text = token.text
        if token.kind == "PERCENT":
            text = f"{_spelt(near.value * 100, decimals - 2)}%"
        elif token.kind == "MONEY":
            sign = "$" if text.startswith("$") else f"{text[:3]} "
            text = f"{sign}{_spelt(near.value, decimals)}"
        elif token.kind == "NUMBER":
            text = _spelt(near.value, decimals)
        words.append(text)
    return " ".join(words)


def _spelt(value: Any, decimals: int) -> str:
    return decimal(value, decimals, grouped=True)
