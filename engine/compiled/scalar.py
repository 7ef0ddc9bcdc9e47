"""Python from nodes: one function for one note, straight-line arithmetic on Python's own integers.

A step that is used once is written where it is used, so that a branch not taken is not reckoned.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from ..exact.operations import NEVER
from ..exact.record import in_order
from ..time.calendars import EARLIEST
from .nodes import COMPARISONS, Node

INFIX = {"add": "+", "subtract": "-", "multiply": "*", "floor_divide": "//", "joined": "|", "and": "and", "or": "or"}
NO_DAY = EARLIEST.toordinal() - 1  # up to here a day only stands where none is known, and tables leave it alone
INLINE_MAX = 200  # characters of an expression


def function_of(roots: Iterable[Node], inputs: Mapping[Any, str]) -> Callable[..., tuple[Any, ...]]:
    """A function from the inputs, in the order of their names, to the values of the roots.

    It raises what a calendar raises where it does not reach.
    """
    roots = list(roots)
    ordered = in_order(roots, attrgetter("arguments"))
    uses = Counter(id(argument) for node in ordered for argument in node.arguments)
    uses.update(id(root) for root in roots)
    tables: dict[str, Any] = {}
    lines: list[str] = []
    written: dict[int, str] = {}
    for node in ordered:
        text = _text(node, written, inputs, tables)
        atom = node.operation in ("constant", "given")
        if not atom and (uses[id(node)] > 1 or len(text) > INLINE_MAX or _is_read_twice(node, ordered)):
            name = f"t{len(lines)}"
            lines.append(f"    {name} = {text}")
            text = name
        written[id(node)] = text
    results = "".join(f"{written[id(root)]}, " for root in roots)
    source = "\n".join([f"def reckon({', '.join(inputs.values())}):", *lines, f"    return ({results})"])
    namespace: dict[str, Any] = dict(tables)
    exec(compile(source, "<reckoned from the record of a note's terms>", "exec"), namespace)  # our own text only
    found: Callable[..., tuple[Any, ...]] = namespace["reckon"]
    return found


def _is_read_twice(node: Node, ordered: list[Node]) -> bool:
    """Whether what uses the node writes it twice: the lowest and highest of two do."""
    return any(user.operation in ("lowest", "highest") and node in user.arguments for user in ordered)


def _text(node: Node, written: Mapping[int, str], inputs: Mapping[Any, str], tables: dict[str, Any]) -> str:
    texts = [written[id(argument)] for argument in node.arguments]
    match node.operation:
        case "constant":
            return repr(node.detail)
        case "given":
            return inputs[node.detail]
        case "call":
            name = f"table{len(tables)}"
            tables[name] = table_of(node.detail)
            return f"{name}({', '.join(texts)})"
        case "not":
            return f"(not {texts[0]})"
        case "choose":
            return f"({texts[1]} if {texts[0]} else {texts[2]})"
        case "lowest":
            return f"({texts[0]} if {texts[0]} < {texts[1]} else {texts[1]})"
        case "highest":
            return f"({texts[0]} if {texts[0]} > {texts[1]} else {texts[1]})"
    sign = INFIX.get(node.operation) or COMPARISONS[node.operation]
    return f"({texts[0]} {sign} {texts[1]})"


def table_of(what: tuple[Any, ...]) -> Callable[..., int]:
    """What a call node asks: a function of day numbers, which remembers."""
    kind, how, *more = what
    if kind == "shift":
        return _remembered(lambda day: how.moved(date.fromordinal(day)).toordinal() if NO_DAY < day < NEVER else day)

    def years(start: int, end: int) -> tuple[int, int]:
        if end <= start or start <= NO_DAY:
            return 0, 1
        found: tuple[int, int] = how.year_fraction(date.fromordinal(start), date.fromordinal(end))
        return found

    if kind == "years over":
        return _remembered(lambda start, end: years(start, end)[1])
    (over,) = more
    if over is None:
        return _remembered(lambda start, end: years(start, end)[0])
    return _remembered(lambda start, end: _over(years(start, end), over))


def _over(fraction: tuple[int, int], over: int) -> int:
    """The numerator of a fraction over a denominator that serves it."""
    whole, rest = divmod(fraction[0] * over, fraction[1])
    assert not rest, f"{fraction} is no number of {over}ths"
    return whole


def _remembered(function: Callable[..., int]) -> Callable[..., int]:
    known: dict[Any, int] = {}

    def ask(*days: int) -> int:
        if days not in known:
            known[days] = function(*days)
        return known[days]

    return ask
