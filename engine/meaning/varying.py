"""Varying: a note some of whose literals vary, and what an answer of its terms has looked at.

A book has one template and many rows. What reads the issue date and the maturity says the same of all rows with
that pair, whatever else they write; so it is asked once for each pair, by whoever knows what was read.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from ...grammar.classes import evolve
from ..exact.quantities import Quantity
from .literals import Literal, left_standing, literals, rewritten_setting
from .model import Model, Note
from .settings import CheckedClause, Setting

SETTINGS_MAX = 100_000  # of a field, kept so that what many rows write alike is made once
T = TypeVar("T")
Values = Callable[[str], Literal]  # the value of a literal, by its name


class Varying:
    """A note in which the literals of these names vary; raises KeyError for a name that it has not.

    `note` is the note itself, but that its clauses take what varies from the values of the moment.
    """

    def __init__(self, note: Note, names: Iterable[str]) -> None:
        known = literals(note)
        self._names = {name: known[name] for name in names}.keys()
        self.read: set[str] = set()
        self.turn = 0  # how often anything was asked
        self.values: Values = known.__getitem__
        self.units: Callable[[str], Hashable] = self._told_apart
        self._first = note.versions[0]
        self.note = note.with_versions(self._watching)

    def ask(
        self, values: Values, find: Callable[[], T], units: Callable[[str], Hashable] | None = None
    ) -> tuple[T, frozenset[str]]:
        """What is found where each literal that varies has its value, and which of these were looked at.

        `units` tells the values of a literal apart, where that is quicker than to make them.
        """
        self.read.clear()
        self.turn += 1
        self.values, self.units = values, units or self._told_apart
        for model in self.note.versions:
            model.forget_dates()
        return find(), frozenset(self.read)

    def _told_apart(self, name: str) -> Hashable:
        literal = self.values(name)
        found: Hashable = literal.value if isinstance(literal, Quantity) else literal
        return found

    def _watching(self, model: Model) -> Model:
        """The terms with clauses that take from the row what varies, and say what was looked at."""
        standing = left_standing(self._first, model) & self._names
        clauses = []
        for clause in model.clauses:
            names = {field: tuple(sorted(_names_in(clause, field) & standing)) for field in clause.settings}
            clauses.append(evolve(clause, settings=_Watched(clause, names, self)))
        return evolve(model, clauses=tuple(clauses))


class _Field:
    """A field that varies: its setting of the moment, each different one made once."""

    def __init__(self, clause: CheckedClause, field: str, names: tuple[str, ...], varying: Varying) -> None:
        self._clause, self._field, self._names, self._varying = clause, field, names, varying
        self._made: dict[Hashable, Setting] = {}
        self._turn = 0
        self._now = clause.settings[field]  # the setting of that turn

    def setting(self) -> Setting:
        if self._turn != self._varying.turn:
            self._now = self._of_the_moment()
            self._turn = self._varying.turn
        return self._now

    def _of_the_moment(self) -> Setting:
        varying = self._varying
        varying.read.update(self._names)
        key = varying.units(self._names[0]) if len(self._names) == 1 else tuple(map(varying.units, self._names))
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= SETTINGS_MAX:
                self._made.clear()
            written = {name: varying.values(name) for name in self._names}
            found = rewritten_setting(self._clause, self._field, lambda name, literal: written.get(name, literal))
            self._made[key] = found
        return found


class _Watched(Mapping[str, Setting]):
    """The settings of a clause, some of which vary."""

    def __init__(self, clause: CheckedClause, varying: Mapping[str, tuple[str, ...]], of: Varying) -> None:
        self._settings: dict[str, Any] = {}
        self._whole: dict[str, _Field] = {}  # with exceptions, which vary too
        for name, own in clause.settings.items():
            field = _Field(clause, name, varying[name], of)
            if varying[name] and own.exceptions:
                self._whole[name] = field
            self._settings[name] = _Unread(own, field) if varying[name] else own

    def __getitem__(self, field: str) -> Setting:
        found: Setting = self._whole[field].setting() if field in self._whole else self._settings[field]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._settings)

    def __len__(self) -> int:
        return len(self._settings)


class _Unread:
    """A setting that varies in its value alone: who asks for its place or for its exceptions has not looked at that."""

    def __init__(self, own: Setting, field: _Field) -> None:
        self.name, self.origin, self.exceptions, self.readings = own.name, own.origin, own.exceptions, own.readings
        self._field = field

    @property
    def value(self) -> Any:
        return self._field.setting().value

    def __getattr__(self, name: str) -> Any:
        return getattr(self._field.setting(), name)


def _names_in(clause: CheckedClause, field: str) -> set[str]:
    """The literals that a field writes, and those of the definitions that it names."""
    found: set[str] = set()

    def keep(name: str, literal: Literal) -> Literal:
        found.add(name)
        return literal

    rewritten_setting(clause, field, keep)
    return found
