"""Spelling: the words of a tree as text, on one line, with canonical blanks.

Every literal and every string is spelt as it was. `the` is no token; where the author wrote it, it lies in
the span of the token after it and is written again.
"""

import re
from collections.abc import Iterable

from .tree import Entry, Item, Mark, Token, Value

_ARTICLE = re.compile("the(?![A-Za-z0-9_]|-[A-Za-z0-9])")
_NO_BLANK_BEFORE = (",", ":", ")", "]", "..")
_NO_BLANK_AFTER = ("(", "[", "..")


def words_text(tokens: Iterable[Token]) -> str:
    """The tokens with one blank between them, but none inside brackets and ranges or before commas."""
    text, glue = "", ""
    for token in tokens:
        sign = token.text if token.kind == "SIGN" else ""
        text += ("" if sign in _NO_BLANK_BEFORE else glue) + _token_text(token)
        glue = "" if sign in _NO_BLANK_AFTER else " "
    return text


def _token_text(token: Token) -> str:
    text = quoted(token.text) if token.kind == "STRING" else token.text
    return f"the {text}" if _ARTICLE.match(token.span.text) else text


def quoted(text: str) -> str:
    """A string as written."""
    return f'"{text}"'


def value_text(value: Value) -> str:
    """A value as it stands after its colon."""
    return words_text(value.tokens)


def name_text(item: Item) -> str:
    """What a clause is called, with the colon before its value."""
    name = item.name
    if item.label is not None:
        name += " " + quoted(item.label)
    elif item.subject:
        name += (" on " if item.subject[0].isdigit() else " ") + item.subject
    return name if item.value is None else name + ":"


def said_text(item: Item) -> str:
    """What a clause says: its value, and when it holds."""
    if item.value is None:
        return ""
    text = value_text(item.value)
    return text if item.condition is None else f"{text} when {value_text(item.condition)}"


def mark_parts(mark: Mark) -> list[str]:
    """A mark in parts that a line may end after: its word with the first string, and each other string."""
    parts = [quoted(text) for text in mark.texts]
    parts[0] = f"{mark.kind} {parts[0]}"
    if mark.others:
        parts[-1] += " else " + ", ".join(value_text(other) for other in mark.others)
    return parts


def mark_text(mark: Mark) -> str:
    """A mark on one line."""
    return " ".join(mark_parts(mark))


def entry_text(entry: Entry) -> str:
    """The words of a ledger line, without what follows them."""
    date = f"{entry.date.text} " if entry.date else ""
    return date + words_text(entry.tokens)
