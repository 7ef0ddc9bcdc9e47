"""Steps: each operation of `exact.operations`, said of nodes.

The two tables mean the same, one on values and one on what values will be; a test runs every operation
through both. `detail` is what was fixed when the step was recorded.
"""

from collections.abc import Callable
from typing import Any

from ..exact.operations import NEVER
from ..exact.values import Refused, Unknown
from ..time.daycounts import DAY_COUNTS
from .figures import Figure, Sheet
from .nodes import Node
from .rationals import Rational

NO_DIVISOR = Unknown(("a divisor that is not zero",))
Lowered = Callable[[Sheet, Any, list[Figure]], Figure]


def _strict(reckon: Callable[..., Any]) -> Lowered:
    """Waits for every argument."""

    def run(sheet: Sheet, detail: Any, figures: list[Figure]) -> Figure:
        known = all(figure.value is not None for figure in figures)
        value = reckon(sheet, detail, *(figure.value for figure in figures)) if known else None
        return Figure(value, *sheet.joined(figures))

    return run


def _multiply(sheet: Sheet, detail: Any, figures: list[Figure]) -> Figure:
    """Nothing of an unknown is nothing."""
    left, right = figures
    unknown, refused = sheet.joined(figures)
    nothing = sheet.graph.either(_is_nothing(sheet, left), _is_nothing(sheet, right))
    unknown = sheet.where(sheet.graph.invert(nothing), unknown)
    if left.value is None or right.value is None:
        value = None if nothing.is_(0) else sheet.arithmetic.constant(0)
    else:
        value = sheet.arithmetic.multiply(left.value, right.value)
        if not unknown.is_(0):
            value = sheet.arithmetic.choose(nothing, sheet.arithmetic.constant(0), value)
    return Figure(value, unknown, refused)


def _is_nothing(sheet: Sheet, figure: Figure) -> Node:
    """Whether a figure is known to be zero."""
    if figure.value is None:
        return sheet.graph.truth(False)
    return sheet.graph.both(sheet.is_known(figure), sheet.arithmetic.is_zero(figure.value))


def _divide(sheet: Sheet, detail: Any, figures: list[Figure]) -> Figure:
    """Nothing, at whatever price, is nothing; a known zero below the line is an error."""
    left, right = figures
    graph, arithmetic = sheet.graph, sheet.arithmetic
    unknown, refused = sheet.joined(figures)
    nothing = graph.both(_is_nothing(sheet, left), graph.invert(sheet.is_empty(right.unknown)))
    no_divisor = graph.both(sheet.is_known(left), _is_nothing(sheet, right))
    unknown = sheet.where(graph.invert(nothing), unknown)
    if not no_divisor.is_(0):
        unknown = graph.joined(unknown, graph.bit(no_divisor, sheet.causes.of_unknown(NO_DIVISOR)))
    if left.value is None or right.value is None:
        return Figure(None if nothing.is_(0) else arithmetic.constant(0), unknown, refused)
    zero = arithmetic.is_zero(right.value)
    divisor = arithmetic.choose(zero, arithmetic.constant(1), right.value) if not zero.is_(0) else right.value
    value = arithmetic.divide(left.value, divisor)
    return Figure(arithmetic.choose(nothing, arithmetic.constant(0), value), unknown, refused)


def _compared(operation: str) -> Lowered:
    def reckon(sheet: Sheet, detail: Any, left: Any, right: Any) -> Node:
        if isinstance(left, Rational):
            return sheet.arithmetic.compare(operation, left, right)
        if left.is_truth:
            same = sheet.graph.choose(left, right, sheet.graph.invert(right))
            assert operation == "eq", "truths have no order"
            return same
        return sheet.graph.compare(operation, left, right)

    return _strict(reckon)


def _every(sheet: Sheet, detail: Any, figures: list[Figure]) -> Figure:
    """One known false decides."""
    return _decided(sheet, figures, sheet.fails, False)


def _some(sheet: Sheet, detail: Any, figures: list[Figure]) -> Figure:
    """One known true decides."""
    return _decided(sheet, figures, sheet.holds, True)


