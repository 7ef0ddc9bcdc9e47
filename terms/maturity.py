"""Maturity: when everything falls due, when that is paid, and whether interest runs meanwhile.

Contract words: "The Note will mature on February 22, 2020"; "if such day is not a Business Day, on the next
succeeding Business Day". Two switches that contracts often leave out: whether the payment date moves, and
whether interest moves with it. A sum is late from the day after its moved due date if it is unpaid at that
date's close; days of grace count from there.
"""

from collections.abc import Mapping
from datetime import date

from ..engine.checking.findings import finding
from ..engine.exact.dimensions import money
from ..engine.exact.quantities import Quantity, choose, every, never, nothing, rounded
from ..engine.exact.rounding import NEAREST
from ..engine.meaning.model import Model
from ..engine.meaning.phrases import Said
from ..engine.meaning.settings import CheckedClause, Setting
from ..engine.meaning.shapes import OneOf, Phrases
from ..engine.meaning.term import Answer, Change, ConditionKind, Field, InOrder, NamedDate, Term
from ..engine.running.conditions import after_grace
from ..engine.running.timeline import Event, Visible
from ..engine.running.view import View
from ..engine.time.calendars import CALENDARS, CONVENTIONS, Calendar, OutsideCalendar
from ..engine.time.periods import Period

DUE = "due"
DUE_SINCE = "due since"  # the day on which what is due now fell due
ROLL = ("business_day", "calendar")
STOPS, RUNS = "to stated maturity", "to payment date"
AT_CONTRACT_RATE, NO_INTEREST = "contract rate on unpaid principal", "no interest"


def stated(clause: CheckedClause, model: Model) -> date:
    return model.date_of(clause.value.value["moment"])


def payment_date(clause: CheckedClause, model: Model) -> date:
    """The stated date, moved to a business day; where the calendar does not reach so far, as stated."""
    try:
        return _calendar(clause, model).roll(stated(clause, model), clause["business_day"].value)
    except OutsideCalendar:
        return stated(clause, model)


def payment_date_lacks(clause: CheckedClause, model: Model) -> tuple[str, ...]:
    """What is missing to know the payment date: the calendar past its end."""
    try:
        _calendar(clause, model).roll(stated(clause, model), clause["business_day"].value)
    except OutsideCalendar as outside:
        return (outside.need,)
    return ()


def end_of_interest_lacks(clause: CheckedClause, model: Model) -> tuple[str, ...]:
    return payment_date_lacks(clause, model) if clause["interest_runs"].is_(RUNS) else ()


def interest_resumes_lacks(clause: CheckedClause, model: Model) -> tuple[str, ...]:
    return () if clause["after_maturity"].is_(NO_INTEREST) else payment_date_lacks(clause, model)


def _calendar(clause: CheckedClause, model: Model) -> Calendar:
    said = clause["calendar"].value
    return CALENDARS[said["calendar"]] if "calendar" in said.holes else model.calendar


def stated_by_calendar(clause: CheckedClause, model: Model) -> bool:
    return model.by_calendar(clause.value.value["moment"])


def by_calendar(clause: CheckedClause, model: Model) -> bool:
    """Whether the note's calendar has a part in the payment date."""
    rolls = "calendar" not in clause["calendar"].value.holes and not clause["business_day"].is_("unadjusted")
    return rolls or stated_by_calendar(clause, model)


def end_of_interest(clause: CheckedClause, model: Model) -> date:
    return payment_date(clause, model) if clause["interest_runs"].is_(RUNS) else stated(clause, model)


def interest_stops_on(clause: CheckedClause, model: Model) -> date:
    """The day of the timeline on which interest is reckoned to its end: what is due must include it."""
    return min(end_of_interest(clause, model), payment_date(clause, model))


def interest_resumes(clause: CheckedClause, model: Model) -> date:
    if clause["after_maturity"].is_(NO_INTEREST):
        return date.max
    return max(end_of_interest(clause, model), payment_date(clause, model))


