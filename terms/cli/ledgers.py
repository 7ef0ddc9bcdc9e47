"""Which note a ledger belongs to: the one it names, or the one of its own name beside it."""

import os
from collections.abc import Sequence

from ...engine.checking.language import note_named
from ...engine.checking.ledger import undated
from ...engine.world.facts import Ledger
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.parse import parse_partly
from ...grammar.tree import Document
from ..door import LoadedNote, try_load
from ..endings import LEDGER_ENDING, NOTE_ENDING
from ..files import MISSING, read_given, why_not_below


def note_path(ledger: str, document: Document) -> str:
    """The path of the note; raises NoteErrors where there is none."""
    named = note_named(document)
    folder = os.path.dirname(ledger)
    if named is not None and named.label:
        if why := why_not_below(folder, named.label):
            message = f"there is no note `{named.label}` beside or below this ledger"
            message += f": {why}" if why != MISSING else ""
            raise NoteErrors((Diagnostic("E404", message, named.span, "name the note by its file, beside the ledger"),))
        return os.path.join(folder, named.label)
    path = ledger.removesuffix(LEDGER_ENDING) + NOTE_ENDING
    if why := why_not_below(folder, os.path.basename(path)):
        message = "the ledger names no note, and none of its name stands beside it"
        message += f": {why}" if why != MISSING else ""
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

    def with_ledger(self, path: str) -> tuple[LoadedNote, Ledger] | None:
        """The note of a ledger and the ledger, None where the note has findings; raises NoteErrors for all others."""
        document, found = parse_partly(read_given(path))
        if found:
            raise NoteErrors(undated(found))
        owner = self.read(note_path(path, document))[0]
        return None if owner is None else (owner, owner.facts(path, document))
