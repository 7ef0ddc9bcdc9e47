"""The model: a checked note. Every name is resolved, every unit known, every default explicit.

A note has one model for each version of its terms: the first from its issue, one more from the effective
date of each amendment. What an amendment does not touch is the same clause as before.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from ...grammar.classes import evolve, field, frozen
from ...grammar.source import Span
from ..exact.dimensions import DATE
from ..exact.origins import Clause, Origin
from ..exact.quantities import Quantity, day_of, given, open_leaf, shifted
from ..exact.values import Unknown
from ..time.calendars import Calendar
from ..time.periods import CALENDAR_UNITS, Period, add
from ..time.same_day import SAME_DAY
from .expressions import Condition, Expression, Happened, leaves
from .phrases import Moment
from .settings import CheckedClause, Exception_, Setting
from .term import ConditionKind, NamedDate, NounKind, Part, Term

T = TypeVar("T")


@frozen
class Model:
    """The terms in force from `effective` on."""

    effective: date
    clauses: tuple[CheckedClause, ...]
    terms: Mapping[str, Term]
    definitions: Mapping[str, tuple[Expression, Clause]]
    calendar: Calendar
    currency: str
    calendar_origin: Origin | None = None
    missing_quote: Setting | None = None
    fixed_prices: Setting | None = None
    same_day: tuple[str, ...] = SAME_DAY
    follows: "Model | None" = field(default=None, eq=False, repr=False)  # the version that this one amends
    opened: str = field(default="", eq=False, repr=False)  # of terms without literals: what their dates are called

    def changed(self, clause: CheckedClause) -> bool:
        """Whether an amendment brought this clause, or changed it: whether it was not written so before."""
        return self.follows is not None and not self.follows.has(clause)

    def has(self, clause: CheckedClause) -> bool:
        """Whether a clause of these terms is written where this one is, field by field."""
        return any(other.written == clause.written for other in self.all_of(clause.keyword))

    _clauses: dict[str, tuple[CheckedClause, ...]] = field(init=False, eq=False, repr=False)
    # What was found once and, the terms being fixed, stays so: who signs what, and the dates that go by a name.
    _found: dict[Any, Any] = field(factory=dict, init=False, eq=False, repr=False)
    _dates: dict[Any, Any] = field(factory=dict, init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for clause in self.clauses:
            self._clauses[clause.keyword] = (*self._clauses.get(clause.keyword, ()), clause)

    @_clauses.default
    def _no_clauses(self) -> dict[str, tuple[CheckedClause, ...]]:
        return {}

    def once(self, what: Hashable, reckon: Callable[[], Any]) -> Any:
        """What follows from these terms alone, reckoned when it is first asked for; `("date", …)` with their dates."""
        kept = self._dates if isinstance(what, tuple) else self._found
        if what not in kept:
            kept[what] = reckon()
        return kept[what]

    def forget_dates(self) -> None:
        """Let the dates, and what is kept with them as `("date", …)`, be found anew: what they rest on is another."""
        self._dates.clear()

    def read_as(self, readings: Mapping[str, str]) -> "Model":
        """The same terms with some of what they leave open read otherwise, wherever it may be read so."""
        read = evolve(self, clauses=tuple(clause.read_as(readings) for clause in self.clauses))
        for clause, prepare in read.signed("prepare"):
            read = evolve(read, **prepare(clause, read))
        return read

    def all_of(self, keyword: str) -> tuple[CheckedClause, ...]:
        """The clauses of a kind, in the order written."""
        return self._clauses.get(keyword, ())

    def the(self, keyword: str) -> CheckedClause:
        """The one clause of a kind; the checker has seen to it that required ones are there."""
        return self._clauses[keyword][0]

    def signed(self, what: str, name: str = "") -> tuple[tuple[CheckedClause, Any], ...]:
        """Each clause whose term signs `what`, with that function or table, in the order of `TERMS`.

        With a name, what the tables have under it.
        """
        found: tuple[tuple[CheckedClause, Any], ...] | None = self._found.get((what, name))
        if found is None:
            signatures = ((keyword, getattr(term, what)) for keyword, term in self.terms.items())
            found = tuple(
                (clause, signed) for keyword, signed in signatures if signed for clause in self.all_of(keyword)
            )
            if name:
                found = tuple((clause, table[name]) for clause, table in found if name in table)
            self._found[what, name] = found
        return found

    def parts(self) -> tuple[tuple[CheckedClause, Part], ...]:
        """The named parts of what is owed."""
        return self.signed("part")

    def condition(self, pattern: str) -> ConditionKind:
        """The kind of condition with this pattern, whichever term declares it."""
        found: ConditionKind | None = self._found.get(("condition", pattern))
        if found is None:
            kinds = (kind for term in self.terms.values() for kind in term.conditions)
            found = self._found["condition", pattern] = next(kind for kind in kinds if kind.pattern == pattern)
        return found

    def noun(self, words: str) -> tuple[CheckedClause, NounKind]:
        """The figure with this name, and the clause that knows it; raises KeyError if the note has no such clause."""
        for clause, nouns in self.signed("nouns"):
            for noun in nouns:
                if noun.words == words:
                    return clause, noun
        raise KeyError(words)

    def happenings(self) -> frozenset[str]:
        """The keys of dated facts that conditions of the note speak of."""
        conditions = [setting.value for clause in self.clauses for setting in clause.settings.values()]
        conditions += [
            each.condition
            for clause in self.clauses
            for setting in clause.settings.values()
            for each in setting.exceptions
        ]
        return frozenset(
            leaf.key
            for each in conditions
            if isinstance(each, Condition)
            for leaf in leaves(each)
            if isinstance(leaf, Happened)
        )

    def date_of(self, moment: Moment | date | str) -> date:
        """The date that is meant; raises KeyError for a name that no clause of the note gives."""
        if isinstance(moment, date):
            return moment
        if isinstance(moment, str):
            found: date | None = self._dates.get(("date", moment))
            if found is None:
                clause, named = self._named_date(moment)
                found = self._dates["date", moment] = named.date(clause, self)
            return found
        anchor = self.date_of(moment.anchor)
        return anchor if moment.period is None else self.moved(anchor, moment.period, -1 if moment.before else 1)

    def dated(self, words: str) -> Quantity:
        """A named date as a quantity that rests on the fields which settle it."""
        if self.opened:
            return open_leaf(DATE, (self.opened, words))
        found: Quantity | None = self._dates.get(("dated", words))
        if found is None:
            found = self._dates["dated", words] = self._dated(words)
        return found

    def _dated(self, words: str) -> Quantity:
        clause, named = self._named_date(words)
        origins: list[Origin] = [clause[field].origin for field in named.rests_on]
        if named.by_calendar is not None and named.by_calendar(clause, self):
            origins += self.calendar_cites
        lacking = named.lacks(clause, self) if named.lacks is not None else ()
        if lacking:
            return given(DATE, Unknown(lacking), words, clause.origin, *origins)
        return day_of(named.date(clause, self), words, clause.origin, *origins)

    def said_date(self, moment: Moment, place: str, label: str) -> Quantity:
        """The date that is written in a place of the note, as a quantity."""
        if self.opened:
            return open_leaf(DATE, (self.opened, (place, evolve(moment, anchor=_nameless(moment.anchor)))))
        return day_of(self.date_of(moment), label, *(self.calendar_cites if self.by_calendar(moment) else ()))

    def _named_date(self, words: str) -> tuple[CheckedClause, NamedDate]:
        for found in self.signed("dates", words):
            return found
        raise KeyError(words)

    @property
    def calendar_cites(self) -> tuple[Origin, ...]:
        """Where its calendar is said, for what that has a part in."""
        return () if self.calendar_origin is None else (self.calendar_origin,)

    def by_calendar(self, moment: Moment) -> bool:
        """Whether business or trading days have a part in a date that is written, or in the one that it names."""
        if moment.period is not None and moment.period.unit in CALENDAR_UNITS:
            return True
        if isinstance(moment.anchor, date):
            return False
        clause, named = self._named_date(moment.anchor)
        return named.by_calendar is not None and bool(named.by_calendar(clause, self))

    def shifted(self, day: Quantity, period: Period, extra_days: int = 0) -> Quantity:
        """The day so long after another, on the note's calendar, and then some days."""
        found = shifted(day, Shift(period, self.calendar, extra_days))
        return found.citing(*self.calendar_cites) if period.unit in CALENDAR_UNITS else found

    def moved(self, day: date, period: Period, direction: int = 1) -> date:
        """The day so long after (or before) another, on the note's calendar."""
        return add(day, Period(period.count * direction, period.unit), self.calendar)


