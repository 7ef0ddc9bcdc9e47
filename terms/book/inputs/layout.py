"""Layout: which columns a table has, what each is for, and what is wrong with them as a whole.

Everything here is about the first line or the schema; no row is looked at. Nothing is guessed: a column that
means nothing is an error, since what it says would be left out silently.
"""

from collections.abc import Iterable

from ....engine.checking.sense import foreign, reckoned_in
from ....engine.exact.dimensions import DATE, Dimension
from ....grammar.classes import frozen
from ....grammar.diagnostics import Diagnostic, NoteErrors
from ....grammar.suggest import nearest
from .cells import kind_of
from .table import Table
from .units import Header, Unit, example_of, header, unit_for, unit_of


@frozen
class Column:
    """A column that holds figures or dates: its header, its kind, and the unit of its numbers.

    `unit` is None where each cell says its own.
    """

    header: Header
    kind: str
    dimension: Dimension
    unit: Unit | None


class Layout:
    """The columns of a table by name; findings are collected and raised together."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.found: list[Diagnostic] = []
        self._kinds: dict[str, str] = {}
        self.headers: dict[str, Header] = {}
        for written, stored in zip(table.columns, table.types, strict=True):
            each = header(written)
            if each.name in self.headers:
                self._problem(each, "E605", f"two columns are named `{each.name}`", "keep one of them")
            self.headers[each.name] = each
            self._kinds[each.name] = kind_of(stored)
            if self._kinds[each.name] == "inexact":
                message = f"`{written}` holds floating-point numbers, which are not exact"
                self._problem(each, "E606", message, "write decimals, whole numbers or text instead")
            elif not self._kinds[each.name]:
                self._problem(each, "E607", f"`{written}` holds `{stored}`, which is not read", _KINDS)

    def raise_found(self) -> None:
        """Raise what was found, if anything."""
        if self.found:
            raise NoteErrors(tuple(self.found))

    def words(self, name: str) -> Header | None:
        """A column of names, if it is there: text, or the whole numbers that some number things with."""
        return self._of_kinds(name, ("text", "number"), "names")

    def dates(self, name: str) -> Header | None:
        """A column of dates, if it is there."""
        return self._of_kinds(name, ("text", "day"), "dates, as in `2019-08-23`")

    def lines(self, name: str) -> Header | None:
        """A column of text, if it is there."""
        return self._of_kinds(name, ("text",), "text")

    def missing(self, name: str, help: str) -> None:
        """Note that a column is not there."""
        like = nearest(name, self.headers)
        if like is not None:
            help = f"`{like}` is near to it; {help}"
        self.found.append(self._table.about("", "E604", f"the table has no column `{name}`", help))

    def unknown(self, known: Iterable[str], used: Iterable[str]) -> None:
        """Note every column that means nothing here."""
        names, taken = tuple(known), frozenset(used)
        for name, each in self.headers.items():
            if name not in taken:
                like = nearest(name, names)
                listed = ", ".join(f"`{one}`" for one in names)
                help = f"did you mean `{like}`?" if like else f"take it out, or name it as one of {listed}"
                self._problem(each, "E603", f"`{each.written}` is no column that is known here", help)

    def problem(self, name: str, code: str, message: str, help: str) -> None:
        """Note something about a column that is there."""
        self._problem(self.headers[name], code, message, help)

    def figures(self, name: str, dimension: Dimension) -> Column:
        """A column of figures of a dimension, or of dates; what is wrong with its unit is noted."""
        each, kind = self.headers[name], self._kinds[name]
        unit = None if each.unit is None else unit_of(each.unit)
        if dimension == DATE:
            if each.unit is not None:
                offer = f"write `{name}`, and dates below, as in `{example_of(dimension)}`"
                self._problem(each, "E202", f"`{each.written}` has a unit, and dates have none", offer)
            elif kind == "number":
                self._problem(each, "E607", f"`{name}` holds numbers, where dates are wanted", "write dates, or text")
        elif kind == "day":
            offer = f"write `{example_of(dimension)}`, or numbers under `{name} [{unit_for(dimension)}]`"
            self._problem(each, "E202", f"`{name}` holds dates, where {dimension} is wanted", offer)
        elif each.unit is not None and unit is None:
            offer = f"write `{name} [{unit_for(dimension)}]`"
            self._problem(each, "E609", f"`{each.unit}` is no unit that is known here", offer)
        elif unit is not None and unit.dimension != dimension:
            message = f"`{each.written}` is {unit.dimension}, where {dimension} is wanted"
            offer = f"write `{name} [{unit_for(dimension)}]`"
            if foreign(unit.dimension, dimension):
                offer = f"{reckoned_in(dimension)}, under `{name} [{unit_for(dimension)}]`"
            self._problem(each, "E202", message, offer)
        elif unit is None and kind == "number":
            offer = f"write it into the header, as in `{name} [{unit_for(dimension)}]`"
            self._problem(each, "E201", f"the numbers of `{name}` have no unit", offer)
        return Column(each, kind, dimension, unit)

    def _of_kinds(self, name: str, kinds: tuple[str, ...], wanted: str) -> Header | None:
        each = self.headers.get(name)
        if each is None:
            return None
        if each.unit is not None:
            self._problem(each, "E202", f"`{each.written}` has a unit, and `{name}` has none", f"write `{name}`")
        elif self._kinds[name] not in (*kinds, "inexact", ""):
            held = {"number": "numbers", "day": "dates", "text": "text"}[self._kinds[name]]
            self._problem(each, "E607", f"`{name}` holds {held}", f"write {wanted}")
        return each

    def _problem(self, each: Header, code: str, message: str, help: str) -> None:
        self.found.append(self._table.about(each.written, code, message, help))


_KINDS = "write text, whole numbers, decimals or dates"
