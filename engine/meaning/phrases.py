"""Phrases: values in plain words, matched against the patterns that a field declares.

A pattern is words and typed holes: `payment is late by {period}`. Its words must stand as they are;
a hole takes the literal of its type. What was matched keeps the pattern, so that a term asks which
of its own sentences was written and never looks at text.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from ...grammar.classes import evolve, frozen
from ...grammar.suggest import nearest
from ...grammar.tree import Token
from ..exact.dimensions import RATE, RATIO, SHARES, money, price
from ..exact.quantities import Quantity, exact, given
from ..time.calendars import CALENDARS, EARLIEST, LATEST
from ..time.periods import Period, unit_of
from ..time.same_day import SAME_DAY
from ..time.schedules import FREQUENCIES

MONTHS_A_YEAR = 12
WORDS_MAX = 100  # of a phrase: none that is declared has so many
MOMENT_WORDS = 2  # of the name of a date, at most


@frozen
class Said:
    """A matched phrase: which pattern, what its holes hold, and the words as written."""

    pattern: str
    holes: dict[str, Any]
    text: str

    def __getitem__(self, hole: str) -> Any:
        return self.holes[hole]


@frozen
class Moment:
    """A date said in words: a day, or so long before or after a named date."""

    anchor: str | date
    period: Period | None = None
    before: bool = False


def said(tokens: tuple[Token, ...], patterns: Iterable[str]) -> Said | None:
    """The first pattern that the tokens match whole, or None."""
    for pattern in patterns if len(tokens) <= WORDS_MAX else ():
        holes = _match(_parts(pattern), tokens, 0, 0)
        if holes is not None:
            return Said(pattern, dict(holes), text_of(tokens))
    return None


def text_of(tokens: Iterable[Token]) -> str:
    """The words of the tokens, with single blanks."""
    spelt = (f'"{token.text}"' if token.kind == "STRING" else token.text for token in tokens)
    return " ".join(spelt).replace(" ,", ",")


def nearest_pattern(tokens: tuple[Token, ...], patterns: Iterable[str]) -> str | None:
    """The pattern most like what was written, for a message: one that it matches once its words are spelt right."""
    known = tuple(patterns)
    words = {word for pattern in known for word in _parts(pattern) if not word.startswith("{")}
    respelt = tuple(_respelt(token, words) for token in tokens[: WORDS_MAX + 1])
    meant = said(respelt, known)
    if meant is not None:
        return meant.pattern
    begun = [pattern for pattern in known if _begins(respelt, _parts(pattern))]
    return begun[0] if len(begun) == 1 else nearest(text_of(tokens), known)


def _begins(tokens: tuple[Token, ...], parts: tuple[str, ...]) -> bool:
    """Whether the words before the first hole of a pattern are there, and then one that does not fill it."""
    count = next((place for place, part in enumerate(parts) if part.startswith("{")), 0)
    return 0 < count == len(tokens) - 1 and _words(tokens, 0, *parts[:count])


def _respelt(token: Token, words: Iterable[str]) -> Token:
    return evolve(token, text=nearest(token.text, words) or token.text) if token.kind == "WORD" else token


_COUNT = re.compile(
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|(thir|four|fif|six|seven|eigh|nine)teen"
    "|(twen|thir|for|fif|six|seven|eigh|nine)ty(-(one|two|three|four|five|six|seven|eight|nine))?"
)


def is_count(token: Token) -> bool:
    """Whether a word is a number: `nine`, `thirty-six`."""
    return token.kind == "WORD" and _COUNT.fullmatch(token.text) is not None


Holes = tuple[tuple[str, Any], ...]


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[str, ...]:
    return tuple(word for word in pattern.split() if word != "the")  # `the` means nothing in a value


def _match(parts: tuple[str, ...], tokens: tuple[Token, ...], at: int, place: int) -> Holes | None:
    if place == len(parts):
        return () if at == len(tokens) else None
    part = parts[place]
    if not part.startswith("{"):
        same = at < len(tokens) and tokens[at].text == part and tokens[at].kind != "STRING"
        return _match(parts, tokens, at + 1, place + 1) if same else None
    kind = part.strip("{}")
    for value, end in HOLES[kind](tokens, at):
        rest = _match(parts, tokens, end, place + 1)
        if rest is not None:
            return ((kind, value), *rest)
    return None


Found = Iterable[tuple[Any, int]]


def _kind(tokens: tuple[Token, ...], at: int, kind: str) -> str | None:
    return tokens[at].text if at < len(tokens) and tokens[at].kind == kind else None


def _words(tokens: tuple[Token, ...], at: int, *words: str) -> bool:
    return [token.text for token in tokens[at : at + len(words)]] == list(words)


def _date(tokens: tuple[Token, ...], at: int) -> Found:
    text = _kind(tokens, at, "DATE")
    day = note_day(text) if text else None
    if day:
        yield day, at + 1


def calendar_day(text: str) -> date | None:
    """The day, if the calendar has it: there is no 30 February."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def note_day(text: str) -> date | None:
    """The day, if the calendar has it and it lies in the years that a note may speak of."""
    day = calendar_day(text) if _ISO.fullmatch(text) else None
    return day if day is not None and EARLIEST <= day <= LATEST else None


