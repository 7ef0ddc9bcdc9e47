"""Members: the notes of a book, ready to be asked, read in blocks.

STAND-IN until the input half lands: folders and files of notes, each with the ledger beside it.
"""

import os
from collections.abc import Sequence

from attrs import frozen

from ...engine.meaning.model import Note
from ...engine.world.facts import Ledger
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ..door import try_load


@frozen
class Member:
    """One note of a book: its name, unique in the book, where it stands, the note and its ledger."""

    name: str
    place: str
    note: Note
    ledger: Ledger


@frozen
class Failed:
    """A note or row that could not be read."""

    name: str
    place: str
    diagnostics: tuple[Diagnostic, ...]


@frozen
class Members:
    """The notes of a book in a fixed order."""

    _paths: tuple[str, ...]
    _sources: tuple[str, ...]

    def __len__(self) -> int:
        return len(self._paths)

    def block(self, start: int, stop: int) -> list[Member | Failed]:
        """The notes from `start` up to `stop`."""
        return [self._read(path) for path in self._paths[start:stop]]

    def _read(self, path: str) -> Member | Failed:
        name = os.path.splitext(os.path.basename(path))[0]
        loaded, found = try_load(path, self._sources)
        if loaded is None:
            return Failed(name, path, found)
        try:
            return Member(name, path, loaded.note, loaded.facts())
        except NoteErrors as errors:
            return Failed(name, path, errors.diagnostics)


def open_members(
    paths: Sequence[str], template: str | None = None, facts: str | None = None, sources: Sequence[str] = ()
) -> Members:
    """The notes at or below these paths."""
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            found += sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".terms"))
        else:
            found.append(path)
    return Members(tuple(found), tuple(sources))
