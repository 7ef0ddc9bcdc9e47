"""Members: the notes of a book in a fixed order, read block by block.

Notes are files of their own, or rows of tables under one template. What is wrong with one of them is its own
affair, and the others go on; what is wrong with a table, a name or the facts as a whole is wrong with the book.
"""

import os
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...engine.checking.findings import alone
from ...engine.meaning.model import Note
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.source import Span
from ..door import load
from ..endings import NOTE_ENDING
from ..files import must_exist
from .blocks import Block
from .facts import NO_FACTS, Facts, files_below, open_facts
from .inputs.names import all_apart
from .inputs.opening import is_table, open_table
from .inputs.rows import NOTE, Rows
from .member import Failed, Member
from .templates import Templated
from .weaving import Worlds
from .written_out import File, WrittenOut

TWICE_MAX = 20  # names that are told to be there twice
FORMATS = "`.terms`, `.parquet`, `.arrow` or `.csv`"

Part = Templated | WrittenOut


__all__ = ["Block", "Failed", "Member", "Members", "open_members"]


class Members:
    """The notes of a book. Only their names are held; `block` reads the rest when it is asked for."""

    def __init__(self, parts: Sequence[Part], facts: Facts, names: pa.Array) -> None:
        self._parts = tuple(parts)
        self._starts = np.cumsum([0, *map(len, parts)]).tolist()
        self._facts = facts
        self._names = names

    def __len__(self) -> int:
        return int(self._starts[-1])

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """What of the files given is no note's, in words."""
        of_notes = (each for part in self._parts if isinstance(part, Templated) for each in part.notices)
        return (*of_notes, *self._facts.notices(self._names, self._issuers))

    def _issuers(self) -> set[str]:
        return {issuer for part in self._parts for issuer in part.issuers()}

    def block(self, start: int, stop: int) -> list[Member | Failed]:
        """The notes from `start` up to `stop`."""
        return [each for part, first, last in self._within(start, stop) for each in part.members(first, last)]

    def block_columns(self, start: int, stop: int) -> Block:
        """The same notes as columns; raises ValueError where they are not rows of one table (see `templated`)."""
        found = list(self._within(start, stop))
        part, first, last = found[0] if len(found) == 1 else (None, 0, 0)
        if not isinstance(part, Templated):
            raise ValueError(f"the notes from {start} to {stop} are not the rows of one table")
        return part.block(first, last)

    def templated(self) -> tuple[range, ...]:
        """The places of the notes that are rows, table by table: blocks of columns lie within one of these."""
        pairs = zip(self._parts, self._starts, strict=False)
        return tuple(range(start, start + len(part)) for part, start in pairs if isinstance(part, Templated))

    def unlike(self) -> Iterator[Member]:
        """A note of each form, as far as it can be read: those of one table or of the same words answer the same."""
        for part in self._parts:
            seen: set[Hashable] = set()
            for place, form in part.forms():
                if form not in seen:
                    found = [each for each in part.members(place, place + 1) if isinstance(each, Member)]
                    seen |= {form for _ in found}
                    yield from found

    def _within(self, start: int, stop: int) -> Iterator[tuple[Part, int, int]]:
        for part, begin in zip(self._parts, self._starts, strict=False):
            first, last = max(start - begin, 0), min(stop - begin, len(part))
            if first < last:
                yield part, first, last


