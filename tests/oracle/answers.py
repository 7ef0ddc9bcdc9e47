"""The answers for a day, under the names that a statement gives them."""

from datetime import date
from typing import Any

from .calendar import DAY
from .conversion import NAMES as OF_CONVERSION
from .conversion import NO_CLAUSE, Refused, conversion_answers
from .description import Case
from .simulator import Simulator
from .standing import NEVER
from .unknown import at_most, chosen, same, some

NOT_ISSUED = "not-issued"
NAMES = (
    "status",
    "principal",
    "accrued_interest",
    "owed",
    "due_at_maturity",
    *OF_CONVERSION,
    "defaults",
)


def answered(case: Case) -> dict[date, dict[str, Any]]:
    """What the simulator answers on each day that the case asks about."""
    sim = Simulator(case)
    found = {}
    for day in sorted(set(case.days)):
        if day < case.note.issued:
            found[day] = dict.fromkeys(NAMES, Refused([NOT_ISSUED])) | {"status": "not issued"}
        elif case.opened:
            sim.until(day - DAY)
            found[day] = answers(sim.opened())
        else:
            sim.until(day)
            found[day] = answers(sim)
    return found


def answers(sim: Simulator) -> dict[str, Any]:
    """The answers at the close of the day to which the simulator has come, with parts and rows as `name.part`."""
    terms, balances = sim.terms, sim.balances
    interest = balances.interest(terms)
    found = {
        "status": status(sim),
        "principal": balances.principal,
        "accrued_interest": Refused([NO_CLAUSE]) if terms.interest is None else interest,
        "owed": balances.owed(terms),
        **({} if sim.foresees_prices() else {"due_at_maturity": sim.due_at_maturity()}),
        "due_at_maturity.stated_date": terms.note.maturity,
        "due_at_maturity.payment_date": terms.payment_date,
        **conversion_answers(sim),
        "defaults": defaults(sim),
    }
    for said in terms.note.defaults:
        for name, figure in sim.standings[said.label].row(said, terms, sim.day, balances.late(terms)).items():
            found[f"defaults[{said.label}].{name}"] = "never" if figure == NEVER else figure
    return found


def status(sim: Simulator) -> Any:
    """The most telling of what is so."""
    balances = sim.balances
    accelerated = some(*(at_most(each.accelerated, sim.day) for each in sim.standings.values()))
    due = balances.unpaid()
    past = due if sim.day > sim.terms.payment_date else False
    so = (
        ("due", due),
        ("past due", past),
        ("in default", sim.in_default()),
        ("accelerated", accelerated),
        ("repaid", same(balances.owed(sim.terms), 0)),
    )
    told: Any = "outstanding"
    for word, truth in so:
        told = chosen(truth, word, told)
    return told


def defaults(sim: Simulator) -> Any:
    """What can be said of all events of default together."""
    count = len(sim.terms.note.defaults)
    if not count:
        return "the note states no event of default"
    none = f"none of the {count} written events" if count > 1 else "not the one written event"
    return chosen(sim.in_default(), "in default", none)
