"""Paths on the command line: files as given, folders searched for notes and ledgers."""

import os
from collections.abc import Sequence

from ..endings import LEDGER_ENDING, NOTE_ENDING
from .exits import Misused


def files_in(paths: Sequence[str]) -> list[str]:
    """Notes and ledgers, in order and each once; a folder is searched with all below it, but for hidden folders."""
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            below = sorted(_below(path))
            if not below:
                raise Misused(
                    f"`{path}` holds no `{NOTE_ENDING}` or `{LEDGER_ENDING}` file", "name a file, or another folder"
                )
            found += below
        elif not os.path.exists(path):
            raise Misused(f"there is no file `{path}`", "check the path")
        elif path.endswith((NOTE_ENDING, LEDGER_ENDING)):
            found.append(path)
        else:
            raise Misused(
                f"`{path}` is neither a note nor a ledger",
                f"notes end in `{NOTE_ENDING}`, ledgers in `{LEDGER_ENDING}`",
            )
    return list(dict.fromkeys(found))


def _below(folder: str) -> list[str]:
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(parent, name) for name in names if name.endswith((NOTE_ENDING, LEDGER_ENDING))]
    for path in filter(os.path.islink, found):
        raise Misused(f"`{path}` is a link, and may lead out of the folder", "name the file that is meant")
    return found
