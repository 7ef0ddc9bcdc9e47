"""The list of events of default, and whether it is the whole of it.

Contract words: "events of default including but not limited to". Where the list is not exhaustive, nothing
tripped is never "not in default".
"""

from ..engine.exact.quantities import choose, word
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Phrases
from ..engine.meaning.term import Answer, Field, Term
from ..engine.running.view import View

AMONG_OTHERS = "among others"


def defaults(clause: CheckedClause, view: View) -> Answer:
    rows = tuple(view.ask("default_states"))
    count = len(rows)
    if count == 0:
        return Answer(word("the note states no event of default", clause.value.origin))
    none = f"none of the {count} written events" if count > 1 else "not the one written event"
    summary = choose(view.ask("in_default"), word("in default"), word(none, clause.value.origin))
    return Answer(summary, rows=rows)


DEFAULTS = Term(
    keyword="defaults",
    doc="Whether the events of default that are written are all there are.",
    words="events of default including but not limited to",
    example="defaults: among others",
    implied=True,
    value=Field(
        "value",
        Phrases((AMONG_OTHERS, "these only")),
        "Whether the list is exhaustive.",
        default="these only",
        others=(AMONG_OTHERS,),
    ),
    answers={"defaults": defaults},
)
