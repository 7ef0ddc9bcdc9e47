"""Which clauses watch prices day by day: `closing bid below USD 0.01 per share for 10 trading days`."""

from .expressions import Condition, Run, leaves
from .model import Model
from .settings import CheckedClause


def watching(model: Model) -> list[CheckedClause]:
    """The clauses that watch a market, once for each condition that does."""
    return [
        clause
        for clause in model.clauses
        for setting in clause.settings.values()
        for condition in (setting.value, *(each.condition for each in setting.exceptions))
        if isinstance(condition, Condition)
        for leaf in leaves(condition)
        if isinstance(leaf, Run)
    ]
