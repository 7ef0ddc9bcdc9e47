"""Purchase price: the cash that was paid for the note.

Contract words: "in exchange for $75,000 of gross proceeds".
"""

from ..engine.exact.quantities import Quantity
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Phrases
from ..engine.meaning.term import ANOTHER_NOTE, Field, Term
from ..engine.running.view import View


def purchase_price(clause: CheckedClause, view: View) -> Quantity:
    paid: Quantity = clause.value.value["money"]
    return paid.named("purchase price", clause.value.origin)


PURCHASE_PRICE = Term(
    keyword="purchase_price",
    doc="What the holder paid for the note.",
    words="in exchange for $75,000 of gross proceeds",
    example="purchase_price: USD 75,000.00",
    value=Field("value", Phrases(("{money}",)), "The cash paid.", required=True, lasting=ANOTHER_NOTE),
    answers={"purchase_price": purchase_price},
)
