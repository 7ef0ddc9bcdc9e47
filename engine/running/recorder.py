"""Recording a note: its steps and answers run once on open leaves.

An open view has the shape of a real one (the same terms but for their literals, the same state variables,
the same event) and no values; what term code makes of it is the record. Inputs are named by what they are,
so that a real view of any note of that shape can give each its value.
"""

from collections.abc import Iterable
from typing import Any

from ...grammar.classes import evolve
from ..exact.dimensions import DATE, SHARES, TRUTH, Dimension, price
from ..exact.quantities import Quantity, open_leaf
from ..exact.record import Record, record
from ..meaning.expressions import LookBack, Run
from ..meaning.literals import given_value, opened_start, opened_terms
from ..meaning.model import Note
from ..meaning.term import Change
from ..world.series import VOLUMES
from .run import amend, initial_state, step
from .statement import answers_of, quantities_named
from .view import View


class OpenReadings:
    """The market as inputs: each question to it is one."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def look_back(self, spec: LookBack, day: Quantity) -> Quantity:
        return open_leaf(self._dimension(spec.series), ("look_back", spec))

    def run_now(self, run: Run, day: Quantity) -> Quantity:
        return open_leaf(TRUTH, ("run_now", run))

    def run_since(self, run: Run, day: Quantity, start: Quantity) -> Quantity:
        return open_leaf(DATE, ("run_since", run))

    def quote(self, series: str, day: Quantity) -> Quantity:
        return open_leaf(self._dimension(series), ("quote", series))

    def _dimension(self, series: str) -> Dimension:
        return SHARES if series in VOLUMES else price(self._currency)


def opened(view: View) -> View:
    """A view of the same shape with every value left open."""
    return View(
        view.model,
        {name: open_leaf(held.dimension, ("state", name)) for name, held in view.state.items()},
        open_leaf(DATE, ("day", "")),
        OpenReadings(view.model.currency),
        {name: open_leaf(figure.dimension, ("event", name)) for name, figure in view.event.items()},
        view.subject,
        {name: open_leaf(held.dimension, ("projected", name)) for name, held in view.projected.items()},
    )


def recorded_start(note: Note) -> Record:
    """The record of the state of a note of this shape before anything has happened."""
    return record(initial_state(note.with_versions(opened_start)))


def recorded_step(view: View, kind: str) -> Record:
    """The record of what an event of this kind does to a note of this shape."""
    view = opened(evolve(view, model=opened_terms(view.model)))
    return record(figures_of(amend(view) if kind == "amendment" else step(view, kind)))


def recorded_answers(view: View, names: Iterable[str] | None = None) -> Record:
    """The record of the answers of a note of this shape, of those named or of all; all but the dates to come."""
    outputs = quantities_named(answers_of(opened(evolve(view, model=opened_terms(view.model)))))
    return record(outputs if names is None else {name: outputs[name] for name in names if name in outputs})


def figures_of(change: Change) -> dict[str, Quantity]:
    """All that a step leaves behind, by name."""
    return {f"state {name}": new for name, new in change.state.items()} | {
        f"shown {name}": figure for name, figure in change.shown.items()
    }


def inputs_from(view: View, recording: Record) -> dict[Any, Any]:
    """The values that a view gives to a record's inputs."""
    return {name: _input(view, *name) for name in recording.inputs}


def _input(view: View, kind: str, name: Any) -> Any:
    match kind:
        case "state":
            return view.state[name].value
        case "projected":
            return view.projected[name].value
        case "event":
            return view.event[name].value
        case "day":
            return view.day.value
        case "run_since":
            return view.run_since(name).value
        case "look_back" | "run_now" | "quote":
            return getattr(view.readings, kind)(name, view.day).value
    return given_value(view.model, kind, name)
