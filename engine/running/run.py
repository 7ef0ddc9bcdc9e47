"""Running a note through time: the one loop over events.

A step takes the state and one event to the next state; it is straight-line term code. The engine alone
decides which events there are and in which order. A projection goes on from a state with what the terms
schedule and nothing else.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from ...grammar.classes import frozen, made_often
from ..exact.dimensions import WORD
from ..exact.operations import TooBig
from ..exact.origins import Clause
from ..exact.quantities import Quantity, choose, day_of, given, lowest, never, permitted, ratio
from ..exact.values import Reason, Refused
from ..meaning.amending import prices_amended
from ..meaning.first_days import happened, of_key
from ..meaning.model import Note
from ..meaning.term import Change
from ..time.calendars import LATEST
from ..world.facts import LEVELS, Ledger, unknown_level
from ..world.market import Market, Split
from .kept import Kept
from .timeline import ACTS, Event, Visible, in_order, recorded, scheduled, until_due, whose
from .view import SPLITS, View, amended_splits

State = Mapping[str, Quantity]
NOT_HELD = Reason("not-held", "more shares than are held")
NO_CLAUSE = Reason("no-clause", "no clause of the note provides for this")


@made_often
class Applied:
    """An event, the state just before it, and what it did."""

    event: Event
    before: View
    change: Change

    @property
    def after(self) -> View:
        """What is in force and known once it has happened."""
        before = self.before
        return View(before.model, {**before.state, **self.change.state}, before.day, before.readings)


@frozen
class Outcome:
    """A note on a day: its view at the close, and how it got there."""

    note: Note
    visible: Visible
    view: View
    history: tuple[Applied, ...]


def visible_facts(note: Note, ledger: Ledger, until: date, known: date | None) -> Visible:
    """What an answer for `until` may read."""
    entries = ledger.visible(until, known)
    splits = tuple(
        Split(each.date.toordinal(), each.fields["new"], each.fields["old"])
        for each in entries
        if each.event == "split"
    )
    model = note.in_force(until)
    market = Market(
        ledger.quotes,
        splits,
        model.calendar,
        model.currency,
        note.issued,
        until,
        known,
        model.missing_quote,
        model.fixed_prices,
    )
    return Visible(entries, market, until)


def run(note: Note, ledger: Ledger, until: date, known: date | None = None, open_day: bool = False) -> Outcome:
    """The note at the close of a day, or, opened, before that day's payments, conversions and sales."""
    visible = visible_facts(note, ledger, until, known)
    order, coming = note.versions[0].same_day, scheduled(note, visible, date.min, LATEST)
    events = in_order([event for event in coming if event.date <= until] + recorded(visible), order)
    if open_day:
        events = [event for event in events if event.date < until or event.kind not in ACTS]
    kept, model = note.once(Kept), note.in_force(until)
    begun: tuple[Applied, ...] = kept.begun(ledger, known, model, events)
    state = begun[-1].after.state if begun else note.once(initial_state)
    state, added = _advance(note, visible, state, events[len(begun) :])
    history = begun + added
    kept.keep(ledger, known, visible.market, model, history)
    # A projection: the state when the note falls due, if all that its terms schedule happens and nothing else.
    ahead = until_due(in_order([event for event in coming if event.date > until], order))
    projected = _projected(note, visible, state, ahead)
    view = View(model, state, day_of(until), visible.market, projected=projected)
    return Outcome(note, visible, view, history)


def grown_by(note: Note, ledger: Ledger, until: date, known: date | None) -> Clause | None:
    """The clause that has brought most of what happened by a day without a fact, again and again: compounding does."""
    coming = scheduled(note, visible_facts(note, ledger, until, known), date.min, until)
    often = Counter(event.origin for event in coming if isinstance(event.origin, Clause)).most_common(1)
    return next((clause for clause, count in often if count > 1), None)


def projection(note: Note, ledger: Ledger, state: State, until: date) -> State:
    """The same state when the note falls due, as it is expected on a day."""
    visible = visible_facts(note, ledger, until, None)
    ahead = until_due(in_order(scheduled(note, visible, until, LATEST), note.versions[0].same_day))
    return _projected(note, visible, state, ahead)


