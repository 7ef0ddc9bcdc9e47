"""Drawing expressions: values as Hypothesis strategies, each with the tokens that spell it.

What the parser makes of the tokens can so be compared with what was drawn. Nothing drawn here has a place: spans
lie in an empty source.
"""

from collections.abc import Callable

from hypothesis import strategies as st

from tenor.grammar import tree
from tenor.grammar.source import Source, Span
from tenor.grammar.tree import Token, Value

NOWHERE = Span(Source("drawn", ""), 0, 0)
Spelt = tuple[tuple[Token, ...], tree.Expr]

# Words that are more than words somewhere; and months, which are no names before a number.
KEYWORDS = frozenset(
    word
    for line in (
        "cite assumed because otherwise over event when else or and not of per for the",
        "lesser greater below above at least most on known before after through ending",
        "lowest highest average median last volume-weighted",
    )
    for word in line.split()
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

words = st.from_regex(r"[a-z][a-z0-9_]{0,6}(-[a-z]{1,3})?", fullmatch=True).filter(lambda word: word not in KEYWORDS)
names = st.from_regex(r"[A-Z][a-z]{1,6}", fullmatch=True).filter(lambda name: not name.startswith(MONTHS))
fields = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda word: word not in KEYWORDS)
digits = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1000, 10**12).map(lambda number: f"{number:,}"),
    st.decimals(0, 10**6, places=2).map(lambda number: f"{number:,}"),
)
dates = st.dates().map(str)
strings = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), exclude_characters='"'), max_size=20)
slashed = st.sampled_from(("actual/365", "30E/360", "NL/365", "30/360"))
ordinals = st.sampled_from(("1st", "22nd", "3rd", "15th"))
moneys = st.builds(lambda currency, amount: currency + amount, st.sampled_from(("USD ", "$", "EUR ")), digits)
percents = digits.map(lambda amount: f"{amount}%")
units = st.lists(words, min_size=1, max_size=2)


def word(text: str) -> Token:
    return Token("WORD", text, NOWHERE)


def sign(text: str) -> Token:
    return Token("SIGN", text, NOWHERE)


def tokens_of(kind: str, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Token]:
    return texts.map(lambda text: Token(kind, text, NOWHERE))


LITERALS = {
    "NAME": names,
    "SLASHED": slashed,
    "ORDINAL": ordinals,
    "NUMBER": digits,
    "MONEY": moneys,
    "PERCENT": percents,
    "DATE": dates,
}
plain_words = st.one_of(tokens_of("WORD", words), tokens_of("NAME", names))
openings = st.one_of(plain_words, tokens_of("SLASHED", slashed), tokens_of("ORDINAL", ordinals))
goings = st.one_of(
    openings,
    *(tokens_of(kind, texts) for kind, texts in LITERALS.items()),
    st.sampled_from(("of", "on", "before", "after", "through", "lowest", "last")).map(word),
)


@st.composite
def phrases(draw: st.DrawFn) -> Spelt:
    tokens = (draw(openings), *draw(st.lists(goings, max_size=4)))
    return tokens, tree.Phrase(tokens, span=NOWHERE)


@st.composite
def numbers(draw: st.DrawFn, *, with_unit: bool = False) -> tuple[tuple[Token, ...], tree.Number]:
    amount = draw(digits)
    unit = draw(units) if with_unit or draw(st.booleans()) else []
    return (Token("NUMBER", amount, NOWHERE), *map(word, unit)), tree.Number(amount, " ".join(unit), span=NOWHERE)


@st.composite
def percentages(draw: st.DrawFn) -> tuple[tuple[Token, ...], tree.Percent]:
    amount, unit = draw(percents), draw(st.one_of(st.just([]), units))
    tokens = (Token("PERCENT", amount, NOWHERE), *([word("per")] if unit else []), *map(word, unit))
    return tokens, tree.Percent(amount[:-1], " ".join(unit), span=NOWHERE)


@st.composite
def amounts(draw: st.DrawFn) -> Spelt:
    text, unit = draw(moneys), draw(st.one_of(st.just([]), units))
    currency, amount = ("$", text[1:]) if text[0] == "$" else (text[:3], text[4:])
    tokens = (Token("MONEY", text, NOWHERE), *([word("per")] if unit else []), *map(word, unit))
    return tokens, tree.Money(currency, amount, " ".join(unit), span=NOWHERE)


