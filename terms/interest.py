"""Interest: how it accrues, and when it becomes principal.

Contract words: "The Note will bear interest at a rate of 8% per annum", "compounded quarterly".
Accrued interest is reckoned from the last change of base or rate as base × rate × year fraction, never as a
sum of rounded days. Whether it still runs after maturity is said by the maturity clause.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from ..engine.checking.findings import finding
from ..engine.exact.dimensions import money
from ..engine.exact.origins import Clause, Origin
from ..engine.exact.quantities import (
    Quantity,
    choose,
    day_of,
    every,
    highest,
    lowest,
    never,
    nothing,
    shifted,
    year_fraction,
)
from ..engine.meaning.expressions import FIXED, NotFixed, evaluate
from ..engine.meaning.model import Model, Shift
from ..engine.meaning.phrases import Said
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Figure, OneOf, Phrases
from ..engine.meaning.term import Change, Field, InOrder, NamedDate, NounKind, Part, Term
from ..engine.running.timeline import Event, Visible
from ..engine.running.trials import changing_days
from ..engine.running.view import View
from ..engine.time.calendars import EVERY_DAY
from ..engine.time.clock import Clock
from ..engine.time.daycounts import ALIASES, AMBIGUOUS, DAY_COUNTS, Conditions, missing
from ..engine.time.periods import Period
from ..engine.time.schedules import FREQUENCIES, Schedule

NAME = "interest"
EXTENDED = "extended"  # a maturity set later after interest had stopped
SETTLED, SINCE, RATE = "interest settled", "interest since", "interest rate"
FIRST, LAST, BOTH, NEITHER = (
    "first day only",
    "last day only",
    "first and last day",
    "neither day",
)
RATE_TO_AMEND = "amend the rate: `interest: 0% per year` from one day on, and another from a later day"

A_DAY = Shift(Period(1, "days"), EVERY_DAY)


def state(clause: CheckedClause, model: Model) -> dict[str, Quantity]:
    rate = evaluate(clause.value.value, FIXED)
    return {
        SETTLED: nothing(money(model.currency)),
        SINCE: _first_counted(clause, model.dated("accrual start")),
        RATE: rate.named("interest rate", clause.value.origin),
    }


def _first_counted(clause: CheckedClause, start: Quantity) -> Quantity:
    """Of a run of interest that starts on a day: that day, or the next one where it does not count."""
    counted = clause["days_counted"]
    start = start.citing(counted.origin)
    return _next_day(start) if counted.is_(LAST) or counted.is_(NEITHER) else start


def accrual_start(clause: CheckedClause, model: Model) -> date:
    return model.date_of(clause["accrues_from"].value["moment"])


def clock(clause: CheckedClause, model: Model) -> Clock:
    """How this clause counts time."""
    return Clock(clause["day_count"].value, _conditions(clause, model))


def _conditions(clause: CheckedClause, model: Model) -> Conditions:
    return Conditions(schedule(clause, model), model.date_of("maturity"), model.calendar)


def schedule(clause: CheckedClause, model: Model) -> Schedule | None:
    """The regular periods that a day count looks at, if the note has any: its own, or those of compounding."""
    said = clause["frequency"].value
    return compounding(clause, model) if said is None else _from_anchor(clause, model, said)


def compounding(clause: CheckedClause, model: Model) -> Schedule | None:
    """The periods at the end of which interest becomes principal, if it does."""
    said = clause["method"].value
    return _from_anchor(clause, model, said) if "frequency" in said.holes else None


def _from_anchor(clause: CheckedClause, model: Model, said: Said) -> Schedule:
    return Schedule(model.date_of(clause["anchor"].value["moment"]), FREQUENCIES[said["frequency"]])


def accrued(clause: CheckedClause, view: View) -> Quantity:
    """Interest unpaid since the last capitalisation, to the day."""
    return _to(clause, view, until(clause, view)).named("accrued interest", *clause.cites)


def until(clause: CheckedClause, view: View) -> Quantity:
    """The day up to which interest is counted today."""
    return _counted(clause, view.day)


def _counted(clause: CheckedClause, day: Quantity) -> Quantity:
    """The day itself, which is then left out, or the next one where the last day counts."""
    counted = clause["days_counted"]
    if counted.is_(FIRST) or counted.is_(NEITHER):
        return day
    return _next_day(day).citing(counted.origin)


def _next_day(day: Quantity) -> Quantity:
    return shifted(day, A_DAY)


def _to(clause: CheckedClause, view: View, end: Quantity) -> Quantity:
    counting: Clock = view.model.once(("date", clock), lambda: clock(clause, view.model))
    origins: list[Origin] = [clause["day_count"].origin, clause["method"].origin]
    by_periods = counting.conditions.schedule is not None and "frequency" in DAY_COUNTS[counting.name].needs
    if by_periods or compounding(clause, view.model) is not None:
        origins.append(clause["anchor"].origin)
    if "calendar" in DAY_COUNTS[counting.name].needs:
        origins += view.model.calendar_cites
    years = year_fraction(counting, view.state[SINCE], end).citing(*origins)
    return view.state[SETTLED] + view.bearing() * (view.state[RATE] * years)


def discharged(clause: CheckedClause, view: View, taken: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """What was taken from interest goes off it; where the base changed, interest starts anew from the day."""
    changed = view.base_changed(taken)
    settled = choose(changed, view.once(accrued, clause), view.state[SETTLED])
    return {
        SETTLED: settled - taken[NAME] if NAME in taken else settled,
        SINCE: choose(changed, highest(view.state[SINCE], until(clause, view)), view.state[SINCE]),
    }


def capitalise(clause: CheckedClause, view: View) -> Change:
    """Interest accrued by the end of a period becomes principal."""
    amount = view.once(accrued, clause)
    settled = {SETTLED: nothing(amount.dimension), SINCE: highest(view.state[SINCE], until(clause, view))}
    return Change(settled | view.capitalise(amount), {"capitalised": amount})


def settled(clause: CheckedClause, view: View) -> dict[str, Quantity]:
    """What accrued by yesterday stays as it was reckoned: a day bears its own rate and terms, whichever days count."""
    return {SETTLED: _to(clause, view, view.day), SINCE: highest(view.state[SINCE], view.day)}


def amended(clause: CheckedClause, view: View) -> dict[str, Quantity]:
    """Interest that an amendment first brings runs from the day of the amendment, not from the issue.

    Once interest has stopped at maturity it runs as what stays unpaid then does, if that does. Where it has not begun
    it begins as the new terms count. Their rate is that of the whole day: of what compounds or falls due on it, too.
    """
    ends, stops_on = (view.model.dated(words) for words in ("end of interest", "interest stops on"))
    stopped = every(stops_on < view.day, ends <= view.day)
    start = choose(stopped, _resumes(clause, view), view.day)
    since = highest(view.state[SINCE], view.day, start)
    assert view.model.follows is not None, "an amendment follows the terms that it changes"
    if view.model.follows.all_of(NAME):
        begins = view.model.dated("accrual start")
        since = choose(view.day <= begins, _first_counted(clause, begins), since)
    return {SINCE: since, RATE: view.ask("interest_rate").named("interest rate")}


def change_rate(clause: CheckedClause, view: View) -> Change:
    """A new rate applies from the day; what accrued at the old one, by yesterday or by a payment of today, stays."""
    if not (clause.value.exceptions or view.model.follows or view.said_beside("interest_rate", clause)):
        return Change()  # nothing that is written can change it
    rate = view.ask("interest_rate")
    changed = ~rate.same_as(view.state[RATE])
    stays = {name: choose(changed, new, view.state[name]) for name, new in settled(clause, view).items()}
    return Change({**stays, RATE: rate.named("interest rate", clause["accrues_from"].origin)})


def stop(clause: CheckedClause, view: View) -> Change:
    """At maturity interest is reckoned to its last day, and stops."""
    end = _counted(clause, view.model.dated("end of interest"))
    return Change({SETTLED: _to(clause, view, end), SINCE: never("interest has stopped")})


def resume(clause: CheckedClause, view: View) -> Change:
    """On what stays unpaid interest runs on, if it does, from where the note says; in an extended note, from today."""
    if view.subject == EXTENDED:
        old = view.model.follows
        assert old is not None, "only an amendment extends a note"
        before = next(iter(old.all_of(NAME)), clause)  # which counted the days until now
        # A maturity that is paid early has interest to its own date all the same: no day of that counts twice.
        reckoned = _counted(before, old.dated("end of interest"))
        return Change({SINCE: lowest(view.state[SINCE], highest(_first_counted(clause, view.day), reckoned))})
    return Change({SINCE: _resumes(clause, view)})


def _resumes(clause: CheckedClause, view: View) -> Quantity:
    """The first day that counts on what stays unpaid; where last days count, the payment date is still the debtor's.

    Where neither end of a run counts, the first day after a gap does not either; without a gap there is one run.
    """
    resumes = view.model.dated("interest resumes")
    if not clause["days_counted"].is_(NEITHER):
        return _counted(clause, resumes)
    return choose(resumes > view.model.dated("end of interest"), _first_counted(clause, resumes), resumes)


def events(clause: CheckedClause, model: Model, visible: Visible) -> Iterator[Event]:
    stops_on, stopped_on = model.date_of("interest stops on"), date.max
    yield from (Event(stops_on, kind) for kind in ("interest stop", "interest resume"))
    conditions = [each.condition for each in clause.value.exceptions]
    changing = changing_days(conditions, model, visible, model.date_of("accrual start")) if conditions else ()
    yield from (Event(day, "rate change") for day in changing)
    if model.follows is not None:
        stopped_on = model.follows.date_of("interest stops on")
    if stopped_on <= model.effective < stops_on:
        yield Event(model.effective, "interest resume", EXTENDED)
    ends = model.date_of("end of interest")
    if model.follows is not None and not model.follows.all_of(NAME) and stops_on < model.effective < ends:
        # Brought once the note is payable and before its own date: to that it still runs.
        yield from (Event(ends, kind) for kind in ("interest stop", "interest resume"))
    periods = compounding(clause, model)
    if periods is not None:
        dates = periods.dates_between(model.date_of("accrual start"), model.date_of("maturity"))
        yield from (Event(day, "capitalisation", origin=clause["method"].origin) for day in dates)


def next_dates(clause: CheckedClause, view: View) -> list[tuple[Quantity, str]]:
    periods = compounding(clause, view.model)
    if periods is None:
        return []
    dates = periods.dates_between(view.model.date_of("accrual start"), view.model.date_of("maturity"))
    origins = tuple(clause[field].origin for field in ("method", "anchor", "accrues_from"))
    return [(day_of(day, "", *origins), "interest is compounded") for day in dates]


def base_readings(clause: CheckedClause, view: View) -> list[Origin]:
    """Whether interest becomes principal, and on which days, are readings on which principal rests."""
    dated = [] if compounding(clause, view.model) is None else [clause["anchor"].origin]
    return [clause["method"].origin, *dated]


def check(clause: CheckedClause, model: Model) -> list[object]:
    try:
        evaluate(clause.value.value, FIXED)
    except NotFixed as needed:
        help = "write a rate, and exceptions to it with `when …`"
        return [finding("E212", f"the rate of interest cannot rest on `{needed}`", clause.value.origin, help)]
    brought = model.follows is not None and not model.follows.all_of(NAME)
    starts = clause["accrues_from"]
    if brought and isinstance(starts.origin, Clause) and accrual_start(clause, model) < model.effective:
        message = f"an amendment in force from {model.effective} lets interest accrue from an earlier day"
        help = (
            "let it accrue from the amendment on, and write the amount agreed for the time before as a note of its own"
        )
        return [finding("E214", message, starts.origin, help)]
    name = clause["day_count"].value
    if "frequency" in DAY_COUNTS[name].needs and "frequency" in missing(name, _conditions(clause, model)):
        help = "add `frequency: quarterly`, or compound the interest"
        return [finding("E205", f"`{name}` needs a frequency", clause["day_count"].origin, help)]
    return []


def base_rate(clause: CheckedClause, view: View) -> Quantity:
    return view.figure(clause.value)


def accrued_interest(clause: CheckedClause, view: View) -> Quantity:
    return view.once(accrued, clause)


INTEREST = Term(
    keyword=NAME,
    doc="The rate of interest and how it is reckoned.",
    words="The Note will bear interest at a rate of 8% per annum",
    example="interest: 8% per year { method: simple  day_count: actual/365 }",
    value=Field("value", Figure("rate"), "The yearly rate.", required=True, exceptional=True),
    fields=(
        Field(
            "method",
            Phrases(("simple", "compounded {frequency}")),
            "Whether interest bears interest.",
            default="simple",
        ),
        Field(
            "day_count",
            OneOf(tuple(DAY_COUNTS), AMBIGUOUS, ALIASES),
            "How days become years.",
            default="actual/365",
            others=("actual/360", "30/360 US"),
        ),
        Field(
            "accrues_from", Phrases(("{moment}",)), "The first day of interest.", default="issue", lasting=RATE_TO_AMEND
        ),
        Field(
            "days_counted",
            Phrases((FIRST, LAST, BOTH, NEITHER)),
            "Which end days count.",
            default=FIRST,
            others=(BOTH,),
        ),
        Field(
            "frequency",
            Phrases(("{frequency}",)),
            "The regular periods that a day count looks at, where they are not those of compounding.",
        ),
        Field(
            "anchor",
            Phrases(("{moment}",)),
            "The day from which periods are counted.",
            default="accrual start",
        ),
    ),
    dates={
        "accrual start": NamedDate(
            accrual_start,
            ("accrues_from",),
            by_calendar=lambda clause, model: model.by_calendar(clause["accrues_from"].value["moment"]),
        )
    },
    in_order=(
        InOrder(
            "accrual start",
            "maturity",
            "E206",
            "interest accrues from {first}, and the note matures on {second}",
            "correct one of the two dates",
            field="accrues_from",
            only_after="issue",
        ),
    ),
    state=state,
    part=Part(NAME, accrued),
    settled=settled,
    amended=amended,
    discharged=discharged,
    schedule=events,
    steps={"capitalisation": capitalise, "rate change": change_rate, "interest stop": stop, "interest resume": resume},
    questions={"interest_rate": base_rate, "next_dates": next_dates, "base_readings": base_readings},
    nouns=(
        NounKind("accrued interest", accrued, "Interest unpaid."),
        NounKind("interest", accrued, "Interest unpaid."),
    ),
    answers={"accrued_interest": accrued_interest, "interest_rate": lambda clause, view: view.state[RATE]},
    check=check,
)