def state(clause: CheckedClause, model: Model) -> dict[str, Quantity]:
    return {DUE: nothing(money(model.currency)), DUE_SINCE: never("nothing is due")}


def events(clause: CheckedClause, model: Model, visible: Visible) -> list[Event]:
    return [Event(interest_stops_on(clause, model), "maturity", origin=clause.origin)]


def mature(clause: CheckedClause, view: View) -> Change:
    return Change({DUE: _payable(view.owed()).named("due", clause.origin), DUE_SINCE: view.day})


def _payable(amount: Quantity) -> Quantity:
    """A sum that is paid to the cent: less than half a cent is nothing."""
    zero = nothing(amount.dimension)
    return choose(rounded(amount, NEAREST, 2) > zero, amount, zero)


def amended(clause: CheckedClause, view: View) -> dict[str, Quantity]:
    """Of what had fallen due, nothing is due any more where another maturity is set that is still to be paid."""
    assert view.model.follows is not None, "an amendment follows the terms that it changes"
    another = ~view.model.follows.dated("maturity").same_as(view.model.dated("maturity"))
    return view.rescind(every(another, view.model.dated("payment date") > view.day))


def rescinded(clause: CheckedClause, view: View, condition: Quantity) -> dict[str, Quantity]:
    return {DUE: choose(condition, nothing(view.state[DUE].dimension), view.state[DUE])}


def falls_due(clause: CheckedClause, view: View, condition: Quantity) -> dict[str, Quantity]:
    anew = every(condition, ~_is_due(view))
    return {
        DUE: choose(condition, _payable(view.owed()), view.state[DUE]),
        DUE_SINCE: choose(anew, view.day, view.state[DUE_SINCE]),
    }


