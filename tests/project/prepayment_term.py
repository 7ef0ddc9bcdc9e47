"""A kind of clause that is not in the package: a premium for paying early, by the age of the note.

Contract words: "at any time during the first 30 days the Borrower may prepay the Note at 110% of what is owed".
"""

from tenor.engine.exact.quantities import choose, day_of, permitted
from tenor.engine.exact.values import Reason
from tenor.engine.meaning.shapes import Phrases
from tenor.engine.meaning.term import Field, Term


def prepayment(clause, view):
    """What pays the note off today, premium included; refused once the time for it is over."""
    last = day_of(view.model.date_of(clause["until"].value["moment"]), "last day to prepay", clause["until"].origin)
    premium = clause.value.value["ratio"].named("premium", clause.value.origin)
    over = Reason("too-late", "the time for prepayment is over", clause.origin.place)
    return permitted(view.owed() * premium, [(view.day <= last, over)])


def earlier_of_two(clause, view):
    """Shows that a choice on a value needs no `if`."""
    return choose(view.day < view.model.dated("maturity"), view.day, view.model.dated("maturity"))


PREPAYMENT = Term(
    keyword="prepayment",
    doc="What paying early costs.",
    words="the Borrower may prepay the Note at 110% of what is owed",
    example="prepayment: 110% of the amount owed { until: 180 days after issue }",
    value=Field("value", Phrases(("{ratio} of the amount owed",)), "The premium.", required=True),
    fields=(Field("until", Phrases(("{moment}",)), "The last day to prepay.", default="maturity"),),
    answers={"prepayment": prepayment, "prepayment_looked_at": earlier_of_two},
)