def no_day(text: str) -> tuple[str, str]:
    """Why a text is no `note_day`, and the next step."""
    if not _ISO.fullmatch(text):
        return f"`{text}` is not a day", "write the date as in `2019-08-23`"
    if calendar_day(text) is not None:
        years = f"{EARLIEST.year} to {LATEST.year}"
        return f"`{text}` lies outside the years {years}", "correct the year"
    year, month, last = text.split("-")
    earlier = (f"{year}-{month}-{day}" for day in range(min(int(last), 31) - 1, 27, -1))
    nearest_day = next((each for each in earlier if note_day(each)), None)
    help = f"did you mean `{nearest_day}`?" if nearest_day else "write year, month and day, as in `2019-08-23`"
    return f"there is no day `{text}`", help


_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _period(tokens: tuple[Token, ...], at: int) -> Found:
    digits = _kind(tokens, at, "NUMBER")
    if digits is None or "." in digits:
        return
    for length in (2, 1):
        unit = unit_of(" ".join(token.text for token in tokens[at + 1 : at + 1 + length]))
        if unit and at + 1 + length <= len(tokens):
            yield Period(int(digits.replace(",", "")), unit), at + 1 + length


def _moment(tokens: tuple[Token, ...], at: int) -> Found:
    for day, end in _date(tokens, at):
        yield Moment(day), end
    for period, end in _period(tokens, at):
        if end < len(tokens) and tokens[end].text in ("after", "before"):
            for moment, stop in _moment(tokens, end + 1):
                if moment.period is None:
                    yield Moment(moment.anchor, period, tokens[end].text == "before"), stop
    for length in range(MOMENT_WORDS, 0, -1):
        if at + length <= len(tokens) and all(token.kind == "WORD" for token in tokens[at : at + length]):
            yield Moment(" ".join(token.text for token in tokens[at : at + length])), at + length


def _ratio(tokens: tuple[Token, ...], at: int) -> Found:
    text = _kind(tokens, at, "PERCENT")
    if text and not _words(tokens, at + 1, "per"):
        yield given(RATIO, exact(text.rstrip("%")) / 100, text), at + 1


def _rate(tokens: tuple[Token, ...], at: int) -> Found:
    text = _kind(tokens, at, "PERCENT")
    if text and (_words(tokens, at + 1, "per", "year") or _words(tokens, at + 1, "per", "annum")):
        yield given(RATE, exact(text.rstrip("%")) / 100, f"{text} per year"), at + 3
    if text and _words(tokens, at + 1, "per", "month"):
        yield given(RATE, exact(text.rstrip("%")) / 100 * MONTHS_A_YEAR, f"{text} per month"), at + 3


def currency_and_digits(text: str) -> tuple[str, str]:
    """`USD 5` or `$5` taken apart; the dollar sign is the United States dollar."""
    return ("USD", text[1:].strip()) if text.startswith("$") else (text[:3], text[3:].strip())


def _money(tokens: tuple[Token, ...], at: int) -> Found:
    text = _kind(tokens, at, "MONEY")
    if text and not _words(tokens, at + 1, "per"):
        currency, digits = currency_and_digits(text)
        yield given(money(currency), exact(digits), f"{currency} {digits}"), at + 1


def _price(tokens: tuple[Token, ...], at: int) -> Found:
    text = _kind(tokens, at, "MONEY")
    if text and _words(tokens, at + 1, "per", "share"):
        currency, digits = currency_and_digits(text)
        yield given(price(currency), exact(digits), f"{currency} {digits} per share"), at + 3


def _shares(tokens: tuple[Token, ...], at: int) -> Found:
    digits = _kind(tokens, at, "NUMBER")
    if digits and "." not in digits and (_words(tokens, at + 1, "shares") or _words(tokens, at + 1, "share")):
        yield given(SHARES, exact(digits), f"{digits} shares"), at + 2


def _number(tokens: tuple[Token, ...], at: int) -> Found:
    digits = _kind(tokens, at, "NUMBER")
    if digits:
        yield given(RATIO, exact(digits), digits), at + 1


def _one_of(table: Iterable[str]) -> Callable[[tuple[Token, ...], int], Found]:
    longest_first = sorted(table, key=len, reverse=True)

    def find(tokens: tuple[Token, ...], at: int) -> Found:
        for name in longest_first:
            if _words(tokens, at, *name.split()):
                yield name, at + len(name.split())

    return find


def _text(tokens: tuple[Token, ...], at: int) -> Found:
    text = _kind(tokens, at, "STRING")
    if text is not None:
        yield text, at + 1


def _any_words(tokens: tuple[Token, ...], at: int) -> Found:
    for end in range(len(tokens), at, -1):
        if all(token.kind in ("WORD", "NAME") for token in tokens[at:end]):
            yield " ".join(token.text for token in tokens[at:end]), end


HOLES: dict[str, Callable[[tuple[Token, ...], int], Found]] = {
    "date": _date,
    "moment": _moment,
    "period": _period,
    "ratio": _ratio,
    "rate": _rate,
    "money": _money,
    "price": _price,
    "shares": _shares,
    "number": _number,
    "second": _number,
    "frequency": _one_of(FREQUENCIES),
    "calendar": _one_of(CALENDARS),
    "kind": _one_of(SAME_DAY),
    "later": _one_of(SAME_DAY),
    "text": _text,
    "words": _any_words,
}


def is_quantity(value: Any) -> bool:
    """Whether a hole holds a figure rather than a word or a date."""
    return isinstance(value, Quantity)
