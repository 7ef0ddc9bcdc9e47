"""Tables: a stretch of notes, asked on all dates, as an Arrow table.

Every note has its rows, also one that could not be read: its answers are null, and the reason says why.
"""

from datetime import date
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pyarrow as pa

from ...engine.arrays.columns import DECIMALS, Column
from ...grammar.classes import evolve
from ...grammar.diagnostics import render
from .cells import EPOCH, figures, fractions, listed, reasons, with_never
from .members import Failed
from .question import Question
from .schema import has_currency, schema_of
from .stretch import Stretch
from .tally import FAILED, TOLD_MAX, Tally


def table(question: Question, notes: Stretch) -> tuple[pa.Table, Tally]:
    """The rows of a stretch, and what there is to tell of them; raises Misfit for a figure that has no room."""
    dates, schema = question.dates, schema_of(question)
    rows = len(notes.names) * len(dates)
    columns, counted = _frame(question, notes), {}
    for name, kind in zip(question.ask, question.kinds, strict=True):
        column = notes.answered.columns[name]
        if notes.failed:
            column = _with_failed(column, notes, len(dates))
        column = with_never(column)
        stored = schema.field(name).type
        columns.append(figures(column, kind, stored, partial(_where, question, notes, name)))
        why, counted[name] = reasons(column, rows)
        columns.append(why)
        if question.exact and kind in DECIMALS:
            columns += fractions(column)
    found = tuple(_told(each) for each in list(notes.failed.values())[:TOLD_MAX])
    tally = Tally(len(notes.names), rows, counted, dict(notes.answered.exact_path), len(notes.failed), found)
    return pa.Table.from_arrays(columns, schema=schema), tally


def _frame(question: Question, notes: Stretch) -> list[pa.Array]:
    """The columns that say whose row it is."""
    of_rows, days = _tiled(len(notes.names), question.dates)
    frame = [pa.DictionaryArray.from_arrays(of_rows, pa.array(notes.names, pa.string())), days]
    if has_currency(question):
        if len(set(notes.currencies)) == 1 and notes.currencies[0] is not None:
            return [*frame, _of_one_currency(notes.currencies[0], len(of_rows))]
        used = sorted({each for each in notes.currencies if each is not None})
        rank = {each: place for place, each in enumerate(used)}
        places = np.array([rank.get(each or "", 0) for each in notes.currencies], np.int16)
        known = np.array([each is not None for each in notes.currencies])
        dates = len(question.dates)
        whole = None if known.all() else np.repeat(known, dates)
        frame.append(listed(np.repeat(places, dates), used, [1] * len(used), whole))
    return frame


@lru_cache(maxsize=2)
def _of_one_currency(currency: str, rows: int) -> pa.Array:
    return listed(np.zeros(rows, np.int16), (currency,), (rows,), None)


@lru_cache(maxsize=2)  # all parts of a run have one size, but for the last
def _tiled(notes: int, dates: tuple[date, ...]) -> tuple[pa.Array, pa.Array]:
    """The place of the note and the date of each row."""
    places = np.repeat(np.arange(notes, dtype=np.int32), len(dates))
    days = np.tile(np.array([day.toordinal() - EPOCH for day in dates], np.int32), notes)
    return pa.array(places), pa.Array.from_buffers(pa.date32(), len(days), [None, pa.py_buffer(days)])


def _with_failed(column: Column, notes: Stretch, dates: int) -> Column:
    """The column with rows for the notes that could not be read, each with the codes of its findings."""
    codes = list(column.codes)
    of_notes = np.zeros(len(notes.names), np.uint16)
    for place, each in notes.failed.items():
        code = FAILED + ", ".join(sorted({found.code for found in each.diagnostics}))
        if code not in codes:
            codes.append(code)
        of_notes[place] = codes.index(code)
    whole = np.repeat(of_notes, dates)
    read = whole == 0
    if column.reasons is not None:
        whole[read] = column.reasons
    exact = None if column.exact is None else tuple(_spread(each, read) for each in column.exact)
    values = _spread(column.values, read)
    return evolve(column, values=values, reasons=whole, codes=tuple(codes), exact=exact)


def _spread(values: Any, read: Any) -> Any:
    whole = np.zeros(len(read), values.dtype)
    whole[read] = values
    return whole


def _told(failed: Failed) -> str:
    """All that was found, under the place of the note where the findings do not name it."""
    found = "\n\n".join(render(each) for each in failed.diagnostics)
    return found if failed.place in found else f"{failed.place}:\n{found}"


def _where(question: Question, notes: Stretch, name: str, row: int) -> str:
    note, day = divmod(row, len(question.dates))
    when: date = question.dates[day]
    return f"`{name}` of {notes.place(note)} on {when}"
