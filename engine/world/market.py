"""The market: quotes as an answer of one day may read them.

Windows are sessions of the note's calendar. A session without its quote is a missing fact. Earlier quotes
are restated to the basis of the day asked about by the splits in between, here and nowhere else. Nothing
dated after the day, or not known by then, is seen.
"""

from collections.abc import Mapping
from datetime import date

from ...grammar.classes import field, frozen
from ..exact.budgets import TooLong
from ..exact.dimensions import DATE, SHARES, TRUTH, Dimension, price
from ..exact.operations import NEVER, run_ends
from ..exact.quantities import Quantity, every, first_run, given, statistic, weighted_average
from ..exact.values import Reason, Refused, Unknown
from ..meaning.expressions import COMPARISONS, LookBack, Run
from ..meaning.settings import Setting
from ..time.calendars import Calendar, OutsideCalendar
from .facts import Quotes
from .series import VOLUMES

WATCHED_MAX = 10_000  # sessions: forty years
ADJUSTED, AS_WRITTEN = "restated by splits", "as written"  # what splits do to prices written in the terms
UNKNOWN, LAST_BEFORE = "unknown", "last quote before"  # what stands in for a missing quote


@frozen
class Split:
    """New shares for old ones, from a day on."""

    day: int
    new: Quantity
    old: Quantity