@st.composite
def dated(draw: st.DrawFn) -> Spelt:
    day = draw(dates)
    return (Token("DATE", day, NOWHERE),), tree.Date(day, span=NOWHERE)


@st.composite
def texts(draw: st.DrawFn) -> Spelt:
    text = draw(strings)
    return (Token("STRING", text, NOWHERE),), tree.Text(text, span=NOWHERE)


@st.composite
def events(draw: st.DrawFn) -> Spelt:
    label = draw(strings)
    return (word("event"), Token("STRING", label, NOWHERE)), tree.Event(label, span=NOWHERE)


@st.composite
def offsets(draw: st.DrawFn) -> tuple[tuple[Token, ...], tree.Offset]:
    tokens, count = draw(numbers(with_unit=True))
    edge = draw(st.sampled_from(("before", "after", "through", "ending on")))
    anchor_tokens, anchor = draw(st.one_of(dated(), phrases()))
    return (*tokens, *map(word, edge.split()), *anchor_tokens), tree.Offset(count, edge, anchor, span=NOWHERE)


@st.composite
def lookbacks(draw: st.DrawFn) -> Spelt:
    statistic = draw(st.sampled_from(("lowest", "highest", "average", "median", "last", "volume-weighted average")))
    tokens = tuple(map(word, statistic.split()))
    count, among = None, ""
    if draw(st.booleans()):
        amount, among = draw(digits), draw(st.sampled_from(("lowest", "highest")))
        count = tree.Number(amount, span=NOWHERE)
        tokens = (*tokens, word("of"), Token("NUMBER", amount, NOWHERE), word(among))
    series = tuple(draw(st.lists(plain_words, min_size=1, max_size=3)))
    window_tokens, window = draw(offsets())
    expr = tree.LookBack(statistic, tree.Phrase(series, span=NOWHERE), window, count, among, span=NOWHERE)
    return (*tokens, *series, word("over"), *window_tokens), expr


def otherwise() -> Spelt:
    return (word("otherwise"),), tree.Otherwise(span=NOWHERE)


@st.composite
def rows(draw: st.DrawFn, depth: int) -> tuple[tuple[Token, ...], tree.Row]:
    tokens, value = draw(sums(depth))
    if draw(st.booleans()) and draw(st.booleans()):
        return (word("otherwise"), sign(":"), *tokens), tree.Row("", "", "", value, True, span=NOWHERE)
    unit = draw(st.one_of(st.just([]), units))
    kind, points = draw(st.sampled_from((("NUMBER", digits), ("DATE", dates))))
    low, high = draw(st.tuples(points, points))
    ends = {
        "point": ((Token(kind, low, NOWHERE),), low, low),
        "from": ((Token(kind, low, NOWHERE), sign("..")), low, ""),
        "to": ((sign(".."), Token(kind, high, NOWHERE)), "", high),
        "both": ((Token(kind, low, NOWHERE), sign(".."), Token(kind, high, NOWHERE)), low, high),
    }
    key, left, right = ends[draw(st.sampled_from(tuple(ends)))]
    return (*map(word, unit), *key, sign(":"), *tokens), tree.Row(" ".join(unit), left, right, value, span=NOWHERE)


@st.composite
def tables(draw: st.DrawFn, depth: int) -> Spelt:
    drawn = draw(st.lists(rows(depth), min_size=1, max_size=3))
    return (sign("["), *joined(drawn, sign(",")), sign("]")), tree.Table(tuple(row for _, row in drawn), span=NOWHERE)


def joined(parts: list[tuple[tuple[Token, ...], object]], separator: Token) -> tuple[Token, ...]:
    tokens: tuple[Token, ...] = ()
    for at, (part, _) in enumerate(parts):
        tokens += (separator, *part) if at else part
    return tokens


# ---- operators, tightest first ---------------------------------------------------------------------------------


