"""Payment: what is paid when, and where a payment goes.

Contract words: "payable in a lump sum"; "payments shall be applied first to fees, then to accrued interest, then
to principal". A payment of the sum owed, rounded to the cent, discharges it; the difference is shown as rounding, and
what is paid beyond that sum as not applied.
"""

from typing import Any

from ..engine.exact.origins import Origin
from ..engine.exact.quantities import Quantity, choose, lowest, nothing, rounded
from ..engine.exact.rounding import NEAREST
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Listed, Phrases
from ..engine.meaning.term import Change, FactKind, Field, Term
from ..engine.running.view import View

PARTS = ("fees", "interest", "principal")


def pay(clause: CheckedClause, view: View) -> Change:
    """A payment goes to the parts of what is owed, in order; to a part that the order leaves out, last."""
    paid, owed = view.event["amount"], view.owed()
    sum_due, zero = rounded(owed, NEAREST, 2), nothing(paid.dimension)
    covered = sum_due <= paid
    applied = choose(covered, owed, lowest(paid, owed))
    rounding = choose(covered, sum_due - owed, zero)
    order = clause["order"]
    parts = (*order.value, *(part for part in PARTS if part not in order.value))
    changes = {name: value.citing(order.origin) for name, value in view.discharge(applied, parts).items()}
    shown = {
        "paid": paid,
        "applied": applied,
        "unapplied": paid - applied - rounding,
        "rounding": rounding,
    }
    return Change(changes, shown)


def due_readings(clause: CheckedClause, view: View) -> list[Origin]:
    """That all falls due at maturity, and nothing before it, is a reading on which what is due rests."""
    return [clause.value.origin]


def _paid(said: Any) -> tuple[str, dict[str, Quantity]]:
    return "", {"amount": said["money"]}


PAYMENT = Term(
    keyword="payment",
    doc="What is paid when, and in which order a payment is applied.",
    words="Principal and interest on the Note will be payable in a lump sum",
    example="payment: principal and interest at maturity",
    implied=True,
    value=Field(
        "value",
        Phrases(("principal and interest at maturity",)),
        "When the note is paid.",
        default="principal and interest at maturity",
    ),
    fields=(
        Field(
            "order",
            Listed(PARTS),
            "Where a payment goes first; to what is not named it goes last.",
            default="fees, interest, principal",
            others=("fees, principal, interest",),
        ),
    ),
    facts=(FactKind("pay {money}", "payment", _paid, "the issuer paid the holder"),),
    steps={"payment": pay},
    questions={"due_readings": due_readings},
)
