"""Statements: the answers for a date, with what they assume and what they need.

The core names are stable, because people script against them; terms add their own after them. A core
question that no clause answers is refused, never left out.
"""

import datetime
from collections.abc import Mapping

from ...grammar.classes import field, frozen
from ..exact.dimensions import DATE, WORD
from ..exact.operations import TooBig
from ..exact.origins import Fact, Origin
from ..exact.quantities import Quantity, as_date, given, is_settled, lowest, word
from ..exact.trace import assumptions, needs, origins
from ..exact.values import Reason, Refused
from ..meaning.model import Note
from ..meaning.term import Answer
from ..world.facts import Ledger
from .run import Applied, Outcome, grown_by, run
from .view import View

CORE = (
    "status",
    "principal",
    "accrued_interest",
    "owed",
    "due_at_maturity",
    "prepayment",
    "conversion_price",
    "convertible",
    "full_conversion_shares",
    "allowed_shares",
    "binding_limit",
    "allowed_amount",
    "market_value",
    "defaults",
    "next_dates",
)

EVENTS = "events"  # what is recorded without a figure: a notice, a cure, what happened outside


@frozen
class Assumption:
    """Something the note does not state, what was taken, and the answers that rest on it."""

    origin: Origin
    answers: tuple[str, ...]


@frozen
class Statement:
    """A note on a date."""

    note: Note
    date: datetime.date
    known: datetime.date | None
    opened: bool
    answers: Mapping[str, Answer]
    needs: Mapping[str, tuple[str, ...]]
    history: tuple[Applied, ...] = ()
    silent: tuple[str, ...] = ()
    unread: tuple[Origin, ...] = ()
    ledger: str = ""
    outcome: Outcome | None = field(default=None, eq=False, repr=False)
    _read_off: dict[str, tuple[Assumption, ...]] = field(factory=dict, init=False, eq=False, repr=False)

    def __getitem__(self, name: str) -> Answer:
        return self.answers[name]

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the answers rest on that the note does not state; read off them when first asked for."""
        if "assumptions" not in self._read_off:
            resting = assumptions({name: quantities_of(answer) for name, answer in self.answers.items()})
            found = [Assumption(origin, names) for origin, names in resting.items()]
            self._read_off["assumptions"] = tuple(sorted(found, key=lambda each: each.origin.place))
        return self._read_off["assumptions"]


def statement(
    note: Note, ledger: Ledger, day: datetime.date, known: datetime.date | None = None, open_day: bool = False
) -> Statement:
    """The answers for a day, at its close or, opened, before its payments, conversions and sales.

    What was `known` on a day is told by the facts known then and the amendments in force by then.
    """
    note = note.known_on(known)
    if day < note.issued:
        return Statement(note, day, known, open_day, _not_issued(note), {}, ledger=ledger.name)
    try:
        outcome = run(note, ledger, day, known, open_day)
        answers = _in_core_order(_answers(outcome))
    except TooBig as error:
        raise TooBig(str(error), grown_by(note, ledger, day, known)) from None
    return Statement(
        note,
        day,
        known,
        open_day,
        answers,
        {name: needs(answer.value) for name, answer in answers.items() if needs(answer.value)},
        tuple(each for each in outcome.history if each.change.shown),
        _silent(outcome),
        _unread(outcome),
        ledger.name,
        outcome,
    )


def _answers(outcome: Outcome) -> dict[str, Answer]:
    return answers_of(outcome.view) | {"next_dates": _next_dates(outcome)}


def answers_of(view: View) -> dict[str, Answer]:
    """The answers of a view: those of the clauses, and those that the engine puts together from all of them."""
    status = Answer(view.ask("status").named("status"))
    return view.answers() | {"status": status, "owed": Answer(view.owed().named("owed"), view.balances())}


def _next_dates(outcome: Outcome) -> Answer:
    """What the terms bring after the day, by date, and last what no calendar dates."""
    told, until = outcome.view.ask("next_dates"), outcome.visible.until
    coming = [(day, words) for day, words in told if not is_settled(day) or until < as_date(day) < datetime.date.max]
    never = [day for day, _ in told if is_settled(day) and as_date(day) == datetime.date.max]
    rows = tuple((words, {"date": day}) for day, words in sorted(coming, key=_by_date))
    if rows:
        first = lowest(rows[0][1]["date"], *never) if never else rows[0][1]["date"]
    else:
        first = given(DATE, Refused((Reason("none", "the terms bring no further date"),)), "", *origins(*never))
    return Answer(first.citing(*outcome.view.ask("base_readings")), rows=rows)


def _by_date(coming: tuple[Quantity, str]) -> tuple[datetime.date, str]:
    day, words = coming
    return as_date(day) if is_settled(day) else datetime.date.max, words


def _in_core_order(answers: dict[str, Answer]) -> dict[str, Answer]:
    others = [name for name in answers if name not in CORE]
    return {name: answers.get(name) or _unanswered(name) for name in (*CORE, *others)}


def _unanswered(name: str) -> Answer:
    reason = Reason("no-clause", f"no clause of the note answers `{name}`")
    return Answer(given(WORD, Refused((reason,)), name))


def _not_issued(note: Note) -> dict[str, Answer]:
    reason = Reason("not-issued", f"the note is not issued until {note.issued}")
    own = (name for _, table in note.versions[0].signed("answers") for name in table)
    answers = {name: Answer(given(WORD, Refused((reason,)), name)) for name in (*CORE, *own)}
    return answers | {"status": Answer(word("not issued"))}


def quantities_of(answer: Answer) -> tuple[Quantity, ...]:
    """All figures of an answer."""
    return (
        answer.value,
        *answer.parts.values(),
        *(figure for _, row in answer.rows for figure in row.values()),
    )


def quantities_named(answers: Mapping[str, Answer]) -> dict[str, Quantity]:
    """Every figure of the answers, by the name of its answer, part, or row and column."""
    named = {name: answer.value for name, answer in answers.items()}
    for name, answer in answers.items():
        named |= {f"{name}.{part}": figure for part, figure in answer.parts.items()}
        named |= {f"{name}[{row}].{column}": figure for row, cells in answer.rows for column, figure in cells.items()}
    return named


def _silent(outcome: Outcome) -> tuple[str, ...]:
    """The kinds of act and dated event of which the ledger has none, so that none happened."""
    recorded = {entry.event for entry in outcome.visible.entries}
    kinds = {"payment": "payments", "conversion": "conversions", EVENTS: "notices or outside events", "split": "splits"}
    if any(not entry.fields and entry.event not in kinds for entry in outcome.visible.entries):
        recorded.add(EVENTS)
    return tuple(words for kind, words in kinds.items() if kind not in recorded)


def _unread(outcome: Outcome) -> tuple[Origin, ...]:
    """The lines of the ledger that changed nothing, and the levels that nothing is reckoned from."""
    levels = _levels_read(outcome)
    return tuple(
        each.event.origin
        for each in outcome.history
        if isinstance(each.event.origin, Fact)
        and not each.change.shown
        and (each.event.subject not in levels if each.event.kind == "level" else not each.change.state)
    )


def _levels_read(outcome: Outcome) -> frozenset[str]:
    """The levels that clauses of the note, its invariants or sales are reckoned from."""
    note = outcome.note
    signed = [(model, *each) for model in note.versions for each in model.signed("levels")]
    read = {level for model, clause, levels in signed for level in levels(clause, model)}
    if note.invariants:
        read |= {"outstanding", "held"}
    return frozenset(read | {"held" for entry in outcome.visible.entries if entry.event == "sale"})
