"""What each rule of the grammar builds: one function for each name after an arrow in note.lark.

The functions take the values of the rule's symbols in their order: tokens for terminals, and for the rest
what other functions here returned. Nothing is checked: a piece that got this far fits the grammar.
"""

from functools import cache
from typing import Any

from . import tree
from .classes import evolve
from .machine import Action, tables
from .source import Span
from .tree import Expr, Item, Mark, Token, Value

Tail = tuple[list[Mark], list[Item], bool, Span | None]  # marks, items, whether there is a block, the last span
Valued = tuple[Value | None, Value | None, Tail]


def actions_for(tokens: list[Token]) -> list[Action | None]:
    """The function of each rule, None where a value passes through. `tokens` are the whole file's."""
    first = {token.span.start: at for at, token in enumerate(tokens)}
    last = {token.span.end: at + 1 for at, token in enumerate(tokens)}

    def value(expr: Expr) -> Value:
        span = expr.span
        return Value(tuple(tokens[first[span.start] : last[span.end]]), expr, span=span)

    actions = list(_actions())
    for rule in _value_rules():
        actions[rule] = value
    return actions


@cache
def _actions() -> tuple[Action | None, ...]:
    return tuple(globals()[name] if name and name != "value" else None for _, _, name in tables().rules)


@cache
def _value_rules() -> tuple[int, ...]:
    return tuple(index for index, rule in enumerate(tables().rules) if rule[2] == "value")


# ---- lists -----------------------------------------------------------------------------------------------


def list_none() -> list[Any]:
    return []


def list_one(item: Any) -> list[Any]:
    return [item]


def list_more(items: list[Any], item: Any) -> list[Any]:
    items.append(item)
    return items


def list_other(items: list[Any], separator: Token, item: Any) -> list[Any]:
    items.append(item)
    return items


def list_two(first: Any, separator: Token, second: Any) -> list[Any]:
    return [first, second]


def list_words(*words: Token) -> list[Token]:
    return list(words)


def list_join(items: list[Any], others: list[Any]) -> list[Any]:
    items.extend(others)
    return items


def list_join_three(items: list[Any], others: list[Any], rest: list[Any]) -> list[Any]:
    return items + others + rest


# ---- clauses, fields, marks, ledger lines ----------------------------------------------------------------


def clause_bare(name: Token, tail: Tail) -> Item:
    return _item(name, None, "", (None, None, tail), name.span)


def clause_named(name: Token, names: list[Token], *rest: Any) -> Item:
    return _item(name, None, _text(names), _valued(*rest), names[-1].span)


def clause_dated(name: Token, on: Token, date: Token, *rest: Any) -> Item:
    return _item(name, None, date.text, _valued(*rest), date.span)


def item_field(name: Token, colon: Token, valued: Valued) -> Item:
    return _item(name, None, "", valued, name.span)


def item_labelled(name: Token, label: Token, *rest: Any) -> Item:
    return _item(name, label.text, "", _valued(*rest), label.span)


def valued(value: Value, tail: Tail) -> Valued:
    return value, None, tail


def valued_when(value: Value, when: Token, condition: Value, tail: Tail) -> Valued:
    return value, condition, tail


def tail_flat(marks: list[Mark]) -> Tail:
    return marks, [], False, marks[-1].span if marks else None


def tail_block(
    before: list[Mark],
    opening: Token,
    first: list[Mark],
    items: list[Item],
    closing: Token,
    after: list[Mark],
) -> Tail:
    return before + first + after, items, True, after[-1].span if after else closing.span


def mark(kind: Token, strings: list[Token], *readings: Any) -> Mark:
    others: list[Value] = readings[1] if readings else []
    span = kind.span.to(others[-1].span if others else strings[-1].span)
    return Mark(kind.text, tuple([each.text for each in strings]), tuple(others), span=span)


def mark_over(kind: Token, label: Token) -> Mark:
    return Mark(kind.text, (label.text,), span=kind.span.to(label.span))


def entry(date: Token, literals: list[Token], marks: list[Mark]) -> tree.Entry:
    end = marks[-1].span if marks else literals[-1].span
    return tree.Entry(_date(date), tuple(literals), marks=tuple(marks), span=date.span.to(end))


def entry_known(date: Token, literals: list[Token], word: Token, known: Token, marks: list[Mark]) -> tree.Entry:
    end = marks[-1].span if marks else known.span
    return tree.Entry(_date(date), tuple(literals), _date(known), tuple(marks), span=date.span.to(end))


def entry_undated(first: Token, *rest: Any) -> tree.Entry:
    *words, labelled, string, marks = rest
    tokens = (first, *(words[0] if words else ()), labelled, string)
    end = marks[-1].span if marks else string.span
    return tree.Entry(None, tokens, marks=tuple(marks), span=first.span.to(end))


# ---- expressions -----------------------------------------------------------------------------------------


def sequence(items: list[Expr]) -> Expr:
    return tree.Sequence(tuple(items), span=items[0].span.to(items[-1].span))


def logic_two(first: Expr, operator: Token, second: Expr) -> list[Any]:
    return [operator, first, second]


def logic(parts: list[Any]) -> Expr:
    operator, *items = parts
    return tree.Logic(operator.text, tuple(items), span=items[0].span.to(items[-1].span))


def negation(word: Token, item: Expr) -> Expr:
    return tree.Not(item, span=word.span.to(item.span))


