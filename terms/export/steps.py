"""Steps as plain data: enough of each that another program can reckon every figure again from its leaves.

A node names its operation, what is fixed about it (`detail`) and the nodes it was reckoned from. Of a
decided choice only the branch taken is there, of a refused permission only what denied it: the trace has
no node that did not count. Every number is a string.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, assert_never

from ...engine.exact.operations import NEVER
from ...engine.exact.origins import Clause, Default, Fact, Origin
from ...engine.exact.quantities import Quantity
from ...engine.exact.spelling import exact_text
from ...engine.exact.trace import operands, walk
from ...engine.exact.values import Reason, Refused, Unknown
from ...engine.time.clock import Clock
from ...engine.time.daycounts import DAY_COUNTS

Plain = dict[str, Any]


def nodes(roots: Iterable[Quantity]) -> tuple[list[Plain], list[str]]:
    """Every step under the roots, once, and the ids of the roots."""
    starts = list(roots)
    steps = list(walk(starts))
    ids = {id(step): f"n{number}" for number, step in enumerate(steps, start=1)}
    return [_node(step, ids) for step in steps], [ids[id(root)] for root in starts]


def _node(step: Quantity, ids: dict[int, str]) -> Plain:
    below = operands(step)
    return {
        "id": ids[id(step)],
        "label": step.label,
        "dimension": step.dimension.name,
        "currency": step.dimension.currency or None,
        "operation": step.operation,
        "detail": detail(step),
        "value": plain_value(step.value),
        "arguments": [ids[id(each)] for each in below],
        "cites": [origin(each) for each in step.cites],
    }


def plain_value(value: Any) -> Any:
    """A value in text; a list of words; or why there is none."""
    match value:
        case Unknown(needs, at_most):
            return {"unknown": list(needs), "at_most": None if at_most is None else exact_text(at_most)}
        case Refused(reasons):
            return {"refused": [reason(each) for each in reasons]}
        case tuple():
            return list(value)
    return exact_text(value)


def reason(each: Reason) -> Plain:
    """A reason for a refusal."""
    return {"code": each.code, "words": each.words, "cites": each.cites}


def origin(each: Origin) -> Plain:
    """A leaf of explanations: a clause, a fact, or a default."""
    match each:
        case Clause(name, span, words, quotation, assumed, others):
            return {
                "kind": "clause",
                "name": name,
                "words": words,
                "file": span.source.name,
                "line": str(span.line),
                "quotation": quotation,
                "assumed": assumed,
                "others": list(others),
            }
        case Fact(words, span):
            return {"kind": "fact", "words": words, "file": span.source.name, "line": str(span.line)}
        case Default(name, words, why, others):
            return {"kind": "default", "name": name, "words": words, "why": why, "others": list(others)}
        case _:
            assert_never(each)


def detail(step: Quantity) -> Plain | None:
    """What is fixed about a step besides its arguments."""
    given = step.detail
    match step.operation:
        case "round":
            return {"rule": given[0], "decimals": str(given[1])}
        case "statistic":
            return {"name": given[0], "count": str(given[1]), "among": given[2]}
        case "year fraction":
            return _clock(given)
        case "shift":
            calendar = given.calendar.name if given.period.unit in _ON_A_CALENDAR else None
            return {"period": str(given.period), "calendar": calendar, "extra_days": str(given.extra_days)}
        case "binding":
            return {"labels": list(given)}
        case "permitted":
            return _permitted(step)
        case "first run":
            operator, sessions, wanted = given
            return {"operator": operator, "sessions": [_day(each) for each in sessions], "wanted": str(wanted)}
        case "choose":
            taken = {True: "first", False: "second"}.get(step.arguments[0].value) if _decided(step) else None
            return {"taken": taken}
    return None


_ON_A_CALENDAR = ("business days", "trading days")


def _decided(step: Quantity) -> bool:
    return type(step.arguments[0].value) is bool


def _permitted(step: Quantity) -> Plain:
    """The reasons of the permissions among the arguments, in their order; a denial leaves out the value."""
    below = operands(step)
    denied = below != step.arguments
    pairs = list(zip(step.arguments[1:], step.detail, strict=True))
    shown = [each for given, each in pairs if not denied or given.value is False]
    return {"denied": denied, "reasons": [reason(each) for each in shown]}


def _clock(clock: Clock) -> Plain:
    """A day-count convention with what it needs, and nothing else."""
    needs, conditions = DAY_COUNTS[clock.name].needs, clock.conditions
    said: Plain = {"convention": clock.name}
    if "frequency" in needs and conditions.schedule is not None:
        schedule = conditions.schedule
        said["schedule"] = {
            "anchor": schedule.anchor.isoformat(),
            "period": str(schedule.period),
            "end_of_month": schedule.end_of_month,
        }
    if "termination_date" in needs and conditions.termination_date is not None:
        said["termination_date"] = conditions.termination_date.isoformat()
    if "calendar" in needs and conditions.calendar is not None:
        said["calendar"] = conditions.calendar.name
    return said


def _day(ordinal: int) -> str:
    return "never" if ordinal >= NEVER else date.fromordinal(ordinal).isoformat()
