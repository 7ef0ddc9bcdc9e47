"""What is owed, and what is due at maturity, each with its arithmetic; and the answers of no other section."""

from datetime import date

from ...engine.exact.quantities import Quantity
from ...engine.exact.spelling import exact_text, spelt, words_shorten
from ...engine.exact.values import Refused
from ...engine.running.formulas import Formula, formula, is_reckoned
from ...engine.running.statement import CORE, Statement
from .rows import Row, Section, answer_row


def owing_section(said: Statement) -> Section:
    """Status, principal, interest, the sum, and the sum at maturity."""
    rows = [answer_row(said, "status", "Status")]
    rows.append(answer_row(said, "principal", "Principal", _face(said)))
    rows.append(answer_row(said, "accrued_interest", "Accrued interest", reckoning(said["accrued_interest"].value)))
    parts = said["owed"].parts
    for name, figure in parts.items():
        if name not in ("principal", "interest"):
            rows.append(Row(name.capitalize(), spelt(figure)))
    rows.append(answer_row(said, "owed", "Owed", strong=True))
    due = said["due_at_maturity"]
    dates = tuple(f"{name.replace('_', ' ')} {spelt(day)}{_weekday(day)}" for name, day in due.parts.items())
    under = (", ".join(dates), *reckoning(due.value, 1)) if dates else ()
    rows.append(answer_row(said, "due_at_maturity", "Due at maturity", under, strong=True))
    rows.append(answer_row(said, "prepayment", "To prepay"))
    return Section("What is owed", tuple(rows))


def other_section(said: Statement) -> Section:
    """Answers that terms have added and that stand nowhere else."""
    rows = [
        answer_row(said, name, name.replace("_", " ").capitalize())
        for name, answer in said.answers.items()
        if name not in CORE and not isinstance(answer.value.value, Refused)
    ]
    return Section("Other terms", tuple(rows))


def reckoning(figure: Quantity, entering: int = 0) -> tuple[str, ...]:
    """The arithmetic of a figure in one line, its exact value, and the time it counts."""
    if not is_reckoned(figure):
        return ()
    said = formula(figure, entering)
    result = f" = {_result(figure)}" if words_shorten(figure) and figure.dimension.name != "money" else ""
    return (f"= {said.text}{result}", *_times(said))


def _result(figure: Quantity) -> str:
    words = spelt(figure).removeprefix(f"{figure.dimension.currency} ").removesuffix(" per share")
    return f"{words} ({exact_text(figure.value)})"


def _times(said: Formula) -> tuple[str, ...]:
    """The stretches of time in a formula that have a day in them; the first one if none has."""
    stretches = [step for step in said.steps if step.operation == "year fraction"]
    return tuple(_time(step) for step in [each for each in stretches if each.value] or stretches[:1])


def _time(step: Quantity) -> str:
    start, end = (each.value for each in step.arguments)
    days = step.detail.days(date.fromordinal(start), date.fromordinal(end)) if end > start else 0
    return f"from {spelt(step.arguments[0])} to {spelt(step.arguments[1])}: {_days(days)}, {step.detail.name}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _face(said: Statement) -> tuple[str, ...]:
    face = said["principal"].parts.get("face")
    if face is None or face.value == said["principal"].value.value:
        return ()
    return (f"face {spelt(face)}",)


def _weekday(day: Quantity) -> str:
    return f" ({date.fromordinal(day.value):%A})" if type(day.value) is int else ""
