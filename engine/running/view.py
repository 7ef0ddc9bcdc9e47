"""Views: one note on one day, as term code sees it.

A view has the terms in force, the state, the day, the event at hand and the market's readings; it answers
what expressions name and what terms ask. It never says whether its quantities are exact or open.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Protocol, TypeVar

from ...grammar.classes import evolve, field, made_often
from ..exact.dimensions import PRICE_NAME, money
from ..exact.quantities import Quantity, highest, lowest, nothing
from ..meaning.amending import exception_to
from ..meaning.expressions import LookBack, Named, Run, evaluate, excepted, holds
from ..meaning.first_days import happened, watched_from
from ..meaning.model import Model
from ..meaning.phrases import Said
from ..meaning.settings import CheckedClause, Exception_, Setting
from ..meaning.term import Answer
from ..world.market import ADJUSTED
from .questions import QUESTIONS

T = TypeVar("T")
SPLITS = "old shares for a new one"  # the state variable that restates prices written in the terms


def amended_splits(place: str) -> str:
    """The state variable with the splits by the day on which an amendment wrote what stands in a place."""
    return f"{SPLITS} by the amendment of {place}"


class Readings(Protocol):
    """What the market and the ledger say, on a day."""

    def look_back(self, spec: LookBack, day: Quantity) -> Quantity: ...
    def run_now(self, run: Run, day: Quantity) -> Quantity: ...
    def run_since(self, run: Run, day: Quantity, start: Quantity) -> Quantity: ...
    def quote(self, series: str, day: Quantity) -> Quantity: ...


@made_often(eq=False)
class View:
    """What is in force and known on a day."""

    model: Model
    state: Mapping[str, Quantity]
    day: Quantity
    readings: Readings
    event: Mapping[str, Quantity] = field(factory=dict)
    subject: str = ""
    projected: Mapping[str, Quantity] = field(factory=dict)
    splits_before: Quantity | None = None  # those that a price at hand has already in it
    _asked: dict[Any, Any] = field(factory=dict, init=False, repr=False)

    def ask(self, question: str) -> Any:
        """The combined answer of all clauses that sign the question; asked once a view."""
        if question not in self._asked:
            said = [self.once(signed, clause) for clause, signed in self.model.signed("questions", question)]
            self._asked[question] = QUESTIONS[question](said)
        return self._asked[question]

    def said_beside(self, question: str, clause: CheckedClause) -> bool:
        """Whether any other clause has something to say to the question."""
        signers = self.model.signed("questions", question)
        return any(self.once(signed, other) for other, signed in signers if other is not clause)

    def once(self, reckoned: Callable[[CheckedClause, "View"], T], clause: CheckedClause) -> T:
        """What a term's function says of a clause today, reckoned once a view however many ask."""
        key = (reckoned, id(clause))
        found: T | None = self._asked.get(key)
        if found is None:
            found = self._asked[key] = reckoned(clause, self)
        return found

    def figure(self, setting: Setting) -> Quantity:
        """The figure a field stands for today, its exceptions applied."""

        def read(exception: Exception_, prior: Quantity) -> Quantity:
            return evaluate(exception.value, self._reading(exception_to(setting.name, exception.label)), prior)

        base = evaluate(setting.value, self._reading(setting.name))
        value = excepted(base, setting.exceptions, partial(self.held, setting), read)
        return value.named(setting.name, setting.origin)

    def held(self, setting: Setting, exception: Exception_) -> Quantity:
        """Whether an exception to a field holds today."""
        return holds(exception.condition, self._reading(exception_to(setting.name, exception.label)))

    def _reading(self, place: str) -> "View":
        """The view for what is written in a place: where an amendment wrote it, its prices are of that day."""
        splits_before = self.state.get(amended_splits(place))
        return self if splits_before is self.splits_before else evolve(self, splits_before=splits_before)

    def said(self, setting: Setting, read: Callable[[Any], Quantity]) -> Quantity:
        """What a field that speaks in sentences means today, its exceptions applied; `read` takes a sentence."""
        held = partial(self.held, setting)
        value = excepted(read(setting.value), setting.exceptions, held, lambda each, prior: read(each.value))
        return value.citing(setting.origin)

    def constant(self, quantity: Quantity) -> Quantity:
        """A literal; a price is in the shares of the day it was written on, and restated by the splits since then."""
        restated = self.model.fixed_prices
        if restated is None or quantity.dimension.name != PRICE_NAME:
            return quantity
        if restated.is_(ADJUSTED):
            splits = self.state[SPLITS]
            quantity = quantity * (splits if self.splits_before is None else splits / self.splits_before)
        return quantity.citing(restated.origin)

    def noun(self, words: str) -> Quantity:
        clause, noun = self.model.noun(words)
        found: Quantity = self.once(noun.value, clause)
        return found

    def definition(self, named: Named) -> Quantity:
        key = ("definition", named.name)
        if key not in self._asked:
            _, origin = self.model.definitions[named.name]
            # No amendment writes a definition.
            self._asked[key] = evaluate(named.expression, self._reading("")).named(named.name, origin)
        found: Quantity = self._asked[key]
        return found

    def look_back(self, spec: LookBack) -> Quantity:
        return self.readings.look_back(spec, self.day).citing(*self.model.calendar_cites)

    def run_holds(self, run: Run) -> Quantity:
        return self.readings.run_now(run, self.day).citing(*self.model.calendar_cites)

    def run_since(self, run: Run) -> Quantity:
        """The first session on which the run was complete, since the clause whose it is was last mended."""
        found = self.readings.run_since(run, self.day, self.state[watched_from(run)])
        return found.citing(*self.model.calendar_cites)

    def happened(self, key: str) -> Quantity:
        return (self.state[happened(key)] <= self.day).named(key)

    def stated(self, said: Said) -> Quantity:
        truth: Quantity = self.model.condition(said.pattern).holds(said, self)
        return truth.named(said.text)

    def balances(self) -> dict[str, Quantity]:
        """Each part of what is owed today, by name."""
        found: dict[str, Quantity] | None = self._asked.get("balances of parts")
        if found is None:
            parts = self.model.parts()
            found = {part.name: self.once(part.balance, clause).named(part.name) for clause, part in parts}
            self._asked["balances of parts"] = found
        return found

    def owed(self) -> Quantity:
        """The sum of the parts."""
        first, *rest = self.balances().values()
        return sum(rest, first)

    def discharge(self, amount: Quantity, order: Iterable[str]) -> dict[str, Quantity]:
        """New values of the state when `amount` is taken from the parts in this order, as far as it goes."""
        balances, left, taken = self.balances(), amount, {}
        for name in order:
            if name in balances:
                taken[name] = lowest(left, balances[name])
                left = left - taken[name]
        return self._gathered("discharged", taken)

    def capitalise(self, amount: Quantity) -> dict[str, Quantity]:
        """New values of the state when `amount` is added to what bears interest."""
        return self._gathered("capitalised", amount)

    def fall_due(self, condition: Quantity) -> dict[str, Quantity]:
        """New values of the state when everything owed becomes due, where the condition holds."""
        return self._gathered("falls_due", condition)

    def rescind(self, condition: Quantity) -> dict[str, Quantity]:
        """New values of the state when nothing that had fallen due is due any more, where the condition holds."""
        return self._gathered("rescinded", condition)

    def bearing(self) -> Quantity:
        """What bears interest today."""
        parts = [self.once(part.balance, clause) for clause, part in self.model.parts() if part.bears_interest]
        return parts[0] if len(parts) == 1 else sum(parts, nothing(money(self.model.currency)))

    def _gathered(self, what: str, argument: Any) -> dict[str, Quantity]:
        changes: dict[str, Quantity] = {}
        for clause, signed in self.model.signed(what):
            changes |= signed(clause, self, argument)
        return changes

    def base_changed(self, taken: Mapping[str, Quantity]) -> Quantity:
        """Whether a part that bears interest was reduced."""
        zero = nothing(money(self.model.currency))
        bearing = [taken[part.name] for _, part in self.model.parts() if part.bears_interest and part.name in taken]
        return highest(zero, *bearing) > zero

    def answers(self) -> dict[str, Answer]:
        """Every answer that the note's clauses give today."""
        found: dict[str, Answer] = {}
        for clause, table in self.model.signed("answers"):
            for name, signed in table.items():
                assert name not in found, f"two clauses answer `{name}`"
                found[name] = _answer(self.once(signed, clause))
        return found


def _answer(said: Quantity | Answer) -> Answer:
    return said if isinstance(said, Answer) else Answer(said)
