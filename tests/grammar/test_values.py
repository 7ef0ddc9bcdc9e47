"""What values mean to the grammar: a table of spellings and trees."""

import pytest
from hypothesis import given

from tenor.grammar.parse import parse_value
from tenor.grammar.spelling import value_text
from tenor.grammar.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Date,
    Event,
    Expr,
    Logic,
    LookBack,
    Money,
    Not,
    Number,
    Offset,
    Otherwise,
    Percent,
    Phrase,
    Row,
    Sequence,
    Share,
    Table,
    Text,
    Token,
    Value,
)

from .expressions import NOWHERE as AT
from .expressions import values

KINDS = {"actual/365": "SLASHED", "30/360": "SLASHED", "15th": "ORDINAL"}


def said(text: str) -> Phrase:
    """A phrase: words by their case, numbers by their digits."""

    def token(word: str) -> Token:
        kind = "NAME" if word[0].isupper() else "NUMBER" if word.isdigit() else "DATE" if word[0].isdigit() else "WORD"
        return Token(KINDS.get(word, kind), word, AT)

    return Phrase(tuple(map(token, text.split())), span=AT)


def number(digits: str, unit: str = "") -> Number:
    return Number(digits, unit, span=AT)


def money(currency: str, digits: str, per: str = "") -> Money:
    return Money(currency, digits, per, span=AT)


def percent(digits: str, per: str = "") -> Percent:
    return Percent(digits, per, span=AT)


def share(digits: str, of: Expr) -> Share:
    return Share(percent(digits), of, span=AT)


def before(digits: str, unit: str, anchor: str, edge: str = "before") -> Offset:
    return Offset(number(digits, unit), edge, said(anchor), span=AT)


def logic(operator: str, *items: Expr) -> Logic:
    return Logic(operator, items, span=AT)


def arithmetic(left: Expr, operator: str, right: Expr) -> Arithmetic:
    return Arithmetic(operator, left, right, span=AT)


def otherwise() -> Otherwise:
    return Otherwise(span=AT)


LOWEST_BID = LookBack("lowest", said("closing bid"), before("5", "trading days", "conversion"), span=AT)
AVERAGE = LookBack(
    "average",
    said("closing bids"),
    before("10", "trading days", "conversion"),
    number("3"),
    "lowest",
    span=AT,
)

VALUES: dict[str, Expr] = {
    # literals carry their unit
    "USD 108,068.36": money("USD", "108,068.36"),
    "$75,000": money("$", "75,000"),
    "USD 0.05 per share": money("USD", "0.05", "share"),
    "8%": percent("8"),
    "1% per month": percent("1", "month"),
    "1,000,000 shares": number("1,000,000", "shares"),
    "10 trading days": number("10", "trading days"),
    "2019-02-22": Date("2019-02-22", span=AT),
    '"the words"': Text("the words", span=AT),
    # phrases
    "30/360 US": said("30/360 US"),
    "compounded quarterly": said("compounded quarterly"),
    "rounded to the nearest": said("rounded to nearest"),
    "among others": said("among others"),
    "on the 15th of each month": said("on 15th of each month"),
    "payment is late by 5 business days": said("payment is late by 5 business days"),
    "holder on or after 180 days after issue": said("holder on or after 180 days after issue"),
    "last closing bid before conversion": said("last closing bid before conversion"),
    "closing bid on 2019-08-23": said("closing bid on 2019-08-23"),
    "from 2019-02-22 through 2020-02-22": said("from 2019-02-22 through 2020-02-22"),
    # nouns and conditions alike
    "principal and interest at maturity": logic("and", said("principal"), said("interest at maturity")),
    "bankruptcy or insolvency": logic("or", said("bankruptcy"), said("insolvency")),
    "a and b and c": logic("and", said("a"), said("b"), said("c")),
    "(a and b) and c": logic("and", logic("and", said("a"), said("b")), said("c")),
    "a and b or c": logic("or", logic("and", said("a"), said("b")), said("c")),
    "holder, affiliates and exercisable rights": Sequence(
        (said("holder"), logic("and", said("affiliates"), said("exercisable rights"))), span=AT
    ),
    "not in default": Not(said("in default"), span=AT),
    'in default or event "DTC chill"': logic("or", said("in default"), Event("DTC chill", span=AT)),
    "closing bid below USD 0.01 per share for 10 trading days": Comparison(
        "below", said("closing bid"), money("USD", "0.01", "share"), number("10", "trading days"), span=AT
    ),
    "price at least 5": Comparison("at least", said("price"), number("5"), span=AT),
    # arithmetic
    "(A + B) * 2": arithmetic(arithmetic(said("A"), "+", said("B")), "*", number("2")),
    "A - B - C": arithmetic(arithmetic(said("A"), "-", said("B")), "-", said("C")),
    "otherwise - 10% of Market Price": arithmetic(otherwise(), "-", share("10", said("Market Price"))),
    "5.99% of outstanding shares after conversion": share("5.99", said("outstanding shares after conversion")),
    "50% of 50% of A": share("50", share("50", said("A"))),
    # choices, look-backs, tables
    "greater of USD 0.0001 per share and 65% of Market Price": Choice(
        "greater", (money("USD", "0.0001", "share"), share("65", said("Market Price"))), span=AT
    ),
    "lesser of USD 0.0005 per share and 65% of lowest closing bid over the 5 trading days before conversion": Choice(
        "lesser", (money("USD", "0.0005", "share"), share("65", LOWEST_BID)), span=AT
    ),
    "lesser of A, B and greater of C and D": Choice(
        "lesser", (said("A"), said("B"), Choice("greater", (said("C"), said("D")), span=AT)), span=AT
    ),
    "lowest closing bid over the 5 trading days before conversion": LOWEST_BID,
    "average of the 3 lowest closing bids over the 10 trading days before conversion": AVERAGE,
    "volume-weighted average price over the 1 trading day ending on conversion": LookBack(
        "volume-weighted average", said("price"), before("1", "trading day", "conversion", "ending on"), span=AT
    ),
    "180 days after issue": before("180", "days", "issue", "after"),
    "[days 0..30: 115%, days 31..: 120%, ..5: 1%, 7: 2%, otherwise: 125%]": Table(
        (
            Row("days", "0", "30", percent("115"), span=AT),
            Row("days", "31", "", percent("120"), span=AT),
            Row("", "", "5", percent("1"), span=AT),
            Row("", "7", "7", percent("2"), span=AT),
            Row("", "", "", percent("125"), True, span=AT),
        ),
        span=AT,
    ),
}


@pytest.mark.parametrize("text", VALUES)
def test_value(text: str) -> None:
    assert parse_value(text).tree == VALUES[text]


@given(values())
def test_a_value_is_its_tokens_and_its_tree(value: Value) -> None:
    """Whatever expression is drawn, the tokens that spell it are read as it."""
    assert parse_value(value_text(value)) == value


def test_tokens_leave_out_the_article_and_nothing_else() -> None:
    """`the` is ignored when phrases are matched; its place is kept for the formatter."""
    value = parse_value("holder at  the option, the (3%)")
    assert [token.text for token in value.tokens] == ["holder", "at", "option", ",", "(", "3%", ")"]
    assert [token.kind for token in value.tokens] == ["WORD", "WORD", "WORD", "SIGN", "SIGN", "PERCENT", "SIGN"]


def test_spans_point_at_the_words() -> None:
    value = parse_value("greater of 5 and (65% of Market Price)")
    assert isinstance(value.tree, Choice)
    assert [item.span.text for item in value.tree.items] == ["5", "(65% of Market Price)"]
    assert value.span.text == "greater of 5 and (65% of Market Price)"