def atoms(depth: int) -> st.SearchStrategy[Spelt]:
    leaves = [
        phrases(),
        numbers(),
        percentages(),
        amounts(),
        dated(),
        texts(),
        events(),
        offsets(),
        lookbacks(),
        st.builds(otherwise),
    ]
    if depth:
        leaves += [tables(depth - 1), shares(depth - 1, atoms), conditions(depth - 1).map(in_parentheses)]
    return st.one_of(leaves)


def in_parentheses(spelt: Spelt) -> Spelt:
    return (sign("("), *spelt[0], sign(")")), spelt[1]


@st.composite
def shares(draw: st.DrawFn, depth: int, parts: Callable[[int], st.SearchStrategy[Spelt]]) -> Spelt:
    (rate_tokens, rate), (tokens, of) = draw(percentages()), draw(parts(depth))
    return (*rate_tokens, word("of"), *tokens), tree.Share(rate, of, span=NOWHERE)


@st.composite
def choices(draw: st.DrawFn, depth: int) -> Spelt:
    which = draw(st.sampled_from(("lesser", "greater")))
    *items, last = draw(st.lists(atoms(depth), min_size=2, max_size=4))
    tokens = (word(which), word("of"), *joined(items, sign(",")), word("and"), *last[0])
    return tokens, tree.Choice(which, tuple(item for _, item in (*items, last)), span=NOWHERE)


@st.composite
def chains(draw: st.DrawFn, depth: int, operators: str, parts: Callable[[int], st.SearchStrategy[Spelt]]) -> Spelt:
    tokens, expr = draw(parts(depth))
    for operator in draw(st.lists(st.sampled_from(operators), max_size=2)):
        right_tokens, right = draw(parts(depth))
        tokens = (*tokens, sign(operator), *right_tokens)
        expr = tree.Arithmetic(operator, expr, right, span=NOWHERE)
    return tokens, expr


def products(depth: int) -> st.SearchStrategy[Spelt]:
    return chains(depth, "*/", atoms)


def sums(depth: int) -> st.SearchStrategy[Spelt]:
    if not depth:
        return atoms(0)
    return st.one_of(chains(depth, "+-", products), choices(depth - 1), shares(depth - 1, choices))


@st.composite
def comparisons(draw: st.DrawFn, depth: int) -> Spelt:
    tokens, left = draw(sums(depth))
    if not draw(st.booleans()):
        return tokens, left
    operator = draw(st.sampled_from(("below", "above", "at least", "at most")))
    right_tokens, right = draw(sums(depth))
    tokens = (*tokens, *map(word, operator.split()), *right_tokens)
    duration = None
    if draw(st.booleans()):
        more, duration = draw(numbers(with_unit=True))
        tokens = (*tokens, word("for"), *more)
    return tokens, tree.Comparison(operator, left, right, duration, span=NOWHERE)


@st.composite
def negations(draw: st.DrawFn, depth: int) -> Spelt:
    tokens, expr = draw(comparisons(depth))
    for _ in range(draw(st.integers(0, 2))):
        tokens, expr = (word("not"), *tokens), tree.Not(expr, span=NOWHERE)
    return tokens, expr


@st.composite
def logics(draw: st.DrawFn, depth: int, operator: str, parts: Callable[[int], st.SearchStrategy[Spelt]]) -> Spelt:
    drawn = draw(st.lists(parts(depth), min_size=1, max_size=3))
    if len(drawn) == 1:
        return drawn[0]
    return joined(drawn, word(operator)), tree.Logic(operator, tuple(item for _, item in drawn), span=NOWHERE)


def conditions(depth: int) -> st.SearchStrategy[Spelt]:
    return logics(depth, "or", lambda depth: logics(depth, "and", negations))


@st.composite
def values(draw: st.DrawFn, *, lists: bool = True) -> Value:
    """A value: a list where that is allowed."""
    depth = draw(st.sampled_from((0, 0, 0, 1, 1, 2)))
    drawn = draw(st.lists(conditions(depth), min_size=1, max_size=3 if lists else 1))
    expr = drawn[0][1] if len(drawn) == 1 else tree.Sequence(tuple(item for _, item in drawn), span=NOWHERE)
    return Value(joined(drawn, sign(",")), expr, span=NOWHERE)
