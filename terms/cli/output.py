"""Output: one statement as JSON, plain, or in colour on a terminal."""

import sys
from typing import Any

from .rows import Sheet


def print_json(said: dict[str, Any]) -> None:
    """The data with its keys in the order they are written in the schema, and a line end."""
    import json

    print(json.dumps(said, indent=2, ensure_ascii=False))


def print_sheet(sheet: Sheet) -> None:
    """The sheet in colour on a terminal, plain anywhere else."""
    if sys.stdout.isatty():
        from .render import show

        show(sheet)
    else:
        from .plain import text

        print(text(sheet), end="")
