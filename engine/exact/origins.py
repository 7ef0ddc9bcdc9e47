"""Origins: where the leaves of an explanation come from.

Every figure leads back to a clause (file, line, quotation), a fact (file, line), a reading the note
did not state, or a table the engine ships. If none can be cited, a rule has been invented.
"""

from ...grammar.classes import made_often
from ...grammar.source import Span


@made_often
class Clause:
    """What is written: `conversion.retires`, its place, the contract's words, and why it was assumed, if it was."""

    name: str
    span: Span
    words: str = ""
    quotation: str = ""
    assumed: str = ""
    others: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return self.span.place


@made_often
class Default:
    """What the note does not say and the engine takes instead, never silently."""

    name: str
    words: str
    why: str = ""
    others: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"default {self.name}"


@made_often
class Fact:
    """What happened, as its ledger or price table says it."""

    words: str
    span: Span

    @property
    def place(self) -> str:
        return self.span.place


Origin = Clause | Default | Fact


def is_assumption(origin: Origin) -> bool:
    """Whether an answer that rests on this must list it."""
    return isinstance(origin, Default) or (isinstance(origin, Clause) and bool(origin.assumed))