def _nameless(anchor: str | date) -> str:
    """A date that is written is told apart by its place, not by its day."""
    return "" if isinstance(anchor, date) else anchor


@frozen
class Shift:
    """A move of a date: a period on a calendar, then some days. What operations take as their detail."""

    period: Period
    calendar: Calendar
    extra_days: int = 0

    def moved(self, day: date) -> date:
        return date.fromordinal(add(day, self.period, self.calendar).toordinal() + self.extra_days)


@frozen
class Expectation:
    """What a note or a ledger says an answer will be, and where that is written."""

    day: date
    answer: str
    said: Any
    origin: Span


@frozen
class Invariant:
    """What a note says no day will break, and where that is written."""

    label: str
    condition: Condition
    origin: Clause


@frozen
class Remark:
    """What the statement shows beside the figures: a source, a conflict, something the note leaves unmodelled."""

    kind: str
    words: str
    quotations: tuple[str, ...]
    span: Span
    file: str = ""
    because: str = ""


@frozen
class Note:
    """A note: the versions of its terms by date, what it expects and holds of itself, and its remarks."""

    title: str
    versions: tuple[Model, ...]
    expectations: tuple[Expectation, ...]
    remarks: tuple[Remark, ...]
    unchecked: tuple[str, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    _found: dict[Any, Any] = field(factory=dict, init=False, eq=False, repr=False)
    _dates: dict[Any, Any] = field(factory=dict, init=False, eq=False, repr=False)

    def once(self, found: Callable[["Note"], T]) -> T:
        """What a function finds in the note, found once: the note does not change."""
        if found not in self._found:
            self._found[found] = found(self)
        kept: T = self._found[found]
        return kept

    def in_force(self, day: date) -> Model:
        """The terms on a day; before the issue, the first ones."""
        found = self.versions[0]
        for model in self.versions[1:]:
            if model.effective <= day:
                found = model
        return found

    def known_on(self, day: date | None) -> "Note":
        """The note as it is known on a day: an amendment is known from the day on which it takes effect."""
        known = [model for model in self.versions[1:] if day is None or model.effective <= day]
        if len(known) + 1 == len(self.versions):
            return self
        key = ("known", len(known))
        if key not in self._found:
            self._found[key] = evolve(self, versions=(self.versions[0], *known))
        found: Note = self._found[key]
        return found

    def read_as(self, readings: Mapping[str, str]) -> "Note":
        """The same note under other readings, in each version that leaves them open; raises KeyError for no reading."""
        open_ = {(name, reading) for names, left in self.left_open() for name in names for reading in left.readings}
        for name, reading in readings.items():
            if (name, reading) not in open_:
                raise KeyError(name)
        return self.with_versions(lambda model: model.read_as(readings))

    def left_open(self) -> Iterator[tuple[tuple[str, ...], Setting | Exception_]]:
        """What its versions leave open, with the names that it may be asked by."""
        return (each for model in self.versions for clause in model.clauses for each in clause.left_open())

    def with_versions(self, change: Callable[[Model], Model]) -> "Note":
        """The same note with each version of its terms changed, each still following the one before it."""
        versions: list[Model] = []
        for model in self.versions:
            changed = change(model)
            versions.append(evolve(changed, follows=versions[-1]) if versions else changed)
        return evolve(self, versions=tuple(versions))

    def settings(self) -> Iterator[Setting]:
        """Every field of every clause of the first version."""
        for clause in self.versions[0].clauses:
            yield from clause.settings.values()

    @property
    def issued(self) -> date:
        """The issue date."""
        return self.versions[0].date_of("issue")
