"""Facts: what happened in the world and what the parties did, each with its line.

Acts and dated events are complete: none written, none happened. Levels (shares outstanding, shares held)
and quotes are not: unwritten is unknown. Acts of one kind on one day keep their file's order.
"""

import datetime
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from ...grammar.classes import field, frozen
from ..exact.dimensions import SHARES, Dimension
from ..exact.origins import Fact
from ..exact.quantities import Quantity, given
from ..exact.values import Unknown
from ..meaning.term import FactKind

LEVELS = {
    "outstanding": "shares of the issuer outstanding",
    "held": "shares held by those whom the ownership cap counts",
    "exercisable": "shares that they may acquire within 60 days by rights not themselves capped",
}


def _level(name: str) -> FactKind:
    return FactKind(f"{name} {{shares}}", "level", lambda said: (name, {"amount": said["shares"]}), LEVELS[name])


ENGINE_FACTS = (
    *(_level(name) for name in LEVELS),
    FactKind("sold {shares}", "sale", lambda said: ("", {"amount": said["shares"]}), "the holder sold shares"),
    FactKind(
        "split {number} for {second}",
        "split",
        lambda said: ("", {"new": said["number"], "old": said["second"]}),
        "new shares for old ones: `split 1 for 5,000` is a reverse split",
    ),
    FactKind("event {text}", "occurrence", lambda said: (f'event "{said["text"]}"', {}), "a named event"),
)


@frozen
class Recorded:
    """One line of a ledger."""

    date: datetime.date
    event: str
    subject: str
    fields: Mapping[str, Quantity]
    origin: Fact
    order: int
    known: datetime.date | None = None

    @property
    def known_from(self) -> datetime.date:
        """The day from which the fact is known: its own, where none is written."""
        return self.date if self.known is None else self.known


@frozen
class Quotes:
    """The daily figures of one series, sorted by day."""

    series: str
    days: Sequence[int]
    values: Sequence[Any]  # exact numbers
    origins: Sequence[Fact]
    known: Sequence[int] = ()
    _quoted: dict[int, Quantity] = field(factory=dict, init=False, eq=False, repr=False)

    def quoted(self, day: int, known: int | None, dimension: Dimension) -> Quantity | None:
        """The figure of a day as a quantity that cites its line, if it is written and known by then; made once."""
        written = self.at(day, known)
        if written is None:
            return None
        if day not in self._quoted:
            value, origin = written
            self._quoted[day] = given(dimension, value, f"{self.series} {datetime.date.fromordinal(day)}", origin)
        return self._quoted[day]

    def at(self, day: int, known: int | None) -> tuple[Any, Fact] | None:
        """The figure of a day and its line, if it is written and known by then."""
        place = bisect_left(self.days, day)
        if place == len(self.days) or self.days[place] != day:
            return None
        if known is not None and (self.known[place] if self.known else day) > known:
            return None
        return self.values[place], self.origins[place]

    def last_before(self, day: int, known: int | None) -> int | None:
        """The last earlier day with a figure that is known by then."""
        for place in range(bisect_left(self.days, day) - 1, -1, -1):
            if self.at(self.days[place], known):
                return self.days[place]
        return None


@frozen
class Ledger:
    """All that is recorded for a note."""

    name: str = ""
    entries: tuple[Recorded, ...] = ()
    quotes: Mapping[str, Quotes] = field(factory=dict)
    expectations: tuple[Any, ...] = ()

    def visible(self, until: datetime.date, known: datetime.date | None) -> tuple[Recorded, ...]:
        """What is dated by `until` and known by `known`; of two levels for one date the later known."""
        seen = [each for each in self.entries if each.date <= until and (known is None or each.known_from <= known)]
        levels: dict[tuple[datetime.date, str], Recorded] = {}
        for each in seen:
            if each.event == "level":
                other = levels.get((each.date, each.subject))
                if other is None or each.known_from > other.known_from:
                    levels[each.date, each.subject] = each
        return tuple(each for each in seen if each.event != "level" or levels[each.date, each.subject] is each)


NO_FACTS = Ledger()


def cited(fields: Mapping[str, Quantity], origin: Fact) -> dict[str, Quantity]:
    """The figures of a line, each resting on it."""
    return {
        name: Quantity(each.dimension, each.value, each.operation, each.arguments, each.detail, each.label, (origin,))
        for name, each in fields.items()
    }


def unknown_level(name: str) -> Quantity:
    """A level that no line has given yet."""
    return given(SHARES, Unknown((f"`{name}` ({LEVELS[name]})",)), name)
