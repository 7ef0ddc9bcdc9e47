"""Drawing: ledgers at random, as lines of text, so that they say only what the language lets anyone say.

The market walks from session to session, now and then crashes or leaps; the parties do what the note knows of.
Shares outstanding grow of themselves and never shrink but by a split, so that a cap is passed by converting only.
Figures are whole numbers of cents, shares and ten-thousandths of a unit of currency.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from ...engine.checking.entries import vocabulary
from ...engine.checking.ledger import read_ledger
from ...engine.compiled.readings import READINGS
from ...engine.compiled.shapes import Shape
from ...engine.exact.values import Refused, Unknown
from ...engine.meaning.expressions import LookBack, Run
from ...engine.meaning.model import Note
from ...engine.running.statement import statement
from ...engine.time.calendars import Calendar, OutsideCalendar
from ...engine.world.facts import NO_FACTS, Ledger
from ...engine.world.series import VOLUMES
from ...grammar.classes import frozen
from ...grammar.parse import parse
from ...grammar.source import Source

AROUND, BEYOND = 8, 60  # sessions quoted besides a window; days after maturity that are still looked at
WINDOW_MAX = 250  # sessions of a longer window are not all quoted
ACTS_MAX, DAYS_MAX = 8, 5  # of one ledger; days asked about
TICKS = 10_000  # to a unit of currency, in prices
OFTEN = {"conversion": 6, "payment": 3}  # how often each kind of act is drawn, where once is usual


@frozen
class Line:
    """A line of a ledger."""

    day: date
    words: str

    @property
    def text(self) -> str:
        return f"{self.day} {self.words}"


Lines = tuple[Line, ...]


@frozen
class Drawn:
    """A ledger, and the days to ask about."""

    lines: Lines
    days: tuple[date, ...]


def ledger_of(note: Note, lines: Iterable[Line], name: str = "drawn.facts") -> Ledger:
    """The facts of these lines; raises NoteErrors where the language does not let them be written."""
    return read_ledger(parse(Source(name, "".join(f"{line.text}\n" for line in lines))), note, {})


@frozen
class World:
    """What a note looks at: its series and the longest of its windows, its acts, its life and its size."""

    calendar: Calendar
    issued: date
    last: date
    currency: str
    series: tuple[str, ...]
    window: int
    acts: tuple[tuple[str, tuple[str, ...]], ...]  # the sentences of facts, and the labels each may name
    face: int  # in units of currency

    def drawn(self, random: Random) -> Drawn:
        """A ledger of one or two stretches of sessions with acts in them."""
        span = (self.last - self.issued).days
        days = sorted(self.issued + timedelta(random.randrange(span + 1)) for _ in range(random.choice((1, 1, 2))))
        quoted = sorted({session for day in days for session in self._sessions(day)})
        lines = [*self._levels(random), *self._market(quoted, random)]
        near = [day + timedelta(random.randrange(AROUND)) for day in days for _ in range(ACTS_MAX)]
        acts = [Line(day, self._act(random)) for day in random.sample(near, random.randrange(ACTS_MAX))]
        asked = sorted({*days, *(line.day for line in acts), self.issued})
        return Drawn((*lines, *acts), tuple(sorted(random.sample(asked, min(DAYS_MAX, len(asked))))))

    def _sessions(self, day: date) -> Sequence[date]:
        """Those of the window before a day and of the acts after it; none past the end of the calendar."""
        try:
            after = self.calendar.sessions_between(day, day + timedelta(AROUND))
            return (*self.calendar.sessions_before(day, self.window), *after)
        except OutsideCalendar:
            return ()

    def _levels(self, random: Random) -> Iterator[Line]:
        outstanding = random.randrange(1, 100) * 10 ** random.randrange(6, 9)
        if random.randrange(8):
            yield Line(self.issued, f"outstanding {outstanding:,} shares")
        if random.randrange(8):
            yield Line(self.issued, f"held {outstanding * random.randrange(5) // 100 * random.randrange(2):,} shares")
        if not random.randrange(4):
            yield Line(self.issued, f"exercisable {outstanding // 1_000 * random.randrange(20):,} shares")

    def _market(self, sessions: Sequence[date], random: Random) -> Iterator[Line]:
        for series in self.series:
            at = random.randrange(1, 10) * 10 ** random.randrange(6)
            lost = random.randrange(20)
            for session in sessions:
                at = min(max(_moved(at, random), 1), 10**8)
                if not lost and not random.randrange(10):
                    continue  # nobody wrote it down
                figure = f"{at * 100:,} shares" if series in VOLUMES else f"{self.currency} {spelt_price(at)} per share"
                yield Line(session, f"{series} {figure}")

    def _act(self, random: Random) -> str:
        pattern, labels = random.choice(self.acts)
        return re.sub(r"\{(\w+)\}", lambda hole: self._figure(hole[1], labels, random), pattern)

    def _figure(self, kind: str, labels: tuple[str, ...], random: Random) -> str:
        match kind:
            case "money":
                cents = random.randrange(1, self.face * 150 + 2) // 10 ** random.randrange(4) + 1
                return f"{self.currency} {cents // 100:,}.{cents % 100:02d}"
            case "shares":
                return f"{random.randrange(1, 1_000) * 10 ** random.randrange(7):,} shares"
            case "text":
                return f'"{random.choice(labels)}"'
        return f"{random.choice((1, 1, 2, 10, 5_000)):,}"


def world_of(note: Note) -> World:
    """What ledgers of a note are drawn from."""
    model, words = note.versions[0], vocabulary(note)
    labels = {event: tuple(map(_label, words.labels[owner])) for event, owner in words.owners.items()}
    acts = []
    for pattern, kind in words.kinds.items():
        named = tuple(sorted(set(labels.get(kind.event, ()))))
        if kind.event != "level" and _drawable(pattern, named):
            acts += [(pattern, named)] * OFTEN.get(kind.event, 1)
    readings = _readings(note)
    lengths = [each.period.count for each in readings if isinstance(each, LookBack)]
    lengths += [each.sessions for each in readings if isinstance(each, Run)]
    return World(
        model.calendar,
        note.issued,
        _life(note),
        model.currency,
        tuple(sorted({each if isinstance(each, str) else each.series for each in readings})),
        min(max(lengths, default=1), WINDOW_MAX),
        tuple(acts),
        _face(note),
    )


def spelt_price(ticks: int) -> str:
    """A price of so many ten-thousandths, as a ledger writes it."""
    return f"{ticks // TICKS:,}.{ticks % TICKS:04d}"


def _moved(at: int, random: Random) -> int:
    """The next price: a tenth up or down, and now and then a crash or a leap."""
    match random.randrange(20):
        case 0:
            return at // random.randrange(2, 100)
        case 1:
            return at * random.randrange(2, 5)
    return at * random.randrange(90, 112) // 100


def _readings(note: Note) -> list[LookBack | Run | str]:
    """What the answers of the note ask of a market."""
    shape = Shape(note)
    versions = (shape.answers(version, None) for version in range(len(note.versions)))
    return list(dict.fromkeys(name for record in versions for kind, name in record.inputs if kind in READINGS))


def _label(written: str) -> str:
    """`default "payment"` is called `payment`."""
    return written.partition('"')[2].rpartition('"')[0]


_HOLES = {"money", "shares", "number", "second", "text"}


def _drawable(pattern: str, labels: tuple[str, ...]) -> bool:
    holes = set(re.findall(r"\{(\w+)\}", pattern))
    return holes <= _HOLES and ("text" not in holes or bool(labels))


def _life(note: Note) -> date:
    """The last day looked at."""
    last = note.versions[-1]
    return max(last.date_of("maturity"), last.date_of("payment date")) + timedelta(BEYOND)


def _face(note: Note) -> int:
    value = statement(note, NO_FACTS, note.issued)["principal"].value.value
    return 1_000 if isinstance(value, Unknown | Refused) else max(int(value), 1)
