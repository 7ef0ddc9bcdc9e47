"""The sweep: notes of one shape through time together, each event once for all dates that come after it.

Events run in waves, the first of every note, then the second; within a wave those of one kind run as one
step. After a wave the notes it touched are answered for the dates up to their next event. The engine's own
loop over one note is `running.run`; this is the same loop over many.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ...grammar.classes import field, frozen
from ..compiled.readings import READINGS
from ..compiled.shapes import Shape
from ..exact.record import Record
from ..meaning.literals import of_start
from .blocks import Block, blocks_of
from .cells import Cells, cells
from .cohort import Cohort
from .kernels import Kernels
from .market import Market
from .refusal import NotOverArrays
from .state import State
from .timelines import Timelines

BY_DATE = ("day", "look_back", "quote")
# (the block, answers rounded, answers as they are where that is asked)
Found = Callable[[Block, Mapping[str, Cells], Mapping[str, Cells] | None], None]


@frozen(eq=False)
class Sweep:
    """A cohort on its way: `days` are the day numbers asked about, in order."""

    shape: Shape
    cohort: Cohort
    kernels: Kernels
    market: Market
    days: Any
    names: tuple[str, ...]
    unissued: Callable[[Any], None]  # of each note, the place of the first date on or after its issue
    found: Found
    exact: bool = False
    state: State = field(init=False)

    @state.default
    def _variables(self) -> State:
        return State.of(self.shape.state, len(self.cohort))

    def run(self, timelines: Timelines) -> None:
        """Answers every date on or after the issue of a note."""
        everyone = np.arange(len(self.cohort))
        started = self.shape.start()
        given = {(kind, name): self.cohort.given(*of_start(kind), name) for kind, name in started.inputs}
        self.state.put(everyone, self.kernels.run(started, given))
        issued = self.cohort.given(0, "date", "issue").above.astype(np.int64)
        self.unissued(np.searchsorted(self.days, issued))
        self._answer(everyone, issued, timelines.days_at(0, everyone), 0)
        for wave in range(timelines.waves):
            self._wave(timelines, wave, issued)

    def _wave(self, timelines: Timelines, wave: int, issued: Any) -> None:
        kind_at = timelines.kind_at(wave)
        versions: dict[int, list[Any]] = {}
        for place in np.unique(kind_at[kind_at >= 0]).tolist():
            notes = np.flatnonzero(kind_at == place)
            made_by = timelines.kinds[place]
            days, entries = timelines.days_at(wave, notes), timelines.entries_at(wave, notes)
            events = {name: self.cohort.happening(notes, entries, name) for name, _ in made_by[3]}
            self._step(self.state, self.shape.step(*made_by), made_by[0], notes, days, events)
            versions.setdefault(made_by[0], []).append(notes)
        for version, touched in versions.items():
            notes = np.sort(np.concatenate(touched))
            since, until = timelines.days_at(wave, notes), timelines.days_at(wave + 1, notes)
            self._answer(notes, np.maximum(since, issued[notes]), until, version)

    def _step(
        self, state: State, record: Record, version: int, notes: Any, days: Any, events: Mapping[str, Cells]
    ) -> None:
        """What an event of each of these notes does to its state."""
        inputs = {}
        for kind, name in record.inputs:
            match kind:
                case "event":
                    inputs[kind, name] = events[name]
                case "day":
                    inputs[kind, name] = cells(days)
                case "look_back" | "quote":
                    inputs[kind, name] = getattr(self.market, kind)(name, notes, days)
                case _:
                    inputs[kind, name] = self._of_terms(state, version, kind, name, notes)
        state.put(notes, self.kernels.run(record, inputs))

    def _of_terms(self, state: State, version: int, kind: str, name: Any, notes: Any) -> Cells:
        """An input that has one value for a note, whatever the day."""
        if kind in ("state", "projected"):
            return state.variables[name].at(notes)
        return self.cohort.given(version, kind, name).at(notes)

    def _answer(self, notes: Any, since: Any, until: Any, version: int) -> None:
        """Answers for the dates from a day of each note up to another."""
        first, last = np.searchsorted(self.days, since), np.searchsorted(self.days, until)
        asked = first < last
        if not asked.any():
            return
        notes, first, last = notes[asked], first[asked], last[asked]
        record = self.shape.answers(version, self.names)
        projected = self._projected(notes, self.days[first]) if _looks_ahead(record) else self.state
        fixed = {}
        for (kind, name), dimension in record.named:
            if kind not in BY_DATE:
                state = projected if kind == "projected" else self.state
                fixed[kind, name] = self.kernels.keyed(self._of_terms(state, version, kind, name, notes), dimension)
        for block in blocks_of(notes, first, last):
            inputs = {named: block.by_note(figures.at(block.at)) for named, figures in fixed.items()}
            inputs |= {named: self._on(block, *named) for named in record.inputs if named not in fixed}
            fractions = self.kernels.run(record, inputs) if self.exact else None
            self.found(block, self.kernels.run(record, inputs, rounded=True), fractions)

    def _on(self, block: Block, kind: str, name: Any) -> Cells:
        """An input that has a value for each date of a block."""
        days = self.days[block.dates]
        if kind == "day":
            return block.by_date(Cells(days, low=int(self.days[0]), high=int(self.days[-1])))
        if kind == "quote":
            notes, each = block.rows(days)
            return block.shaped(self.market.quote(name, notes, each))
        return (self.market.look_back_on if block.is_grid else self.market.look_back)(name, block.notes, days)

    def _projected(self, notes: Any, days: Any) -> State:
        """The state when all that the terms still schedule has happened."""
        state, ahead = self.state.copy(), self.cohort.ahead(notes, days)
        for wave in range(ahead.waves):
            kind_at = ahead.kind_at(wave)
            for place in np.unique(kind_at[kind_at >= 0]).tolist():
                version, kind, subject, _ = ahead.kinds[place]
                record = self.shape.step(version, kind, subject, ())
                if any(what in READINGS for what, _ in record.inputs):
                    raise NotOverArrays("prices that a date to come rests on")
                touched = np.flatnonzero(kind_at == place)
                self._step(state, record, version, notes[touched], ahead.days_at(wave, touched), {})
        return state


def _looks_ahead(record: Record) -> bool:
    return any(kind == "projected" for kind, _ in record.inputs)
