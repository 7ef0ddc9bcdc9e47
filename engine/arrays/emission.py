"""NumPy from nodes: one function for many notes at once, exact in every row.

The range of each result says which machine number holds it: a float64 below 2**53, where sums and products
of whole numbers are exact and floor(n / d) is n // d; an int64 below 2**63; beyond that Python's own integers
in an array of objects, or, where they are only divided, two words (`wrapping.py`). Nothing is rounded to make it
fit.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

import numpy as np

from ..compiled.nodes import COMPARISONS, Node
from ..compiled.scalar import table_of
from ..exact.record import in_order
from .wrapping import SIGN_ERROR_MAX, wrapped

REALS, WORDS, OBJECTS = range(3)  # float64, int64, Python integers: each holds all that the one before it does
DTYPES = (np.dtype(np.float64), np.dtype(np.int64), np.dtype(object))
EXACT_REAL, EXACT_WORD = 1 << 53, 1 << 63
UFUNCS = {"add": "add", "subtract": "subtract", "multiply": "multiply", "lowest": "minimum", "highest": "maximum"}


def width(low: int | None, high: int | None) -> int:
    """The narrowest kind of number that holds every whole number of a range."""
    if low is None or high is None:
        return OBJECTS
    size = max(abs(low), abs(high))
    return REALS if size < EXACT_REAL else WORDS if size < EXACT_WORD else OBJECTS


def function_of(roots: Iterable[Node], inputs: Mapping[Any, str]) -> Callable[..., tuple[Any, ...]]:
    """A function from the inputs, in the order of their names, to the values of the roots.

    Inputs are arrays that broadcast against each other, of the width of their range or wider.
    """
    roots = list(roots)
    ordered = in_order(roots, attrgetter("arguments"))
    last_use = {id(argument): place for place, node in enumerate(ordered) for argument in node.arguments}
    kept = {id(root) for root in roots}
    tables: dict[str, Any] = dict(_NAMESPACE)
    lines: list[str] = []
    written: dict[tuple[int, int], str] = {}
    in_two = wrapped(ordered, roots, lambda node: _width(node) == OBJECTS)
    for place, node in enumerate(ordered):
        if id(node) in in_two:
            _write_in_two(node, lines, written)
        else:
            _write(node, lines, written, inputs, tables, in_two)
        done = [each for each in set(map(id, node.arguments)) if last_use[each] == place and each not in kept]
        dropped = [written[key] for key in written if key[0] in done and written[key].startswith("t")]
        if dropped:
            lines.append(f"    del {', '.join(dropped)}")  # so that the next result takes its memory
        written = {key: text for key, text in written.items() if key[0] not in done}
    results = "".join(f"{written[id(root), _width(root)]}, " for root in roots)
    source = "\n".join([f"def reckon({', '.join(inputs.values())}):", *lines, f"    return ({results})"])
    exec(compile(source, "<reckoned from the record of notes' terms>", "exec"), tables)  # our own text only
    found: Callable[..., tuple[Any, ...]] = tables["reckon"]
    return found


def _width(node: Node) -> int:
    return WORDS if node.is_truth else width(node.low, node.high)


def _write(
    node: Node,
    lines: list[str],
    written: dict[tuple[int, int], str],
    inputs: Mapping[Any, str],
    tables: dict[str, Any],
    in_two: frozenset[int],
) -> None:
    own = _width(node)
    if node.operation == "constant":
        written[id(node), REALS] = f"{node.detail}.0"
        written[id(node), WORDS] = repr(node.detail if node.is_truth else _wrapped_word(node.detail))
        written[id(node), OBJECTS] = repr(node.detail)
        return
    if node.operation == "floor_divide" and id(node.arguments[0]) in in_two:
        above, below = ([_as(each, wide, lines, written) for wide in (REALS, WORDS)] for each in node.arguments)
        text = _new(lines, f"floor_in_two({above[0]}, {above[1]}, {below[0]}, {below[1]})")
        written[id(node), own] = _new(lines, f"as_width({text}, {own})")
        return
    if node.operation == "lt" and id(node.arguments[0]) in in_two:
        above = [_as(node.arguments[0], wide, lines, written) for wide in (REALS, WORDS)]
        written[id(node), own] = _new(lines, f"negative_in_two({above[0]}, {above[1]})")
        return
    if node.operation == "given":
        text = inputs[node.detail]
        written[id(node), own] = text if node.is_truth else _new(lines, f"as_width({text}, {own})")
        return
    wide = own if node.is_truth and not _measures(node) else max([own, *(map(_width, _measured(node)))])
    if node.is_truth and _measures(node):
        wide = max(map(_width, node.arguments))
    texts = [_as(argument, wide, lines, written) for argument in node.arguments]
    text = _new(lines, _text(node, wide, texts, tables))
    written[id(node), own] = text if node.is_truth or wide == own else _new(lines, f"as_width({text}, {own})")


def _write_in_two(node: Node, lines: list[str], written: dict[tuple[int, int], str]) -> None:
    """A sum or product as a float and as a word that wraps round."""
    for wide in (REALS, WORDS):
        texts = ", ".join(_as(argument, wide, lines, written) for argument in node.arguments)
        written[id(node), wide] = _new(lines, f"{UFUNCS[node.operation]}({texts})")


def _wrapped_word(value: int) -> int:
    """The same but for multiples of 2**64, as an int64 holds it."""
    return (value + EXACT_WORD) % (2 * EXACT_WORD) - EXACT_WORD


def _measures(node: Node) -> bool:
    """Whether a truth comes from numbers."""
    return node.operation in COMPARISONS


def _measured(node: Node) -> tuple[Node, ...]:
    """The operands that are numbers."""
    return tuple(argument for argument in node.arguments if not argument.is_truth)


def _as(node: Node, wide: int, lines: list[str], written: dict[tuple[int, int], str]) -> str:
    if node.is_truth:
        return written[id(node), _width(node)]
    if (id(node), wide) not in written:
        written[id(node), wide] = _new(lines, f"as_width({written[id(node), _width(node)]}, {wide})")
    return written[id(node), wide]


def _new(lines: list[str], text: str) -> str:
    name = f"t{len(lines)}"
    lines.append(f"    {name} = {text}")
    return name


def _text(node: Node, wide: int, texts: list[str], tables: dict[str, Any]) -> str:
    match node.operation:
        case "call":
            name = f"table{len(tables)}"
            tables[name] = over_arrays(table_of(node.detail))
            return f"as_width({name}({', '.join(texts)}), {wide})"
        case "not":
            return f"logical_not({texts[0]})"
        case "and" | "or":
            return f"logical_{node.operation}({texts[0]}, {texts[1]})"
        case "choose":
            return f"where({', '.join(texts)})"
        case "joined":
            return f"as_width({texts[0]}, 1) | as_width({texts[1]}, 1)"
        case "floor_divide":
            return f"{'floor_reals' if wide == REALS else 'floor_divide'}({texts[0]}, {texts[1]})"
    if node.operation in COMPARISONS:
        return f"({texts[0]} {COMPARISONS[node.operation]} {texts[1]})"
    return f"{UFUNCS[node.operation]}({texts[0]}, {texts[1]})"


def as_width(values: Any, wide: int) -> Any:
    """The same whole numbers in another kind of array."""
    values = np.asarray(values)
    if values.dtype == DTYPES[wide]:
        return values
    if wide == OBJECTS and values.dtype == DTYPES[REALS]:
        values = values.astype(np.int64)
    return values.astype(DTYPES[wide])


def floor_reals(above: Any, below: Any) -> Any:
    """Exact for whole numbers below 2**53: the quotient's error is less than its distance from the next whole one."""
    quotient = np.divide(above, below)
    return np.floor(quotient, out=quotient) if isinstance(quotient, np.ndarray) else np.floor(quotient)


