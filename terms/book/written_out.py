"""Notes written out: files of their own, each with the ledger beside it or of its name in the folder of facts."""

import os
import re
from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pyarrow as pa

from ...engine.checking.entries import Vocabulary, vocabulary
from ...engine.meaning.model import Note
from ...engine.world.facts import Ledger
from ...grammar.classes import frozen
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.reading import BYTES_MAX
from ..door import LoadedNote, try_load
from ..files import open_below, open_given, why_not_below
from .member import Failed, Member
from .templates import issuer_of, ledger_below
from .weaving import Asked, Worlds

_ISSUER = re.compile(r'\bissuer\s*:(?:\s|#.*)*"([^"\r\n]*)"')
_BEGINS = re.compile(r'[a-z_]+(?=\s*[:{"])')

VOCABULARIES_MAX = 8  # different ones that are kept, so that notes alike share what reads their facts


@frozen
class File:
    """A file of a note: the folder that was given and its path below that, or the path that was given."""

    root: str | None
    path: str
    name: str

    @property
    def place(self) -> str:
        """The path, as the user would write it."""
        return self.path if self.root is None else os.path.join(self.root, self.path)


def _text(file: File) -> str:
    """The note as it is written, as far as it can be read: whoever asks about it is told what is wrong."""
    with suppress(NoteErrors), open_given(file.path) if file.root is None else open_below(file.root, file.path) as data:
        return data.read(BYTES_MAX).decode("utf-8", "replace")
    return ""


class WrittenOut:
    """Notes in files of their own. Of the book the first has the place `first`."""

    def __init__(self, files: Sequence[File], first: int, sources: Sequence[str], worlds: Worlds | None) -> None:
        self._files = tuple(files)
        self._first = first
        self._sources = tuple(sources)
        self._worlds = worlds
        self._words: list[Vocabulary] = []

    def __len__(self) -> int:
        return len(self._files)

    def issuers(self) -> set[str]:
        """Those that the notes name, as far as these can be read; a note is not understood for it."""
        return {issuer for each in self._files for issuer in _ISSUER.findall(_text(each))}

    def forms(self) -> Iterator[tuple[int, Hashable]]:
        """The notes by place, each with the words that its clauses and their fields begin with."""
        return ((place, frozenset(_BEGINS.findall(_text(each)))) for place, each in enumerate(self._files))

    def members(self, start: int, stop: int) -> list[Member | Failed]:
        """The notes of these files."""
        return [self._member(self._files[place], self._first + place) for place in range(start, stop)]

    def _member(self, file: File, position: int) -> Member | Failed:
        if file.root is not None and (why := why_not_below(file.root, file.path)):
            message = f"`{file.place}` cannot be read: {why}"
            return Failed(
                file.name, file.place, (Diagnostic("E402", message, None, "name the file itself", file=file.place),)
            )
        loaded, found = try_load(file.place, self._sources)
        if loaded is None or found:
            return Failed(file.name, file.place, found)
        try:
            return Member(file.name, file.place, loaded.note, self._ledger(file, loaded, position))
        except NoteErrors as errors:
            return Failed(file.name, file.place, errors.diagnostics)

    def _ledger(self, file: File, loaded: LoadedNote, position: int) -> Ledger:
        """All that is recorded for a note; raises NoteErrors."""
        if self._worlds is None:
            return loaded.facts()
        facts, note = self._worlds.facts, loaded.note
        below = facts.ledgers.get(file.name)
        own = None if below is None else ledger_below(facts.root, below, note)
        if own is not None and not facts.tables:
            return own
        model = note.versions[0]
        issuers = pa.array([issuer_of(note)], pa.string())
        issued: Any = np.array([note.issued.toordinal()])
        places = np.array([position])
        asked = Asked(places, issuers, issued, model.calendar, self._vocabulary(note), lambda place: own)
        world = self._worlds.of(asked)
        if world.wrong:
            raise NoteErrors(tuple(world.wrong[0]))
        return world.ledger(0)

    def _vocabulary(self, note: Note) -> Vocabulary:
        """What the note's facts may speak of; one of those known, where it is the same."""
        words = vocabulary(note)
        for known in self._words:
            if known == words:
                return known
        self._words = [*self._words[1 - VOCABULARIES_MAX :], words]
        return words
