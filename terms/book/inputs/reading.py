"""Reading: the cells of a column under its unit, as exact figures of the dimension that is wanted, or as days."""

from typing import Any

import numpy as np
import pyarrow as pa

from ....engine.arrays.cells import times
from ....engine.exact.dimensions import DATE, SHARES
from ....grammar.classes import evolve
from .cells import Cells, Problem, by_distinct
from .days import days
from .figures import numbers
from .layout import Column
from .written import written

NEGATIVE = "write the amount without a sign; whose it is follows from the clause"


def cells_of(column: Column, array: pa.Array) -> Cells:
    """The figures or days of a column; a figure below zero is wrong, and so is a part of a share."""
    if column.dimension == DATE:
        return days(array)
    if column.unit is None:
        cells = _written(column, array)
    else:
        cells = numbers(array)
        values = times(cells.values, column.unit.factor)
        cells = evolve(cells, values=values, decimals=cells.decimals + column.unit.decimals)
    return _in_range(column, cells)


def _written(column: Column, array: pa.Array) -> Cells:
    """Text that says its own unit."""
    said, places = by_distinct(array, lambda text: written(text, column.dimension))
    figures = [each for each in said if each is not None and len(each) == 2]
    decimals = max((own for _, own in figures), default=0)
    units = [each[0] * 10 ** (decimals - each[1]) if each is not None and len(each) == 2 else 0 for each in said]
    wrong: dict[int, Problem] = {}
    for place, each in enumerate(said):
        if each is not None and len(each) != 2:
            wrong |= dict.fromkeys(np.flatnonzero(places == place).tolist(), each)
    return Cells(_integers(units)[places], np.array([each is not None for each in said])[places], decimals, wrong)


def _in_range(column: Column, cells: Cells) -> Cells:
    wrong = dict(cells.wrong)
    below = cells.values.min(initial=0) < 0
    for place in np.flatnonzero(cells.values < 0).tolist() if below else ():
        wrong.setdefault(place, ("E014", f"`{column.header.name}` is below zero", NEGATIVE))
    if column.dimension == SHARES and cells.decimals:
        for place in np.flatnonzero(cells.values % 10**cells.decimals).tolist():
            wrong.setdefault(place, ("E615", "this is no whole number of shares", "write whole shares"))
    if len(wrong) == len(cells.wrong):
        return cells
    values = cells.values.copy()
    values[list(wrong)] = 0
    return evolve(cells, values=values, wrong=wrong)


def _integers(values: list[int]) -> Any:
    try:
        return np.array(values, np.int64)
    except OverflowError:
        return np.array(values, object)