def floor_in_two(above: Any, wrapped_above: Any, below: Any, wrapped_below: Any) -> Any:
    """The quotient of the floats is off by less than one; the rest in wrapped words says which way."""
    quotient = np.floor(np.divide(above, below)).astype(np.int64)
    rest = np.subtract(wrapped_above, quotient * wrapped_below)
    return quotient - (rest < 0) + (rest >= wrapped_below)


def negative_in_two(above: Any, wrapped_above: Any) -> Any:
    """Near zero the word has not wrapped; further away the float is off by too little to change sides."""
    return np.where(np.abs(above) < 2 * SIGN_ERROR_MAX, np.less(wrapped_above, 0), np.less(above, 0))


def over_arrays(table: Callable[..., int]) -> Callable[..., Any]:
    """A table of day numbers asked for arrays: each distinct question once."""

    def ask(*days: Any) -> Any:
        arrays = np.broadcast_arrays(*(as_width(each, WORDS) for each in days))
        if len(arrays) == 1:
            distinct, where = np.unique(arrays[0], return_inverse=True)
            questions: list[tuple[int, ...]] = [(int(each),) for each in distinct]
        else:
            first = [int(each.min(initial=0)) for each in arrays]
            span = int(arrays[1].max(initial=0)) - first[1] + 1
            distinct, where = np.unique((arrays[0] - first[0]) * span + (arrays[1] - first[1]), return_inverse=True)
            questions = [(int(each) // span + first[0], int(each) % span + first[1]) for each in distinct]
        answers = np.array([table(*question) for question in questions], dtype=np.int64)
        return answers[where].reshape(arrays[0].shape)

    return ask


_NAMESPACE = {
    "as_width": as_width,
    "floor_reals": floor_reals,
    "floor_in_two": floor_in_two,
    "negative_in_two": negative_in_two,
    "floor_divide": np.floor_divide,
    "where": np.where,
    "logical_not": np.logical_not,
    "logical_and": np.logical_and,
    "logical_or": np.logical_or,
    **{name: getattr(np, name) for name in UFUNCS.values()},
}
