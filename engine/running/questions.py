"""Questions: the closed list of what terms are asked on each other's behalf, and how several answers combine.

No term calls another. A term that needs the interest rate asks; whoever signs the question answers; the
rule here says what becomes of several answers, so that the order of clauses never matters.
"""

from collections.abc import Callable
from typing import Any

from ..exact.quantities import Quantity, choose, some, word

# From the most to the least telling; the first that holds is the status.
STATUSES = ("repaid", "accelerated", "in default", "past due", "due", "outstanding")


def _replaced(answers: list[Any]) -> Quantity:
    """One base; replacements (condition, value) take its place. The checker settled which prevails."""
    value: Quantity = next(answer for answer in answers if isinstance(answer, Quantity))
    for answer in answers:
        if not isinstance(answer, Quantity):
            for condition, replacement in answer:
                value = choose(condition, replacement(value), value)
    return value


def _all_limits(answers: list[Any]) -> dict[str, Quantity]:
    """Every limit by its name; the lowest binds."""
    return {name: limit for answer in answers for name, limit in answer.items()}


def _everything(answers: list[Any]) -> list[Any]:
    """All that was said: permissions, each of which must be given."""
    return [each for answer in answers for each in answer]


def _any(answers: list[Any]) -> Quantity:
    """Whether any says so."""
    return some(*answers)


def _status(answers: list[Any]) -> Quantity:
    """The most telling status that holds."""
    status = word(STATUSES[-1])
    for name in reversed(STATUSES):
        said = [answer[name] for answer in answers if name in answer]
        status = choose(some(*said), word(name), status) if said else status
    return status


QUESTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "interest_rate": _replaced,
    "conversion_limit": _all_limits,
    "conversion_permission": _everything,
    "in_default": _any,
    "default_states": _everything,
    "next_dates": _everything,
    "base_readings": _everything,
    "due_readings": _everything,
    "status": _status,
}
