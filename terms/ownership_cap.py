"""Ownership caps: how much a holder may own after converting.

Contract words: "if, after giving effect to the conversion, the holder together with its affiliates would
beneficially own in excess of 5.99% of the outstanding shares". Answers `conversion_limit`. Knows nothing of
who asks, nor of other limits; a limit on all that is ever issued (an exchange cap) is another term.
"""

from collections.abc import Mapping

from ..engine.checking.findings import finding
from ..engine.exact.dimensions import SHARES
from ..engine.exact.quantities import Quantity, highest, nothing, ratio, rounded, whole_shares
from ..engine.exact.rounding import DOWN, UP
from ..engine.meaning.model import Model
from ..engine.meaning.phrases import Said
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Listed, Phrases
from ..engine.meaning.term import Field, Term
from ..engine.running.view import View

AFTER, BEFORE = (
    "{ratio} of outstanding shares after conversion",
    "{ratio} of outstanding shares before conversion",
)
RIGHTS = "exercisable rights"


def limit(clause: CheckedClause, view: View) -> dict[str, Quantity]:
    """The most new shares that leave the holder within the cap, in whole shares."""
    return {
        "ownership cap": view.said(clause.value, lambda said: _room(said, clause, view)).named(
            "room under the ownership cap", *clause.cites
        )
    }


def counted(clause: CheckedClause, state: Mapping[str, Quantity]) -> tuple[Quantity, Quantity]:
    """The shares outstanding and those held, with the rights that count as if they were exercised."""
    outstanding, held, counts = state["outstanding"], state["held"], clause["counts"]
    if RIGHTS not in counts.value:
        return outstanding, held
    rights = state["exercisable"].citing(counts.origin)
    return outstanding + rights, held + rights


def _room(said: Said, clause: CheckedClause, view: View) -> Quantity:
    outstanding, held = counted(clause, view.state)
    cap = said["ratio"]
    room = (cap * outstanding - held).named("shares under the cap")
    if said.pattern == AFTER:
        # New shares count above and below the line: (held + N) / (outstanding + N) = cap, solved for N.
        room = room / (ratio(1) - cap)
    at_the_cap = clause["at_the_cap"]
    # Where reaching the cap is refused, the most is the whole number below the room.
    whole = (
        rounded(room, DOWN)
        if at_the_cap.is_("allowed")
        else rounded(room, UP) - whole_shares(1, "one share below the cap", at_the_cap.origin)
    )
    return highest(whole, nothing(SHARES)).citing(clause["counts"].origin, at_the_cap.origin)


def levels(clause: CheckedClause, model: Model) -> tuple[str, ...]:
    """The levels of the ledger that the cap is reckoned from."""
    return ("outstanding", "held", *(("exercisable",) if RIGHTS in clause["counts"].value else ()))


def check(clause: CheckedClause, model: Model) -> list[object]:
    cap = clause.value.value["ratio"]
    if not 0 <= cap.value < 1:
        return [finding("E208", f"a cap of `{cap.label}` limits nothing", clause.value.origin, "write less than 100%")]
    return []


OWNERSHIP_CAP = Term(
    keyword="ownership_cap",
    doc="The share of the issuer that the holder may own after converting.",
    words="in no event shall the Holder beneficially own more than 4.99% of the outstanding shares",
    example="ownership_cap: 4.99% of outstanding shares after conversion { counts: holder and affiliates }",
    value=Field(
        "value",
        Phrases((AFTER, BEFORE)),
        "The cap, and which shares are the whole.",
        required=True,
        exceptional=True,
    ),
    fields=(
        Field(
            "counts",
            Listed(("holder", "affiliates", RIGHTS)),
            "Whose shares count; the facts' `held` is all of theirs.",
            default="holder and affiliates",
            others=("holder, affiliates and exercisable rights",),
        ),
        Field(
            "at_the_cap",
            Phrases(("allowed", "refused")),
            "Whether owning exactly the cap is within it.",
            default="allowed",
            others=("refused",),
        ),
    ),
    levels=levels,
    questions={"conversion_limit": limit},
    check=check,
)
