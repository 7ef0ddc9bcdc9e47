"""Cells: columns of exact integers as Arrow arrays, without a change of any digit.

A figure that does not fit its column is trouble that names its row. The words of reasons and of answers are
listed in the alphabet, only those that occur, so that bytes do not hang on who answered.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from ...engine.arrays.columns import Column
from ...engine.exact.operations import NEVER
from ...engine.exact.spelling import in_digits
from .schema import LISTED, NARROW, WIDE
from .trouble import Misfit

EPOCH = 719_163  # the day number of 1970-01-01, from which files count
NEVER_CODE = "never"
SIXTY_FOUR = 64
LOW = (1 << SIXTY_FOUR) - 1
FEW = 16


def with_never(column: Column) -> Column:
    """The same dates, those of what never happens told by a reason and not by a date."""
    if column.kind != "date" or not (late := column.values >= NEVER).any():
        return column
    reasons = np.zeros(len(late), np.uint16) if column.reasons is None else column.reasons.copy()
    reasons[late & (reasons == 0)] = len(column.codes)
    return Column(column.kind, column.decimals, column.values, reasons, (*column.codes, NEVER_CODE))


def figures(column: Column, kind: str, stored: pa.DataType, where: Callable[[int], str]) -> pa.Array:
    """The answers, null where a reason stands; `where` names a row in a message."""
    known = None if column.reasons is None else column.reasons == 0
    if known is not None and not known.any():
        return pa.nulls(len(known), stored)
    assert column.kind == kind, f"figures of the kind {column.kind} in a column of the kind {kind}"
    match kind:
        case "word":
            return spelt(column, known)
        case "truth":
            return pa.array(column.values.astype(bool), mask=None if known is None else ~known)
    values = column.values if known is None else np.where(known, column.values, 0)
    if kind == "date":
        days = (values - EPOCH).astype(np.int32)
        return pa.Array.from_buffers(stored, len(days), [_validity(known), pa.py_buffer(days)])
    digits = NARROW if pa.types.is_decimal64(stored) else WIDE if pa.types.is_decimal(stored) else 0
    _fit(values, 10**digits if digits else 1 << (SIXTY_FOUR - 1), where)
    words = _two_words(values) if digits == WIDE else values.astype(np.int64, copy=False)
    return pa.Array.from_buffers(stored, len(values), [_validity(known), pa.py_buffer(np.ascontiguousarray(words))])


def _fit(values: Any, limit: int, where: Callable[[int], str]) -> None:
    """Trouble for the first figure that has more digits than its column."""
    if int(values.max()) < limit and int(values.min()) > -limit:
        return
    row = next(row for row, value in enumerate(values.tolist()) if not -limit < value < limit)
    help = "ask with `--wide`, which has room for 38 digits" if limit != 10**WIDE else "ask `terms eval` for this note"
    raise Misfit(f"{where(row)} has too many digits for its column", help)


def _two_words(values: Any) -> Any:
    """Each as two words of 64 bits, the low one first, as 128 bits are stored."""
    words = np.empty((len(values), 2), np.int64)
    if values.dtype == object:
        words[:, 0] = np.array([value & LOW for value in values.tolist()], np.uint64).view(np.int64)
        words[:, 1] = [value >> SIXTY_FOUR for value in values.tolist()]
    else:
        words[:, 0] = values
        words[:, 1] = values >> (SIXTY_FOUR - 1)
    return words


def _validity(known: Any) -> Any:
    return None if known is None else pa.py_buffer(np.packbits(known, bitorder="little"))


def reasons(column: Column, rows: int) -> tuple[pa.Array, dict[str, int]]:
    """Why each row is not known, null where it is, and how many rows have each reason."""
    if column.reasons is None:
        return _all_known(rows), {}
    counted = _counted(column.reasons, len(column.codes))
    tally = {code: counted[place] for place, code in enumerate(column.codes) if place and counted[place]}
    unknown = column.reasons != 0
    return listed(column.reasons - unknown, column.codes[1:], counted[1:], unknown), tally


@lru_cache(maxsize=2)  # all parts of a run have one size, but for the last
def _all_known(rows: int) -> pa.Array:
    return pa.nulls(rows, LISTED)


def spelt(column: Column, known: Any) -> pa.Array:
    """Words by their places in the vocabulary, null where they are not known."""
    places = column.values if known is None else np.where(known, column.values, 0)
    counted = np.bincount(places if known is None else places[known], minlength=len(column.vocabulary)).tolist()
    return listed(places, column.vocabulary, counted, known)


def listed(places: Any, names: Sequence[str], counted: Sequence[int], known: Any) -> pa.DictionaryArray:
    """The names that occur, in the alphabet, and for each row the place of its own; 0 where it is null."""
    used = sorted({name for name, count in zip(names, counted, strict=True) if count})
    if used != list(names):
        rank = {name: place for place, name in enumerate(used)}
        places = np.array([rank.get(name, 0) for name in names] or [0], np.int16)[places]
    indices = np.ascontiguousarray(places, np.int16)
    array = pa.Array.from_buffers(pa.int16(), len(indices), [_validity(known), pa.py_buffer(indices)])
    return pa.DictionaryArray.from_arrays(array, pa.array(used, pa.string()))


def _counted(places: Any, count: int) -> list[int]:
    """How often each place occurs; a few are compared one by one, which is many times faster."""
    if count > FEW:
        return [int(each) for each in np.bincount(places, minlength=count)]
    found = [int(np.count_nonzero(places == place)) for place in range(1, count)]
    return [len(places) - sum(found), *found]


def fractions(column: Column) -> tuple[pa.Array, pa.Array]:
    """Numerators and denominators before rounding, in lowest terms, in digits; null where a reason stands."""
    assert column.exact is not None, "the figures before rounding were not asked for"
    unknown = np.zeros(len(column.values), bool) if column.reasons is None else column.reasons != 0
    numerators, denominators = (
        pa.array([in_digits(int(each)) for each in part], pa.string(), mask=unknown) for part in column.exact
    )
    return numerators, denominators
