"""Keys: where the rows of each note, or of each issuer, stand in a table.

The rows of one key stand together, so that a block of a book reads one stretch of a large table and not all of
it. One pass over the column of keys finds where each begins; the rest is not looked at before it is asked for.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ....grammar.classes import frozen
from ....grammar.diagnostics import Diagnostic, NoteErrors
from .cells import has_cell, texts
from .names import all_apart
from .table import Table


@frozen(eq=False)
class Keys:
    """The keys of a table in its order, and the first row of each; the last of `starts` is the number of rows."""

    names: pa.Array
    starts: Any


def keys_of(table: Table, column: str) -> Keys:
    """The keys of a column; raises NoteErrors for rows without one, and for keys whose rows do not stand together."""
    names: list[pa.Array] = [pa.array([], pa.string())]
    starts: list[Any] = [np.zeros(0, np.int64)]
    for stretch in range(table.stretches):
        found, begins = _runs(table.read(stretch, [column])[0])
        names.append(found)
        starts.append(begins + int(table.starts[stretch]))
    cells = pa.chunked_array(names).combine_chunks()
    begins = np.concatenate(starts)
    missing = np.flatnonzero(~has_cell(cells))
    if len(missing):
        span = table.span(int(begins[missing[0]]), [(column, "")], 0)
        message = f"this row has no `{column}`"
        raise NoteErrors((Diagnostic("E608", message, span, "write whose row it is, or take the row out"),))
    together = pc.utf8_trim_whitespace(cells)
    another = np.ones(len(together), bool)  # than the run before: one may go on in the next stretch
    another[1:] = np.asarray(pc.not_equal(together[1:], together[:-1]))
    keys = Keys(together.filter(pa.array(another)), np.concatenate([begins[another], [table.rows]]).astype(np.int64))
    _apart(table, column, keys)
    return keys


def _runs(array: pa.Array) -> tuple[pa.Array, Any]:
    """The cell of each run of like ones, and where it begins; a dictionary may hold a word twice, which parts a run."""
    if pa.types.is_dictionary(array.type) and not array.null_count:
        coded = np.asarray(array.indices)
        changes = coded[1:] != coded[:-1]
    else:
        array = texts(array).fill_null("")
        changes = np.asarray(pc.not_equal(array[1:], array[:-1]))
    begins = np.concatenate([np.zeros(min(1, len(array)), np.int64), np.flatnonzero(changes) + 1])
    return texts(array.take(pa.array(begins))), begins


def _apart(table: Table, column: str, keys: Keys) -> None:
    """Raise for the first key whose rows stand in two places."""
    if all_apart(keys.names):
        return
    coded = np.asarray(keys.names.dictionary_encode().indices)
    first = np.unique(coded, return_index=True)[1]
    again = int(np.setdiff1d(np.arange(len(coded)), first)[0])
    key = keys.names[again].as_py()
    here = table.span(int(keys.starts[again]), [(column, key)], 0)
    there = table.span(int(keys.starts[int(first[coded[again]])]), [(column, key)], 0)
    message = f"the rows of `{key}` stand in two places"
    help = f"sort the table by `{column}` and then by `date`, so that the rows of each `{column}` stand together"
    raise NoteErrors((Diagnostic("E611", message, here, help, ((there, "the first of them"),)),))