def _decided(sheet: Sheet, figures: list[Figure], decides: Callable[[Figure], Node], by: bool) -> Figure:
    graph = sheet.graph
    decided = graph.truth(False)
    for figure in figures:
        decided = graph.either(decided, decides(figure))
    unknown, refused = sheet.joined(figures)
    open_still = graph.invert(decided)
    value = decided if by else graph.invert(decided)
    return Figure(value, sheet.where(open_still, unknown), sheet.where(open_still, refused))


def _choose(sheet: Sheet, detail: Any, figures: list[Figure]) -> Figure:
    """The branch; under an unknown condition, what both branches agree on."""
    condition, first, second = figures
    graph = sheet.graph
    truth = graph.truth(False) if condition.value is None else condition.value
    unknown = graph.choose(truth, first.unknown, second.unknown)
    refused = graph.choose(truth, first.refused, second.refused)
    value = _picked(sheet, truth, first.value, second.value)
    if not condition.unknown.is_(0):
        waits = graph.both(sheet.is_empty(condition.refused), graph.invert(sheet.is_empty(condition.unknown)))
        same = _same(sheet, first, second)
        every_need = sheet.joined([condition, Figure(None, sheet.needs(first), graph.constant(0))])[0]
        every_need = graph.joined(every_need, sheet.needs(second))
        unknown = graph.choose(waits, graph.choose(same, first.unknown, every_need), unknown)
        refused = graph.choose(waits, sheet.where(same, first.refused), refused)
        value = _picked(sheet, graph.both(waits, same), first.value, value)
    if not condition.refused.is_(0):
        passes = sheet.is_empty(condition.refused)
        unknown, refused = sheet.where(passes, unknown), graph.choose(passes, refused, condition.refused)
    return Figure(value, unknown, refused)


def _picked(sheet: Sheet, truth: Node, first: Any, second: Any) -> Any:
    if first is None or second is None:
        return second if first is None else first
    if isinstance(first, Rational):
        return sheet.arithmetic.choose(truth, first, second)
    return sheet.graph.choose(truth, first, second)


def _same(sheet: Sheet, first: Figure, second: Figure) -> Node:
    """Whether two figures are the same value, or the same unknown, or the same refusal."""
    graph = sheet.graph
    alike = graph.both(
        graph.compare("eq", first.unknown, second.unknown), graph.compare("eq", first.refused, second.refused)
    )
    if first.value is None or second.value is None:
        return graph.both(alike, graph.invert(graph.both(sheet.is_known(first), sheet.is_known(second))))
    equal = _compared("eq")(sheet, None, [sheet.known(first.value), sheet.known(second.value)]).value
    return graph.both(alike, graph.either(graph.invert(sheet.is_known(first)), equal))


def _lowest(sheet: Sheet, detail: Any, figures: list[Figure]) -> Figure:
    """Of quantities that are never negative: a known zero decides."""
    unknown, refused = sheet.joined(figures)
    least, any_known = _least(sheet, figures)
    if isinstance(least, Rational) and not unknown.is_(0):
        zero = sheet.graph.both(any_known, sheet.arithmetic.is_zero(least))
        unknown = sheet.where(sheet.graph.invert(zero), unknown)
    return Figure(least, unknown, refused)


def _least(sheet: Sheet, figures: list[Figure]) -> tuple[Any, Node]:
    """The least of those that are known, and whether any is."""
    least, any_known = None, sheet.graph.truth(False)
    for figure in figures:
        if figure.value is None:
            continue
        known = sheet.is_known(figure)
        if least is None:
            least, any_known = figure.value, known
            continue
        lower = _lower(sheet, least, figure.value)
        least = _picked(sheet, known, _picked(sheet, any_known, lower, figure.value), least)
        any_known = sheet.graph.either(any_known, known)
    return least, any_known


def _lower(sheet: Sheet, left: Any, right: Any) -> Any:
    return sheet.arithmetic.lowest(left, right) if isinstance(left, Rational) else sheet.graph.lowest(left, right)