def open_members(
    paths: Sequence[str],
    template: str | None = None,
    facts: str | None = None,
    sources: Sequence[str] = (),
) -> Members:
    """The notes at and below these paths, and the rows of the tables among them, which are notes under the template.

    `facts` is a folder of ledgers and tables, or a table; without it each file has the ledger beside it. `sources`
    are further folders for what notes quote. Raises NoteErrors for what is wrong with the book as a whole.
    """
    found: list[Diagnostic] = []
    pieces: list[list[File] | Rows] = []
    recorded = NO_FACTS
    with ThreadPoolExecutor(1) as thread:  # most of the work on large tables of facts is none of Python's
        opening = None if facts is None else thread.submit(open_facts, facts)
        form = None if template is None else load(template, sources).note
        for path in paths:
            try:
                pieces.append(_piece(path, form))
            except NoteErrors as errors:
                found += errors.diagnostics
        if opening is not None:
            try:
                recorded = opening.result()
            except NoteErrors as errors:
                found += errors.diagnostics
    if form is not None and not found and not any(isinstance(each, Rows) for each in pieces):
        help = "name a table of its notes as well, or leave the template out"
        found.append(Diagnostic("E602", "there is a template and no table of notes", None, help, file=template or ""))
    if found:
        raise NoteErrors(tuple(found))
    return _members(pieces, form, recorded, facts is not None, sources)


def _piece(path: str, template: Note | None) -> list[File] | Rows:
    """The notes at a path; raises NoteErrors."""
    must_exist(path)
    if os.path.isdir(path):
        names = [name for name in files_below(path) if name.endswith(NOTE_ENDING)]
        if not names:
            raise alone("E601", f"`{path}` holds no note", None, f"notes are files that end in `{NOTE_ENDING}`", path)
        return [File(path, name, name.removesuffix(NOTE_ENDING)) for name in names]
    if path.endswith(NOTE_ENDING):
        return [File(None, path, os.path.basename(path).removesuffix(NOTE_ENDING))]
    if not is_table(path):
        raise alone(
            "E402", f"`{path}` is neither a note, a folder nor a table", None, f"give a folder, or {FORMATS}", path
        )
    if template is None:
        help = "name the note whose figures the rows write anew, as in `--template note.terms`"
        raise alone("E602", "a table of notes has no template", None, help, path)
    rows = Rows(open_table(path), template)
    if not rows.table.rows:
        raise alone("E601", "the table holds no note", None, "write a row for each note", path)
    return rows


def _members(
    pieces: Sequence[list[File] | Rows], template: Note | None, facts: Facts, given: bool, sources: Sequence[str]
) -> Members:
    names = [piece.names if isinstance(piece, Rows) else pa.array([each.name for each in piece]) for piece in pieces]
    every = pa.chunked_array(names, pa.string()).combine_chunks()
    if not len(every):
        raise alone("E601", "the book holds no note", None, "name a folder of notes, or a table and its template")
    _named_once(pieces, every)
    worlds = Worlds(facts, every)
    parts: list[Part] = []
    first = 0
    for piece in pieces:
        if isinstance(piece, Rows):
            assert template is not None
            parts.append(Templated(piece, template, first, worlds))
        else:
            parts.append(WrittenOut(piece, first, sources, worlds if given else None))
        first += len(parts[-1])
    return Members(parts, facts, every)


def _named_once(pieces: Sequence[list[File] | Rows], names: pa.Array) -> None:
    """Raise where two notes have one name: facts, and whoever reads the answers, know them by it."""
    if all_apart(names):
        return
    counts = pc.value_counts(names)
    twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
    found = []
    for name in twice[:TWICE_MAX].to_pylist():
        places = np.flatnonzero(np.asarray(pc.equal(names, name)))[:2].tolist()
        (first, _), (second, span) = (_where(pieces, each) for each in places)
        message = f"two notes are named `{name}`: {first} and {second}"
        file = "" if span is not None else second
        found.append(Diagnostic("E610", message, span, "give each a name of its own", file=file))
    raise NoteErrors(tuple(found))


def _where(pieces: Sequence[list[File] | Rows], position: int) -> tuple[str, Span | None]:
    """Where a note of the book stands, in words, and as a row to point at."""
    for piece in pieces:  # pragma: no branch - every note of the book is in one of them
        length = piece.table.rows if isinstance(piece, Rows) else len(piece)
        if position < length:
            break
        position -= length
    if not isinstance(piece, Rows):
        return piece[position].place, None
    return piece.table.place(position), piece.table.span(position, [(NOTE, piece.names[position].as_py())], 0)
