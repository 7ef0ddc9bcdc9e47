"""Shapes: what notes have in common whose steps are the same, and the records of those steps, made once.

A shape is a note without its literals, spellings and places. How many events there are, and when, never
enters it: the engine owns the loop.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

import attrs

from ...grammar.classes import field, frozen
from ..exact.dimensions import Dimension
from ..exact.origins import Clause, Default, Fact
from ..exact.quantities import Quantity, given, open_leaf
from ..exact.record import Record
from ..meaning.literals import opened_terms
from ..meaning.model import Model, Note
from ..meaning.phrases import Moment, Said
from ..meaning.settings import CheckedClause, Setting
from ..meaning.shapes import Quoted
from ..meaning.watching import is_tried_daily
from ..running.recorder import OpenReadings, recorded_answers, recorded_start, recorded_step
from ..running.run import initial_state, visible_facts
from ..running.timeline import Visible, scheduled
from ..running.view import View
from ..time.calendars import LATEST
from ..time.daycounts import DAY_COUNTS
from ..world.facts import NO_FACTS
from .readings import WATCHED

T = TypeVar("T")
Fields = tuple[tuple[str, Dimension], ...]


@frozen(eq=False)
class Shape:
    """The records of a shape of note; `note` is any note of it."""

    note: Note
    state: Mapping[str, Dimension] = field(init=False)
    _kept: dict[Hashable, Any] = field(factory=dict, repr=False)

    def watches(self, names: tuple[str, ...] | None) -> bool:
        """Whether prices or figures are watched day by day: for an event, which no one date then tells of another, or
        for these answers, or for any.
        """
        records = (self.answers(version, names) for version in range(len(self.note.versions)))
        return self._watches_for_events() or any(kind in WATCHED for record in records for kind, _ in record.inputs)

    def _watches_for_events(self) -> bool:
        clauses = ((clause, model.terms[clause.keyword]) for model in self.note.versions for clause in model.clauses)
        return self._once(
            "watches", lambda: any(term.schedule is not None and is_tried_daily(clause) for clause, term in clauses)
        )

    @state.default
    def _variables(self) -> dict[str, Dimension]:
        return {name: held.dimension for name, held in initial_state(self.note).items()}

    def start(self) -> Record:
        """The state before anything has happened; nothing of it is refused."""
        return self._once("start", lambda: recorded_start(self.note))

    def step(self, version: int, kind: str, subject: str, fields: Fields) -> Record:
        """What an event of a kind does under a version of the terms."""
        return self._once(
            ("step", version, kind, subject, fields), lambda: recorded_step(self._view(version, subject, fields), kind)
        )

    def answers(self, version: int, names: tuple[str, ...] | None) -> Record:
        """The answers of these names, as far as the note has them; or all."""
        return self._once(("answers", version, names), lambda: recorded_answers(self._view(version), names))

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def _view(self, version: int, subject: str = "", fields: Fields = ()) -> View:
        model = self.note.versions[version]
        state = {name: open_leaf(dimension, name) for name, dimension in self.state.items()}
        event = {name: open_leaf(dimension, name) for name, dimension in fields}
        return View(model, state, given(_DATE, 1), OpenReadings(model.currency), event, subject, state)


_DATE = Dimension("date")


def shape_key(note: Note) -> Hashable:
    """Equal for notes of one shape."""
    return (tuple(map(_key_of, note.versions)), _dates(note))


def _key_of(model: Model) -> Hashable:
    opened = opened_terms(model)
    clauses = tuple(_clause(clause, model) for clause in opened.clauses)
    settings = (model.calendar.name, model.currency, model.same_day)
    return (settings, clauses)


def _clause(clause: CheckedClause, model: Model) -> Hashable:
    term = model.terms[clause.keyword]
    declared = {each.name: each.shape for each in (*term.fields, *((term.value,) if term.value else ()))}
    written = (
        (name, blank(setting)) for name, setting in clause.settings.items() if not isinstance(declared[name], Quoted)
    )
    return (clause.keyword, clause.label, tuple(written))


def counts_by_own_dates(note: Note) -> bool:
    """Whether a convention of the note looks at periods of its own dates, so that other dates make another shape."""
    names = (
        setting.value for model in note.versions for clause in model.clauses for setting in clause.settings.values()
    )
    return any(DAY_COUNTS[name].needs for name in names if isinstance(name, str) and name in DAY_COUNTS)


def brings_by_facts(note: Note) -> bool:
    """Whether facts of any kind bring days on which the terms have something to do, as to a rate while payment is late.

    Such days are those of each note alone; what certain facts bring, as a notice does, is found by these.
    """
    heard = _Heard(visible_facts(note, NO_FACTS, note.issued, None))
    scheduled(note, cast(Visible, heard), date.min, LATEST)
    return heard.all_asked


class _Heard:
    """No facts, and whether all of them were asked for."""

    def __init__(self, visible: Visible) -> None:
        self._visible = visible
        self.all_asked = False

    @property
    def entries(self) -> tuple[()]:
        self.all_asked = True
        return ()

    def dates_of(self, event: str, subject: str) -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._visible, name)


def _dates(note: Note) -> Hashable:
    """The dates of a note whose conventions look at them."""
    if not counts_by_own_dates(note):
        return ()
    return tuple(
        model.date_of(words).toordinal()
        for model in note.versions
        for _, dates in model.signed("dates")
        for words in dates
    )


def blank(value: Any) -> Hashable:
    """A value without its literals, its spelling and its place."""
    match value:
        case Quantity():
            return (value.dimension, value.detail if value.operation == "input" else value.value)
        case Setting():
            return (blank(value.value), blank(value.exceptions))
        case Said():
            holes = ((hole, "" if isinstance(held, date) else blank(held)) for hole, held in value.holes.items())
            return (value.pattern, tuple(holes))
        case Moment():
            return ("" if isinstance(value.anchor, date) else value.anchor, value.period, value.before)
        case Clause() | Default() | Fact():
            return ""
        case tuple():
            return tuple(map(blank, value))
    if attrs.has(type(value)):
        return (type(value).__name__, *_fields(value))
    found: Hashable = value
    return found


def _fields(value: Any) -> Iterable[Hashable]:
    return (blank(getattr(value, each.name)) for each in attrs.fields(type(value)) if each.eq)
