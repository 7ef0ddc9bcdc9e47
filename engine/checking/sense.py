"""Sense: whether what a note says can be reckoned: its dates, its units, its size.

Each field was understood alone; here they meet. Dates must lead to a day and figures to the dimension that
their field declares, which is learnt by running the note's own expressions on open leaves.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from ...grammar.diagnostics import Diagnostic
from ..exact.dimensions import DATE, RATE, RATIO, SHARES, Dimension, DimensionError, money, price
from ..exact.operations import TooBig
from ..exact.origins import Clause, Origin
from ..exact.quantities import Quantity, open_leaf
from ..exact.trace import walk
from ..meaning.expressions import Compared, Condition, MisfitError, Run, Scope, evaluate, holds, leaves
from ..meaning.model import Model, Note
from ..meaning.settings import CheckedClause, Setting
from ..meaning.shapes import Figure, Phrases, described, in_currency
from ..meaning.term import Signed
from ..meaning.watching import watching
from ..running.recorder import opened
from ..running.run import initial_state, visible_facts
from ..running.view import View
from ..time.calendars import OutsideCalendar
from ..time.periods import OutsideYears
from ..world.facts import NO_FACTS
from .findings import Findings, finding, without_echoes

UNITS = "add and compare figures of one unit, multiply and divide by a percentage or a number"
ANOTHER_DAY = "a day, or reckon it from a date that does not rest on it"
ANOTHER_FIGURE = "a figure that does not rest on it"
RUNS_MAX = 20  # conditions that watch a market day by day
EVENTS_MAX = 20_000  # of one clause, from the issue of the note to its end


def check_sense(model: Model) -> Findings:
    """What cannot be reckoned; each stage looks only where the one before found nothing."""
    found = Findings()
    for stage in (*map(_of_each, AGAIN[:-1]), _figures, _of_each(AGAIN[-1])):
        stage(model, found)
        if found:
            break
    return without_echoes(found)


def _of_each(checks: tuple[Callable[[CheckedClause, Model, Findings], None], ...]) -> Callable[[Model, Findings], None]:
    def stage(model: Model, found: Findings) -> None:
        for clause in model.clauses:
            for check in checks:
                check(clause, model, found)

    return stage


def amended_too_early(effective: date, issued: date) -> tuple[str, str]:
    """What is wrong with an amendment before the issue, and the next step; empty where nothing is."""
    if effective >= issued:
        return "", ""
    message = f"the amendment takes effect on {effective}, before the note is issued on {issued}"
    return message, "correct one of the two dates"


def _try(
    found: Findings, origin: Origin, function: Callable[..., Any], *arguments: Any, instead: str = ANOTHER_DAY
) -> Any:
    """What the function gives; None after noting, at the origin, why it cannot be reckoned.

    `instead` is what may stand there where it is reckoned from itself.
    """
    try:
        return function(*arguments)
    except MisfitError as error:
        told = Diagnostic("E202", str(error), error.span, UNITS)
    except DimensionError as error:
        told = finding("E202", str(error), origin, UNITS)
    except RecursionError:
        message = f"{_named(origin)} is reckoned from itself"
        told = finding("E207", message, origin, f"write {instead}")
    except OutsideYears as error:
        told = finding("E504", str(error), origin, "correct the date or the period")
    except OutsideCalendar as error:
        help = "name a calendar that reaches further in the block of the note, as in `calendar: weekdays`"
        told = finding("E506", str(error), origin, help)
    except TooBig as error:
        told = finding("E501", str(error), origin, "write figures of fewer digits")
    found.add_once(told)
    return None


def foreign(found: Dimension, wanted: Dimension) -> bool:
    """Whether a figure is in another currency than the note, in which another unit alone would make another sum."""
    return bool(found.currency and wanted.currency and found.currency != wanted.currency)


def reckoned_in(wanted: Dimension) -> str:
    """What to do about a figure in another currency."""
    return f"give the figure in {wanted.currency}, the currency of the note"


def _named(origin: Origin) -> str:
    return f"`{origin.name}`" if isinstance(origin, Clause) else "this"


def _values(setting: Setting) -> Iterator[tuple[Any, Origin, bool]]:
    """Each value that a setting may have: its own, its readings and its exceptions."""
    yield setting.value, setting.origin, False
    for reading in setting.readings.values():
        yield reading, setting.origin, False
    for exception in setting.exceptions:
        yield exception.value, exception.origin, True


def _written_dates(clause: CheckedClause, model: Model, found: Findings) -> None:
    """Every date that is written in words leads to a day."""
    term = model.terms[clause.keyword]
    for each in (*([term.value] if term.value is not None else []), *term.fields):
        if isinstance(each.shape, Phrases) and any("{moment}" in pattern for pattern in each.shape.patterns):
            for value, origin, _ in _values(clause[each.name]):
                holes = getattr(value, "holes", {})
                if "moment" in holes:
                    _try(found, origin, model.date_of, holes["moment"])


def _named_dates(clause: CheckedClause, model: Model, found: Findings) -> None:
    """So does every date that a clause gives."""
    for words in model.terms[clause.keyword].dates:
        _try(found, clause.origin, model.date_of, words)


def _by_its_term(clause: CheckedClause, model: Model, found: Findings) -> None:
    """What the term checks of its own clause."""
    check = model.terms[clause.keyword].check
    if check is not None:
        found += _try(found, clause.origin, check, clause, model) or []


def in_order(clause: CheckedClause, model: Model, found: Findings) -> None:
    """Dates of which one comes after the other do."""
    for each in model.terms[clause.keyword].in_order:
        first, second = model.date_of(each.first), model.date_of(each.second)
        if second <= first and (not each.only_after or second > model.date_of(each.only_after)):
            message = each.message.format(first=first, second=second)
            found.append(finding(each.code, message, clause[each.field].origin, each.help))


def _figures(model: Model, found: Findings) -> None:
    """Every figure has the dimension of its field, and figures that are compared have one dimension."""
    for clause in watching(model)[RUNS_MAX : RUNS_MAX + 1]:
        message = f"more than {RUNS_MAX} conditions watch prices day by day"
        found.append(finding("E503", message, clause.origin, "take out those that another one implies"))
    view = _try(found, model.clauses[0].origin, open_view, model)
    if view is None:  # pragma: no cover - the stages before tell what would keep it shut
        return
    for expression, origin in model.definitions.values():
        _reckoned(found, origin, expression, view)
    for clause in model.clauses if not found else ():
        fields = {each.name: each for each in model.terms[clause.keyword].fields}
        for name, setting in clause.settings.items():
            field = fields.get(name, model.terms[clause.keyword].value)
            if field is not None and isinstance(field.shape, Figure):
                _figure(setting, field.shape, view, found)
            _conditions(setting, view, found)


def open_view(model: Model) -> View:
    """The terms with every value left open: what their own expressions are tried on."""
    note = Note("", (model,), (), ())
    visible = visible_facts(note, NO_FACTS, note.issued, None)
    state = initial_state(note)
    return opened(View(model, state, open_leaf(DATE, "day"), visible.market, projected=state))


def _figure(setting: Setting, shape: Figure, view: View, found: Findings) -> None:
    wanted = _dimension(shape, view.model)
    for value, origin, exceptional in _values(setting):
        if value is None:
            continue
        prior = open_leaf(wanted, "otherwise") if exceptional else None
        example = in_currency(described(shape), view.model.currency)
        instead = f"{example}, that does not rest on it"
        if exceptional:
            instead = f"`otherwise` for the value that it replaces, or {instead}"
        figure = _reckoned(found, origin, value, view, prior, instead)
        if figure is not None and figure.dimension != wanted:
            said = f"`{origin.words}`" if isinstance(origin, Clause) else f"`{setting.name}`"
            message = f"{said} is {figure.dimension}, where {wanted} is wanted"
            help = reckoned_in(wanted) if foreign(figure.dimension, wanted) else f"write {example}"
            found.append(finding("E202", message, origin, help))


def _reckoned(
    found: Findings,
    origin: Origin,
    expression: Any,
    view: View,
    prior: Quantity | None = None,
    instead: str = ANOTHER_FIGURE,
) -> Any:
    """The figure; None after noting why there is none, whatever the market will say."""
    figure = _try(found, origin, evaluate, expression, view, prior, instead=instead)
    if figure is not None and any(
        each.operation == "divide" and each.arguments[1].value == 0 for each in walk([figure])
    ):
        found.add_once(finding("E208", f"{_named(origin)} divides by zero", origin, "write another divisor"))
        return None
    return figure


def _dimension(shape: Figure, model: Model) -> Dimension:
    match shape.dimension:
        case "money":
            return money(model.currency)
        case "price":
            return price(model.currency)
    return {each.name: each for each in (RATE, RATIO, SHARES)}[shape.dimension]


def _conditions(setting: Setting, view: View, found: Findings) -> None:
    """Figures compared in a condition are of one kind."""
    conditions: list[tuple[Condition, Origin]] = [(each.condition, each.origin) for each in setting.exceptions]
    if isinstance(setting.value, Condition):
        conditions.append((setting.value, setting.origin))
    for condition, origin in conditions:
        check_compared(condition, origin, view, view.model, found)


def check_compared(condition: Condition, origin: Origin, scope: Scope, model: Model, found: Findings) -> None:
    """Notes figures of a condition that may not be compared."""
    for leaf in leaves(condition):
        if isinstance(leaf, Compared):
            _try(found, origin, holds, leaf, scope, instead=ANOTHER_FIGURE)
        if isinstance(leaf, Run):
            _level(leaf, origin, model, found)


def _level(run: Run, origin: Origin, model: Model, found: Findings) -> None:
    """A quotation is held against a price in the currency of the note."""
    quoted = price(model.currency)
    if run.level.dimension != quoted:
        message = f"the {run.series} is {quoted}, and `{run.level.label}` is {run.level.dimension}"
        found.append(finding("E202", message, origin, reckoned_in(quoted)))


def _schedule(clause: CheckedClause, model: Model, found: Findings) -> None:
    """What the clause brings is a bounded number of events, on days that can be told."""
    schedule = model.terms[clause.keyword].schedule
    if schedule is None:
        return
    count = _try(found, clause.origin, _events_up_to_limit, schedule, clause, model)
    if count is not None and count > EVENTS_MAX:
        message = f"`{clause.name}` brings more than {EVENTS_MAX:,} events"
        found.append(finding("E503", message, clause.origin, "let it happen less often, or end sooner"))


def _events_up_to_limit(schedule: Signed, clause: CheckedClause, model: Model) -> int:
    """How many events the clause brings; one more than the limit where there are more."""
    return sum(1 for _ in islice(schedule(clause, model, _OnIssue(model)), EVENTS_MAX + 1))


class _OnIssue:
    """What may be read on the day of the issue, before any fact; made only for a schedule that looks at more."""

    entries = ()

    def __init__(self, model: Model) -> None:
        self._model = model

    def dates_of(self, event: str, subject: str) -> tuple[date, ...]:
        return ()

    def __getattr__(self, name: str) -> Any:
        note = Note("", (self._model,), (), ())
        return getattr(visible_facts(note, NO_FACTS, note.issued, None), name)


# The checks whose outcome other figures and dates can change, each of one clause: all but those of units and shape.
# Those of one stage are all run; a later stage looks only where the one before found nothing.
AGAIN = ((_written_dates,), (_named_dates,), (_by_its_term, in_order), (_schedule,))
