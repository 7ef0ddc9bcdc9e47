"""Steps: the events of a note in their order, as a sweep runs them. The order itself is `running.timeline`'s."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from ...grammar.classes import frozen
from ..compiled.shapes import Fields
from ..meaning.model import Note
from ..running.run import visible_facts
from ..running.timeline import Turn, in_order, recorded, scheduled, until_due
from ..time.calendars import LATEST
from ..world.facts import Ledger

MadeBy = tuple[int, str, str, Fields]  # the version of the terms, the kind of event, its subject, and its fields


@frozen
class Step:
    """One event: its day, what makes its record, and whose fields it has."""

    day: int
    version: int
    kind: str
    subject: str
    fields: Fields = ()
    entry: int = -1  # the place of its line among those of the ledger; -1 for what the terms bring

    @property
    def made_by(self) -> MadeBy:
        """What its record is made of."""
        return (self.version, self.kind, self.subject, self.fields)


@frozen(eq=False)
class Order:
    """Events in their turns, as steps."""

    turns: list[Turn]
    steps: list[Step]

    def between(self, others: Sequence[tuple[Turn, Step]]) -> list[Step]:
        """The steps with others among them, which come after those of the same turn."""
        turns, steps = self.turns.copy(), self.steps.copy()
        for turn, step in others:
            at = bisect_right(turns, turn)
            turns.insert(at, turn)
            steps.insert(at, step)
        return steps


def steps_by(note: Note, ledger: Ledger, until: date) -> list[Step]:
    """The events of a note by a day, those of its terms and those of its ledger."""
    visible = visible_facts(note, ledger, until, None)
    facts = recorded(visible)
    lines = {id(event): id(entry) for event, entry in zip(facts, visible.entries, strict=True)}
    places = {id(entry): place for place, entry in enumerate(ledger.entries)}
    events = in_order(scheduled(note, visible, date.min, until) + facts, note.versions[0].same_day)
    return [
        Step(
            event.date.toordinal(),
            _version(note, event.date),
            event.kind,
            event.subject,
            tuple((name, figure.dimension) for name, figure in event.fields.items()),
            places[lines[id(event)]] if id(event) in lines else -1,
        )
        for event in events
    ]


def steps_after(note: Note, ledger: Ledger, day: date) -> list[Step]:
    """What leads to the sum that falls due, if all that the terms schedule happens after a day and nothing else."""
    visible = visible_facts(note, ledger, day, None)
    version = _version(note, day)  # a projection knows no amendment to come
    events = until_due(in_order(scheduled(note, visible, day, LATEST), note.versions[0].same_day))
    return [Step(event.date.toordinal(), version, event.kind, event.subject) for event in events]


def _version(note: Note, day: date) -> int:
    return note.versions.index(note.in_force(day))