def discharged(clause: CheckedClause, view: View, taken: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """A payment of the sum due to the cent discharges it; where nothing is due, nothing is, whatever is paid."""
    left = view.state[DUE]
    for amount in taken.values():
        left = left - amount
    return {DUE: choose(_is_due(view), _payable(left), view.state[DUE]).named("due")}


def due_at_maturity(clause: CheckedClause, view: View) -> Answer:
    dates = {"stated_date": view.model.dated("maturity"), "payment_date": view.model.dated("payment date")}
    return Answer(view.projected[DUE].citing(*view.ask("due_readings")), dates)


def next_dates(clause: CheckedClause, view: View) -> list[tuple[Quantity, str]]:
    return [(view.model.dated(words), words) for words in ("maturity", "payment date")]


def status(clause: CheckedClause, view: View) -> dict[str, Quantity]:
    owed, due = view.owed(), _is_due(view)
    return {
        "repaid": owed.same_as(nothing(owed.dimension)),
        "past due": every(due, view.day > view.model.dated("payment date")),
        "due": due,
    }


def _last_day(said: Said, model: Model, grace: Period | None) -> Quantity:
    """The last day on which payment is not yet too late, grace and all."""
    last = model.dated("payment date")
    for period in (said.holes.get("period"), grace):
        last = model.shifted(last, period) if period is not None else last
    return last.named("last day for payment")


def late_since(said: Said, view: View, grace: Period | None, mended: Quantity) -> Quantity:
    """The day after the last day for payment, once that day has closed with something unpaid that was not mended."""
    last = _last_day(said, view.model, grace)
    fresh = view.model.dated("payment date") >= mended
    next_day = after_grace(last, view.model, Period(0, "days"))
    return choose(every(view.day > last, fresh, _unpaid(view)), next_day, never("not late"))


def is_late(said: Said, view: View) -> Quantity:
    return every(view.day > _last_day(said, view.model, None), _unpaid(view))


def _unpaid(view: View) -> Quantity:
    """Whether something is unpaid that fell due by the payment date, and not by an acceleration after it."""
    return every(_is_due(view), view.state[DUE_SINCE] <= view.model.dated("payment date"))


def _is_due(view: View) -> Quantity:
    """Whether anything is due, by maturity or acceleration, and unpaid."""
    return (view.state[DUE] > nothing(view.state[DUE].dimension)).citing(*view.ask("due_readings"))


def late_tests(said: Said, model: Model, grace: Period | None) -> tuple[Quantity, ...]:
    return (_last_day(said, model, grace),)


def check(clause: CheckedClause, model: Model) -> list[object]:
    if not model.changed(clause):
        return []
    matures, falls_due_on = stated(clause, model), interest_stops_on(clause, model)
    if not model.date_of("issue") < matures or falls_due_on >= model.effective:
        return []
    told = f"an amendment in force from {model.effective}"
    written = _written_anew(clause, model)
    if written != clause.value:
        help = "correct the date, or amend `interest`, which may change at any time"
        message = f"{told} writes `{written.name}`, and the maturity came on {falls_due_on}"
        return [finding("E213", message, written.origin, help)]
    message = f"{told} sets the maturity to {matures}"
    if matures >= model.effective:
        message += f", payable on {falls_due_on}"
    help = "a maturity is set before it comes: correct one of the dates"
    return [finding("E213", message, clause.value.origin, help)]


def _written_anew(clause: CheckedClause, model: Model) -> Setting:
    """The first field that an amendment writes."""
    assert model.follows is not None, "an amendment follows the terms that it changes"
    before = model.follows.the(clause.keyword)
    return next(each for name, each in clause.settings.items() if each.origin != before[name].origin)


LATE = tuple(
    ConditionKind(pattern, is_late, late_since, late_tests, "What is due is unpaid after its date.")
    for pattern in ("payment is late", "payment is late by {period}")
)

MATURITY = Term(
    keyword="maturity",
    doc="When the note falls due.",
    words="The Note will mature on February 22, 2020",
    example="maturity: 2020-02-22 { business_day: following }",
    required=True,
    value=Field("value", Phrases(("{moment}",)), "The stated date.", required=True),
    fields=(
        Field(
            "business_day",
            OneOf(CONVENTIONS),
            "Where the payment date moves when it is no business day.",
            default="following",
            others=("unadjusted", "preceding", "modified following"),
        ),
        Field(
            "calendar",
            Phrases(("{calendar}", "calendar of note")),
            "Whose business days count.",
            default="calendar of note",
        ),
        Field(
            "interest_runs",
            Phrases((STOPS, RUNS)),
            "Whether interest moves with the payment date.",
            default=STOPS,
            others=(RUNS,),
        ),
        Field(
            "after_maturity",
            Phrases((AT_CONTRACT_RATE, NO_INTEREST)),
            "What runs on what is unpaid after the payment date; it is not compounded any more.",
            default=AT_CONTRACT_RATE,
            others=(NO_INTEREST,),
        ),
    ),
    dates={
        "maturity": NamedDate(stated, by_calendar=stated_by_calendar),
        "payment date": NamedDate(payment_date, ROLL, payment_date_lacks, by_calendar),
        "end of interest": NamedDate(end_of_interest, (*ROLL, "interest_runs"), end_of_interest_lacks, by_calendar),
        "interest stops on": NamedDate(interest_stops_on, (*ROLL, "interest_runs"), by_calendar=by_calendar),
        "interest resumes": NamedDate(
            interest_resumes, (*ROLL, "interest_runs", "after_maturity"), interest_resumes_lacks, by_calendar
        ),
    },
    in_order=(
        InOrder(
            "issue",
            "maturity",
            "E206",
            "the note matures on {second} and is issued on {first}",
            "correct one of the two dates",
        ),
    ),
    state=state,
    schedule=events,
    steps={"maturity": mature},
    amended=amended,
    discharged=discharged,
    falls_due=falls_due,
    rescinded=rescinded,
    questions={"status": status, "next_dates": next_dates},
    conditions=LATE,
    answers={"due_at_maturity": due_at_maturity},
    check=check,
)
