"""Events of default and where each stands; and the dates that the terms bring next."""

from datetime import date

from ...engine.exact.quantities import Quantity
from ...engine.exact.spelling import spelt
from ...engine.exact.values import Unknown
from ...engine.meaning.expressions import Condition, Stated, leaves
from ...engine.meaning.model import Model
from ...engine.meaning.settings import CheckedClause
from ...engine.running.statement import Statement
from ..default import IN_DEFAULT
from .needed import needs_words
from .places import short
from .rows import Row, Section, answer_row

CONSEQUENCES = {"grace": "grace", "then": "acceleration", "rate": "default rate"}  # field -> what it brings


def defaults_section(said: Statement) -> Section:
    """The summary, with whether the list is all there is; then each written event."""
    answer = said["defaults"]
    rows = [answer_row(said, "defaults", "State", _summary(said))]
    stated = {clause.label: clause for clause in said.note.in_force(said.date).all_of("default")}
    for label, figures in answer.rows:
        state, since = figures["state"], figures.get("since")
        waits = isinstance(state.value, Unknown)
        under: tuple[str, ...] = (f"needs {needs_words(said, state.value.needs)}",) if waits else ()
        words = "unknown" if waits else spelt(state)
        place = short(next(iter(state.cites[::-1]), None))
        under += (_unstated(stated[label], said),) if label in stated else ()
        first = _since(figures.get("default_since"), said.date)
        if first and spelt(state) != "default continuing":
            under = (f"last became a default on {spelt(figures['default_since'])}", *under)
        rows.append(Row(f"  {label}", f"{words}{_since(since, said.date)}", place, tuple(filter(None, under))))
    return Section("Events of default", tuple(rows), words=True)


def _summary(said: Statement) -> tuple[str, ...]:
    """Whether the written events are all there are, in the contract's words where it has some."""
    listed = said.note.in_force(said.date).all_of("defaults")
    if not said["defaults"].rows or not listed or not listed[0].value.is_("among others"):
        return ()
    quoted = listed[0].origin.quotation
    return (f"the list is not exhaustive{f': “{quoted}”' if quoted else ''}",)


def _unstated(clause: CheckedClause, said: Statement) -> str:
    """The consequences that the note does not state, and that therefore do not exist."""
    brought = {"rate"} if _excepts_the_rate(clause, said.note.in_force(said.date)) else set()
    lacking = [words for field, words in CONSEQUENCES.items() if clause[field].value is None and field not in brought]
    return f"the note states no {' and no '.join(lacking)}" if lacking else ""


def _excepts_the_rate(clause: CheckedClause, model: Model) -> bool:
    """Whether an exception to the interest speaks of defaults, or of what trips this one."""
    trips = list(leaves(clause["when"].value))
    rates = [setting for owner, _ in model.signed("questions", "interest_rate") for setting in owner.settings.values()]
    conditions = [each.condition for setting in rates for each in setting.exceptions]
    return any(leaf in trips or _is_default(leaf) for condition in conditions for leaf in leaves(condition))


def _is_default(leaf: Condition) -> bool:
    return isinstance(leaf, Stated) and leaf.said.pattern == IN_DEFAULT


def _since(since: Quantity | None, today: date) -> str:
    if since is None or type(since.value) is not int or since.value > today.toordinal():
        return ""
    return f" since {spelt(since)}"


def dates_section(said: Statement) -> Section:
    """What the terms bring next, by date."""
    rows = []
    for label, figures in said["next_dates"].rows:
        day = figures["date"]
        rows.append(Row(label, f"{spelt(day)}{_weekday(day)}", short(next(iter(day.cites), None))))
    return Section("Next dates", tuple(rows), words=True)


def _weekday(day: Quantity) -> str:
    return f" {date.fromordinal(day.value):%A}" if type(day.value) is int else ""
