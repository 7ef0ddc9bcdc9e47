"""Places: which line of the note stands beside an answer."""

import os

from ...engine.exact.origins import Clause, Origin
from ...engine.running.statement import Statement


def beside(said: Statement, name: str) -> str:
    """Where the clause that gives an answer is written: the field that the figure rests on itself, if it is one."""
    model = said.note.in_force(said.date)
    owner = next((clause for clause, table in model.signed("answers") if name in table), None)
    if owner is None or owner.span.start == owner.span.end:
        return ""
    for each in said[name].value.cites:
        if isinstance(each, Clause) and each.name.split(".")[0] == owner.keyword:
            return short(each)
    return short(owner.origin)


def short(origin: Origin | None) -> str:
    """A place with its file's name and not all of its path."""
    if origin is None:
        return ""
    return os.path.basename(origin.place) if ":" in origin.place else origin.place
