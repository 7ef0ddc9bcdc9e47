"""The reckoner: one note and its ledger, compiled, for many dates without explanations.

The engine that explains runs the note through time once; between two events nothing changes but the day and
the market, and there the answers are one function of whole numbers. A stretch that is asked often gets a
function of its own, with all that is fixed in it folded away; the general one knows every unknown and refusal.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import define, frozen

from ..exact.operations import TooBig, is_long
from ..exact.record import Record
from ..exact.values import Refused, Unknown
from ..meaning.literals import given_value
from ..meaning.model import Note
from ..running.run import State, initial_state, projection, run
from ..running.statement import quantities_named, statement
from ..time.calendars import LATEST, OutsideCalendar
from ..world.facts import Ledger
from .answered import Answers, Reader, plain
from .causes import Causes
from .figures import NUMBERS
from .layout import laid_out
from .lowering import Assumed, lowered
from .readings import READINGS, Readings
from .scalar import function_of
from .shapes import Shape

FOLDED_AFTER = 8  # dates of one stretch: a function of its own costs as much as some ten explained statements
PARTS = ("value", "below", "unknown", "refused")


@define(eq=False)
class Stretch:
    """The days from one event to the next, and the state meanwhile."""

    first: int
    version: int
    state: State
    projected: State | None = None
    asked: int = 0
    folded: Callable[[int], Answers | None] | None = None


@frozen(eq=False)
class Function:
    """A record compiled for any values of its inputs."""

    record: Record
    reckon: Callable[..., Sequence[Any]]
    reader: Reader


class Reckoner:
    """The answers of one note under one ledger, by the names of a statement's figures, parts and rows.

    The dates to come are not among them: they are no arithmetic.
    """

    def __init__(self, note: Note, ledger: Ledger, names: Sequence[str] | None = None) -> None:
        self._note, self._ledger = note, ledger
        self._names = None if names is None else tuple(names)
        self._shape, self._causes, self._words = Shape(note), Causes(), list[Any]()
        self._functions: dict[int, Function] = {}
        self._stretches: list[Stretch] = []
        if not self._shape.watches(self._names):
            self._run()
        self._starts = [stretch.first for stretch in self._stretches]

    def _run(self) -> None:
        """The stretches; none where numbers grow so long that only an explained answer tells which are too long."""
        try:
            outcome = run(self._note, self._ledger, LATEST)
        except TooBig:
            return
        stretches = _stretches(self._note, outcome.history)
        if not any(is_long(held.value) for stretch in stretches for held in stretch.state.values()):
            self._stretches = stretches
            self._readings = Readings(outcome.visible.market)

    def at(self, day: date) -> Mapping[str, Any]:
        """The answers at the close of a day: exact numbers, dates (None for never), words, Unknown or Refused."""
        number = day.toordinal()
        place = bisect_right(self._starts, number) - 1
        if place < 0:
            return self._explained(day)
        stretch = self._stretches[place]
        try:
            if stretch.folded is not None and (answers := stretch.folded(number)) is not None:
                return answers
            stretch.asked += 1
            if stretch.asked == FOLDED_AFTER:
                stretch.folded = self._folded(stretch)
            function = self._function(stretch.version)
            return Answers(function.reader, function.reckon(*self._arguments(function, stretch, number)))
        except OutsideCalendar:
            return self._explained(day)

    def _explained(self, day: date) -> Mapping[str, Any]:
        """Before the issue, where prices are watched, and past the end of a calendar, as a statement says it."""
        figures = quantities_named(statement(self._note, self._ledger, day).answers)
        said = {name: plain(figure.value, figure.dimension.name) for name, figure in figures.items()}
        return said if self._names is None else {name: said[name] for name in self._names if name in said}

    def _function(self, version: int) -> Function:
        if version not in self._functions:
            record = self._shape.answers(version, self._names)
            reckon, reader = self._compiled(record, {}, _parts(record))
            self._functions[version] = Function(record, reckon, reader)
        return self._functions[version]

    def _compiled(
        self, record: Record, assumed: Mapping[Any, Assumed], inputs: Mapping[Any, str]
    ) -> tuple[Callable[..., Sequence[Any]], Reader]:
        as_nodes = lowered(record, assumed, self._causes, self._words)
        roots, places = laid_out(as_nodes)
        reader = Reader({place.name: place for place in places}, record.dimensions, self._causes, self._words)
        return function_of(roots, inputs), reader

    def _arguments(self, function: Function, stretch: Stretch, day: int) -> list[Any]:
        arguments: list[Any] = []
        for (kind, name), figure in zip(function.record.inputs, function.record.kinds, strict=True):
            arguments += self._numbers(self._value(stretch, kind, name, day), figure)
        return arguments

    def _value(self, stretch: Stretch, kind: str, name: Any, day: int) -> Any:
        match kind:
            case "state":
                return stretch.state[name].value
            case "projected":
                if stretch.projected is None:
                    on = date.fromordinal(stretch.first)
                    stretch.projected = projection(self._note, self._ledger, stretch.state, on)
                return stretch.projected[name].value
            case "day":
                return day
        if kind in READINGS:
            return self._readings.value(kind, name, day)
        return given_value(self._note.versions[stretch.version], kind, name)

    def _numbers(self, value: Any, figure: str) -> tuple[Any, int, int, int]:
        """A value as a compiled record takes it: numerator, denominator, needs, reasons."""
        if isinstance(value, Unknown | Refused):
            return (1, 1, *self._causes.of(value))
        if figure in NUMBERS:
            return value.numerator, value.denominator, 0, 0
        if figure == "word":
            if value not in self._words:
                self._words.append(value)
            return self._words.index(value), 1, 0, 0
        return value, 1, 0, 0

    def _folded(self, stretch: Stretch) -> Callable[[int], Answers | None]:
        """A function of the day alone; None where a reading is unknown, refused or not above zero."""
        record = self._shape.answers(stretch.version, self._names)
        assumed: dict[Any, Assumed] = {}
        inputs: dict[Any, str] = {}
        readings: list[Callable[[int], int | None]] = []
        for place, ((kind, name), figure) in enumerate(zip(record.inputs, record.kinds, strict=True)):
            if kind == "day":
                assumed[kind, name] = Assumed(stretch.first, None, 1, 0, 0)
                inputs["value", place] = "day"
            elif kind in READINGS:
                below = self._readings.denominator(kind, name)
                assumed[kind, name] = Assumed(1, None, below, 0, 0)
                inputs["value", place] = f"reading{len(readings)}"
                readings.append(self._readings.whole(kind, name, below))
            else:
                above, below, *bits = self._numbers(self._value(stretch, kind, name, stretch.first), figure)
                assumed[kind, name] = Assumed(above, above, below, *bits)
        day_first = dict(sorted(inputs.items(), key=lambda each: (each[1] != "day", each[1])))
        reckon, reader = self._compiled(record, assumed, day_first or {("value", -1): "day"})
        return _asked(reckon, reader, readings, "day" in inputs.values())


def _asked(
    reckon: Callable[..., Sequence[Any]], reader: Reader, readings: Sequence[Callable[[int], int | None]], by_day: bool
) -> Callable[[int], Answers | None]:
    def ask(day: int) -> Answers | None:
        given = [reading(day) for reading in readings]
        if None in given:
            return None
        return Answers(reader, reckon(day, *given) if by_day else reckon(*given))

    return ask


def _parts(record: Record) -> dict[Any, str]:
    return {(part, place): f"{part}{place}" for place in range(len(record.inputs)) for part in PARTS}


def _stretches(note: Note, history: Any) -> list[Stretch]:
    """The stretches between days on which something happens, from the issue on."""
    state: State = note.once(initial_state)
    found = [Stretch(note.issued.toordinal(), 0, state)]
    for applied in history:
        state = {**state, **applied.change.state}
        day = applied.event.date
        if day.toordinal() <= found[-1].first:
            found[-1].state = state
        else:
            found.append(Stretch(day.toordinal(), note.versions.index(note.in_force(day)), state))
    return found
