"""Places: which line of the note stands beside an answer."""

import os

from ...engine.exact.origins import Clause, Origin
from ...engine.exact.quantities import Quantity
from ...engine.exact.trace import operands
from ...engine.running.statement import Statement


def beside(said: Statement, name: str) -> str:
    """Where the clause that gives an answer is written: the field that the figure rests on itself, if it is one.

    Where an exception, or another clause's rate, took the place of that, it is where this is written.
    """
    model = said.note.in_force(said.date)
    owner = next((clause for clause, table in model.signed("answers") if name in table), None)
    if owner is None or owner.span.start == owner.span.end:
        return ""
    answering = {owner.keyword, *(clause.keyword for clause, _ in model.signed("questions", name))}
    taken = said[name].value
    while taken.operation == "choose" and isinstance(taken.arguments[0].value, bool):
        taken = operands(taken)[1]
        instead = _first_of(answering, taken)
        if instead is not None:
            return short(instead)
    return short(_first_of({owner.keyword}, said[name].value) or owner.origin)


def _first_of(keywords: set[str], figure: Quantity) -> Clause | None:
    """The first clause of one of these kinds that a figure itself rests on."""
    cites = (each for each in figure.cites if isinstance(each, Clause))
    return next((each for each in cites if each.name.split(".")[0] in keywords), None)


def short(origin: Origin | None) -> str:
    """A place with its file's name and not all of its path."""
    if origin is None:
        return ""
    return os.path.basename(origin.place) if ":" in origin.place else origin.place
