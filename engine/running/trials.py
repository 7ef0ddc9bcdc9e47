"""Trials: the days on which it may be seen for the first time that a condition holds, its grace and cure over.

Contract words: "and such failure continues for five days"; "within 10 days of notice". What happens is tried at the
close of its day; where days are counted from it, in the morning after the last of them, before anything else.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ..exact.quantities import as_date, day_of, is_settled
from ..meaning.expressions import Condition, Happened, Run, leaves
from ..meaning.model import Model
from ..meaning.watching import by_the_day, rests_on_prices
from ..time.periods import Period
from .conditions import after_grace, known_tests
from .timeline import Visible

Trials = tuple[set[date], set[date]]  # at the close of these days, and in the morning of those


def trials(
    condition: Condition,
    model: Model,
    visible: Visible,
    grace: Period | None,
    cure: Period | None,
    noticed: tuple[date, ...],
    mended: tuple[date, ...],
    accelerates: bool,
) -> Trials:
    """The days of trial under these terms; `noticed` are the days of notices, from which a cure runs, and `mended`
    those after which prices are watched anew.

    Where quotes lack, the first day on which it may hold leaves open since when it does; what it `accelerates` may
    fall due on any later one, and the last leaves open what is due.
    """
    days = set(_event_days(condition, model, visible, grace, mended, accelerates))
    mornings = {_next(day) for day in _last_days(condition, model, grace)}
    if grace is not None:
        days, mornings = set(), days | mornings
    if cure is not None:
        # A cure runs from the notice, or from the event where that comes after it: the day after either is tried.
        mornings = mornings | {_after(day, model, cure) for day in {*days, *mornings, *noticed}}
    return days, mornings


def changing_days(conditions: Sequence[Condition], model: Model, visible: Visible, start: date) -> set[date]:
    """The days on which one of these may begin or cease to hold, beside those that bring a default.

    The day before the start is one: what holds from the start holds on the first day. So is each day with a fact,
    which may be a payment, and the day after it; and each day after the last one for a payment. What watches a price
    or a figure is looked at every day, and a figure on each day to come, by which it may change by itself.
    """
    eve = _previous(start)
    if any(map(by_the_day, conditions)):
        foreseen = not any(rests_on_prices(each, model) for each in conditions)
        last = max(visible.until, model.date_of("maturity")) if foreseen else visible.until
        return {date.fromordinal(day) for day in range(eve.toordinal(), last.toordinal() + 1)}
    changed = [each.date for each in visible.entries]
    last_days = [day for each in conditions for day in _last_days(each, model, None)]
    return {*changed, eve, *map(_next, (eve, *changed, *last_days))}


def _last_days(condition: Condition, model: Model, grace: Period | None) -> Iterable[date]:
    """The days on whose close it hangs whether the condition holds on the next."""
    for last_day in known_tests(condition, model, grace):
        # Past the end of its calendar the last day is unknown, and from maturity on so is whether it has gone by.
        yield as_date(last_day) if is_settled(last_day) else model.date_of("maturity")


def _event_days(
    condition: Condition,
    model: Model,
    visible: Visible,
    grace: Period | None,
    mended: Sequence[date],
    accelerates: bool,
) -> Iterable[date]:
    for leaf in leaves(condition):
        days: tuple[date, ...] = ()
        if isinstance(leaf, Happened):
            days = visible.dates_of("occurrence", leaf.key)
        elif isinstance(leaf, Run):
            market = visible.market
            found = [market.trips(leaf, start) for start in (market.start, *map(_next, mended))]
            days = tuple(day for each in found for day in (*each[:1], *(each[-1:] if accelerates else ())))
        for day in days:
            yield day if grace is None else _after(day, model, grace)


def _after(day: date, model: Model, time: Period) -> date:
    """The day after the last; where no calendar dates that, the first on which nobody knows whether it has gone by."""
    over = after_grace(day_of(day), model, time)
    return as_date(over) if is_settled(over) else _next(day)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _previous(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
