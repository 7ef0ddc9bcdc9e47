"""The issue date, before which nothing is answered.

Contract words: "Issue Date: January 31, 2018".
"""

from datetime import date

from ..engine.meaning.model import Model
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Phrases
from ..engine.meaning.term import ANOTHER_NOTE, Field, NamedDate, Term


def issue(clause: CheckedClause, model: Model) -> date:
    stated: date = clause.value.value["date"]
    return stated


ISSUED = Term(
    keyword="issued",
    doc="The date of the note.",
    words="On February 22, 2019 the Company sold and issued",
    example="issued: 2019-02-22",
    required=True,
    value=Field("value", Phrases(("{date}",)), "The day the note was issued.", required=True, lasting=ANOTHER_NOTE),
    dates={"issue": NamedDate(issue), "issue date": NamedDate(issue)},
)
