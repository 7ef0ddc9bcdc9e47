"""Rows drawn at random for the inputs of a record, as columns, and the same record compiled for one row at a time."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from tenor.engine.arrays.cells import Cells, cells
from tenor.engine.compiled.causes import Causes
from tenor.engine.compiled.layout import laid_out
from tenor.engine.compiled.lowering import Assumed, lowered
from tenor.engine.compiled.scalar import function_of
from tenor.engine.exact.operations import NEVER
from tenor.engine.exact.record import Record
from tenor.engine.exact.values import Reason, Refused, Unknown

PARTS = ("value", "below", "unknown", "refused")
NEED, REASON = Unknown(("a quote",)), Refused((Reason("why-not", "for a reason"),))
LARGEST = {"money": 30_000_000, "shares": 2_000_000_000, "price": 9_999, "rate": 3_000, "ratio": 10_000}
BELOW = {"money": 100, "price": 10_000, "rate": 10_000, "ratio": 10_000}
FIRST_DAY = 736_695  # 2018-01-01


def drawn(draw: Any, record: Record, rows: int, causes: Causes, wider: int, lacking: float) -> dict[Any, Cells]:
    """A column for each input: figures of everyday size times `wider`, a part of them `lacking`."""
    return {
        name: _column(draw, kind, rows, causes, wider if kind in ("money", "shares") else 1, lacking, name[0] != "day")
        for name, kind in zip(record.inputs, record.kinds, strict=True)
    }


def _column(draw: Any, kind: str, rows: int, causes: Causes, wider: int, lacking: float, may_never_come: bool) -> Cells:
    unknown = np.where(draw.random(rows) < lacking, causes.of_unknown(NEED), 0)
    refused = np.where(draw.random(rows) < lacking / 4, causes.of_refused(REASON), 0)
    match kind:
        case "truth":
            return cells(draw.random(rows) < 0.5, 1, unknown, refused)
        case "word":
            return cells(draw.integers(0, 2, rows), 1, unknown, refused)
        case "date":
            days = FIRST_DAY + draw.integers(0, 1_500, rows)
            never = draw.random(rows) < (0.2 if may_never_come else 0)
            return cells(np.where(never, NEVER, days), 1, unknown, refused)
    # Many small ones, many of the largest, and now and then nothing: the least must not be above the rest always.
    sizes = np.array([1, 1_000, LARGEST[kind]])[draw.integers(0, 3, rows)]
    above = draw.integers(0, sizes, rows, endpoint=True)
    if kind in ("price", "rate"):
        above = np.maximum(above, 1)
    above = np.where(draw.random(rows) < 0.05, 0, above) if kind not in ("price", "rate") else above
    wide = above.astype(object) * wider + (draw.integers(0, 7, rows) if wider > 1 else 0)
    return cells(wide, BELOW.get(kind, 1), unknown, refused)


def one_by_one(record: Record, inputs: dict[Any, Cells], causes: Causes, words: list[Any], rounding: Any = None) -> Any:
    """The record as a function of whole numbers, which knows nothing of ranges, run row after row.

    Returns the results of each row, and where they are.
    """
    assumed = {
        name: Assumed(
            None,
            None,
            int(given.below) if kind in BELOW or kind == "shares" else 1,
            0 if given.unknown is None else None,
            0 if given.refused is None else None,
        )
        for (name, given), kind in zip(inputs.items(), record.kinds, strict=True)
    }
    as_nodes = lowered(record, assumed, causes, words)
    if rounding is not None:
        as_nodes = rounding(as_nodes, record.dimensions)
    roots, places = laid_out(as_nodes)
    names: dict[Any, str] = {}
    columns: list[Sequence[Any]] = []
    for place, name in enumerate(record.inputs):
        given = inputs[name]
        whole = given.above.dtype != float
        parts = {"value": given.above.tolist() if whole else [int(each) for each in given.above.tolist()]}
        bits = {"unknown": given.unknown, "refused": given.refused}
        for part, column in (parts | {part: each.tolist() for part, each in bits.items() if each is not None}).items():
            names[part, place] = f"{part}{place}"
            columns.append(column)
    reckon = function_of(roots, names)
    return list(map(reckon, *columns)), places


def fraction(results: Sequence[Any], place: Any) -> Any:
    """A result as it reads: a fraction or a whole number, or why there is none."""
    if results[place.refused]:
        return ("refused", int(results[place.refused]))
    if results[place.unknown]:
        return ("unknown", int(results[place.unknown]))
    return Fraction(int(results[place.above]), 1 if place.below is None else int(results[place.below]))
