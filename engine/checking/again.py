"""Checking again: one note under other figures and dates, at the price of what looks at them.

A book has one template and many rows. A check that reads the issue date and the maturity says the same of all
rows with that pair, whatever else they write. So each check tells what it has read, and whoever has many rows
runs it once for each value of that. Units and shape are the template's and are not checked again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ...grammar.classes import evolve, frozen
from ...grammar.diagnostics import Diagnostic
from ..exact.quantities import Quantity
from ..meaning.literals import Literal, left_standing, literals, rewritten_setting
from ..meaning.model import Model, Note
from ..meaning.settings import CheckedClause, Setting
from .findings import Findings
from .sense import AGAIN, amended_too_early

SETTINGS_MAX = 100_000  # kept, so that a field that many rows write alike is made once


@frozen
class Checked:
    """What a check found, and the literals, of those that vary, on which that rests."""

    findings: tuple[Diagnostic, ...]
    read: frozenset[str]


@frozen(eq=False)
class Check:
    """One check of one clause. Where it finds something, those of later stages of its version are not run."""

    version: int
    stage: int
    find: Callable[[Findings], None]


class Again:
    """The checks of a note in which the literals of these names vary; raises KeyError for a name that it has not."""

    def __init__(self, note: Note, varying: Iterable[str]) -> None:
        known = literals(note)
        self._varying = {name: known[name] for name in varying}.keys()
        self._read: set[str] = set()
        self._values: Callable[[str], Literal] = known.__getitem__
        self._settings: dict[tuple[Any, ...], Setting] = {}
        self._note = note
        self._watched = note.with_versions(self._watching)
        self.checks = tuple(self._all())

    def run(self, check: Check, values: Callable[[str], Literal]) -> Checked:
        """What the check finds where each literal that varies has the value that `values` gives for its name."""
        self._read.clear()
        self._values = values
        for model in self._watched.versions:
            model.forget_dates()
        found = Findings()
        check.find(found)
        return Checked(tuple(found), frozenset(self._read))

    def _all(self) -> Iterator[Check]:
        """The checks, those of one version and stage together, in the order in which a note's are run."""
        first, *later = self._watched.versions
        for version, model in enumerate(self._watched.versions):
            for stage, check in enumerate(AGAIN):
                for clause in model.clauses:
                    yield Check(version, stage, partial(check, clause, model))
        for version, model in enumerate(later, start=1):
            yield Check(version, len(AGAIN), partial(_not_too_early, first, model))

    def _watching(self, model: Model) -> Model:
        """The terms with clauses that take from the row what varies, and say what was looked at."""
        standing = left_standing(self._note.versions[0], model) & self._varying
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


def _not_too_early(first: Model, amended: Model, found: Findings) -> None:
    message, help = amended_too_early(amended.effective, first.date_of("issue"))
    if message:
        found.append(Diagnostic("E209", message, None, help))
