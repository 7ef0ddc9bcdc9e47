"""Standing conditions: what a note says of itself, held against its answers on a day.

An invariant speaks of answers (`conversion_price`), of the figures that clauses know (`conversion price`) and of
the levels of the ledger (`shares held`, `outstanding shares`). It changes no answer, and no answer reads it.
"""

from collections.abc import Iterator, Mapping

from ...grammar.classes import frozen
from ..exact.quantities import Quantity, truth
from ..meaning.expressions import Compared, LookBack, Named, Run, evaluate, holds, leaves
from ..meaning.first_days import happened
from ..meaning.model import Invariant
from ..meaning.phrases import Said
from .statement import Statement
from .view import View

LEVEL_NOUNS = {"shares held": "held", "outstanding shares": "outstanding"}


@frozen
class Standing:
    """The scope of an invariant: a view, the answers of its day by name, and what was recorded by then."""

    view: View
    answers: Mapping[str, Quantity]
    recorded: frozenset[str] = frozenset()

    def noun(self, words: str) -> Quantity:
        if words in self.answers:
            return self.answers[words]
        return self.view.state[LEVEL_NOUNS[words]] if words in LEVEL_NOUNS else self.view.noun(words)

    def constant(self, quantity: Quantity) -> Quantity:
        return self.view.constant(quantity)

    def definition(self, named: Named) -> Quantity:
        return self.view.definition(named)

    def look_back(self, spec: LookBack) -> Quantity:
        return self.view.look_back(spec)

    def happened(self, key: str) -> Quantity:
        """The state has only what clauses speak of; of anything else the ledger knows whether it happened."""
        return self.view.happened(key) if happened(key) in self.view.state else truth(key in self.recorded, key)

    def stated(self, said: Said) -> Quantity:
        return self.view.stated(said)

    def run_holds(self, run: Run) -> Quantity:
        return self.view.run_holds(run)


def stands(invariant: Invariant, said: Statement) -> Quantity:
    """Whether an invariant holds by a statement: a truth, unknown or refused, with all that it rests on.

    The statement is of a day on or after the issue; before it a note has no answers.
    """
    return holds(invariant.condition, _scope(said)).named(f'invariant "{invariant.label}"', invariant.origin)


def sides(invariant: Invariant, said: Statement) -> Iterator[tuple[Compared, Quantity, Quantity]]:
    """Each comparison in the condition, with the two figures that it compares on the day of the statement."""
    scope = _scope(said)
    for leaf in leaves(invariant.condition):
        if isinstance(leaf, Compared):
            yield leaf, evaluate(leaf.left, scope), evaluate(leaf.right, scope)


def _scope(said: Statement) -> Standing:
    assert said.outcome is not None, "asked before the issue"
    answers = {name: answer.value for name, answer in said.answers.items()}
    recorded = frozenset(each.subject for each in said.outcome.visible.entries if each.event == "occurrence")
    return Standing(said.outcome.view, answers, recorded)