def _highest(sheet: Sheet, detail: Any, *values: Any) -> Any:
    greatest = values[0]
    for value in values[1:]:
        if isinstance(value, Rational):
            greatest = sheet.arithmetic.highest(greatest, value)
        else:
            greatest = sheet.graph.highest(greatest, value)
    return greatest


def _binding(sheet: Sheet, labels: tuple[str, ...], figures: list[Figure]) -> Figure:
    """The names of the lowest, all where they tie: a set of bits turned into a word."""
    graph, lowest = sheet.graph, _lowest(sheet, None, figures)
    if lowest.value is None:
        return lowest
    ties = graph.constant(0)
    for place, figure in enumerate(figures):
        if figure.value is not None:
            tied = graph.both(sheet.is_known(figure), sheet.arithmetic.compare("eq", figure.value, lowest.value))
            ties = graph.add(ties, graph.bit(tied, 1 << place))
    names = [
        tuple(label for place, label in enumerate(labels) if mask >> place & 1) for mask in range(1 << len(labels))
    ]
    first = sheet.run_of(names)  # so that the bits say which
    return Figure(graph.add(ties, graph.constant(first)), lowest.unknown, lowest.refused)


def _permitted(sheet: Sheet, reasons: tuple[Any, ...], figures: list[Figure]) -> Figure:
    """The first, if every permission after it is given; a known refusal beats an unknown."""
    graph, (value, *permissions) = sheet.graph, figures
    denied = graph.constant(0)
    for reason, permission in zip(reasons, permissions, strict=True):
        no = sheet.fails(permission)
        if not no.is_(0):
            denied = graph.joined(denied, graph.bit(no, sheet.causes.of_refused(Refused((reason,)))))
    unknown, passed_on = sheet.joined(permissions)
    unknown, passed_on = graph.joined(unknown, value.unknown), graph.joined(passed_on, value.refused)
    # Denied here, or else refused before; what permissions were refused with comes after either.
    refused = graph.choose(sheet.is_empty(value.refused), passed_on, value.refused)
    refused = graph.choose(sheet.is_empty(denied), refused, denied)
    return Figure(value.value, unknown, refused)


def _rounded(sheet: Sheet, detail: Any, value: Rational) -> Rational:
    rule, decimals = detail
    return sheet.arithmetic.rounded(value, rule, decimals)


def _year_fraction(sheet: Sheet, clock: Any, start: Node, end: Node) -> Rational:
    """The convention's own table, but for actual days over a fixed number, which are a difference."""
    graph, day_count = sheet.graph, DAY_COUNTS[clock.name]
    if day_count.is_actual and day_count.over is not None:
        return sheet.arithmetic.of(graph.highest(graph.subtract(end, start), graph.constant(0)), day_count.over)
    above = graph.called(("years", clock, day_count.over), (start, end), 0)
    if day_count.over is not None:
        return sheet.arithmetic.of(above, day_count.over)
    return sheet.arithmetic.of(above, 1, graph.called(("years over", clock), (start, end), 1))


def _shift(sheet: Sheet, shift: Any, day: Node) -> Node:
    if day.is_(NEVER):
        return day
    return sheet.graph.called(("shift", shift), (day,), 1, NEVER)


STEPS: dict[str, Lowered] = {
    "add": _strict(lambda sheet, _, left, right: sheet.arithmetic.add(left, right)),
    "subtract": _strict(lambda sheet, _, left, right: sheet.arithmetic.subtract(left, right)),
    "multiply": _multiply,
    "divide": _divide,
    "below": _compared("lt"),
    "at most": _compared("le"),
    "equal": _compared("eq"),
    "not": _strict(lambda sheet, _, truth: sheet.graph.invert(truth)),
    "and": _every,
    "or": _some,
    "choose": _choose,
    "lowest": _lowest,
    "highest": _strict(_highest),
    "binding": _binding,
    "permitted": _permitted,
    "round": _strict(_rounded),
    "year fraction": _strict(_year_fraction),
    "shift": _strict(_shift),
}
