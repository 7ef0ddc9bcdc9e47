"""Text to tokens, in one pass of one regular expression.

The expression comes with the tables, so that the words of the language are said in note.lark alone. What it
cannot match becomes a token of kind BAD, which fits nowhere; what it most likely meant is told in
mistakes.py. `the` is no token: it lies in the span of the token after it, where the formatter finds it
again.
"""

import re
from functools import cache

from .classes import frozen
from .machine import KEYWORDS, tables
from .source import Source, Span
from .tree import Comment, Token

LITERALS = ("WORD", "NAME", "SLASHED", "ORDINAL", "NUMBER", "MONEY", "PERCENT", "DATE", "STRING")
SIGNS = ("SIGN", "TIMES", "DOTS", "COLON", "COMMA", "LBRACE", "RBRACE", "LPAR", "RPAR", "LSQB", "RSQB")
HEADS = ("FIELD", "LABELLED")
NUMERIC = ("NUMBER", "MONEY", "PERCENT", "ORDINAL")

BAD = -1  # the number of no symbol
DIGITS_MAX = 30
_REST = r'|(?P<BAD>"[^"\r\n]*+|[^\s"{}#]++|.)'


@frozen
class Words:
    """A source as tokens, with the numbers of their symbols, which stand in column 1, and the comments."""

    source: Source
    kinds: list[int]
    tokens: list[Token]
    firsts: list[int]
    comments: list[Comment]


def words_of(source: Source, limit: int) -> Words:
    """The words of a source, up to `limit` of them and one more."""
    pattern, keywords, number, tree_kind = _pattern()
    text = source.text
    kinds: list[int] = []
    tokens: list[Token] = []
    firsts: list[int] = []
    comments: list[Comment] = []
    article = -1
    for match in pattern.finditer(text):
        name = match.lastgroup
        if name == "WS":
            continue
        start, end = match.span()
        assert name is not None
        if name == "COMMENT":
            comments.append(Comment(match.group(), Span(source, start, end)))
            continue
        words = match.group()
        if name in KEYWORDS:
            name = keywords[words]
        if name == "THE":
            article = start
            continue
        kind = number[name]
        if start == 0 or text[start - 1] in "\r\n":
            firsts.append(len(tokens))
        elif article >= 0 and name not in SIGNS and name not in HEADS:
            start = article
        article = -1
        if name == "STRING":
            words = words[1:-1]
        elif name == "MONEY":
            words = " ".join(words.split())
        if len(words) > DIGITS_MAX and name in NUMERIC and sum(map(str.isdigit, words)) > DIGITS_MAX:
            kind, name = BAD, "BAD"
        kinds.append(kind)
        tokens.append(Token(tree_kind[name], words, Span(source, start, end)))
        if len(tokens) > limit:
            break
    return Words(source, kinds, tokens, firsts, comments)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str], dict[str, int], dict[str, str]]:
    loaded = tables()
    number = {**loaded.number, "BAD": BAD}
    tree_kind = {name: "SIGN" if name in SIGNS else name if name in LITERALS else "WORD" for name in loaded.symbols}
    tree_kind["BAD"] = "BAD"
    return re.compile(loaded.pattern + _REST, re.DOTALL), loaded.keywords, number, tree_kind
