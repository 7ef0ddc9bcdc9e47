"""Reading expressions: literals made exact, names resolved, look-backs understood."""

from typing import Any

from ...grammar import tree
from ...grammar.source import Span
from ...grammar.suggest import nearest
from ..exact.dimensions import RATE, RATIO, SHARES, Dimension, money, price
from ..exact.quantities import exact, given
from ..meaning.expressions import Choice, Constant, Expression, LookBack, Named, Noun, Operation, Prior
from ..meaning.phrases import MONTHS_A_YEAR, currency_and_digits, no_day, note_day, text_of
from ..time.periods import Period, unit_of
from ..world.series import SERIES, series_named
from .findings import LEFT_OUT
from .offers import another_figure, listed
from .reader import Reader, Unreadable

WINDOW_MAX = 10_000
EXTREMES = ("lowest", "highest")  # by which some quotes of a window are chosen
OF_CHOSEN = ("average", "median", *EXTREMES)
SIZE_MAX = 100_000
DEPTH_MAX = 250


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
                "write the value itself",
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
    """What a defined name stands for; a definition in terms of itself is an error, told once."""
    if name in reader.being_read:
        names = reader.being_read[reader.being_read.index(name) :]
        reader.unreadable.update(names)
        circle = " → ".join(f"`{each}`" for each in (*names, name))
        raise reader.fail("E207", f"`{name}` is defined in terms of itself", span, f"break the circle {circle}")
    if name in reader.unreadable:
        raise Unreadable
    if name not in reader.definitions_read:
        reader.being_read.append(name)
        try:
            found = figure(reader, reader.definitions[name])
        except Unreadable:
            reader.unreadable.add(name)
            raise
        finally:
            reader.being_read.pop()
        reader.definitions_read[name], reader.extents[name] = found, extent(reader, found)
    return reader.definitions_read[name]


def figure(reader: Reader, written: tree.Value, exceptional: bool = False) -> Expression:
    """The expression that a value is, its definitions unfolded no larger and no deeper than can be reckoned."""
    found = expression(reader, written.tree, exceptional)
    size, depth = extent(reader, found)
    if size > SIZE_MAX or depth > DEPTH_MAX:
        what = f"{size:,} figures; the limit is {SIZE_MAX:,}"
        if depth > DEPTH_MAX:
            what = f"steps that lie {depth} deep in one another; the limit is {DEPTH_MAX}"
        message = f"with its definitions this unfolds to {what}"
        raise reader.fail("E507", message, written.span, "say it with fewer definitions")
    return found


def extent(reader: Reader, found: Expression) -> tuple[int, int]:
    """How many figures an expression unfolds to, the days of its windows counted, and how deep they lie."""
    match found:
        case Named(name):
            size, depth = reader.extents[name]
            return size, depth + 1
        case Operation(_, left, right):
            return _together(reader, (left, right))
        case Choice(_, items):
            return _together(reader, items)
        case LookBack(period=length):
            return length.count, 1
    return 1, 1


def _together(reader: Reader, items: tuple[Expression, ...]) -> tuple[int, int]:
    sizes, depths = zip(*(extent(reader, item) for item in items), strict=True)
    return sum(sizes), max(depths) + 1


def _money(reader: Reader, per: str, currency: str, span: Span) -> Dimension:
    if per in ("", "share"):
        return price(currency) if per else money(currency)
    help = f"write `{span.text.partition(' per ')[0]} per share`"
    raise reader.fail("E202", f"`per {per}` does not go with money", span, help)


def _percent(reader: Reader, digits: str, per: str, span: Span) -> Expression:
    share = exact(digits) / 100
    match per:
        case "":
            return Constant(given(RATIO, share, f"{digits}%"))
        case "year" | "annum":
            return Constant(given(RATE, share, f"{digits}% per year"))
        case "month":
            return Constant(given(RATE, share * MONTHS_A_YEAR, f"{digits}% per month"))
    help = f"write `{digits}% per year` or `{digits}% per month`"
    raise reader.fail("E202", f"`per {per}` does not go with a percentage", span, help)


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
        help = f"write so many `trading days`, or `days`; a window of {length.unit}{LEFT_OUT}"
        raise reader.fail("E202", message, window.count.span, help)
    if length.count < 1:
        raise reader.fail("E208", "a window has at least one day", window.count.span, "write `1 trading day` or more")
    if length.count > WINDOW_MAX:
        message = f"a window of {length.count:,} days is longer than the limit of {WINDOW_MAX:,}"
        raise reader.fail("E505", message, window.count.span, f"write at most {WINDOW_MAX:,} {length.unit}")
    if window.edge == "after":
        message = "a look-back ends `before`, `through` or `ending on` a day"
        raise reader.fail("E107", message, window.span, "write `before conversion`")
    count = _chosen(reader, written, written.count, length) if written.count is not None else 0
    named = series(reader, written.series)
    return LookBack(written.statistic, named, length, window.edge, _anchor(reader, window.anchor), count, written.among)


def _chosen(reader: Reader, look_back: tree.LookBack, written: tree.Number, length: Period) -> int:
    if look_back.among not in EXTREMES:
        help = f"write {' or '.join(f'`of the {written.digits} {each}`' for each in EXTREMES)}"
        raise reader.fail(
            "E107", f"quotes are chosen by their size, and not as the {look_back.among} ones", look_back.span, help
        )
    if look_back.statistic not in OF_CHOSEN:
        help = f"write {', '.join(f'`{each}`' for each in OF_CHOSEN[:-1])} or `{OF_CHOSEN[-1]}`"
        raise reader.fail("E107", f"quotes chosen by their size have no `{look_back.statistic}`", look_back.span, help)
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
            f"did you mean `{like}`?" if like else f"write one of {listed(SERIES)}",
        )
    return name


def _anchor(reader: Reader, written: tree.Expr) -> Any:
    if isinstance(written, tree.Date):
        day = note_day(written.text)
        if day is None:
            message, help = no_day(written.text)
            raise reader.fail("E203", message, written.span, help)
        return day
    text = text_of(written.tokens) if isinstance(written, tree.Phrase) else written.span.text
    if text in reader.anchors:
        return text
    like = nearest(text, tuple(reader.anchors))
    raise reader.fail(
        "E111",
        f"`{text}` is not a day that a window can end at",
        written.span,
        f"did you mean `{like}`?" if like else f"{_ends(reader)}; anything else{LEFT_OUT}",
    )


def _ends(reader: Reader) -> str:
    """Where a window can end, for a help."""
    return f"write {' or '.join(f'`{each}`' for each in sorted(reader.anchors))}, or a date as in `2019-02-22`"


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
    defined = tokens[0].kind == "NAME"
    what = "is not defined" if defined else "is not a figure that this note knows"
    raise reader.fail("E110" if defined else "E111", f"`{text}` {what}", span, another_figure(reader, text, defined))
