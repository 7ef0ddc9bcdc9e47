"""Blocks: some notes of one template, as columns; and as notes of their own where they are asked for one by one.

The columns are what the array path reads: exact figures by parameter, quotes by series. A note that is made of
them is the one that its row would be, written out: the exact path, and whoever wants an explanation, reads that.
"""

from collections.abc import Sequence
from typing import Any

from ...engine.arrays.happenings import Happenings
from ...engine.meaning.model import Note
from ...engine.meaning.varying import Varying
from ...engine.world.facts import Recorded
from ...grammar.classes import field, frozen
from .member import Failed, Member
from .parameters import Notes, Parameter
from .quotes import QuoteTable
from .world import World


@frozen(eq=False)
class Block:
    """Notes of one template, from `start` up to `stop` in the book.

    Names, parameters and facts are those of the notes that can be reckoned, all in one order; `positions` are their
    places in the book. The others are in `failed`, by their places in the book.
    """

    start: int
    stop: int
    notes: Notes
    varying: Varying  # the template, as what is asked of it by row
    world: World
    failed: dict[int, Failed] = field(repr=False)

    def __len__(self) -> int:
        return len(self.notes.names)

    @property
    def note(self) -> Note:
        """The template."""
        return self.notes.template

    @property
    def positions(self) -> Any:
        """Of each note its place in the book, as int64."""
        return self.notes.positions

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the notes."""
        return self.notes.names

    @property
    def places(self) -> tuple[str, ...]:
        """Where each note stands: `notes.parquet row 17`."""
        return tuple(self.notes.where(place) for place in range(len(self)))

    @property
    def parameters(self) -> dict[str, Parameter]:
        """What the rows write anew, by the names of the template's literals."""
        return self.notes.parameters

    @property
    def quotes(self) -> dict[str, QuoteTable]:
        """The quotes of every series that tables or ledgers give."""
        return self.world.quotes

    @property
    def levels(self) -> dict[str, QuoteTable]:
        """The levels that columns give; one from before the issue holds on the issue date. `entries` has them too."""
        return self.world.levels

    @property
    def happenings(self) -> Happenings:
        """The payments, conversions, sales and splits that cells of a table tell. `entries` has them too."""
        return self.world.told.happenings

    @property
    def others(self) -> Sequence[Sequence[Recorded]]:
        """Of each note all other facts: events, the levels that lines give, and what ledgers tell."""
        return self.world.others

    @property
    def entries(self) -> tuple[tuple[Recorded, ...], ...]:
        """Of each note all of its facts but quotes, as its ledger would have them; made anew when asked for."""
        return tuple(self.world.entries(place) for place in range(len(self)))

    def member(self, place: int) -> Member:
        """One of the notes that can be reckoned, with all that is recorded for it."""
        return Member(self.names[place], self.notes.where(place), self.notes.note(place), self.world.ledger(place))

    def members(self) -> list[Member | Failed]:
        """Every note of the block, in the order of the book."""
        found: dict[int, Member | Failed] = dict(self.failed)
        found |= {position: self.member(place) for place, position in enumerate(self.positions.tolist())}
        return [found[position] for position in range(self.start, self.stop)]
