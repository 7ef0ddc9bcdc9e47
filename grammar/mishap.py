"""A mishap: where a piece stopped fitting, seen by those who tell why."""

from .braces import Part
from .classes import frozen
from .lexer import BAD
from .machine import tables
from .source import Span
from .tree import Token


@frozen
class Mishap:
    """A part, the index of the token that fits nowhere (one past the last if the part ends too early)."""

    part: Part
    at: int
    expected: frozenset[str]
    start: str

    @property
    def token(self) -> Token | None:
        """The token that fits nowhere; None where the part ends."""
        return self.part.tokens[self.at] if self.at < len(self.part.tokens) else None

    @property
    def before(self) -> Token | None:
        """The last token that fitted."""
        return self.part.tokens[self.at - 1] if self.at else None

    @property
    def symbol(self) -> str:
        """The terminal that fits nowhere; empty at the end and for what is no terminal."""
        if self.token is None or self.part.kinds[self.at] == BAD:
            return ""
        return tables().symbols[self.part.kinds[self.at]]

    @property
    def wants_value(self) -> bool:
        """Whether a value, or more of one, had to come."""
        return "LPAR" in self.expected

    @property
    def span(self) -> Span:
        """The token; where the part ends, its last one."""
        shown = self.token or self.before
        assert shown is not None
        return shown.span


def leading(part: Part, kinds: tuple[str, ...]) -> list[Token]:
    """The first tokens of a part, as long as they are of these kinds."""
    words: list[Token] = []
    for token in part.tokens:
        if token.kind not in kinds:
            break
        words.append(token)
    return words


def is_literal(token: Token | None) -> bool:
    """Whether a token stands for something: a name, a number, a string…"""
    return token is not None and token.kind not in ("SIGN", "WORD", "BAD")


def shown(token: Token) -> str:
    """The token as a message quotes it, cut where it is long."""
    text = f'"{token.text}"' if token.kind == "STRING" else token.text
    return text if len(text) <= 40 else text[:39] + "…"
