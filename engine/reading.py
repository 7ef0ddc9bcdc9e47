"""Reading: from what is written to what it says, with every finding collected.

A field's shape decides how its value is read: as a sentence with holes, as an expression, or as a
condition. Names are resolved here; what a name may stand for is declared by terms and by the note.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from ..grammar import tree
from ..grammar.diagnostics import Diagnostic
from ..grammar.source import Span
from ..grammar.suggest import nearest
from . import shapes
from .dimensions import PRICE_NAME, RATE, RATIO, SHARES, Dimension, money, price
from .expressions import (
    AllOf,
    AnyOf,
    Choice,
    Compared,
    Condition,
    Constant,
    Expression,
    Happened,
    LookBack,
    Named,
    NotSo,
    Noun,
    Operation,
    Prior,
    Run,
    Stated,
)
from .periods import Period, unit_of
from .phrases import MONTHS_A_YEAR, Said, calendar_day, currency_and_digits, nearest_pattern, said, text_of
from .quantities import exact, given
from .series import SERIES, series_named
from .shapes import described


class Unreadable(Exception):
    """The value in hand cannot be read; the finding is already in the list."""


@frozen
class Reader:
    """What names stand for while one note is read, and what has been found wrong so far."""

    whole: Span  # where an implied clause is said to stand
    conditions: tuple[str, ...]
    nouns: frozenset[str]
    anchors: frozenset[str]
    definitions: Mapping[str, tree.Value]
    occurrences: frozenset[str] = frozenset()
    example_day: str = "a day on which both conditions hold"
    found: list[Diagnostic] = field(factory=list)
    _reading: list[str] = field(factory=list)
    _read: dict[str, Expression] = field(factory=dict)

    def problem(self, code: str, message: str, span: Span, help: str = "") -> None:
        """Note a finding."""
        self.found.append(Diagnostic(code, message, span, help))

    def overlap(self, name: str, later: Any, earlier: Any) -> None:
        """Note that two exceptions set one field on one day, with nothing to say which prevails."""
        related = ((earlier.span, f"and this one also holds, for example on {self.example_day}"),)
        help = f'say which prevails, for example `over "{earlier.label}"`'
        self.found.append(Diagnostic("E210", f"two rules set `{name}` on the same day", later.span, help, related))

    def fail(self, code: str, message: str, span: Span, help: str = "") -> Unreadable:
        """Note a finding, and give up on the value in hand."""
        self.problem(code, message, span, help)
        return Unreadable()

    def read(self, shape: shapes.Shape, value: tree.Value, exceptional: bool = False) -> Any:
        """What the value says; raises Unreadable after noting why it cannot be read."""
        match shape:
            case shapes.Phrases(patterns):
                return self.sentence(value, patterns)
            case shapes.OneOf(names, ambiguous):
                return self._one_of(value, names, ambiguous)
            case shapes.Figure():
                self._no_bare_number(value.tree, shape)
                return self.expression(value.tree, exceptional)
            case shapes.Condition():
                return self.condition(value.tree)
            case shapes.Quoted():
                if isinstance(value.tree, tree.Text):
                    return value.tree.text
                raise self.fail("E107", f"`{value.span.text}` is not {described(shape)}", value.span, "put quotes around it")
            case shapes.Listed(members):
                return tuple(self._member(item, members) for item in _members(value.tokens))

    def sentence(self, value: tree.Value, patterns: tuple[str, ...]) -> Said:
        """The value as one of these sentences."""
        found = said(value.tokens, patterns)
        if found is not None:
            return found
        for token in value.tokens:
            if token.kind == "DATE" and calendar_day(token.text) is None:
                raise self.fail("E203", f"there is no day `{token.text}`", token.span, "write a day of the calendar, as in `2020-02-28`")
        like = nearest_pattern(value.tokens, patterns)
        wanted = described(shapes.Phrases(patterns))
        raise self.fail("E107", f"`{text_of(value.tokens)}` is not understood here", value.span, f"did you mean `{like}`?" if like else f"write {wanted}")

    def _one_of(self, value: tree.Value, names: tuple[str, ...], ambiguous: Mapping[str, tuple[str, ...]]) -> str:
        text = text_of(value.tokens)
        if text in names:
            return text
        if text in ambiguous:
            choices = ", ".join(f"`{each}`" for each in ambiguous[text])
            raise self.fail("E204", f"`{text}` may mean several things", value.span, f"say which: {choices}")
        like = nearest(text, names)
        choices = described(shapes.OneOf(names))
        raise self.fail("E107", f"`{text}` is not understood here", value.span, f"did you mean `{like}`?" if like else f"write {choices}")

    def _member(self, tokens: tuple[tree.Token, ...], members: tuple[str, ...]) -> str:
        found = said(tokens, members)
        if found is not None:
            return found.pattern
        span = tokens[0].span.to(tokens[-1].span)
        like = nearest_pattern(tokens, members)
        wanted = described(shapes.Listed(members))
        raise self.fail("E107", f"`{text_of(tokens)}` is not understood here", span, f"did you mean `{like}`?" if like else f"write {wanted}")

    def _no_bare_number(self, written: tree.Expr, shape: shapes.Figure) -> None:
        match written, shape.dimension:
            case tree.Number(digits, ""), "ratio":
                number = exact(digits)
                offers = f"write `{digits}%`" + (f", or `{_plain(number * 100)}%` if the whole is meant" if number else "")
                raise self.fail("E201", f"`{digits}` has no unit", written.span, offers)
            case tree.Number(digits, ""), "rate":
                raise self.fail("E201", f"`{digits}` has no unit", written.span, f"write `{digits}% per year`")
            case tree.Number(digits, ""), "money":
                raise self.fail("E201", f"`{digits}` has no unit", written.span, f"write `USD {digits}`")
            case tree.Number(digits, ""), "price":
                raise self.fail("E201", f"`{digits}` has no unit", written.span, f"write `USD {digits} per share`")
            case tree.Number(digits, ""), _:
                raise self.fail("E201", f"`{digits}` has no unit", written.span, f"write {described(shape)}")
            case tree.Percent(digits, ""), "rate":
                raise self.fail("E201", f"`{digits}%` does not say per what time", written.span, f"write `{digits}% per year`")
            case tree.Money(_, digits, ""), "price":
                raise self.fail("E201", f"`{written.span.text}` is an amount, not a price", written.span, f"write `{written.span.text} per share`")

    def expression(self, written: tree.Expr, exceptional: bool = False) -> Expression:
        """The expression, its names resolved and its literals exact."""
        match written:
            case tree.Money(currency, digits, per):
                code, _ = currency_and_digits(currency + " ")
                return Constant(given(self._money(per, code, written.span), exact(digits), written.span.text))
            case tree.Percent(digits, per):
                return self._percent(digits, per, written.span)
            case tree.Number(digits, unit):
                return self._number(digits, unit, written.span)
            case tree.Share(percent, of, span=span):
                ratio = self._percent(percent.digits, percent.per, percent.span)
                return Operation("*", ratio, self.expression(of, exceptional), span)
            case tree.Arithmetic(operator, left, right, span=span):
                return Operation(operator, self.expression(left, exceptional), self.expression(right, exceptional), span)
            case tree.Choice(which, items, span=span):
                return Choice(which, tuple(self.expression(item, exceptional) for item in items), span)
            case tree.LookBack():
                return self._look_back(written)
            case tree.Otherwise(span=span):
                if exceptional:
                    return Prior()
                raise self.fail("E113", "`otherwise` stands in exceptions only", span, "write the value itself, or add `when …` after it")
            case tree.Phrase(tokens, span=span):
                return self._name(tokens, span)
        raise self.fail("E107", f"`{written.span.text}` is not a figure", written.span, "write an amount, a percentage, a name or arithmetic of these")

    def _money(self, per: str, currency: str, span: Span) -> Dimension:
        if per in ("", "share"):
            return price(currency) if per else money(currency)
        raise self.fail("E202", f"`per {per}` does not go with money", span, "write `per share`")

    def _percent(self, digits: str, per: str, span: Span) -> Expression:
        share = exact(digits) / 100
        match per:
            case "":
                return Constant(given(RATIO, share, f"{digits}%"))
            case "year" | "annum":
                return Constant(given(RATE, share, f"{digits}% per year"))
            case "month":
                return Constant(given(RATE, share * MONTHS_A_YEAR, f"{digits}% per month"))
        raise self.fail("E202", f"`per {per}` does not go with a percentage", span, "write `per year` or `per month`")

    def _number(self, digits: str, unit: str, span: Span) -> Expression:
        if unit in ("share", "shares"):
            return Constant(given(SHARES, exact(digits), f"{digits} shares"))
        if not unit:
            return Constant(given(RATIO, exact(digits), digits))
        raise self.fail("E202", f"`{digits} {unit}` is not a figure that can be reckoned with here", span, "write an amount, a percentage or a number of shares")

    def _look_back(self, written: tree.LookBack) -> LookBack:
        period = self.period(written.window.count)
        if period.unit not in ("trading days", "business days", "days"):
            raise self.fail("E202", f"a window is counted in days, not in {period.unit}", written.window.count.span, "write `trading days`")
        if period.count < 1:
            raise self.fail("E208", "a window has at least one day", written.window.count.span, "write `1 trading day` or more")
        if period.count > WINDOW_MAX:
            raise self.fail("E505", f"a window of {period.count} days is longer than the limit of {WINDOW_MAX:,}", written.window.count.span, "shorten it")
        count = int(exact(written.count.digits)) if written.count is not None else 0
        if written.count is not None and not 1 <= count <= period.count:
            raise self.fail("E208", f"`{written.count.digits}` of {period.count} days cannot be chosen", written.count.span, f"write a number from 1 to {period.count}")
        if written.window.edge == "after":
            raise self.fail("E107", "a look-back ends `before`, `through` or `ending on` a day", written.window.span, "write `before conversion`")
        series = self.series(written.series)
        return LookBack(written.statistic, series, period, written.window.edge, self._anchor(written.window.anchor), count, written.among)

    def series(self, written: tree.Expr) -> str:
        """The name of a series of the facts: `closing bids` is `closing bid`."""
        text = text_of(written.tokens) if isinstance(written, tree.Phrase) else written.span.text
        name = series_named(text)
        if name is None:
            like = nearest(text, tuple(SERIES))
            raise self.fail("E111", f"`{text}` is not a series of prices", written.span, f"did you mean `{like}`?" if like else f"write one of {', '.join(SERIES)}")
        return name

    def _anchor(self, written: tree.Expr) -> Any:
        if isinstance(written, tree.Date):
            day = calendar_day(written.text)
            if day is None:
                raise self.fail("E203", f"there is no day `{written.text}`", written.span, "write a day of the calendar")
            return day
        text = text_of(written.tokens) if isinstance(written, tree.Phrase) else written.span.text
        if text in self.anchors:
            return text
        like = nearest(text, tuple(self.anchors))
        raise self.fail("E111", f"`{text}` is not a day that a window can end at", written.span, f"did you mean `{like}`?" if like else "write `conversion`")

    def period(self, written: tree.Number) -> Period:
        """A length of time in whole units."""
        unit = unit_of(written.unit)
        if unit is None or "." in written.digits:
            raise self.fail("E201", f"`{written.span.text}` is not a length of time", written.span, "write a whole number and a unit, as in `10 trading days`")
        return Period(int(exact(written.digits)), unit)

    def _name(self, tokens: tuple[tree.Token, ...], span: Span) -> Expression:
        text = text_of(tokens)
        if text in self.definitions:
            return Named(text, self.definition(text, span))
        if text in self.nouns:
            return Noun(text)
        known = (*self.definitions, *sorted(self.nouns))
        like = nearest(text, known)
        code = "E110" if tokens[0].kind == "NAME" else "E111"
        what = "is not defined" if code == "E110" else "is not a figure that this note knows"
        help = f"did you mean `{like}`?" if like else (f"add `define {text}: …`" if code == "E110" else "define it, or write a figure")
        raise self.fail(code, f"`{text}` {what}", span, help)

    def definition(self, name: str, span: Span) -> Expression:
        """What a defined name stands for; a definition in terms of itself is an error."""
        if name in self._reading:
            circle = " → ".join((*self._reading[self._reading.index(name) :], name))
            raise self.fail("E207", f"`{name}` is defined in terms of itself", span, f"break the circle {circle}")
        if name not in self._read:
            self._reading.append(name)
            try:
                self._read[name] = self.expression(self.definitions[name].tree)
            finally:
                self._reading.pop()
        return self._read[name]

    def condition(self, written: tree.Expr) -> Condition:
        """The condition, its sentences found among those that terms declare."""
        match written:
            case tree.Logic("and", items):
                return AllOf(tuple(self.condition(item) for item in items))
            case tree.Logic("or", items):
                return AnyOf(tuple(self.condition(item) for item in items))
            case tree.Not(item):
                return NotSo(self.condition(item))
            case tree.Event(label):
                return Happened(f'event "{label}"')
            case tree.Comparison(operator, left, right, duration):
                return self._comparison(operator, left, right, duration)
            case tree.Phrase(tokens, span=span):
                if text_of(tokens) in self.occurrences:
                    return Happened(text_of(tokens))
                found = said(tokens, self.conditions)
                if found is not None:
                    return Stated(found)
                like = nearest_pattern(tokens, (*self.conditions, *sorted(self.occurrences)))
                raise self.fail("E107", f"`{text_of(tokens)}` is not a condition that is understood", span, f"did you mean `{like}`?" if like else 'name it as an event: `event "…"`')
        raise self.fail("E107", f"`{written.span.text}` is not a condition", written.span, "write what must have happened, as in `payment is late`")

    def _comparison(self, operator: str, left: tree.Expr, right: tree.Expr, duration: tree.Number | None) -> Condition:
        if duration is None and not (isinstance(left, tree.Phrase) and series_named(text_of(left.tokens))):
            return Compared(operator, self.expression(left), self.expression(right))
        sessions = self.period(duration) if duration is not None else Period(1, "trading days")
        if sessions.unit != "trading days" or not 1 <= sessions.count <= WINDOW_MAX:
            span = duration.span if duration is not None else left.span
            raise self.fail("E208", f"`{span.text}` cannot be watched for", span, f"write 1 to {WINDOW_MAX:,} trading days")
        level = self.expression(right)
        if not isinstance(level, Constant) or level.quantity.dimension.name != PRICE_NAME:
            raise self.fail("E202", f"`{right.span.text}` is not a price", right.span, "write a price, as in `USD 0.01 per share`")
        return Run(self.series(left), operator, level.quantity, sessions.count)


WINDOW_MAX = 10_000


def _plain(number: Any) -> str:
    return str(int(number)) if number.denominator == 1 else str(float(number))


def _members(tokens: Iterable[tree.Token]) -> list[tuple[tree.Token, ...]]:
    members: list[list[tree.Token]] = [[]]
    for token in tokens:
        if token.text in (",", "and") and token.kind != "STRING":
            members.append([])
        else:
            members[-1].append(token)
    return [tuple(member) for member in members if member]
