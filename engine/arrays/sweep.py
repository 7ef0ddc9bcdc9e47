"""The sweep: notes of one shape through time together, each event once for all dates that come after it.

Events run in waves, the first of every note, then the second; within a wave those of one kind run as one
step. After a wave the notes it touched are answered for the dates up to their next event. The engine's own
loop over one note is `running.run`; this is the same loop over many.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from attrs import field, frozen

from ..compiled.shapes import Shape
from ..exact.record import Record
from .cells import Cells, cells
from .cohort import Cohort
from .kernels import Kernels
from .market import Market
from .refusal import NotOverArrays
from .state import State
from .steps import Step

ROWS = 1 << 14  # of a block of work: what a core keeps close at hand
READINGS = ("look_back", "quote", "run_now", "run_since")
# (notes, places of dates, answers rounded, answers as they are where that is asked)
Found = Callable[[Any, slice, Mapping[str, Cells], Mapping[str, Cells] | None], None]


@frozen(eq=False)
class Sweep:
    """A cohort on its way: `days` are the day numbers asked about, in order."""

    shape: Shape
    cohort: Cohort
    kernels: Kernels
    market: Market
    days: Any
    names: tuple[str, ...]
    found: Found
    exact: bool = False
    state: State = field(init=False)

    @state.default
    def _variables(self) -> State:
        return State.of(self.shape.state, len(self.cohort))

    def run(self, timelines: Sequence[Sequence[Step]]) -> None:
        """Answers every date on or after the issue of a note."""
        everyone = np.arange(len(self.cohort))
        self.state.put(everyone, self._started())
        issued = self.cohort.given(0, "date", "issue").above.astype(np.int64)
        starts = np.searchsorted(self.days, issued)
        self._answer_until_next(everyone, starts, timelines, -1, 0)
        for wave in range(max(map(len, timelines), default=0)):
            self._wave(timelines, wave, starts)

    def _started(self) -> Mapping[str, Cells]:
        record = self.shape.start()
        inputs = {name: self.cohort.given(0, *name) for name in record.inputs}
        return self.kernels.run(record, inputs)

    def _wave(self, timelines: Sequence[Sequence[Step]], wave: int, starts: Any) -> None:
        kinds: dict[Any, list[int]] = {}
        for note, steps in enumerate(timelines):
            if wave < len(steps):
                kinds.setdefault(steps[wave].made_by, []).append(note)
        for (version, kind, subject, fields), touched in kinds.items():
            notes = np.array(touched)
            record = self.shape.step(version, kind, subject, fields)
            happening = [(note, timelines[note][wave]) for note in touched]
            days = np.array([step.day for _, step in happening], dtype=np.int64)
            events = {name: self.cohort.happening(happening, name) for name, _ in fields}
            self.state.put(notes, self._stepped(self.state, record, version, notes, days, events))
        for version in {timelines[note][wave].version for touched in kinds.values() for note in touched}:
            settled = [
                note
                for touched in kinds.values()
                for note in touched
                if timelines[note][wave].version == version and _ends_its_day(timelines[note], wave)
            ]
            self._answer_until_next(np.array(sorted(settled), dtype=np.int64), starts, timelines, wave, version)

    def _stepped(
        self, state: State, record: Record, version: int, notes: Any, days: Any, events: Mapping[str, Cells]
    ) -> Mapping[str, Cells]:
        inputs = {}
        for kind, name in record.inputs:
            if kind == "event":
                inputs[kind, name] = events[name]
            elif kind == "day":
                inputs[kind, name] = cells(days)
            elif kind == "look_back":
                inputs[kind, name] = self.market.look_back(name, notes, days)
            elif kind == "quote":
                inputs[kind, name] = self.market.quote(name, notes, days)
            else:
                inputs[kind, name] = self._of_terms(state, version, kind, name, notes)
        return self.kernels.run(record, inputs)

    def _of_terms(self, state: State, version: int, kind: str, name: Any, notes: Any) -> Cells:
        """An input that has one value for a note, whatever the day."""
        if kind in ("state", "projected"):
            return state.variables[name].at(notes)
        if kind in READINGS:
            raise NotOverArrays("prices watched day by day")
        return self.cohort.given(version, kind, name).at(notes)

    def _answer_until_next(
        self, notes: Any, starts: Any, timelines: Sequence[Sequence[Step]], wave: int, version: int
    ) -> None:
        """Answers for the dates from an event of each note, or from its issue, up to its next event."""
        if not len(notes):
            return
        first = starts[notes]
        if wave >= 0:
            since = np.array([timelines[note][wave].day for note in notes])
            first = np.maximum(first, np.searchsorted(self.days, since))
        until = np.array([_next_day(timelines[note], wave) for note in notes])
        last = np.searchsorted(self.days, until)
        asked = first < last
        notes, first, last = notes[asked], first[asked], last[asked]
        if not len(notes):
            return
        record = self.shape.answers(version, self.names)
        projected = self._projected(record, notes, first)
        stretches, which = np.unique(np.stack([first, last]), axis=1, return_inverse=True)
        for place, (start, stop) in enumerate(stretches.T):
            picked = np.flatnonzero(which.reshape(-1) == place)
            self._answered(record, version, notes[picked], slice(int(start), int(stop)), projected)

    def _answered(self, record: Record, version: int, notes: Any, places: slice, projected: State | None) -> None:
        days = self.days[places]
        size = max(1, ROWS // len(days))
        for begin in range(0, len(notes), size):
            some = notes[begin : begin + size]
            inputs: dict[Any, Cells] = {}
            for kind, name in record.inputs:
                if kind == "day":
                    inputs[kind, name] = cells(days).reshaped(1, len(days))
                elif kind == "look_back":
                    inputs[kind, name] = self.market.look_back_on(name, some, days)
                elif kind == "quote":
                    flat = self.market.quote(name, np.repeat(some, len(days)), np.tile(days, len(some)))
                    inputs[kind, name] = flat.reshaped(len(some), len(days))
                else:
                    state = projected if kind == "projected" and projected is not None else self.state
                    inputs[kind, name] = self._of_terms(state, version, kind, name, some).reshaped(len(some), 1)
            fractions = self.kernels.run(record, inputs) if self.exact else None
            self.found(some, places, self.kernels.run(record, inputs, rounded=True), fractions)

    def _projected(self, record: Record, notes: Any, first: Any) -> State | None:
        """The state when all that the terms still schedule has happened, where an answer asks for it."""
        if not any(kind == "projected" for kind, _ in record.inputs):
            return None
        state = self.state.copy()
        left = {
            int(note): self.cohort.ahead(int(note), int(self.days[place]))
            for note, place in zip(notes, first, strict=True)
        }
        for wave in range(max(map(len, left.values()), default=0)):
            kinds: dict[Any, list[int]] = {}
            for note, steps in left.items():
                if wave < len(steps):
                    kinds.setdefault((steps[wave].version, steps[wave].kind, steps[wave].subject), []).append(note)
            for (version, kind, subject), touched in kinds.items():
                step = self.shape.step(version, kind, subject, ())
                if any(what in READINGS for what, _ in step.inputs):
                    raise NotOverArrays("prices that a date to come rests on")
                days = np.array([left[note][wave].day for note in touched], dtype=np.int64)
                rows = np.array(touched)
                state.put(rows, self._stepped(state, step, version, rows, days, {}))
        return state


def _ends_its_day(steps: Sequence[Step], wave: int) -> bool:
    return wave + 1 == len(steps) or steps[wave + 1].day > steps[wave].day


def _next_day(steps: Sequence[Step], wave: int) -> int:
    return steps[wave + 1].day if wave + 1 < len(steps) else date.max.toordinal()
