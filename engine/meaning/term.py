"""Terms: what a kind of clause declares, and what it signs.

A term is one value of class `Term`, made in one file of `terms/` and listed in `TERMS`. What it declares
(fields, phrases, facts) is all that the parser, checker, formatter, completion and explanation need; what
it signs are plain functions from its clause and a view of one day to quantities.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ...grammar.classes import field, frozen, made_often
from ..exact.quantities import Quantity
from .shapes import Shape

Signed = Callable[..., Any]  # called with (clause, view), or as the field's comment says

ANOTHER_NOTE = "write the amended terms as a note of their own"  # for a field that lasts


@frozen
class Field:
    """A field of a clause. `default` is written in the language; `others` are the readings it was chosen from."""

    name: str
    shape: Shape
    doc: str
    default: str = ""
    others: tuple[str, ...] = ()
    why: str = "not stated"
    required: bool = False
    exceptional: bool = False  # whether the term reads exceptions to it, `… when …`
    lasting: str = ""  # where no amendment changes it: what to write instead
    words: str = ""


@frozen
class FactKind:
    """A line of a ledger: its words, the kind of event it makes, and what the pattern's holes are called.

    `read` takes what was said to (subject, fields). A level is not complete: unwritten is unknown.
    """

    pattern: str
    event: str
    read: Callable[[Any], tuple[str, dict[str, Quantity]]]
    doc: str
    of_label: bool = False  # its text is the label of a clause of the term that declares it


@frozen
class ConditionKind:
    """A condition in words.

    `holds(said, view)` is a truth for the day. Where it can make an event of default,
    `since(said, view, grace, mended)` is the date from which it has held, what had begun by `mended` left out, and
    `tests(said, model, grace)` the dates, known from the terms, on which to look.
    """

    pattern: str
    holds: Signed
    since: Signed | None = None
    tests: Signed | None = None
    doc: str = ""


@frozen
class NounKind:
    """A figure that expressions may name."""

    words: str
    value: Signed
    doc: str = ""
    of_market: bool = False  # whether it may rest on prices


@frozen
class NamedDate:
    """A date that the terms know by a name, and the fields that it rests on; the note's calendar too, if it does.

    Where `lacks` names something, the date is unknown: `date` then only holds its place in the timeline.
    """

    date: Signed  # (clause, model) -> date
    rests_on: tuple[str, ...] = ()
    lacks: Signed | None = None  # (clause, model) -> what is missing to know the date
    by_calendar: Signed | None = None  # (clause, model) -> whether the note's calendar has a part in it


@frozen
class InOrder:
    """Two named dates of which the second comes after the first, and what is told where it does not."""

    first: str
    second: str
    code: str
    message: str  # with {first} and {second} for the two days
    help: str
    field: str = "value"  # the words at which it is told
    only_after: str = ""  # another named date; nothing is told where the second does not come after that


@frozen
class Part:
    """A named part of what is owed. `bears_interest` where a change of it changes the base of interest."""

    name: str
    balance: Signed  # (clause, view)
    bears_interest: bool = False


@made_often
class Change:
    """What an event does: new values of state variables, and the figures to show for it."""

    state: Mapping[str, Quantity] = field(factory=dict)
    shown: Mapping[str, Quantity] = field(factory=dict)


@made_often
class Answer:
    """An answer: its main figure and what belongs beside it, or rows of such."""

    value: Quantity
    parts: Mapping[str, Quantity] = field(factory=dict)
    rows: tuple[tuple[str, Mapping[str, Quantity]], ...] = ()


@frozen
class Term:
    """A kind of clause."""

    keyword: str
    doc: str
    words: str  # how contracts say it
    example: str
    value: Field | None = None
    fields: tuple[Field, ...] = ()
    required: bool = False
    implied: bool = False  # where the note has no such clause, it is read as one with nothing but defaults
    many: bool = False  # several clauses of this kind, told apart by their labels
    label: bool = False  # a label is wanted
    facts: tuple[FactKind, ...] = ()
    conditions: tuple[ConditionKind, ...] = ()
    nouns: tuple[NounKind, ...] = ()
    levels: Signed | None = None  # (clause, model) -> the levels of the ledger that it reads
    anchors: tuple[str, ...] = ()  # words for the day that is asked about, at which windows end
    dates: Mapping[str, NamedDate] = field(factory=dict)
    in_order: tuple[InOrder, ...] = ()
    part: Part | None = None
    state: Signed | None = None  # (clause, model) -> {variable: initial quantity}
    schedule: Signed | None = None  # (clause, model, visible) -> events
    steps: Mapping[str, Signed] = field(factory=dict)  # kind of event -> (clause, view) -> Change
    capitalised: Signed | None = None  # (clause, view, amount) -> changes, where this part takes up interest
    falls_due: Signed | None = None  # (clause, view, condition) -> changes, when everything owed becomes due
    rescinded: Signed | None = None  # (clause, view, condition) -> changes, when nothing of it is due any more
    settled: Signed | None = None  # (clause, view) -> changes, at the end of old terms that an amendment replaces
    amended: Signed | None = None  # (clause, view) -> changes, at the start of new ones
    discharged: Signed | None = None  # (clause, view, taken) -> changes, whenever owed parts are reduced
    questions: Mapping[str, Signed] = field(factory=dict)  # question -> (clause, view) -> what the question combines
    answers: Mapping[str, Signed] = field(factory=dict)  # name -> (clause, view) -> Answer or quantity
    prepare: Signed | None = (
        None  # (clause, model) -> what the clause says of the whole note: its calendar, its currency
    )
    check: Signed | None = None  # (clause, model) -> findings
