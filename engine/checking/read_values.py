"""Reading values: what a field says, by the shape that its term declares for it."""

from collections.abc import Iterable
from typing import Any, assert_never

from ...grammar import tree
from ...grammar.classes import evolve
from ...grammar.suggest import nearest
from ..exact.quantities import exact
from ..exact.spelling import shortest
from ..meaning import shapes
from ..meaning.phrases import (
    WORDS_MAX,
    Moment,
    Said,
    currency_and_digits,
    is_count,
    nearest_pattern,
    no_day,
    note_day,
    said,
    text_of,
)
from ..meaning.shapes import described, in_currency, meant, offered
from .findings import LEFT_OUT
from .offers import another_date
from .read_conditions import condition
from .read_expressions import figure
from .reader import Reader

ANY_DAY = "2019-02-22"


def read(reader: Reader, shape: shapes.Shape, value: tree.Value, exceptional: bool = False) -> Any:
    """What the value says; raises Unreadable after noting why it cannot be read."""
    match shape:
        case shapes.Phrases(patterns):
            return sentence(reader, value, patterns)
        case shapes.OneOf():
            return _one_of(reader, value, shape)
        case shapes.Figure():
            _no_bare_number(reader, value.tree, shape)
            return figure(reader, value, exceptional)
        case shapes.Condition():
            return condition(reader, value.tree)
        case shapes.Quoted():
            if isinstance(value.tree, tree.Text):
                return value.tree.text
            raise reader.fail(
                "E107",
                f"`{value.span.text}` is not {described(shape)}",
                value.span,
                "put quotes around it",
            )
        case shapes.Listed(members):
            return tuple(_member(reader, item, members) for item in _members(value.tokens))
        case _:
            assert_never(shape)


def sentence(reader: Reader, value: tree.Value, patterns: tuple[str, ...]) -> Said:
    """The value as one of these sentences."""
    found = said(value.tokens, patterns)
    if found is not None:
        for hole in found.holes.values():
            if isinstance(hole, Moment):
                _known_date(reader, hole, value)
        if found.holes.get("kind", "") == found.holes.get("later"):
            message = f"`{found['kind']}` cannot come before itself"
            raise reader.fail("E208", message, value.span, "name two kinds of event")
        return found
    for place, token in enumerate(value.tokens[:WORDS_MAX]):
        if token.kind == "DATE" and note_day(token.text) is None:
            day = evolve(token, text=ANY_DAY)
            if said((*value.tokens[:place], day, *value.tokens[place + 1 :]), patterns):
                message, help = no_day(token.text)
                raise reader.fail("E203", message, token.span, help)
    _no_bare_figure(reader, value.tokens, patterns)
    raise reader.fail(
        "E107",
        f"`{text_of(value.tokens)}` is not understood here",
        value.span,
        _instead(reader, nearest_pattern(value.tokens, patterns), shapes.Phrases(patterns), value.tokens),
    )


def _instead(reader: Reader, like: str | None, shape: shapes.Shape, tokens: tuple[tree.Token, ...] = ()) -> str:
    """The next step: what was most likely meant, or all that may stand there and what becomes of anything else."""
    if like:
        return in_currency(meant(like), reader.currency)
    digits = next((f", `{each.text}` in digits" for each in tokens if is_count(each)), "")
    return f"write {in_currency(offered(shape), reader.currency)}{digits}; anything else{LEFT_OUT}"


def _no_bare_figure(reader: Reader, tokens: tuple[tree.Token, ...], patterns: tuple[str, ...]) -> None:
    """A number without a unit, where with one the sentence would be right."""
    for place, token in enumerate(tokens[:WORDS_MAX]):
        for kind, spelt in (("PERCENT", f"{token.text}%"), ("MONEY", f"{reader.currency} {token.text}")):
            instead = evolve(token, kind=kind, text=spelt)
            if token.kind == "NUMBER" and said((*tokens[:place], instead, *tokens[place + 1 :]), patterns):
                offers = _percentages(token.text) if kind == "PERCENT" else f"write `{spelt}`"
                raise reader.fail("E201", f"`{token.text}` has no unit", token.span, offers)


def _percentages(digits: str, per: str = "") -> str:
    """`8` may be eight hundredths, or eight times the whole."""
    number = exact(digits)
    whole = f", or `{shortest(number * 100, 6)}%{per}` if `{digits}` is the whole of it" if number else ""
    return f"write `{digits}%{per}`{whole}"


def _known_date(reader: Reader, moment: Moment, value: tree.Value) -> None:
    """A date may be reckoned from a day, or from a date that the clauses of the note give by name."""
    name = moment.anchor
    if isinstance(name, str) and name not in reader.dates:
        help = another_date(reader, name, bare=moment.period is None)
        raise reader.fail("E117", f"`{name}` is not a date that this note knows", value.span, help)


def _one_of(reader: Reader, value: tree.Value, shape: shapes.OneOf) -> str:
    text, names = text_of(value.tokens), shape.names
    name = shape.aliases.get(text, text)
    if name in names:
        return name
    if text in shape.ambiguous:
        choices = ", ".join(f"`{each}`" for each in shape.ambiguous[text])
        raise reader.fail("E204", f"`{text}` may mean several things", value.span, f"say which: {choices}")
    raise reader.fail(
        "E107",
        f"`{text}` is not understood here",
        value.span,
        _instead(reader, nearest(text, names), shapes.OneOf(names)),
    )


def _member(reader: Reader, tokens: tuple[tree.Token, ...], members: tuple[str, ...]) -> str:
    found = said(tokens, members)
    if found is not None:
        return found.pattern
    span = tokens[0].span.to(tokens[-1].span)
    raise reader.fail(
        "E107",
        f"`{text_of(tokens)}` is not understood here",
        span,
        _instead(reader, nearest_pattern(tokens, members), shapes.Listed(members)),
    )


def _no_bare_number(reader: Reader, written: tree.Expr, shape: shapes.Figure) -> None:
    match written, shape.dimension:
        case tree.Number(digits, ""), "ratio":
            raise reader.fail("E201", f"`{digits}` has no unit", written.span, _percentages(digits))
        case tree.Number(digits, ""), "rate":
            raise reader.fail("E201", f"`{digits}` has no unit", written.span, _percentages(digits, " per year"))
        case tree.Number(digits, ""), "money":
            raise reader.fail("E201", f"`{digits}` has no unit", written.span, f"write `{reader.currency} {digits}`")
        case tree.Number(digits, ""), "price":
            raise reader.fail(
                "E201", f"`{digits}` has no unit", written.span, f"write `{reader.currency} {digits} per share`"
            )
        case tree.Number(digits, ""), _:
            raise reader.fail(
                "E201",
                f"`{digits}` has no unit",
                written.span,
                f"write {in_currency(described(shape), reader.currency)}",
            )
        case tree.Percent(digits, ""), "rate":
            raise reader.fail(
                "E201",
                f"`{digits}%` does not say per what time",
                written.span,
                f"write `{digits}% per year`",
            )
        case tree.Money(currency, _, ""), "price":
            ours = currency_and_digits(currency + " ")[0] == reader.currency
            raise reader.fail(
                "E201",
                f"`{written.span.text}` is an amount, not a price",
                written.span,
                f"write `{written.span.text} per share`" if ours else f"write a price in {reader.currency}",
            )


def _members(tokens: Iterable[tree.Token]) -> list[tuple[tree.Token, ...]]:
    members: list[list[tree.Token]] = [[]]
    for token in tokens:
        if token.text in (",", "and") and token.kind != "STRING":
            members.append([])
        else:
            members[-1].append(token)
    return [tuple(member) for member in members if member]
