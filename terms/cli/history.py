"""What has happened: acts, events, splits and amendments, with the balances just before and after what changed them.

The days on which the engine only looked are left out, and so are the lines that change no figure by themselves: levels.
"""

from ...engine.exact.origins import Clause, Fact, Origin
from ...engine.exact.quantities import Quantity
from ...engine.exact.trace import walk
from ...engine.exact.values import Refused, Unknown
from ...engine.meaning.amending import written
from ...engine.running.run import Applied
from ...engine.running.statement import Statement
from ...engine.running.timeline import ACTS
from ...grammar.classes import evolve
from .converting import plain_figure
from .needed import needs_words
from .places import short
from .rows import Row, Section

QUIET = ("unapplied", "rounding", "excess")  # shown only where they are something
LONGER = {"excess": "excess, refused"}
INSTEAD = ("asked", "paid", "binding_limit", "allowed_shares")  # said by the line itself or by the limits


def history_section(said: Statement) -> Section:
    """One group of rows for each event, in their order."""
    history = said.outcome.history if said.outcome is not None else ()
    told = (each for each in history if each.change.shown or _is_told(said, each))
    return Section("What has happened", tuple(row for each in told for row in _applied(said, each)))


def _is_told(said: Statement, each: Applied) -> bool:
    """Whether an event that shows no figure is one: an amendment, or a line of the ledger that clauses read."""
    event = each.event
    return event.kind == "amendment" or (
        isinstance(event.origin, Fact) and event.kind != "level" and event.origin not in said.unread
    )


def _applied(said: Statement, each: Applied) -> list[Row]:
    origin, shown = each.event.origin, each.change.shown
    words = origin.words if isinstance(origin, Fact) else f"{each.event.date} {each.event.kind}"
    if each.event.kind == "amendment":
        words, origin = _amendment(each)
    under, refused = _why(said, tuple(shown.values()))
    rows = [Row(words, "refused" if refused else "", short(origin), under)]
    for name, figure in shown.items():
        silent = name in INSTEAD or isinstance(figure.value, Refused) or (name in QUIET and figure.value == 0)
        if not silent:
            rows.append(Row(f"    {LONGER.get(name, name.replace('_', ' '))}", plain_figure(figure)))
    rows += _limits(shown.get("binding_limit"))
    before, after = each.before, each.after.balances()
    if before.model.follows is not None and each.event.kind == "amendment":
        before = evolve(before, model=before.model.follows)  # what was owed was owed by the old terms
    balances = [(name, balance, after.get(name, balance)) for name, balance in before.balances().items()]
    if each.event.kind in ACTS or any(old.value != new.value for _, old, new in balances):
        rows += [Row(f"    {name}", f"{plain_figure(old)} → {plain_figure(new)}") for name, old, new in balances]
    return rows


def _amendment(each: Applied) -> tuple[str, Origin | None]:
    """What an amendment wrote, and where."""
    model = each.before.model
    old = written(model.follows) if model.follows is not None else {}
    new = [place for place in written(model) if isinstance(place[1], Clause) and place not in old]
    names = ", ".join(dict.fromkeys(name for name, _ in new))
    return f"{each.event.date} amendment of {names}", next((origin for _, origin in new), None)


def _why(said: Statement, figures: tuple[Quantity, ...]) -> tuple[tuple[str, ...], bool]:
    """Why an act was refused, or what it takes to know how it counts."""
    for figure in figures:
        if isinstance(figure.value, Refused):
            return ("nothing has changed, for:", *(f"  {reason}" for reason in figure.value.reasons)), True
    unknown = [figure.value for figure in figures if isinstance(figure.value, Unknown)]
    needs = tuple(sorted({need for value in unknown for need in value.needs}))
    if needs:
        return (f"whether or how it counts is unknown: needs {needs_words(said, needs)}",), False
    return (), False


def _limits(binding: Quantity | None) -> list[Row]:
    """Every limit that a conversion met, the one that binds marked."""
    steps = walk([binding]) if binding is not None else ()
    step = next((each for each in steps if each.operation == "binding"), None)
    if step is None:
        return []
    lowest = step.value if isinstance(step.value, tuple) else ()
    return [
        Row(f"    limit: {label}", plain_figure(limit), mark="*" if label in lowest else "")
        for label, limit in zip(step.detail, step.arguments, strict=True)
    ]
