"""Opening: which tables there are, by the ends of their names."""

import io
import os
from collections.abc import Callable
from typing import BinaryIO

from ....engine.checking.findings import alone
from ....grammar.diagnostics import NoteErrors
from ...endings import ARROW, CSV, PARQUET
from ...files import open_below, open_given
from .binary import open_arrow, open_parquet
from .lines import header_of, open_csv
from .table import Table

OPENERS: dict[str, Callable[[BinaryIO, str], Table]] = {
    PARQUET: open_parquet,
    ARROW: open_arrow,
    CSV: open_csv,
}


def is_table(name: str) -> bool:
    """Whether a file of this name is a table."""
    return os.path.splitext(name)[1] in OPENERS


def open_table(path: str) -> Table:
    """The table at a path that the user gave; raises NoteErrors."""
    return _opened(open_given(path), path)


def table_below(root: str, name: str) -> Table:
    """A table that was found at or below a folder; raises NoteErrors."""
    return _opened(open_below(root, name), os.path.join(root, name))


def columns_below(root: str, name: str) -> tuple[str, ...]:
    """The columns that the first line of a CSV file names."""
    with open_below(root, name) as file:
        return header_of(file, os.path.join(root, name))[1]


class _Held(io.FileIO):
    """A file that is open for as long as its table is there, and is closed with it."""

    def __del__(self) -> None:
        self.close()

    def _dealloc_warn(self, source: object) -> None:
        """Nothing to warn of: no one else closes it."""


def _opened(file: BinaryIO, path: str) -> Table:
    with file:
        held = io.BufferedReader(_Held(os.dup(file.fileno())))
    table = OPENERS[os.path.splitext(path)[1]](held, path)
    twice = [name for place, name in enumerate(table.columns) if name in table.columns[:place]]
    if twice:
        raise NoteErrors((table.about(twice[0], "E605", f"two columns are named `{twice[0]}`", "keep one of them"),))
    if not table.columns or table.columns == ("",):
        raise alone("E326", "the table is empty", None, "name the columns in its first line", path)
    return table