@frozen(eq=False)
class Market:
    """Quotes and splits as they are known on the day `until`."""

    quotes: Mapping[str, Quotes]
    splits: tuple[Split, ...]
    calendar: Calendar
    currency: str
    start: date  # where watching for runs begins
    until: date
    known: date | None = None
    missing: Setting | None = None
    fixed_prices: Setting | None = None
    _read: dict[tuple[LookBack, int], Quantity] = field(factory=dict, init=False, repr=False)
    _ahead: list[int] = field(factory=list, init=False, repr=False)

    def look_back(self, spec: LookBack, day: Quantity) -> Quantity:
        """The statistic of the window that ends at the spec's anchor."""
        if (spec, day.value) not in self._read:
            end = spec.anchor.toordinal() if isinstance(spec.anchor, date) else day.value
            if end > day.value:
                self._ahead.append(end)
            self._read[spec, day.value] = self._window(spec, end, day.value)
        return self._read[spec, day.value]

    def has_read_ahead(self) -> bool:
        """Whether a window was asked for that ends after the day that asked."""
        return bool(self._ahead)

    def quote(self, series: str, day: Quantity) -> Quantity:
        """The quote of the day itself; refused on a day without a session, which has none."""
        if not self._has_session(date.fromordinal(day.value)):
            words = (
                f"{date.fromordinal(day.value):%A} {date.fromordinal(day.value)} has no session of {self.calendar.name}"
            )
            return given(self._dimension(series), Refused((Reason("no-session", words),)), series)
        return self._quote(series, day.value, day.value)

    def run_now(self, run: Run, day: Quantity) -> Quantity:
        """Whether the comparison has held on each of the last sessions through the day."""
        try:
            sessions = self.calendar.sessions_through(date.fromordinal(day.value), run.sessions)
        except OutsideCalendar as outside:
            return given(TRUTH, Unknown((outside.need,)))
        compare = COMPARISONS[run.operator]
        return every(*(compare(self._watched(run, each.toordinal()), run.level) for each in sessions))

    def run_since(self, run: Run, day: Quantity, start: Quantity) -> Quantity:
        """The first session on which the comparison had held for long enough, of those from `start` on.

        Past the end of the calendar it is unknown, unless it had by then. Of a day to come no price is awaited.
        """
        if isinstance(start.value, Unknown):
            return given(DATE, start.value)
        try:
            sessions, quotes = self._watched_by(run, start.value, min(day.value, self.until.toordinal()))
            found = first_run(run.operator, run.level, quotes, sessions, run.sessions)
            if found.value == NEVER:  # as far as the calendar goes: raises where that is not so far as the day
                self.calendar.is_session(date.fromordinal(min(day.value, self._past_calendar())))
        except OutsideCalendar as outside:
            return given(DATE, Unknown((outside.need,)))
        return found

    def trips(self, run: Run, start: date) -> tuple[date, ...]:
        """The days by `until` on which the run may be complete, to the first on which it surely is.

        It is watched from `start` on. What the calendar does not know may be a session: without a run before it, its
        first such day is meant.
        """
        until = self.until.toordinal()
        try:
            sessions, quotes = self._watched_by(run, start.toordinal(), until)
        except OutsideCalendar:
            return (start,)
        days = []
        watched = (run.operator, sessions, run.sessions)
        for session, surely in run_ends(watched, run.level.value, [each.value for each in quotes]):
            days.append(session)
            if surely:
                break
        else:
            days.append(self._past_calendar())
        return tuple(date.fromordinal(day) for day in days if day <= until)

    def _watched_by(self, run: Run, start: int, day: int) -> tuple[tuple[int, ...], tuple[Quantity, ...]]:
        """The sessions watched by a day, as far as the calendar goes, and their quotes. Raises `OutsideCalendar`."""
        end = max(start, min(day + 1, self._past_calendar()))
        sessions = self.calendar.sessions_between(date.fromordinal(start), date.fromordinal(end))
        if len(sessions) > WATCHED_MAX:
            raise TooLong(f"prices are watched over {len(sessions):,} sessions; the limit is {WATCHED_MAX:,}")
        ordinals = tuple(each.toordinal() for each in sessions)
        return ordinals, tuple(self._watched(run, each) for each in ordinals)

    def _past_calendar(self) -> int:
        """The first day of the watching that the calendar does not know."""
        return max(self.calendar.last, self.start).toordinal() + 1

    def _window(self, spec: LookBack, end: int, asked: int) -> Quantity:
        try:
            days = [each.toordinal() for each in self._days(spec, date.fromordinal(end))]
        except OutsideCalendar as outside:
            return given(self._dimension(spec.series), Unknown((outside.need,)))
        if not days:
            return given(self._dimension(spec.series), Unknown(("a window with a session in it",)))
        label = f"{spec.statistic} {spec.series}, {date.fromordinal(days[0])} to {date.fromordinal(days[-1])}"
        if spec.statistic == "last":
            days = days[-1:]  # whatever became of those before it
        quotes = tuple(self._quote(spec.series, each, asked) for each in days)
        if spec.statistic == "volume-weighted average":
            weights = tuple(self._quote("volume", each, asked) for each in days)
            return weighted_average(quotes, weights).named(label)
        return statistic(spec.statistic, quotes, spec.count, spec.among).named(label)

    def _days(self, spec: LookBack, end: date) -> tuple[date, ...]:
        inclusive = spec.edge != "before"
        if spec.period.unit == "days":
            last = end.toordinal() - (0 if inclusive else 1)
            return self.calendar.sessions_between(
                date.fromordinal(last - spec.period.count + 1), date.fromordinal(last + 1)
            )
        window = self.calendar.sessions_through if inclusive else self.calendar.sessions_before
        return window(end, spec.period.count)

    def _quote(self, series: str, day: int, basis: int) -> Quantity:
        quote = self._written(series, day)
        if quote is None:
            return self._missing(series, day, basis, f"{series} {date.fromordinal(day)}")
        for split in self.splits:
            if day < split.day <= basis:
                quote = quote * (split.new / split.old if series in VOLUMES else split.old / split.new)
        return quote

    def _watched(self, run: Run, day: int) -> Quantity:
        """A quote as it meets a level of the terms: where splits restate those, in the shares of that level's day."""
        if self.fixed_prices is None or run.series in VOLUMES:
            return self._quote(run.series, day, day)
        priced = (self.start if run.priced is None else run.priced).toordinal()
        adjusted = self.fixed_prices.is_(ADJUSTED)
        quote = self._quote(run.series, day, max(day, priced) if adjusted else day)
        for split in self.splits if adjusted else ():
            if priced < split.day <= day:
                quote = quote * (split.new / split.old)
        return quote.citing(self.fixed_prices.origin)

    def _written(self, series: str, day: int) -> Quantity | None:
        if day > self.until.toordinal() or series not in self.quotes:
            return None
        return self.quotes[series].quoted(day, self._known_by(), self._dimension(series))

    def _missing(self, series: str, day: int, basis: int, label: str) -> Quantity:
        """A missing fact, unless the note says that the last quote before it stands in."""
        unknown = given(self._dimension(series), Unknown((f"{series} for {date.fromordinal(day)}",)), label)
        if self.missing is None:
            return unknown
        if self.missing.is_(LAST_BEFORE) and series in self.quotes and day <= self.until.toordinal():
            earlier = self.quotes[series].last_before(day, self._known_by())
            if earlier is not None:
                return self._quote(series, earlier, basis).named(f"{label}, none: the last before", self.missing.origin)
        return unknown.citing(self.missing.origin)

    def _has_session(self, day: date) -> bool:
        try:
            return self.calendar.is_session(day)
        except OutsideCalendar:
            return True  # beyond the calendar nothing is known of sessions; the quote may be

    def _known_by(self) -> int | None:
        return None if self.known is None else self.known.toordinal()

    def _dimension(self, series: str) -> Dimension:
        return SHARES if series in VOLUMES else price(self.currency)
