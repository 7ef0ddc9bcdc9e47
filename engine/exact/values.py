"""What an answer can be besides a number: unknown, refused, or not yet given.

Unknown names what is missing; it is never zero. A refusal carries its reasons and what they cite.
`OPEN` stands for a value that a recording leaves to be given later.
"""

from itertools import chain
from typing import Final

from ...grammar.classes import made_often


@made_often
class Reason:
    """Why something may not happen: a stable code, the words, and the clause or fact they rest on."""

    code: str
    words: str
    cites: str = ""

    def __str__(self) -> str:
        return f"{self.words} ({self.cites})" if self.cites else self.words


@made_often
class Unknown:
    """An answer that waits for facts. `needs` names them, sorted; `at_most` is a bound already certain."""

    needs: tuple[str, ...]
    at_most: object = None


@made_often
class Refused:
    """An answer that is no, with every reason that holds."""

    reasons: tuple[Reason, ...]


@made_often
class Open:
    """The place of a value in a recording."""


OPEN: Final = Open()


def joined_unknown(values: tuple[object, ...]) -> Unknown:
    """One unknown that needs all that the unknown ones of `values` need."""
    # Hundreds of dates may stand in a list that is joined once a day, so the longest is passed on where it has all.
    lists = {id(value.needs): value.needs for value in values if isinstance(value, Unknown)}
    *others, longest = sorted(lists.values(), key=len)
    lacking = set(chain.from_iterable(others)).difference(longest) if others else ()
    return Unknown(tuple(sorted((*longest, *lacking))) if lacking else longest)


def joined_refusal(values: tuple[object, ...]) -> Refused:
    """One refusal with the reasons of all that are refused, each once, in order."""
    reasons = [reason for value in values if isinstance(value, Refused) for reason in value.reasons]
    return Refused(tuple(dict.fromkeys(reasons)))
