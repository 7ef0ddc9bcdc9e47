"""Varying: a note some of whose literals vary, and what an answer of its terms has looked at.

A book has one template and many rows. What reads the issue date and the maturity says the same of all rows with
that pair, whatever else they write; so it is asked once for each pair, by whoever knows what was read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from ...grammar.classes import evolve
from ..exact.quantities import Quantity
from .literals import Literal, left_standing, literals, rewritten_setting
from .model import Model, Note
from .settings import CheckedClause, Setting

SETTINGS_MAX = 100_000  # kept, so that a field that many rows write alike is made once
T = TypeVar("T")
Values = Callable[[str], Literal]  # the value of a literal, by its name


class Varying:
    """A note in which the literals of these names vary; raises KeyError for a name that it has not.

    `note` is the note itself, but that its clauses take what varies from the values of the moment.
    """

    def __init__(self, note: Note, names: Iterable[str]) -> None:
        known = literals(note)
        self._varying = {name: known[name] for name in names}.keys()
        self._read: set[str] = set()
        self._values: Values = known.__getitem__
        self._settings: dict[tuple[Any, ...], Setting] = {}
        self._first = note.versions[0]
        self.note = note.with_versions(self._watching)

    def ask(self, values: Values, find: Callable[[], T]) -> tuple[T, frozenset[str]]:
        """What is found where each literal that varies has its value, and which of these were looked at."""
        self._read.clear()
        self._values = values
        for model in self.note.versions:
            model.forget_dates()
        return find(), frozenset(self._read)

    def _watching(self, model: Model) -> Model:
        """The terms with clauses that take from the row what varies, and say what was looked at."""
        standing = left_standing(self._first, model) & self._varying
        clauses = []
        for clause in model.clauses:
            names = {field: _names_in(clause, field) & standing for field in clause.settings}
            varying = {field: tuple(sorted(found)) for field, found in names.items() if found}
            clauses.append(evolve(clause, settings=_Watched(clause, varying, self._setting)))
        return evolve(model, clauses=tuple(clauses))

    def _setting(self, clause: CheckedClause, field: str, names: tuple[str, ...]) -> Setting:
        self._read.update(names)
        values = [self._values(name) for name in names]
        key = (id(clause), field, *[each.value if isinstance(each, Quantity) else each for each in values])
        found = self._settings.get(key)
        if found is None:
            if len(self._settings) >= SETTINGS_MAX:
                self._settings.clear()
            written = dict(zip(names, values, strict=True))
            found = rewritten_setting(clause, field, lambda name, literal: written.get(name, literal))
            self._settings[key] = found
        return found


class _Watched(Mapping[str, Setting]):
    """The settings of a clause, some of which vary."""

    def __init__(
        self,
        clause: CheckedClause,
        varying: Mapping[str, tuple[str, ...]],
        setting: Callable[[CheckedClause, str, tuple[str, ...]], Setting],
    ) -> None:
        self._clause = clause
        self._varying = varying
        self._setting = setting

    def __getitem__(self, field: str) -> Setting:
        names, own = self._varying.get(field), self._clause.settings[field]
        if names is None:
            return own
        if own.exceptions:
            return self._setting(self._clause, field, names)
        return _Unread(own, partial(self._setting, self._clause, field, names))  # type: ignore[return-value]  # as one

    def __iter__(self) -> Iterator[str]:
        return iter(self._clause.settings)

    def __len__(self) -> int:
        return len(self._clause.settings)


class _Unread:
    """A setting that varies in its value alone: who asks for its place or for its exceptions has not looked at that."""

    def __init__(self, own: Setting, read: Callable[[], Setting]) -> None:
        self.name, self.origin, self.exceptions, self.readings = own.name, own.origin, own.exceptions, own.readings
        self._read = read

    def __getattr__(self, name: str) -> Any:
        return getattr(self._read(), name)

    def __eq__(self, other: object) -> bool:
        return self._read() == (other._read() if isinstance(other, _Unread) else other)


def _names_in(clause: CheckedClause, field: str) -> set[str]:
    """The literals that a field writes, and those of the definitions that it names."""
    found: set[str] = set()

    def keep(name: str, literal: Literal) -> Literal:
        found.add(name)
        return literal

    rewritten_setting(clause, field, keep)
    return found
