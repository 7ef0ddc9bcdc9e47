"""The note itself: its parties, its calendar, and what it says of markets and days as such.

Contract words: "the Company promises to pay to the order of the Holder". Who counts with the holder is a
matter of the ownership cap, not of this clause.
"""

from typing import Any

from ..engine.checking.findings import finding
from ..engine.meaning.model import Model
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Phrases, Quoted
from ..engine.meaning.term import ANOTHER_NOTE, Field, Term
from ..engine.time.calendars import CALENDARS
from ..engine.time.same_day import out_of_turn, reordered
from ..engine.world.market import ADJUSTED, AS_WRITTEN, LAST_BEFORE, UNKNOWN


def prepare(clause: CheckedClause, model: Model) -> dict[str, Any]:
    said = clause["same_day"].value
    order = {} if said is None else {"same_day": reordered(said["kind"], said["later"])}
    return order | {
        "calendar": CALENDARS[clause["calendar"].value["calendar"]],
        "calendar_origin": clause["calendar"].origin,
        "missing_quote": clause["missing_quote"],
        "fixed_prices": clause["fixed_prices"],
    }


def check(clause: CheckedClause, model: Model) -> list[object]:
    wrong = out_of_turn(model.same_day)
    if wrong is None:
        return []
    message = f"`{wrong[0]}` would come before `{wrong[1]}`, for which it waits"
    help = "take it out, or move another kind of event"
    return [finding("E208", message, clause["same_day"].origin, help)]


NOTE = Term(
    keyword="note",
    doc="The title of the note, who owes it and to whom, and the calendar of its trading and business days.",
    words="this Convertible Promissory Note is issued by the Company to the Holder",
    example='note "Example note" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }',
    required=True,
    label=True,
    fields=(
        Field("issuer", Quoted(), "The debtor.", required=True),
        Field("holder", Quoted(), "The creditor.", required=True),
        Field(
            "calendar",
            Phrases(("{calendar}",)),
            "Whose sessions trading and business days are.",
            default="NYSE",
            lasting=ANOTHER_NOTE,
        ),
        Field(
            "missing_quote",
            Phrases((UNKNOWN, LAST_BEFORE)),
            "What stands in for a quote that a session of a window lacks.",
            default=UNKNOWN,
            others=(LAST_BEFORE,),
            lasting=ANOTHER_NOTE,
        ),
        Field(
            "fixed_prices",
            Phrases((ADJUSTED, AS_WRITTEN)),
            "Whether a split restates a price that the terms write in figures.",
            default=ADJUSTED,
            others=(AS_WRITTEN,),
            lasting="amend the price itself, which is then in the shares of that day",
        ),
        Field(
            "same_day",
            Phrases(("{kind} before {later}",)),
            "Another order of two kinds of event on one day.",
            lasting=ANOTHER_NOTE,
        ),
    ),
    prepare=prepare,
    check=check,
)
