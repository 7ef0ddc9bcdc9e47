"""Statements as plain data: the answers of a date with what they assume and need, every number a string.

`statement.schema.json` beside this file says what another program may rely on.
"""

from typing import Any

from ...engine.exact.quantities import Quantity
from ...engine.exact.spelling import decimal, exact_text
from ...engine.exact.values import Refused, Unknown
from ...engine.meaning.term import Answer
from ...engine.running.statement import Statement, quantities_of
from .steps import Plain, nodes, origin, plain_value, reason

CENTS = 2


def plain_statement(said: Statement, names: tuple[str, ...], trace: bool = False) -> Plain:
    """The statement with the named answers, or with all of them where none is named."""
    shown = {name: answer for name, answer in said.answers.items() if not names or name in names}
    return {
        "note": said.note.title,
        "date": said.date.isoformat(),
        "known": said.known.isoformat() if said.known else None,
        "opened": said.opened,
        "facts": said.ledger or None,
        "answers": {name: plain_answer(answer) for name, answer in shown.items()},
        "assumptions": _assumptions(said, shown),
        "needs": [{"answer": name, "facts": list(said.needs[name])} for name in shown if name in said.needs],
        "history": [_applied(each) for each in said.history],
        "silent": list(said.silent),
        "unread": [origin(each) for each in said.unread],
        "remarks": _remarks(said),
        "trace": _trace(shown) if trace else None,
    }


def plain_answer(answer: Answer) -> Plain:
    """An answer with its parts and rows."""
    return {
        **figure(answer.value),
        "parts": {name: figure(part) for name, part in answer.parts.items()},
        "rows": [
            {"label": label, "figures": {name: figure(each) for name, each in row.items()}}
            for label, row in answer.rows
        ],
    }


def figure(step: Quantity) -> Plain:
    """One figure: what kind it is, exactly, and rounded where money is."""
    said: Plain = {"kind": step.dimension.name}
    if step.dimension.currency:
        said["currency"] = step.dimension.currency
    match step.value:
        case Unknown(needs, at_most):
            bound = None if at_most is None else exact_text(at_most)
            return {**said, "kind": "unknown", "of": said["kind"], "needs": list(needs), "at_most": bound}
        case Refused(reasons):
            return {**said, "kind": "refused", "of": said["kind"], "reasons": [reason(each) for each in reasons]}
        case tuple():
            return {"kind": "words", "words": plain_value(step.value)}
    said["exact"] = exact_text(step.value)
    if step.dimension.name == "money":
        said["amount"] = decimal(step.value, CENTS)
    return said


def _assumptions(said: Statement, shown: dict[str, Answer]) -> list[Plain]:
    return [
        {**origin(each.origin), "place": each.origin.place, "answers": resting}
        for each in said.assumptions
        if (resting := [name for name in each.answers if name in shown])
    ]


def _applied(each: Any) -> Plain:
    """A payment, conversion or capitalisation, with the balances immediately before and after it."""
    before, after = each.before.balances(), each.after.balances()
    return {
        "date": each.event.date.isoformat(),
        "kind": each.event.kind,
        "fact": origin(each.event.origin) if each.event.origin else None,
        "figures": {name: figure(shown) for name, shown in each.change.shown.items()},
        "before": {name: figure(balance) for name, balance in before.items()},
        "after": {name: figure(balance) for name, balance in after.items()},
    }


def _remarks(said: Statement) -> list[Plain]:
    unchecked = frozenset(said.note.unchecked)
    return [
        {
            "kind": each.kind,
            "words": each.words,
            "quotations": list(each.quotations),
            "because": each.because,
            "unchecked": each.words in unchecked,
        }
        for each in said.note.remarks
    ]


def _trace(shown: dict[str, Answer]) -> Plain:
    """All steps under all figures, and the id of each answer's own."""
    figures = [each for answer in shown.values() for each in quantities_of(answer)]
    steps, ids = nodes(figures)
    by_step = {id(step): name for step, name in zip(figures, ids, strict=True)}
    return {"answers": {name: by_step[id(answer.value)] for name, answer in shown.items()}, "nodes": steps}


def plain_explanation(name: str, explained: Quantity, said: Statement) -> Plain:
    """One figure with its steps."""
    steps, (root,) = nodes([explained])
    return {
        "note": said.note.title,
        "date": said.date.isoformat(),
        "answer": name,
        "root": root,
        "nodes": steps,
    }
