"""Which clauses watch prices or figures day by day: `closing bid below USD 0.01 per share for 10 trading days`."""

from collections.abc import Iterator

from .expressions import Choice, Compared, Condition, Expression, LookBack, Named, Noun, Operation, Run, leaves
from .model import Model
from .settings import CheckedClause


def watching(model: Model) -> list[CheckedClause]:
    """The clauses that watch a market, once for each condition that does."""
    runs = [(clause, leaf) for clause in model.clauses for each in _conditions(clause) for leaf in leaves(each)]
    return [clause for clause, leaf in runs if isinstance(leaf, Run)]


def by_the_day(condition: Condition) -> bool:
    """Whether it may come to hold, or cease to, on a day on which nothing happens to the note."""
    return any(isinstance(leaf, Run | Compared) for leaf in leaves(condition))


def rests_on_prices(condition: Condition, model: Model) -> bool:
    """Whether it looks at the market, which nobody knows of a day to come."""

    def reads(expression: Expression) -> bool:
        match expression:
            case Noun(words):
                return model.noun(words)[1].of_market
            case Named(_, inner):
                return reads(inner)
            case Operation(_, left, right):
                return reads(left) or reads(right)
            case Choice(_, items):
                return any(map(reads, items))
        return isinstance(expression, LookBack)

    sides = (side for leaf in leaves(condition) if isinstance(leaf, Compared) for side in (leaf.left, leaf.right))
    return any(isinstance(leaf, Run) for leaf in leaves(condition)) or any(map(reads, sides))


def is_tried_daily(clause: CheckedClause) -> bool:
    """Whether the clause has a condition that any day may change."""
    return any(map(by_the_day, _conditions(clause)))


def _conditions(clause: CheckedClause) -> Iterator[Condition]:
    for setting in clause.settings.values():
        for condition in (setting.value, *(each.condition for each in setting.exceptions)):
            if isinstance(condition, Condition):
                yield condition
