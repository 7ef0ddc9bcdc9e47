"""Invariants: what applies to a note, each with its sentence and the clause that makes it apply.

Those that the note states of itself come after those that hold of any note with such clauses.
"""

from collections.abc import Iterator

from ...engine.compiled.readings import READINGS
from ...engine.compiled.shapes import Shape
from ...engine.exact.origins import Clause
from ...engine.exact.quantities import Quantity
from ...engine.exact.spelling import spelt
from ...engine.meaning.expressions import Compared, Named, Noun
from ...engine.meaning.model import Invariant, Note
from ...engine.running.standing import sides, stands
from ...grammar.classes import frozen
from .case import Broken, Case, clauses_under, known
from .laws import (
    Law,
    allowed_is_least,
    cap_holds,
    never_below_zero,
    no_looking_ahead,
    payments_add_up,
    principal_adds_up,
    splits_change_no_money,
)

CLAUSES_TOLD = 3


@frozen
class Applying:
    """An invariant of a note: its sentence, the clause that makes it apply, and how it is tried."""

    sentence: str
    clause: Clause
    law: Law


def applying(note: Note, par: Quantity) -> tuple[Applying, ...]:
    """Everything that is to hold; `par` is the least that a variable price may come to."""
    return (*_of_any_note(note), *_floor(note, par), *(_own(each) for each in note.invariants))


def _of_any_note(note: Note) -> Iterator[Applying]:
    model = note.versions[0]
    principal = _clause(note, "principal")
    yield Applying("no balance, price or number of shares is below zero", principal, never_below_zero)
    yield Applying("principal = face + capitalised − retired", principal, principal_adds_up)
    yield Applying("applied + unapplied + rounding = paid", _clause(note, "payment"), payments_add_up)
    if _converts(note) and model.all_of("ownership_cap"):
        yield Applying(
            "no conversion passes the cap, and one share more would", _clause(note, "ownership_cap"), cap_holds
        )
    if _converts(note):
        yield Applying("allowed_shares is the least of its limits", _clause(note, "conversion"), allowed_is_least)
    yield Applying("a later fact changes no earlier answer", _clause(note, "issued"), no_looking_ahead)
    yield Applying("a split changes no money", principal, splits_change_no_money)


def _clause(note: Note, keyword: str) -> Clause:
    origin = note.versions[0].the(keyword).origin
    assert isinstance(origin, Clause)
    return origin


def _converts(note: Note) -> bool:
    """Whether the note converts, in its first version and so in its answers."""
    clauses = note.versions[0].all_of("conversion")
    return bool(clauses) and clauses[0]["price"].value is not None


def _floor(note: Note, par: Quantity) -> Iterator[Applying]:
    """For a price that rests on a market."""
    if not _converts(note) or par.dimension.currency != note.versions[0].currency:
        return
    inputs = Shape(note).answers(0, ("conversion_price",)).inputs
    if any(kind in READINGS for kind, _ in inputs):
        origin = note.versions[0].the("conversion")["price"].origin
        assert isinstance(origin, Clause)
        yield Applying(
            f"the variable price stays at or above par, {spelt(par)}", origin, lambda case: _above(case, par)
        )


def _above(case: Case, par: Quantity) -> Broken | None:
    price = case.said["conversion_price"].value
    if known(price) is None or price.value >= par.value:
        return None
    shares = case.said["full_conversion_shares"].value
    asked = f"; the whole balance asks for {spelt(shares)}" if known(shares) is not None else ""
    return Broken(f"conversion_price is {spelt(price)}, below par{asked}", clauses_under(price, keyword="conversion"))


def _own(invariant: Invariant) -> Applying:
    return Applying(invariant.label, invariant.origin, lambda case: _stated(case, invariant))


def _stated(case: Case, invariant: Invariant) -> Broken | None:
    truth = stands(invariant, case.said)
    if truth.value is not False:
        return None
    clauses = [each for each in clauses_under(truth) if each != invariant.origin]
    fields = [each for each in clauses if "." in each.name and not each.name.startswith("note.")]
    return Broken("; ".join(_compared(invariant, case)) or "it does not hold", tuple(fields[:CLAUSES_TOLD] or clauses))


def _compared(invariant: Invariant, case: Case) -> Iterator[str]:
    """The figures that the condition compares, as they are on the day."""
    alone = isinstance(invariant.condition, Compared)
    for leaf, left, right in sides(invariant, case.said):
        match leaf.left:
            case Noun(name) | Named(name):
                what = name
            case _:
                what = "the first figure"
        yield f"{what} is {spelt(left)}, {'not' if alone else 'asked to be'} {leaf.operator} {spelt(right)}"
