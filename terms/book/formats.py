"""Formats: how a table is written, by the end of the file's name."""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

import pyarrow as pa

from ...grammar.classes import frozen
from ..endings import ARROW, CSV, PARQUET
from .arrow import encoded_arrow, encoded_csv, head_csv, join_arrow, join_csv
from .parquet import MAGIC, body, encoded, join
from .parts import Piece


@frozen
class Bodies:
    """Of a file that is a head, the bodies of its parts as they are, and what tells where these stand: the first of
    these, and which bytes of a part are the second."""

    head: Callable[[pa.Schema], bytes]
    of: Callable[[Any], slice]


@frozen
class Format:
    """How a part is encoded, and how all parts, which may come one by one, are joined to one file."""

    suffix: str
    encoded: Callable[[pa.Table], pa.Buffer]
    join: Callable[[Iterable[Piece], pa.Schema, BinaryIO], None]
    bodies: Bodies | None = None


FORMATS = (
    Format(PARQUET, encoded, join, Bodies(lambda schema: MAGIC, body)),
    Format(ARROW, encoded_arrow, join_arrow),
    Format(CSV, encoded_csv, join_csv, Bodies(head_csv, lambda data: slice(0, len(data)))),
)


def format_of(path: str) -> Format | None:
    """The format of a file by its name."""
    return next((each for each in FORMATS if path.endswith(each.suffix)), None)