def comparison(left: Expr, order: list[Token], right: Expr, *duration: Any) -> Expr:
    count = number(*duration[1:]) if duration else None
    span = left.span.to(count.span if count else right.span)
    return tree.Comparison(_text(order), left, right, count, span=span)


def arithmetic(left: Expr, sign: Token, right: Expr) -> Expr:
    return tree.Arithmetic(sign.text, left, right, span=left.span.to(right.span))


def share(rate: tree.Percent, word: Token, of: Expr) -> Expr:
    return tree.Share(rate, of, span=rate.span.to(of.span))


def choice(which: Token, word: Token, items: list[Expr], conjunction: Token, last: Expr) -> Expr:
    return tree.Choice(which.text, (*items, last), span=which.span.to(last.span))


def parentheses(opening: Token, expr: Expr, closing: Token) -> Expr:
    return evolve(expr, span=opening.span.to(closing.span))


def number(digits: Token, unit: list[Token] | None = None) -> tree.Number:
    if unit is None:
        return tree.Number(digits.text, span=digits.span)
    return tree.Number(digits.text, _text(unit), span=digits.span.to(unit[-1].span))


def money(amount: Token, per: Token | None = None, unit: list[Token] | None = None) -> Expr:
    text, span = amount.text, amount.span
    currency, digits = ("$", text[1:]) if text[0] == "$" else (text[:3], text[4:])
    if unit is None:
        return tree.Money(currency, digits, span=span)
    return tree.Money(currency, digits, _text(unit), span=span.to(unit[-1].span))


def percent(rate: Token, per: Token | None = None, unit: list[Token] | None = None) -> tree.Percent:
    if unit is None:
        return tree.Percent(rate.text[:-1], span=rate.span)
    return tree.Percent(rate.text[:-1], _text(unit), span=rate.span.to(unit[-1].span))


def date(day: Token) -> tree.Date:
    return tree.Date(day.text, span=day.span)


_date = date  # where a parameter has that name


def text(string: Token) -> Expr:
    return tree.Text(string.text, span=string.span)


def otherwise(word: Token) -> Expr:
    return tree.Otherwise(span=word.span)


def event(word: Token, label: Token) -> Expr:
    return tree.Event(label.text, span=word.span.to(label.span))


def offset(digits: Token, unit: list[Token], edge: list[Token], anchor: Expr) -> tree.Offset:
    count = number(digits, unit)
    return tree.Offset(count, _text(edge), anchor, span=count.span.to(anchor.span))


def lookback(statistic: list[Token], series: list[Token], over: Token, window: tree.Offset) -> Expr:
    span = statistic[0].span.to(window.span)
    return tree.LookBack(_text(statistic), phrase(series), window, span=span)


def lookback_of(
    statistic: list[Token],
    of: Token,
    digits: Token,
    among: Token,
    series: list[Token],
    over: Token,
    window: tree.Offset,
) -> Expr:
    span = statistic[0].span.to(window.span)
    return tree.LookBack(_text(statistic), phrase(series), window, number(digits), among.text, span=span)


def table(opening: Token, rows: list[tree.Row], closing: Token) -> Expr:
    return tree.Table(tuple(rows), span=opening.span.to(closing.span))


def row(ends: tuple[str, str, Span], colon: Token, value: Expr) -> tree.Row:
    return tree.Row("", ends[0], ends[1], value, span=ends[2].to(value.span))


def row_unit(unit: list[Token], ends: tuple[str, str, Span], colon: Token, value: Expr) -> tree.Row:
    return tree.Row(_text(unit), ends[0], ends[1], value, span=unit[0].span.to(value.span))


def row_otherwise(word: Token, colon: Token, value: Expr) -> tree.Row:
    return tree.Row("", "", "", value, True, span=word.span.to(value.span))


def range_point(point: Token) -> tuple[str, str, Span]:
    return point.text, point.text, point.span


def range_from(low: Token, dots: Token) -> tuple[str, str, Span]:
    return low.text, "", low.span


def range_to(dots: Token, high: Token) -> tuple[str, str, Span]:
    return "", high.text, dots.span


def range_both(low: Token, dots: Token, high: Token) -> tuple[str, str, Span]:
    return low.text, high.text, low.span


def phrase(tokens: list[Token]) -> tree.Phrase:
    first = tokens[0].span
    return tree.Phrase(tuple(tokens), span=first if len(tokens) == 1 else first.to(tokens[-1].span))


def phrase_series(statistic: list[Token], series: list[Token]) -> tree.Phrase:
    return phrase(statistic + series)


# ---- shared ----------------------------------------------------------------------------------------------


def _text(tokens: list[Token]) -> str:
    return tokens[0].text if len(tokens) == 1 else " ".join([token.text for token in tokens])


def _valued(*rest: Any) -> Valued:
    return (None, None, rest[0]) if len(rest) == 1 else rest[1]


def _item(name: Token, label: str | None, subject: str, valued: Valued, head_end: Span) -> Item:
    value, condition, (marks, items, has_block, end) = valued
    if end is None:
        end = condition.span if condition else value.span if value else head_end
    return Item(
        name.text,
        label,
        subject,
        value,
        condition,
        tuple(marks),
        tuple(items),
        has_block,
        name_span=name.span,
        span=name.span.to(end),
    )
