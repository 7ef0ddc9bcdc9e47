"""Days: columns of dates, of times at midnight, or of text such as `2019-08-23`, as day numbers."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from ....engine.meaning.phrases import no_day, note_day
from ....engine.time.calendars import EARLIEST, LATEST
from .cells import Cells, Problem, by_distinct, filled, kind_of, plain, present_in, shown

EPOCH = date(1970, 1, 1).toordinal()  # the day from which Arrow counts
SECONDS_A_DAY = 86_400
FAR = 1 << 30  # days that would not fit into 32 bits any more


def days(array: pa.Array) -> Cells:
    """The day numbers of a column."""
    if kind_of(array.type) == "text":
        return _spelt(array)
    array = plain(array)
    if pa.types.is_date64(array.type):  # milliseconds, which need not be whole days
        array = array.cast(pa.int64()).cast(pa.timestamp("ms"))
    present = present_in(array)
    values, timed = _timed(array) if pa.types.is_timestamp(array.type) else (_dated(array), np.zeros(len(array), bool))
    wrong: dict[int, Problem] = {}
    outside = timed & False
    if len(values) and (int(values.min()) < EARLIEST.toordinal() or int(values.max()) > LATEST.toordinal()):
        outside = present & ((values < EARLIEST.toordinal()) | (values > LATEST.toordinal()))
    for place in np.flatnonzero(outside).tolist():
        message = f"{_cell(array, place)} lies outside the years {EARLIEST.year} to {LATEST.year}"
        wrong[place] = "E322", message, "correct the year"
    for place in np.flatnonzero(present & timed & ~outside).tolist():
        wrong[place] = "E322", f"{_cell(array, place)} is a time, not a day", "write dates, or times at midnight"
    if array.null_count or wrong:
        values[~present | outside | timed] = 0
    return Cells(values, present, wrong=wrong)


def _spelt(array: pa.Array) -> Cells:
    said, places = by_distinct(array, day_of)
    values = np.array([each if isinstance(each, int) else 0 for each in said], np.int64)[places]
    present = np.array([each is not None for each in said])[places]
    wrong: dict[int, Problem] = {}
    for place, each in enumerate(said):
        if isinstance(each, tuple):
            wrong |= dict.fromkeys(np.flatnonzero(places == place).tolist(), each)
    return Cells(values, present, wrong=wrong)


def day_of(text: str) -> int | Problem:
    """The number of a day that is spelt `2019-08-23`, or what is wrong with it."""
    day = note_day(text)
    return day.toordinal() if day is not None else ("E322", *no_day(text))


def _cell(array: pa.Array, place: int) -> str:
    text = shown(array, place)
    return f"`{text}`" if text else "this"


def _dated(array: pa.Array) -> Any:
    numbered: Any = np.asarray(filled(array.cast(pa.int32())))
    return (numbered if int(numbered.max(initial=0)) < FAR else numbered.astype(np.int64)) + EPOCH


def _timed(array: pa.Array) -> tuple[Any, Any]:
    """The days of times, and which of the times are not at midnight."""
    units = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[array.type.unit] * SECONDS_A_DAY
    numbered = np.asarray(filled(array.cast(pa.int64())))
    return numbered // units + EPOCH, numbered % units != 0
