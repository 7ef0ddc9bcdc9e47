"""The world of a block: all that is recorded for its notes, from ledgers and from tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ...engine.exact.dimensions import SHARES
from ...engine.exact.quantities import given
from ...engine.world.facts import Ledger, Quotes, Recorded
from ...grammar.classes import evolve, field, frozen
from ...grammar.diagnostics import Diagnostic
from .happenings import Told
from .quotes import QuoteTable


@frozen(eq=False)
class World:
    """What is recorded for the notes of a block; `wrong` is what is wrong, by place in the block.

    `levels` are the columns of levels; `told` what cells tell as columns; `others` the other facts of cells and all of
    ledgers, levels among them.
    """

    quotes: dict[str, QuoteTable]
    levels: dict[str, QuoteTable]
    told: Told
    others: Sequence[Sequence[Recorded]]
    issued: Any
    wrong: dict[int, list[Diagnostic]]
    ledgers: dict[int, Ledger] = field(factory=dict)
    name: str = ""  # of the facts, where they are no ledger

    def at(self, places: Any) -> "World":
        """The same of these notes only."""
        return World(
            {series: table.at(places) for series, table in self.quotes.items()},
            {level: table.at(places) for level, table in self.levels.items()},
            self.told.at(places),
            [self.others[place] for place in places.tolist()],
            self.issued[places],
            {},
            {new: self.ledgers[old] for new, old in enumerate(places.tolist()) if old in self.ledgers},
            self.name,
        )

    def entries(self, place: int) -> tuple[Recorded, ...]:
        """The lines of a note's ledger, quotes left out, as if all were written in one."""
        levels = [each for level, table in self.levels.items() for each in self._levels(level, table, place)]
        every = [*self.told.of(place), *self.others[place], *levels]
        return tuple(sorted(every, key=lambda each: (each.date, each.order)))

    def ledger(self, place: int) -> Ledger:
        """All that is recorded for a note."""
        own = self.ledgers.get(place)
        made = {series: table.quotes(series, place) for series, table in self.quotes.items()}
        quotes: dict[str, Quotes] = {series: each for series, each in made.items() if len(each.days)}
        name = own.name if own is not None else self.name
        return Ledger(name, self.entries(place), quotes, own.expectations if own is not None else ())

    def _levels(self, level: str, table: QuoteTable, place: int) -> Iterable[Recorded]:
        issued = date.fromordinal(int(self.issued[place]))
        for row in range(int(table.starts[place]), int(table.starts[place + 1])):
            day, value = int(table.days[row]), int(table.values[row]) // 10**table.decimals
            known = None if table.known is None or table.known[row] == day else date.fromordinal(int(table.known[row]))
            written = date.fromordinal(day)
            origin = evolve(table.origin(level, row, day, value), words=f"{written} {level} {value:,} shares")
            amount = given(SHARES, value, f"{value:,} shares", origin)
            if written < issued:
                written, known = issued, known or written
            yield Recorded(written, "level", level, {"amount": amount}, origin, int(table.lines[row]), known)
