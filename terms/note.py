"""The note itself: its parties and its calendar.

Contract words: "the Company promises to pay to the order of the Holder". Who counts with the holder is a
matter of the ownership cap, not of this clause.
"""

from typing import Any

from ..engine.calendars import CALENDARS
from ..engine.model import Model
from ..engine.settings import CheckedClause
from ..engine.shapes import Phrases, Quoted
from ..engine.term import Field, Term


def prepare(clause: CheckedClause, model: Model) -> dict[str, Any]:
    return {
        "calendar": CALENDARS[clause["calendar"].value["calendar"]],
        "calendar_origin": clause["calendar"].origin,
    }


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
        ),
    ),
    prepare=prepare,
)
