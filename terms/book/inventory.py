"""Inventory: the files that a book may be made from, by which a run that goes on knows that nothing has changed.

Notes, ledgers and tables are known by the ends of their names. A price table or a source may have any name: each is
what a note or a ledger has between quotation marks, and lies below its folder or below a folder of sources.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress

from ...grammar.classes import frozen
from ...grammar.reading import BYTES_MAX
from ..endings import LEDGER_ENDING, NOTE_ENDING, TABLE_ENDINGS

PARTS = ".parts"  # ends the name of a folder of parts, which holds no inputs
WRITTEN = (NOTE_ENDING, LEDGER_ENDING)
READ = (*WRITTEN, *TABLE_ENDINGS)
# To look for quotation marks takes a hundredth of the time that it takes to understand a note.
_QUOTED = re.compile(rb'"([^"\r\n\x00]+)"')


@frozen
class Listed:
    """A file: its name below what was given, and its state."""

    name: str
    path: str
    state: os.stat_result


def inventory(given: Sequence[str], sources: Sequence[str]) -> Iterator[Listed]:
    """All files that may be read for what is given, in a fixed order."""
    for each in given:
        yield from _found(each)
        yield from named_in(each, sources)


def named_in(given: str, sources: Sequence[str]) -> Iterator[Listed]:
    """The files that the notes and ledgers there may name: whatever they quote that is a file, each once."""
    tried: set[str] = set()
    for each in _found(given):
        if each.path.endswith(WRITTEN):
            quoted = _quoted(each)
            for root in (os.path.dirname(each.path) or ".", *sources):
                wanted = {os.path.join(root, name) for name in quoted} - tried
                tried |= wanted
                yield from (found for path in sorted(wanted) for found in _at(path, root) if _is_file(found))


def _found(given: str) -> Iterator[Listed]:
    """By the ends of their names: below a folder, or of a file given by itself only what stands beside it."""
    folder = given if os.path.isdir(given) else os.path.dirname(given) or "."
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and not each.endswith(PARTS))
        for name in sorted(names):
            if name.endswith(READ):
                yield from _at(os.path.join(parent, name), folder)
        if folder is not given:
            break


def _at(path: str, folder: str) -> Iterator[Listed]:
    """What stands there, if anything does."""
    with suppress(OSError):
        yield Listed(os.path.relpath(path, folder), path, os.stat(path))


def _is_file(each: Listed) -> bool:
    return stat.S_ISREG(each.state.st_mode)


def _quoted(each: Listed) -> set[str]:
    """What a file has between quotation marks; nothing where it cannot be read, which whoever opens it tells."""
    with suppress(OSError):
        if _is_file(each):
            with open(each.path, "rb") as file:
                return {os.fsdecode(words) for words in _QUOTED.findall(file.read(BYTES_MAX))}
    return set()
