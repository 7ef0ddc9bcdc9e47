"""Laws: what no note may break, whatever it says, each over one case.

A law gives how it is broken, or None where it holds; where a figure is unknown or refused, it holds.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from ...engine.exact.dimensions import PRICE_NAME, SHARES
from ...engine.exact.quantities import Quantity, whole_shares
from ...engine.exact.spelling import spelt
from ...engine.meaning.phrases import Said
from ...engine.running.run import Applied
from ...engine.running.statement import quantities_named
from ...engine.running.view import View
from ..ownership_cap import AFTER, counted
from .case import Broken, Case, clauses_under, known

COUNTED = ("money", PRICE_NAME, SHARES.name)
Law = Callable[[Case], Broken | None]


def never_below_zero(case: Case) -> Broken | None:
    """No balance, price or number of shares is below zero."""
    for name, figure in quantities_named(case.said.answers).items():
        value = known(figure)
        if value is not None and figure.dimension.name in COUNTED and value < 0:
            return Broken(f"{name} is {spelt(figure)}", clauses_under(figure))
    return None


def principal_adds_up(case: Case) -> Broken | None:
    """The principal is its face, plus what was capitalised, less what was retired: event by event."""
    for applied, before, after in _balances(case):
        shown = applied.change.shown
        fell = sum(before.values()) - sum(after.values())
        match applied.event.kind:
            case "payment":
                expected = known(shown["applied"]) if "applied" in shown else 0
            case "conversion":
                expected = known(shown["retired"]) if "retired" in shown else 0
                expected = 0 if expected is None else expected  # refused, and so it changes nothing
            case "capitalisation":
                expected = 0  # what becomes principal was interest
            case _:
                continue  # a default may add to the principal as its clause says
        if expected is not None and fell != expected:
            owed = applied.before.owed()
            how = f"the {applied.event.kind} of {applied.event.date} retires another sum than the balances fall by"
            return Broken(how, clauses_under(owed))
    return None


def payments_add_up(case: Case) -> Broken | None:
    """Of each payment: applied + unapplied + rounding = paid."""
    for applied in case.said.history:
        shown = applied.change.shown
        if applied.event.kind == "payment" and "applied" in shown:
            parts = shown["applied"] + shown["unapplied"] + shown["rounding"]
            if known(parts) is not None and parts.value != shown["paid"].value:
                how = f"of {spelt(shown['paid'])} paid on {applied.event.date}, {spelt(parts)} is accounted for"
                return Broken(how, clauses_under(parts))
    return None


def cap_holds(case: Case) -> Broken | None:
    """What an accepted conversion issues never passes the ownership cap, and one share more than allowed would."""
    for applied in case.said.history:
        shown = applied.change.shown
        if applied.event.kind != "conversion" or "shares" not in shown or known(shown["shares"]) is None:
            continue
        room = _room(applied)
        if known(room) is not None and not _within(applied, room):
            how = f"the conversion of {applied.event.date} leaves {spelt(room)} under the cap"
            return Broken(how, clauses_under(room))
    return _at_the_edge(case)


def _room(applied: Applied, more: int = 0) -> Quantity:
    """What is left under the cap after a conversion, and so many shares more: share of the whole less what is held."""
    before, after, extra = applied.before, applied.after.state, whole_shares(more)
    clause = before.model.the("ownership_cap")

    def left(said: Said) -> Quantity:
        outstanding, held = counted(clause, after)
        whole = outstanding + extra if said.pattern == AFTER else counted(clause, before.state)[0]
        room: Quantity = said["ratio"] * whole - held - extra
        return room

    return before.said(clause.value, left)


def _within(applied: Applied, room: Quantity) -> bool:
    """Whether what is left is within the cap, reaching it included where the note allows that."""
    reached = applied.before.model.the("ownership_cap")["at_the_cap"].is_("allowed")
    return bool(room.value >= 0 if reached else room.value > 0)


def _at_the_edge(case: Case) -> Broken | None:
    """At the close of the day a notice for what is allowed stays within the cap, and one share more would not."""
    allowed, why = case.said["allowed_shares"].value, clauses_under(case.said["allowed_shares"].value)
    if known(allowed) is None or any(line.day == case.day and line.words.startswith("sold") for line in case.lines):
        return None  # what is sold on the day frees room only after its conversions
    count = int(allowed.value)
    more = _accepted(case, count + 1)
    if more is not None and known(more.change.shown["shares"]) != count:  # of it, the excess alone may be refused
        return Broken(f"{count:,} shares are allowed, and a notice for one more is not refused", why)
    applied = _accepted(case, count) if count else None
    if applied is None:
        return None
    room, next_room = _room(applied), _room(applied, more=1)
    if not _within(applied, room):
        return Broken(f"{count:,} shares are allowed, which leaves {spelt(room)} under the cap", why)
    if known(case.said["binding_limit"].value) == ("ownership cap",) and _within(applied, next_room):
        return Broken(f"the cap allows {count:,} shares, though one more leaves {spelt(next_room)} under it", why)
    return None


def _accepted(case: Case, shares: int) -> Applied | None:
    """The conversion of so many shares after all else of the day, if it is carried out."""
    history = case.on(case.day, f"convert {shares:,} shares").said.history
    last = [each for each in history if each.event.kind == "conversion"][-1]
    return last if known(last.change.shown["shares"]) is not None else None


def allowed_is_least(case: Case) -> Broken | None:
    """`allowed_shares` is the least of the whole balance's shares and every limit."""
    view, allowed = _view(case), case.said["allowed_shares"].value
    limits = [case.said["full_conversion_shares"].value, *view.ask("conversion_limit").values()]
    values = [known(each) for each in limits]
    if known(allowed) is None or None in values or allowed.value == min(values):
        return None
    return Broken(f"allowed_shares is {spelt(allowed)}, of {', '.join(map(spelt, limits))}", clauses_under(allowed))


def no_looking_ahead(case: Case) -> Broken | None:
    """A later fact changes no earlier answer."""
    return _changed(case, case.earlier(), "without the later facts")


def splits_change_no_money(case: Case) -> Broken | None:
    """A split changes nothing that is owed."""
    day = case.day + timedelta(1)
    whole = case.on(day)
    return _changed(whole, whole.on(day, "split 1 for 10"), "with a split of 1 for 10", ("owed", "principal"))


def _changed(one: Case, other: Case, when: str, names: tuple[str, ...] = ()) -> Broken | None:
    """How an answer differs between two cases; of some answers, only where both are known."""
    figures, others = (quantities_named(each.said.answers) for each in (one, other))
    for name, figure in figures.items():
        if names and (name not in names or None in (known(figure), known(others[name]))):
            continue
        if name not in others or figure.value != others[name].value:
            instead = spelt(others[name]) if name in others else "not answered"
            return Broken(f"{name} is {spelt(figure)}, and {when} {instead}", clauses_under(figure))
    return None


def _view(case: Case) -> View:
    assert case.said.outcome is not None, "cases are of days from the issue on"
    return case.said.outcome.view


def _balances(case: Case) -> Iterator[tuple[Applied, dict[str, Any], dict[str, Any]]]:
    """Each event whose balances are known, with what they were just before and after it."""
    assert case.said.outcome is not None
    for applied in case.said.outcome.history:
        before, after = applied.before.balances(), applied.after.balances()
        if all(known(each) is not None for each in (*before.values(), *after.values())):
            yield applied, {k: v.value for k, v in before.items()}, {k: v.value for k, v in after.items()}