def _projected(note: Note, visible: Visible, state: State, ahead: list[Event]) -> State:
    """The state after what is to come; where its numbers grow too long, that is all that is said of it."""
    try:
        return _advance(note, visible, state, ahead)[0]
    except TooBig as error:
        refused = Refused((Reason("too-long", f"{error} before the note falls due"),))
        return {name: given(held.dimension, refused) for name, held in state.items()}


def initial_state(note: Note) -> State:
    """Every state variable before anything has happened: those of all versions, as the first has them."""
    state = {name: unknown_level(name) for name in LEVELS} | {SPLITS: ratio(1, "no split since the issue")}
    for model in reversed(note.versions):
        state |= {happened(key): never(f"no `{key}` recorded") for key in sorted(model.happenings())}
        state |= {amended_splits(place): ratio(1, "no split by then") for place in prices_amended(model)}
        for clause, initial in model.signed("state"):
            state |= initial(clause, model)
    return state


def step(view: View, kind: str) -> Change:
    """What an event of a kind does, by the one clause that owns it."""
    if kind in ENGINE_STEPS:
        return ENGINE_STEPS[kind](view)
    owners = [
        (clause, owner)
        for clause, owner in view.model.signed("steps", kind)
        if (not clause.label or clause.label == whose(kind, view.subject))
    ]
    if not owners:
        return Change(shown={"outcome": given(WORD, Refused((NO_CLAUSE,)))} if kind in ACTS else {})
    (clause, owner), *others = owners
    assert not others, f"two clauses own `{kind}` events"
    change: Change = owner(clause, view)
    return change


def _advance(note: Note, visible: Visible, state: State, events: list[Event]) -> tuple[State, tuple[Applied, ...]]:
    history = []
    for event in events:
        model = note.in_force(min(event.date, visible.until))  # a projection knows no amendment to come
        day = day_of(event.date, "", *([event.origin] if event.origin else []))
        view = View(model, state, day, visible.market, event.fields, event.subject)
        change = amend(view) if event.kind == "amendment" else step(view, event.kind)
        if change.state:
            state = {**state, **change.state}
        history.append(Applied(event, view, change))
    return state, tuple(history)


def amend(view: View) -> Change:
    """Each clause that an amendment changes is settled under its old terms, and then taken up under its new ones."""
    old = view.model.follows
    assert old is not None, "an amendment follows the terms that it changes"
    before = View(old, view.state, view.day, view.readings)
    changes: dict[str, Quantity] = {}
    for clause, settled in old.signed("settled"):
        if not view.model.has(clause):
            changes |= settled(clause, before)
    after = View(view.model, {**view.state, **changes}, view.day, view.readings)
    for clause, amended in view.model.signed("amended"):
        if view.model.changed(clause):
            changes |= amended(clause, after)
    return Change(changes | {amended_splits(place): view.state[SPLITS] for place in prices_amended(view.model)})


def _set_level(view: View) -> Change:
    return Change({view.subject: view.event["amount"].named(view.subject)})


def _split(view: View) -> Change:
    """Every count of shares is restated; fractions of a share stay, since nothing here says what becomes of them.

    A share is what it is after a split all day, so that one on the issue date restates no price written on it.
    """
    factor, splits = view.event["new"] / view.event["old"], view.state[SPLITS]
    restated = {name: held * factor for name, held in view.state.items() if held.dimension.name == "shares"}
    return Change(restated | {SPLITS: choose(view.day > view.model.dated("issue"), splits / factor, splits)})


def _occur(view: View) -> Change:
    """What has happened has happened: the first date stands, of all time and for each clause that keeps its own.

    Where a term asks for the last one too, it is kept.
    """
    last = f"last {view.subject}"
    changes = {name: lowest(view.state[name], view.day) for name in of_key(view.subject, view.state)}
    return Change(changes | ({last: view.day} if last in view.state else {}))


def _sell(view: View) -> Change:
    """Shares leave the holder; more than are held cannot be sold."""
    held, sold = view.state["held"], view.event["amount"]
    possible = sold <= held
    return Change({"held": choose(possible, held - sold, held)}, {"shares": permitted(sold, [(possible, NOT_HELD)])})


ENGINE_STEPS = {"level": _set_level, "split": _split, "occurrence": _occur, "sale": _sell}
