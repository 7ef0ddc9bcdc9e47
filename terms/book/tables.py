"""Tables: a block of notes, asked on all dates, as an Arrow table.

Every note has its rows, also one that could not be read: its answers are null, and the reason says why.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import evolve

from ...engine.arrays.columns import DECIMALS, Column
from ...grammar.diagnostics import render
from .cells import EPOCH, figures, fractions, reasons, with_never
from .evaluators import Evaluator
from .members import Failed, Member
from .question import Question
from .schema import has_currency, schema_of
from .tally import FAILED, TOLD_MAX, Tally

Block = Sequence[Member | Failed]


def table(question: Question, block: Block, evaluator: Evaluator) -> tuple[pa.Table, Tally]:
    """The rows of a block, and what there is to tell of them; raises Misfit for a figure that has no room."""
    dates, schema = question.dates, schema_of(question)
    rows = len(block) * len(dates)
    members = [each for each in block if isinstance(each, Member)]
    answered = evaluator.answers(members, dates, question.ask)
    columns, counted = _frame(question, block), {}
    for name, kind in zip(question.ask, question.kinds, strict=True):
        column = with_never(_with_failed(answered.columns[name], block, len(dates)))
        stored = schema.field(name).type
        columns.append(figures(column, kind, stored, partial(_where, question, block, name)))
        why, counted[name] = reasons(column, rows)
        columns.append(why)
        if question.exact and kind in DECIMALS:
            columns += fractions(column)
    tally = Tally(len(block), rows, counted, dict(answered.exact_path), len(block) - len(members), _found(block))
    return pa.Table.from_arrays(columns, schema=schema), tally


def _frame(question: Question, block: Block) -> list[pa.Array]:
    """The columns that say whose row it is."""
    dates = question.dates
    notes = np.repeat(np.arange(len(block), dtype=np.int32), len(dates))
    days = np.tile(np.array([day.toordinal() - EPOCH for day in dates], np.int32), len(block))
    names = pa.array([each.name for each in block], pa.string())
    frame = [
        pa.DictionaryArray.from_arrays(pa.array(notes), names),
        pa.Array.from_buffers(pa.date32(), len(days), [None, pa.py_buffer(days)]),
    ]
    if has_currency(question):
        of_notes = [None if isinstance(each, Failed) else each.note.versions[0].currency for each in block]
        used = sorted({each for each in of_notes if each is not None})
        places = np.array([-1 if each is None else used.index(each) for each in of_notes], np.int16)[notes]
        frame.append(pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), pa.array(used, pa.string())))
    return frame


def _with_failed(column: Column, block: Block, dates: int) -> Column:
    """The column with rows for the notes that could not be read, each with the codes of its findings."""
    codes = list(column.codes)
    of_notes = np.zeros(len(block), np.uint16)
    for place, each in enumerate(block):
        if isinstance(each, Failed):
            code = FAILED + ", ".join(sorted({found.code for found in each.diagnostics}))
            if code not in codes:
                codes.append(code)
            of_notes[place] = codes.index(code)
    if not of_notes.any():
        return column
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


def _found(block: Block) -> tuple[str, ...]:
    failed = [each for each in block if isinstance(each, Failed)]
    return tuple(_told(each) for each in failed[:TOLD_MAX])


def _told(failed: Failed) -> str:
    """All that was found, under the place of the note where the findings do not name it."""
    found = "\n\n".join(render(each) for each in failed.diagnostics)
    return found if failed.place in found else f"{failed.place}:\n{found}"


def _where(question: Question, block: Block, name: str, row: int) -> str:
    note, day = divmod(row, len(question.dates))
    when: date = question.dates[day]
    return f"`{name}` of {block[note].place} on {when}"
