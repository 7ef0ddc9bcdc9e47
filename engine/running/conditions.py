"""Conditions as dates: from when one has held, with days of grace, and on which days to look.

A default has a date, so its condition is reckoned as the date from which it holds; `or` is the earlier of
two, `and` the later. Days of grace after an event are counted from the day after it, and the last of them
is still grace.
"""

from collections.abc import Iterable

from ...grammar.classes import evolve
from ..exact.quantities import Quantity, every, highest, lowest, some
from ..meaning.expressions import AllOf, AnyOf, Condition, Happened, Run, Stated, leaves
from ..meaning.first_days import happened
from ..meaning.model import Model
from ..time.periods import Period
from .view import View


def since(condition: Condition, view: View, grace: Period | None, whose: str, mended: Quantity) -> Quantity:
    """The first date on which the condition has held, with its grace over; never, if it has not.

    What had begun when the clause `whose` it is was last mended counts no more.
    """
    match condition:
        case Happened(key):
            return after_grace(view.state[happened(key, whose)].named(key), view.model, grace)
        case Run():
            return after_grace(view.run_since(evolve(condition, whose=whose)), view.model, grace)
        case Stated(said):
            kind = view.model.condition(said.pattern)
            assert kind.since is not None, "the checker lets only dated conditions make a default"
            found: Quantity = kind.since(said, view, grace, mended)
            return found.named(said.text)
        case AnyOf(items):
            return lowest(*(since(item, view, grace, whose, mended) for item in items))
        case AllOf(items):
            return highest(*(since(item, view, grace, whose, mended) for item in items))
    raise AssertionError(f"the checker lets no {condition} make a default")


def has_held(condition: Condition, view: View, grace: Period | None, whose: str, mended: Quantity) -> Quantity:
    """Whether the condition has held by today, its grace over: for sure where one leg of `or` surely has."""
    match condition:
        case AnyOf(items):
            return some(*(has_held(item, view, grace, whose, mended) for item in items))
        case AllOf(items):
            return every(*(has_held(item, view, grace, whose, mended) for item in items))
    return since(condition, view, grace, whose, mended) <= view.day


def is_dated(condition: Condition, model: Model) -> bool:
    """Whether the condition has a date from which it holds."""
    match condition:
        case Happened() | Run():
            return True
        case Stated(said):
            return model.condition(said.pattern).since is not None
        case AnyOf(items) | AllOf(items):
            return all(is_dated(item, model) for item in items)
    return False


def after_grace(day: Quantity, model: Model, grace: Period | None) -> Quantity:
    """The day after the last day of grace; the day itself where there is none."""
    return day if grace is None else model.shifted(day, grace, extra_days=1)


def known_tests(condition: Condition, model: Model, grace: Period | None) -> Iterable[Quantity]:
    """The days, known from the terms, on which to look whether the condition holds."""
    for stated in leaves(condition):
        if isinstance(stated, Stated):
            kind = model.condition(stated.said.pattern)
            if kind.tests is not None:
                yield from kind.tests(stated.said, model, grace)
