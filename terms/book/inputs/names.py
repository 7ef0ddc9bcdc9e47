"""Names: long lists of them compared. Those that rise, or are the same, need no look for each one."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ....grammar.diagnostics import NoteErrors
from ....grammar.reading import read_source

FIRST_SEEN, LAST_SEEN = 32, 126  # the bytes of ASCII that a reader sees


def all_apart(names: pa.Array) -> bool:
    """Whether no name stands there twice."""
    return bool(pc.all(pc.less(names[:-1], names[1:])).as_py()) or pc.count_distinct(names).as_py() == len(names)


def places_of(wanted: pa.Array, names: pa.Array) -> Any:
    """Where each of the wanted names is among the names, which are all apart; -1 where it is not."""
    if wanted.equals(names):
        return np.arange(len(names))
    return np.asarray(pc.index_in(wanted, names).fill_null(-1)).astype(np.int64)


def left_over(names: pa.Array, wanted: pa.Array) -> list[str]:
    """The names that nobody wants."""
    if names.equals(wanted):
        return []
    left: list[str] = names.filter(pc.is_null(pc.index_in(names, wanted))).to_pylist()
    return left


def unseen(names: pa.Array) -> tuple[int, str] | None:
    """The first name with a character that no note may have, as it hides or turns text, and what is said of it."""
    written = np.frombuffer(names.buffers()[2] or b"", np.uint8)
    if not len(written) or (int(written.min()) >= FIRST_SEEN and int(written.max()) <= LAST_SEEN):
        return None
    for place, name in enumerate(names.to_pylist()):
        if not name.isprintable():
            try:
                read_source("", name.encode())
            except NoteErrors as errors:
                return place, errors.diagnostics[0].message
    return None
