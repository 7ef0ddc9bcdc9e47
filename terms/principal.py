"""Principal: the sum stated, less what was retired, plus what was capitalised.

Contract words: "$108,068.36 aggregate principal amount". Knows nothing of why it changes.
"""

from collections.abc import Mapping
from typing import Any

from ..engine.exact.quantities import Quantity
from ..engine.meaning.model import Model
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Phrases
from ..engine.meaning.term import ANOTHER_NOTE, Answer, Field, NounKind, Part, Term
from ..engine.running.view import View

# INVARIANT: principal = face + capitalised - retired, after every event.
NAME = "principal"


def prepare(clause: CheckedClause, model: Model) -> dict[str, Any]:
    return {"currency": clause.value.value["money"].dimension.currency}


def state(clause: CheckedClause, model: Model) -> dict[str, Quantity]:
    return {NAME: face(clause)}


def face(clause: CheckedClause) -> Quantity:
    """The sum stated, in money."""
    stated: Quantity = clause.value.value["money"]
    return stated.named("face", clause.value.origin)


def balance(clause: CheckedClause, view: View) -> Quantity:
    """Principal outstanding; it rests on what others say may be added to it, even where nothing was."""
    return view.state[NAME].citing(*view.ask("base_readings"))


def discharged(clause: CheckedClause, view: View, taken: Mapping[str, Quantity]) -> dict[str, Quantity]:
    return {NAME: (view.state[NAME] - taken[NAME]).named(NAME)} if NAME in taken else {}


def capitalised(clause: CheckedClause, view: View, amount: Quantity) -> dict[str, Quantity]:
    return {NAME: (view.state[NAME] + amount).named(NAME)}


def principal(clause: CheckedClause, view: View) -> Answer:
    return Answer(view.once(balance, clause), {"face": face(clause)})


PRINCIPAL = Term(
    keyword=NAME,
    doc="The sum that the note is for.",
    words="in the aggregate principal amount of $108,068.36",
    example="principal: USD 108,068.36",
    required=True,
    value=Field("value", Phrases(("{money}",)), "The sum stated.", required=True, lasting=ANOTHER_NOTE),
    prepare=prepare,
    state=state,
    part=Part(NAME, balance, bears_interest=True),
    discharged=discharged,
    capitalised=capitalised,
    nouns=(NounKind("principal", balance, "Principal outstanding."),),
    answers={NAME: principal},
)
