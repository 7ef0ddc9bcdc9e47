"""Which note a ledger belongs to: the one it names, or the one of its own name beside it."""

import os
from collections.abc import Sequence

from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.parse import parse_partly
from ...grammar.tree import Document, Entry
from ..door import LoadedNote, try_load
from ..files import read_given
from .paths import LEDGER, NOTE


def note_path(ledger: str, document: Document) -> str:
    """The path of the note; raises NoteErrors where there is none."""
    named = next((each for each in document.pieces if not isinstance(each, Entry) and each.name == "note"), None)
    folder = os.path.dirname(ledger)
    if named is not None and named.label:
        path = os.path.join(folder, named.label)
        if os.path.isabs(named.label) or ".." in named.label.split("/") or not os.path.isfile(path):
            message = f"there is no note `{named.label}` beside or below this ledger"
            raise NoteErrors((Diagnostic("E404", message, named.span, "name the note by its file, beside the ledger"),))
        return path
    path = ledger.removesuffix(LEDGER) + NOTE
    if not os.path.isfile(path):
        message = "the ledger names no note, and none of its name stands beside it"
        raise NoteErrors((Diagnostic("E404", message, None, 'start it with `note "….terms"`', file=ledger),))
    return path


class Notes:
    """Notes read once, however many ledgers name them."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._read: dict[str, tuple[LoadedNote | None, tuple[Diagnostic, ...]]] = {}

    def read(self, path: str) -> tuple[LoadedNote | None, tuple[Diagnostic, ...]]:
        """The note at a path, or what is wrong with it."""
        if path not in self._read:
            self._read[path] = try_load(path, self._sources)
        return self._read[path]

    def of_ledger(self, ledger: str) -> LoadedNote | None:
        """The note of a ledger, None where the note itself has findings; raises NoteErrors where there is none."""
        document, found = parse_partly(read_given(ledger))
        if found:
            raise NoteErrors(found)
        return self.read(note_path(ledger, document))[0]
