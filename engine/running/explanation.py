"""Explanations: an answer unfolded into the steps that made it, for people.

A step that only reckons (unnamed sums and products) is written as a formula of the named steps below it; a
step already shown is referred to by its number, so that the length is bounded by the steps there are.
Knows how steps are worded, and nothing of how they are shown.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any, assert_never

from ...grammar.classes import frozen
from ..exact.origins import Clause, Default, Fact, Origin
from ..exact.quantities import Quantity
from ..exact.spelling import exact_text, spelt, words_shorten
from ..exact.trace import operands
from ..exact.values import Refused, Unknown
from .formulas import COMPARED, bare, formula, is_constant, is_reckoned

TITLES = {
    "and": "all of these hold",
    "or": "any of these holds",
    "not": "the contrary",
    "below": "comparison",
    "at most": "comparison",
    "equal": "comparison",
    "choose": "choice",
    "lowest": "the lowest",
    "highest": "the highest",
    "binding": "what binds",
    "permitted": "permission",
    "statistic": "look-back",
    "weighted average": "look-back",
    "first run": "first day on which it held for long enough",
    "shift": "date reckoned from another",
    "year fraction": "part of a year",
    "round": "rounded",
}
DEPTH_MAX = 12  # levels of a tree
EXACT_MAX = 40  # characters of a fraction that a line shows; machines get all of it


@frozen
class Line:
    """A step of an explanation: how deep it lies, what it is, and what it rests on."""

    rails: str  # `│ ├ └` for the steps above it
    below: str  # the same for lines of its own under it
    number: int
    title: str
    value: str
    how: str
    cites: tuple[Origin, ...]
    elsewhere: str  # `above` or `below`, where the step of this number is shown in full


def unfolded(answer: Quantity, name: str = "", *beside: tuple[Quantity, str]) -> Iterator[Line]:
    """The steps that an answer rests on, each once in full, what it came from below it; then those of others beside it.

    What lies deeper than a page is wide is shown after the rest, as a tree of its own.
    """
    numbers: dict[object, int] = {}
    shown: set[object] = set()
    waiting = deque([(answer, name), *beside])
    while waiting:
        root, root_title = waiting.popleft()
        stack = [] if _same(root) in shown and not root_title else [(root, "", "", 0, root_title)]
        while stack:
            step, rails, below, depth, title = stack.pop()
            known = _same(step)
            number = numbers.setdefault(known, len(numbers) + 1)
            how, children, cites = _worded(step)
            where = "above" if known in shown else "below" if depth > DEPTH_MAX and children else ""
            yield Line(rails, below, number, title or title_of(step), value_of(step), how, cites, where)
            if where == "below":
                waiting.append((step, ""))
            if where:
                continue
            shown.add(known)
            for index, child in enumerate(reversed(children)):
                rail, deeper = ("└─ ", "   ") if index == 0 else ("├─ ", "│  ")
                stack.append((child, below + rail, below + deeper, depth + 1, ""))


def title_of(step: Quantity) -> str:
    """What a step is called."""
    if step.label and step.label != "none":
        return step.label
    if step.operation == "given":
        return "nothing" if step.label == "none" else "figure"
    return TITLES.get(step.operation, "figure")


def value_of(step: Quantity) -> str:
    """The value of a step in words, and exactly where the words had to shorten it."""
    words = spelt(step)
    if not words_shorten(step):
        return words
    exactly = exact_text(step.value)
    return f"{words} (exactly {exactly})" if len(exactly) <= EXACT_MAX else f"{words} (shortened)"


def _same(step: Quantity) -> object:
    """What tells a step from others: a step that was only named again is the same one."""
    made_by = id(step.arguments) if step.arguments else exact_text(step.value)
    return (step.operation, made_by, step.dimension, title_of(step), step.cites)


def _worded(step: Quantity) -> tuple[str, tuple[Quantity, ...], tuple[Origin, ...]]:
    if is_reckoned(step):
        said = formula(step)
        return (
            said.text if step.operation in COMPARED else f"= {said.text}",
            _once(said.leaves),
            _once_cited((*step.cites, *said.cites)),
        )
    below = tuple(each for each in operands(step) if not is_constant(each))
    return _words(step), _once(below), step.cites


def _words(step: Quantity) -> str:
    match step.operation:
        case "choose" if type(step.arguments[0].value) is bool:
            return f"because {_said(step.arguments[0])}: {spelt(step.arguments[0])}"
        case "and" | "or" | "not":
            return ""
        case "permitted" if isinstance(step.value, Refused) and step.value.reasons:
            return ""
        case "permitted":
            return "allowed: " + "; ".join(f"{_said(each)}: {spelt(each)}" for each in step.arguments[1:])
        case "binding":
            limits = (
                f"{label} {bare(each)}"
                for label, each in zip(step.detail, step.arguments, strict=True)
                if not isinstance(each.value, Unknown | Refused)
            )
            return "; ".join(limits)
        case "shift":
            return shift_words(step.detail)
        case "first run":
            operator, sessions, wanted = step.detail
            return f"{operator} {bare(step.arguments[0])} for {wanted} sessions in a row, of {len(sessions)} watched"
        case "lowest" | "highest":
            return "of " + "; ".join(f"{_said(each)} {bare(each)}" for each in step.arguments)
    return ""


def shift_words(shift: Any) -> str:
    """`5 business days later`, and so on."""
    direction = "earlier" if shift.period.count < 0 else "later"
    more = f" and {shift.extra_days} day more" if shift.extra_days else ""
    return f"{str(shift.period).lstrip('-')} {direction}{more}"


def _said(step: Quantity) -> str:
    return title_of(step) if step.label or not is_reckoned(step) else formula(step).text


def _once(steps: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    return tuple({_same(each): each for each in reversed(steps)}.values())[::-1]


def _once_cited(cites: tuple[Origin, ...]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(cites))


def cited(origin: Origin) -> str:
    """What a step rests on, in one line: `gs-capital.terms:26 interest: 8% per year “…”`."""
    match origin:
        case Clause(name, _, words, quotation, assumed, _):
            said = f"{origin.place} {name}{': ' + words if words else ''}"
            quoted = f" “{quotation}”" if quotation else ""
            why = f" (assumed: {assumed})" if assumed else ""
            return f"clause {said}{quoted}{why}"
        case Fact(words, _):
            return f"fact {origin.place} {words}"
        case Default(name, words, why, _):
            return f"default {name}: {words} ({why})" if why else f"default {name}: {words}"
        case _:
            assert_never(origin)
