"""Kept: how far an earlier statement from the same facts has come, so that the next one goes on from there.

Asked about many days, a note would otherwise be run from its issue for each of them. A step reads its event,
the state before it, the terms, and the market up to its own day; so while the events are the same, what they
did is the same. Where a step has read past its own day (a window ends on a date that the terms write), the
day asked about would show through, and nothing is kept.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..meaning.model import Model, Note
from ..world.facts import Ledger
from ..world.market import Market
from .timeline import Event

History = tuple[Any, ...]  # of steps that have been applied, each with its event


class Kept:
    """The longest history of a note so far, and what it was made from. One is kept for a note."""

    def __init__(self, note: Note) -> None:
        self._last: tuple[Ledger | None, date | None, Model, History] = (None, None, note.versions[0], ())

    def begun(self, ledger: Ledger, known: date | None, model: Model, events: Sequence[Event]) -> History:
        """What is known of the first of these events."""
        of, known_by, terms, history = self._last
        if of is not ledger or known_by != known or terms is not model:
            return ()
        same = 0
        for applied, event in zip(history, events, strict=False):
            if applied.event != event:
                break
            same += 1
        return history[:same]

    def keep(self, ledger: Ledger, known: date | None, market: Market, model: Model, history: History) -> None:
        """Keep a history for the next statement, unless the one that is kept goes on from it."""
        of, known_by, terms, longest = self._last
        same = of is ledger and known_by == known and terms is model
        if market.has_read_ahead() or (same and longest[: len(history)] == history):
            return
        self._last = (ledger, known, model, history)
