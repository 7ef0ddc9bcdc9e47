"""Ranking: what stands behind the note, and before it. Said, not computed.

Contract words: "The Note is not secured."
"""

from ..engine.exact.quantities import Quantity, word
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Phrases
from ..engine.meaning.term import Field, Term
from ..engine.running.view import View


def ranking(clause: CheckedClause, view: View) -> Quantity:
    return word(clause.value.value.text, clause.value.origin)


RANKING = Term(
    keyword="ranking",
    doc="Whether the note is secured, and how it ranks.",
    words="The Note is not secured.",
    example="ranking: unsecured",
    value=Field(
        "value",
        Phrases(("unsecured", "secured", "senior secured", "senior unsecured", "subordinated")),
        "The rank of the note.",
        required=True,
    ),
    answers={"ranking": ranking},
)
