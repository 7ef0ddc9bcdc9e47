"""Parameters: the figures and dates of a template that the rows of a table write anew, as columns.

Each is exact: whole numbers over one power of ten, or day numbers. What a note of its own would hold, a literal
with its words and its place, is made of a column only where it is asked for.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ...engine.exact.dimensions import DATE, Dimension
from ...engine.exact.origins import Fact
from ...engine.exact.quantities import Exact, given
from ...engine.meaning.literals import Literal, with_literals
from ...engine.meaning.model import Note
from ...grammar.classes import frozen
from ...grammar.source import Span
from .inputs.table import Table
from .inputs.units import spelt


@frozen(eq=False)
class Parameter:
    """One literal of the template in the notes of a block.

    The figure is `values` over 10**decimals, in the unit of its dimension: money in whole units of currency, a
    rate as a part of one a year. Dates are day numbers. `values` are int64, or Python's integers where they are wider.
    """

    name: str
    dimension: Dimension
    values: Any
    decimals: int

    def words(self, place: int) -> str:
        """What the language would write for a note of the block."""
        value = int(self.values[place])
        if self.dimension == DATE:
            return date.fromordinal(value).isoformat()
        return spelt(value, self.decimals, self.dimension)

    def literal(self, place: int, span: Span | None = None) -> Literal:
        """The date, or the figure, of a note of the block, resting on the cell that says it where that is given."""
        return self.made(int(self.values[place]), span)

    def made(self, value: int, span: Span | None = None) -> Literal:
        """The literal of this value of the column."""
        if self.dimension == DATE:
            return date.fromordinal(value)
        words = spelt(value, self.decimals, self.dimension)
        cites = () if span is None else (Fact(f"{self.name}: {words}", span),)
        return given(self.dimension, Exact(value, 10**self.decimals), words, *cites)

    def at(self, places: Any) -> "Parameter":
        """The same of these notes only."""
        return Parameter(self.name, self.dimension, self.values[places], self.decimals)


@frozen(eq=False)
class Notes:
    """Notes that rows of a table make of a template: where each is in the book, its name, figures and row.

    `columns` are what the table calls its parameters.
    """

    template: Note
    positions: Any  # int64
    names: tuple[str, ...]
    parameters: dict[str, Parameter]
    table: Table
    rows: Any  # int64
    columns: dict[str, str]

    def at(self, places: Any) -> "Notes":
        """Some of these notes."""
        return Notes(
            self.template,
            self.positions[places],
            tuple(self.names[place] for place in places.tolist()),
            {name: each.at(places) for name, each in self.parameters.items()},
            self.table,
            self.rows[places],
            self.columns,
        )

    def span(self, place: int, names: Sequence[str]) -> Span:
        """The cells of these parameters in the row of a note, to point at."""
        cells = [(self.columns[name], self.parameters[name].words(place)) for name in names]
        return self.table.span(int(self.rows[place]), cells, 0 if len(cells) == 1 else None)

    def where(self, place: int) -> str:
        """The row of a note, in words."""
        return self.table.place(int(self.rows[place]))

    def note(self, place: int) -> Note:
        """A note on its own: the template with the figures of the row, each resting on its cell."""
        values = {name: each.literal(place, self.span(place, [name])) for name, each in self.parameters.items()}
        return with_literals(self.template, values) if values else self.template
