"""Formats: how a table is written, by the end of the file's name."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

import pyarrow as pa

from ...grammar.classes import frozen
from .arrow import encoded_arrow, encoded_csv, join_arrow, join_csv
from .parquet import encoded, join


@frozen
class Format:
    """How a part is encoded, and how the files of all parts, which may come one by one, are joined to one."""

    suffix: str
    encoded: Callable[[pa.Table], pa.Buffer]
    join: Callable[[Iterable[str], pa.Schema, BinaryIO], None]


FORMATS = (
    Format(".parquet", encoded, join),
    Format(".arrow", encoded_arrow, join_arrow),
    Format(".csv", encoded_csv, join_csv),
)


def format_of(path: str) -> Format | None:
    """The format of a file by its name."""
    return next((each for each in FORMATS if path.endswith(each.suffix)), None)
