"""Reading expressions: literals made exact, names resolved, look-backs understood."""

from typing import Any

from ..grammar import tree
from ..grammar.source import Span
from ..grammar.suggest import nearest
from .dimensions import RATE, RATIO, SHARES, Dimension, money, price
from .expressions import Choice, Constant, Expression, LookBack, Named, Noun, Operation, Prior
from .periods import Period, unit_of
from .phrases import MONTHS_A_YEAR, calendar_day, currency_and_digits, text_of
from .quantities import exact, given
from .reader import Reader
from .series import SERIES, series_named

WINDOW_MAX = 10_000


def expression(reader: Reader, written: tree.Expr, exceptional: bool = False) -> Expression:
    """The expression, its names resolved and its literals exact."""
    match written:
        case tree.Money(currency, digits, per):
            code, _ = currency_and_digits(currency + " ")
            return Constant(given(_money(reader, per, code, written.span), exact(digits), written.span.text))
        case tree.Percent(digits, per):
            return _percent(reader, digits, per, written.span)
        case tree.Number(digits, unit):
            return _number(reader, digits, unit, written.span)
        case tree.Share(percent, of, span=span):
            ratio = _percent(reader, percent.digits, percent.per, percent.span)
            return Operation("*", ratio, expression(reader, of, exceptional), span)
        case tree.Arithmetic(operator, left, right, span=span):
            return Operation(
                operator, expression(reader, left, exceptional), expression(reader, right, exceptional), span
            )
        case tree.Choice(which, items, span=span):
            return Choice(which, tuple(expression(reader, item, exceptional) for item in items), span)
        case tree.LookBack():
            return _look_back(reader, written)
        case tree.Otherwise(span=span):
            if exceptional:
                return Prior()
            raise reader.fail(
                "E113",
                "`otherwise` stands in exceptions only",
                span,
                "write the value itself, or add `when …` after it",
            )
        case tree.Phrase(tokens, span=span):
            return _name(reader, tokens, span)
    raise reader.fail(
        "E107",
        f"`{written.span.text}` is not a figure",
        written.span,
        "write an amount, a percentage, a name or arithmetic of these",
    )


def definition(reader: Reader, name: str, span: Span) -> Expression:
    """What a defined name stands for; a definition in terms of itself is an error."""
    if name in reader.being_read:
        circle = " → ".join((*reader.being_read[reader.being_read.index(name) :], name))
        raise reader.fail("E207", f"`{name}` is defined in terms of itself", span, f"break the circle {circle}")
    if name not in reader.definitions_read:
        reader.being_read.append(name)
        try:
            reader.definitions_read[name] = expression(reader, reader.definitions[name].tree)
        finally:
            reader.being_read.pop()
    return reader.definitions_read[name]


def _money(reader: Reader, per: str, currency: str, span: Span) -> Dimension:
    if per in ("", "share"):
        return price(currency) if per else money(currency)
    raise reader.fail("E202", f"`per {per}` does not go with money", span, "write `per share`")


def _percent(reader: Reader, digits: str, per: str, span: Span) -> Expression:
    share = exact(digits) / 100
    match per:
        case "":
            return Constant(given(RATIO, share, f"{digits}%"))
        case "year" | "annum":
            return Constant(given(RATE, share, f"{digits}% per year"))
        case "month":
            return Constant(given(RATE, share * MONTHS_A_YEAR, f"{digits}% per month"))
    raise reader.fail("E202", f"`per {per}` does not go with a percentage", span, "write `per year` or `per month`")


def _number(reader: Reader, digits: str, unit: str, span: Span) -> Expression:
    if unit in ("share", "shares"):
        return Constant(given(SHARES, exact(digits), f"{digits} shares"))
    if not unit:
        return Constant(given(RATIO, exact(digits), digits))
    raise reader.fail(
        "E202",
        f"`{digits} {unit}` is not a figure that can be reckoned with here",
        span,
        "write an amount, a percentage or a number of shares",
    )


def _look_back(reader: Reader, written: tree.LookBack) -> LookBack:
    window, length = written.window, period(reader, written.window.count)
    if length.unit not in ("trading days", "business days", "days"):
        message = f"a window is counted in days, not in {length.unit}"
        raise reader.fail("E202", message, window.count.span, "write `trading days`")
    if length.count < 1:
        raise reader.fail("E208", "a window has at least one day", window.count.span, "write `1 trading day` or more")
    if length.count > WINDOW_MAX:
        message = f"a window of {length.count:,} days is longer than the limit of {WINDOW_MAX:,}"
        raise reader.fail("E505", message, window.count.span, "shorten it")
    if window.edge == "after":
        message = "a look-back ends `before`, `through` or `ending on` a day"
        raise reader.fail("E107", message, window.span, "write `before conversion`")
    count = _chosen(reader, written.count, length) if written.count is not None else 0
    named = series(reader, written.series)
    return LookBack(written.statistic, named, length, window.edge, _anchor(reader, window.anchor), count, written.among)


def _chosen(reader: Reader, written: tree.Number, length: Period) -> int:
    count = exact(written.digits)
    if count.denominator != 1 or not 1 <= count <= length.count:
        message = f"`{written.digits}` of {length.count} days cannot be chosen"
        raise reader.fail("E208", message, written.span, f"write a whole number from 1 to {length.count}")
    return int(count)


def series(reader: Reader, written: tree.Expr) -> str:
    """The name of a series of the facts: `closing bids` is `closing bid`."""
    text = text_of(written.tokens) if isinstance(written, tree.Phrase) else written.span.text
    name = series_named(text)
    if name is None:
        like = nearest(text, tuple(SERIES))
        raise reader.fail(
            "E111",
            f"`{text}` is not a series of prices",
            written.span,
            f"did you mean `{like}`?" if like else f"write one of {', '.join(SERIES)}",
        )
    return name


def _anchor(reader: Reader, written: tree.Expr) -> Any:
    if isinstance(written, tree.Date):
        day = calendar_day(written.text)
        if day is None:
            raise reader.fail("E203", f"there is no day `{written.text}`", written.span, "write a day of the calendar")
        return day
    text = text_of(written.tokens) if isinstance(written, tree.Phrase) else written.span.text
    if text in reader.anchors:
        return text
    like = nearest(text, tuple(reader.anchors))
    raise reader.fail(
        "E111",
        f"`{text}` is not a day that a window can end at",
        written.span,
        f"did you mean `{like}`?" if like else "write `conversion`",
    )


def period(reader: Reader, written: tree.Number) -> Period:
    """A length of time in whole units."""
    unit = unit_of(written.unit)
    if unit is None or "." in written.digits:
        raise reader.fail(
            "E201",
            f"`{written.span.text}` is not a length of time",
            written.span,
            "write a whole number and a unit, as in `10 trading days`",
        )
    return Period(int(exact(written.digits)), unit)


def _name(reader: Reader, tokens: tuple[tree.Token, ...], span: Span) -> Expression:
    text = text_of(tokens)
    if text in reader.definitions:
        return Named(text, definition(reader, text, span))
    if text in reader.nouns:
        return Noun(text)
    known = (*reader.definitions, *sorted(reader.nouns))
    like = nearest(text, known)
    code = "E110" if tokens[0].kind == "NAME" else "E111"
    what = "is not defined" if code == "E110" else "is not a figure that this note knows"
    help = (
        f"did you mean `{like}`?"
        if like
        else (f"add `define {text}: …`" if code == "E110" else "define it, or write a figure")
    )
    raise reader.fail(code, f"`{text}` {what}", span, help)
