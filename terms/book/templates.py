"""Templates: the notes that the rows of a table make of one template."""

import os
from collections.abc import Hashable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from ...engine.checking.entries import vocabulary
from ...engine.checking.findings import alone
from ...engine.checking.language import note_named
from ...engine.meaning.model import Note
from ...engine.meaning.varying import Varying
from ...engine.world.facts import Ledger
from ...grammar.diagnostics import Diagnostic
from ...grammar.parse import parse_partly
from ..door import load_facts
from ..endings import NOTE_ENDING
from ..files import read_given, why_not_below
from .blocks import Block
from .inputs.rows import Rows
from .member import Failed, Member
from .parameters import Notes, Parameter
from .rechecking import Rechecking
from .weaving import Asked, Worlds

FORMS_MAX = 1_000  # rows among which one at least should make a note
ISSUED = "issued"  # the parameter before which nothing of a note is answered


class Templated:
    """The rows of one table under a template. Of the book its first note has the place `first`."""

    def __init__(self, rows: Rows, template: Note, first: int, worlds: Worlds) -> None:
        self._rows = rows
        self._template = template
        self._first = first
        self._worlds = worlds
        self._words = vocabulary(template)
        self._varying = Varying(template, tuple(rows.columns))
        self._checks = Rechecking(self._varying)

    def __len__(self) -> int:
        return self._rows.table.rows

    @property
    def notices(self) -> tuple[str, ...]:
        """What of the table is no note, in words."""
        return self._rows.table.notices

    def issuers(self) -> set[str]:
        """Those of the notes."""
        said = self._rows.every_issuer()
        return {issuer_of(self._template)} if said is None else said

    def forms(self) -> Iterator[tuple[int, Hashable]]:
        """Some of the notes by place, all of one form: that of the template."""
        return ((place, "") for place in range(min(len(self), FORMS_MAX)))

    def members(self, start: int, stop: int) -> list[Member | Failed]:
        """The notes of these rows, on their own."""
        return self.block(start, stop).members()

    def block(self, start: int, stop: int) -> Block:
        """The notes of these rows, as columns."""
        figures, wrong = self._rows.cells(start, stop)
        notes = self._notes(start, stop, figures)
        right = np.array([row - start for row in range(start, stop) if row not in wrong], np.int64)
        unsound = self._checks.wrong(notes.parameters, right, notes.span)
        sound = np.setdiff1d(right, np.array(list(unsound), np.int64))
        wrong |= {start + place: told for place, told in unsound.items()}
        notes = notes.at(sound)
        world = self._worlds.of(self._asked(notes, start, stop))
        wrong |= {int(notes.rows[place]): told for place, told in world.wrong.items()}
        if world.wrong:
            kept = np.setdiff1d(np.arange(len(notes.names)), np.array(list(world.wrong), np.int64))
            notes, world = notes.at(kept), world.at(kept)
        failed = {self._first + row: self._failed(row, told) for row, told in wrong.items()}
        return Block(self._first + start, self._first + stop, notes, self._varying, world, failed)

    def _notes(self, start: int, stop: int, figures: dict[str, tuple[Any, int]]) -> Notes:
        columns = self._rows.columns
        parameters = {name: Parameter(name, columns[name].dimension, *each) for name, each in figures.items()}
        names = tuple(self._rows.names[start:stop].to_pylist())
        rows = np.arange(start, stop)
        written = {name: column.header.written for name, column in columns.items()}
        return Notes(self._template, self._first + rows, names, parameters, self._rows.table, rows, written)

    def _asked(self, notes: Notes, start: int, stop: int) -> Asked:
        model = self._template.versions[0]
        said = self._rows.issuers(start, stop)
        places = (notes.rows - start).tolist()
        issuers = [issuer_of(self._template)] * len(places) if said is None else [said[place] for place in places]
        issued = notes.parameters.get(ISSUED)
        days = np.full(len(places), self._template.issued.toordinal()) if issued is None else issued.values
        own = partial(self._own_ledger, notes) if self._worlds.facts.ledgers else None
        return Asked(notes.positions, pa.array(issuers, pa.string()), days, model.calendar, self._words, own)

    def _own_ledger(self, notes: Notes, place: int) -> Ledger | None:
        """The ledger of a note's name, if there is one; raises NoteErrors."""
        facts = self._worlds.facts
        below = facts.ledgers.get(notes.names[place])
        return None if below is None else ledger_below(facts.root, below, notes.note(place), notes.names[place])

    def _failed(self, row: int, told: list[Diagnostic]) -> Failed:
        return Failed(self._rows.names[row].as_py(), self._rows.table.place(row), tuple(told))


def issuer_of(note: Note) -> str:
    """The issuer of a note, by which tables of facts may be kept."""
    return str(note.versions[0].the("note")["issuer"].value)


def ledger_below(root: str, name: str, note: Note, own: str = "") -> Ledger:
    """A ledger that was found in the folder of facts; raises NoteErrors.

    The note that it names is the one in hand: of a row of a table by the file of its template, or by its `own` name.
    """
    path = os.path.join(root, name)
    why = why_not_below(root, name)
    if why:
        raise alone("E402", f"`{path}` cannot be read: {why}", None, "put the file itself there", path)
    document, found = parse_partly(read_given(path))
    named = note_named(document)
    if own and not found and named is not None and _last(named.label or "") in (_last(own), _last(own) + NOTE_ENDING):
        return load_facts(path, note, None, document)
    written = note.versions[0].the("note").span.source
    return load_facts(path, note, written, None if found else document)


def _last(path: str) -> str:
    return os.path.basename(path)
