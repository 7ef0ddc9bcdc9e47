"""Settings: the fields of a checked clause, each with its value, its origin and its exceptions.

Nothing is left to be filled in later: a field the note does not write is here with the value that is
taken instead and an origin that says so.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ...grammar.classes import evolve, field, made_often
from ...grammar.source import Span
from ..exact.origins import Clause, Default
from .expressions import Condition


@made_often
class Exception_:
    """A value that takes the place of a field's while a condition holds."""

    label: str
    value: Any
    condition: Condition
    over: tuple[str, ...]
    origin: Clause
    span: Span = field(eq=False, repr=False)
    readings: Mapping[str, Any] = field(factory=dict, eq=False)

    def read_as(self, reading: str) -> "Exception_":
        """The same exception under one of its other readings."""
        return evolve(self, value=self.readings[reading], origin=_chosen(self.origin, reading))


@made_often
class Setting:
    """One field of one clause: what it says, and where that is written."""

    name: str
    value: Any
    origin: Clause | Default
    exceptions: tuple[Exception_, ...] = ()
    readings: Mapping[str, Any] = field(factory=dict)

    @property
    def values(self) -> tuple[Any, ...]:
        """What it says on one day or another: its value, and those of its exceptions."""
        return self.value, *(each.value for each in self.exceptions)

    def is_(self, text: str) -> bool:
        """Whether the field says exactly this; terms branch on what is written, never on values."""
        return bool(getattr(self.value, "pattern", self.value) == text)

    def read_as(self, reading: str) -> "Setting":
        """The same field under one of its other readings; raises KeyError where there is no such reading."""
        return evolve(self, value=self.readings[reading], origin=_chosen(self.origin, reading))


@made_often
class CheckedClause:
    """A clause with every field present. `value` is the clause's own value, under the name of the clause."""

    keyword: str
    name: str
    label: str
    settings: Mapping[str, Setting]
    origin: Clause
    span: Span = field(eq=False, repr=False)

    def __getitem__(self, name: str) -> Setting:
        return self.settings[name]

    @property
    def value(self) -> Setting:
        """The setting that stands after the clause's own colon."""
        return self.settings["value"]

    def left_open(self) -> Iterator[tuple[tuple[str, ...], Setting | Exception_]]:
        """Each of its fields and exceptions that has other readings, with the names that it may be asked by.

        In a clause with a label these are that of the field in all clauses of its kind, and that of its own alone.
        """
        for setting in self.settings.values():
            left: tuple[Setting | Exception_, ...] = (setting, *setting.exceptions)
            yield from ((self._asked_by(each), each) for each in left if each.readings)

    def _asked_by(self, left: "Setting | Exception_") -> tuple[str, ...]:
        name = left.origin.name
        own = f'{self.keyword} "{self.label}"{name.removeprefix(self.keyword)}'
        return (name, own) if self.label else (name,)

    def read_as(self, readings: Mapping[str, str]) -> "CheckedClause":
        """The same clause with what is left open read as asked, where it may be read so."""

        def read(left: Any) -> Any:
            asked = [readings[name] for name in self._asked_by(left) if readings.get(name) in left.readings]
            return left.read_as(asked[-1]) if asked else left

        settings = {
            name: evolve(read(setting), exceptions=tuple(map(read, setting.exceptions)))
            for name, setting in self.settings.items()
        }
        return evolve(self, settings=settings)

    @property
    def written(self) -> tuple[Any, ...]:
        """Where each of its fields is written, exceptions too: what an amendment did not touch is written alike."""
        fields = self.settings.values()
        return self.label, *((each.name, each.origin, *(other.origin for other in each.exceptions)) for each in fields)

    @property
    def cites(self) -> tuple[Clause]:
        """The clause itself, for a step that rests on all of it."""
        return (self.origin,)


def _chosen(origin: Any, reading: str) -> Any:
    if isinstance(origin, Clause):
        return evolve(origin, words=reading, assumed=f"read as `{reading}` on request", others=())
    return evolve(origin, words=reading, why="read so on request", others=())
