"""What has happened: payments, conversions and capitalisations, with the balances just before and after each."""

from ...engine.exact.origins import Fact
from ...engine.exact.quantities import Quantity
from ...engine.exact.trace import walk
from ...engine.exact.values import Refused, Unknown
from ...engine.running.run import Applied
from ...engine.running.statement import Statement
from .converting import plain_figure
from .needed import needs_words
from .places import short
from .rows import Row, Section

QUIET = ("unapplied", "rounding")  # shown only where they are something
INSTEAD = ("asked", "paid", "binding_limit", "allowed_shares")  # said by the line itself or by the limits


def history_section(said: Statement) -> Section:
    """One group of rows for each event, in their order."""
    return Section("What has happened", tuple(row for each in said.history for row in _applied(said, each)))


def _applied(said: Statement, each: Applied) -> list[Row]:
    origin, shown = each.event.origin, each.change.shown
    words = origin.words if isinstance(origin, Fact) else f"{each.event.date} {each.event.kind}"
    under, refused = _why(said, tuple(shown.values()))
    rows = [Row(words, "refused" if refused else "", short(origin), under)]
    for name, figure in shown.items():
        silent = name in INSTEAD or isinstance(figure.value, Refused) or (name in QUIET and figure.value == 0)
        if not silent:
            rows.append(Row(f"    {name.replace('_', ' ')}", plain_figure(figure)))
    rows += _limits(shown.get("binding_limit"))
    before, after = each.before.balances(), each.after.balances()
    for name, balance in before.items():
        rows.append(Row(f"    {name}", f"{plain_figure(balance)} → {plain_figure(after[name])}"))
    return rows


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
