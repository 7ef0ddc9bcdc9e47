"""The book as an OpenFisca system: a note is an entity, its answers are variables of a day, kept in 32-bit floats.

A system of this kind answers one period for all entities at a time, so that its arrays are as long as the book.
Its floats cannot hold cents: the table says how many it gets wrong.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from benchmarks.book_data import BASIS_POINTS, LOWEST, WINDOW, YEAR, Answers, Book
from benchmarks.candidates import Candidate
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

SCALES = {"principal": 100, "rate": BASIS_POINTS, "outstanding": 1, "held": 1, "cap": BASIS_POINTS, "percent": 100}
DAYS = ("issued", "matures", "pays")
ANSWERS = tuple(Answers.__annotations__)


def system(book: Book, sum_of_lowest: Callable[[Sequence[Any]], Any]) -> tuple[TaxBenefitSystem, list[Any]]:
    """The variables, and the sessions as periods."""
    note = build_entity(key="note", plural="notes", label="a note", is_person=True)
    sessions = [periods.period(str(np.datetime64(int(day), "D"))) for day in book.sessions]
    before = {period: sessions[place - WINDOW : place] for place, period in enumerate(sessions)}
    day_of = {period: int(day) for period, day in zip(sessions, book.sessions, strict=True)}

    def owed(note, period):
        day = day_of[period]
        days = np.minimum(day, note("matures", period)) - note("issued", period)
        days = days + np.maximum(day - note("pays", period), 0)
        return note("principal", period) * (1 + note("rate", period) * days / YEAR)

    def conversion_price(note, period):
        bids = [note("closing_bid", session) for session in before[period]]
        return note("percent", period) * sum_of_lowest(bids) / LOWEST

    def allowed_shares(note, period):
        cap = note("cap", period)
        room = np.floor((cap * note("outstanding", period) - note("held", period)) / (1 - cap))
        covered = np.floor(note("owed", period) / note("conversion_price", period))
        return np.maximum(0, np.minimum(covered, room))

    def variable(name: str, kind: type, unit: str, formula: Any = None) -> type:
        body = {"value_type": kind, "entity": note, "definition_period": unit, "label": name}
        return type(name, (Variable,), body | ({"formula": formula} if formula else {}))

    made = TaxBenefitSystem([note])
    made.add_variables(
        *(variable(name, float, periods.ETERNITY) for name in SCALES),
        *(variable(name, int, periods.ETERNITY) for name in DAYS),
        variable("closing_bid", float, periods.DAY),
        *(variable(each.__name__, float, periods.DAY, each) for each in (owed, conversion_price, allowed_shares)),
    )
    return made, sessions


def by_partition(bids: Sequence[Any]) -> Any:
    """The three lowest, put first."""
    return np.partition(np.stack(bids), LOWEST - 1, axis=0)[:LOWEST].sum(axis=0)


def by_network(bids: Sequence[Any]) -> Any:
    """The three lowest kept in order while the bids pass."""
    low, high = np.minimum(bids[0], bids[1]), np.maximum(bids[0], bids[1])
    middle, high = np.minimum(high, bids[2]), np.maximum(high, bids[2])
    low, middle = np.minimum(low, middle), np.maximum(low, middle)
    for bid in bids[3:]:
        high = np.minimum(high, np.maximum(middle, bid))
        middle = np.minimum(middle, np.maximum(low, bid))
        low = np.minimum(low, bid)
    return low + middle + high


def preparing(sum_of_lowest: Callable[[Sequence[Any]], Any]) -> Callable[[Book], tuple[Simulation, list[Any]]]:
    """A simulation that holds every input."""

    def prepare(book: Book) -> tuple[Simulation, list[Any]]:
        made, sessions = system(book, sum_of_lowest)
        simulation = SimulationBuilder().build_default_simulation(made, count=len(book.principal))
        always = periods.period(periods.ETERNITY)
        for name, scale in SCALES.items():
            simulation.set_input(name, always, (getattr(book, name) / scale).astype(np.float32))
        for name in DAYS:
            simulation.set_input(name, always, getattr(book, name).astype(np.int32))
        for period, bids in zip(sessions, np.ascontiguousarray(book.bids.T), strict=True):
            simulation.set_input("closing_bid", period, (bids / BASIS_POINTS).astype(np.float32))
        return simulation, sessions[book.earlier :]

    return prepare


def run(given: tuple[Simulation, list[Any]]) -> list[list[Any]]:
    """Each answer on each date, none of them remembered from the round before."""
    simulation, dates = given
    for name in ANSWERS:
        simulation.delete_arrays(name)
    return [[simulation.calculate(name, date) for date in dates] for name in ANSWERS]


def answers(book: Book, given: list[list[Any]]) -> Answers:
    """In whole units, the floats rounded half up."""
    columns = zip(given, (100, 10**10, 1), strict=True)
    return Answers(*(np.floor(np.stack(c, axis=1).astype(np.float64) * u + 0.5).astype(np.int64) for c, u in columns))


CANDIDATES = tuple(
    Candidate(name, preparing(lowest), run, answers, notes=40_000, exact=False, packages=("OpenFisca-Core",))
    for name, lowest in {"OpenFisca, partition": by_partition, "OpenFisca, minima by hand": by_network}.items()
)
