"""Cells: what a column of a table holds, without a float on the way.

A cell that cannot be read is told by its place among the rows, with its code, a message and the next step.
Cells with nothing in them are only told apart: whether they are wrong is for the caller to say.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ....grammar.classes import field, frozen

Problem = tuple[str, str, str]  # code, message, help
LEFT_EMPTY = "leave the cell empty, or take out the row where it says nothing else"


@frozen(eq=False)
class Cells:
    """The cells of some rows: numbers times 10**decimals, or day numbers, and which rows have any.

    `values` are int64, or Python's own integers where they are wider, and 0 where nothing is or what is is wrong.
    """

    values: Any
    present: Any
    decimals: int = 0
    wrong: dict[int, Problem] = field(factory=dict)


def kind_of(stored: pa.DataType) -> str:
    """What a column of this type holds: `number`, `day`, `text`, `inexact`, or empty for what is not read here."""
    types = pa.types
    if types.is_dictionary(stored):
        return kind_of(stored.value_type)
    if (
        types.is_string(stored)
        or types.is_large_string(stored)
        or types.is_string_view(stored)
        or types.is_null(stored)
    ):
        return "text"
    if types.is_integer(stored) or types.is_decimal(stored):
        return "number"
    if types.is_date(stored) or (types.is_timestamp(stored) and stored.tz is None):
        return "day"
    return "inexact" if types.is_floating(stored) else ""


def plain(array: pa.Array) -> pa.Array:
    """The cells one by one, where the column keeps each different one once."""
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def texts(array: pa.Array) -> pa.Array:
    """The cells as text; of whole numbers, which some number their notes with, the digits."""
    found = plain(array)
    return found if pa.types.is_string(found.type) else found.cast(pa.string())


def shown(array: pa.Array, place: int) -> str:
    """A cell in a message; empty for a day of Arrow's that no calendar here spells."""
    try:
        return str(array[place])
    except (OverflowError, ValueError):
        return ""


def present_in(array: pa.Array) -> Any:
    """Which rows have a value."""
    return np.asarray(array.is_valid()) if array.null_count else np.ones(len(array), bool)


def filled(array: pa.Array) -> pa.Array:
    """The values, 0 where there is none."""
    return array.fill_null(0) if array.null_count else array


def has_cell(array: pa.Array) -> Any:
    """Which rows have something in this column, blanks aside."""
    there = present_in(array)
    if kind_of(array.type) == "text":
        there &= np.asarray(pc.not_equal(pc.utf8_trim_whitespace(texts(array)), "").fill_null(False))
    return there


def by_distinct(array: pa.Array, read: Callable[[str], Any]) -> tuple[list[Any], Any]:
    """What each different cell says, and of each row which that is; None where nothing is written."""
    coded = array if pa.types.is_dictionary(array.type) else texts(array).dictionary_encode()
    said = [read(text.strip()) if text and text.strip() else None for text in texts(coded.dictionary).to_pylist()]
    places = np.asarray(coded.indices.cast(pa.int64()).fill_null(len(said)))
    return [*said, None], places
