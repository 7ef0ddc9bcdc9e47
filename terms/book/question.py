"""Questions to a book: which notes, which dates, which answers, and how the table is to be written.

A question is plain data. It goes to every process that works on it, and its `digest` tells whether parts
that an earlier run left behind belong to it.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ...grammar.classes import frozen
from .inventory import Listed, inventory, named_in
from .members import Members, open_members

# One part is one row group: from 64 thousand rows on their size makes no difference to readers. What is done anew for
# each costs least in large ones, and a few dozen spread well over processes. A statement a row is so slow that a lost
# part should be small.
ROWS_MAX = 1_000_000
ROWS_MAX_EXACT = 5_000
NOTES_MAX = 10_000  # in memory at once


@frozen
class Inputs:
    """Where the notes and their facts are: paths, which every process opens for itself."""

    paths: tuple[str, ...]
    template: str | None = None
    facts: str | None = None
    sources: tuple[str, ...] = ()

    def members(self) -> Members:
        """The notes; raises NoteErrors for what is wrong with the whole book."""
        return open_members(self.paths, self.template, self.facts, self.sources)

    def absolute(self) -> "Inputs":
        """The same, wherever a program stands."""
        template, facts = (None if each is None else os.path.abspath(each) for each in (self.template, self.facts))
        paths, sources = (tuple(os.path.abspath(each) for each in part) for part in (self.paths, self.sources))
        return Inputs(paths, template, facts, sources)

    def sizes(self) -> str:
        """A digest of the names and sizes of all inputs: the same wherever the same files are seen."""
        return _digest([f"{each.name} {each.state.st_size}" for each in self.files()])

    def files(self) -> Iterator[Listed]:
        """All files that may be read."""
        return inventory(self._given(), self.sources)

    def taken(self) -> Iterator[str]:
        """The paths that no output takes: what is given, all in the folder of facts, and what notes and ledgers name.

        Of a folder of notes other tables are none of it: an earlier output may lie there.
        """
        yield from self._given()
        folder = [self.facts] if self.facts is not None and os.path.isdir(self.facts) else []
        yield from (each.path for each in inventory(folder, ()))
        yield from (each.path for given in self._given() for each in named_in(given, self.sources))

    def _given(self) -> list[str]:
        return [*self.paths, *filter(None, (self.template, self.facts))]


@frozen
class Question:
    """What is asked, of what, and how it is written.

    `kinds` are the dimensions of the answers, `rows_max` bounds a part.
    """

    inputs: Inputs
    dates: tuple[date, ...]
    ask: tuple[str, ...]
    kinds: tuple[str, ...]
    path: str
    exact: bool = False
    wide: bool = False
    rows_max: int = ROWS_MAX

    @property
    def notes_a_part(self) -> int:
        """How many notes make a part at most, whoever works on it."""
        return min(NOTES_MAX, max(1, self.rows_max // len(self.dates)))

    def parts(self, members: Members) -> list[range]:
        """The notes of each part; none has notes of two tables, or of a table and of files.

        Where tables or files begin anew so do parts, and up to there they are alike, so that processes end together.
        """
        edges = {edge for rows in members.templated() for edge in (rows.start, rows.stop)}
        cuts = sorted({0, len(members), *edges})
        return [part for start, stop in pairwise(cuts) for part in _even(range(start, stop), self.notes_a_part)]

    def described(self, versions: Sequence[str], without: str) -> dict[str, str]:
        """What tells this question from others, by what it is called in a message.

        `versions` are those of the programs that shape the file; the file `without` is not an input.
        """
        return {
            "notes or facts": self._inputs_digest(without),
            "dates": _digest([day.isoformat() for day in self.dates]),
            "answers": ",".join(self.ask),
            "form": json.dumps([self.path, self.exact, self.wide, self.notes_a_part]),
            "version": ", ".join(versions),
        }

    def _inputs_digest(self, without: str) -> str:
        """Of the names, sizes and times of change of all inputs."""
        inputs = self.inputs
        lines = [json.dumps([inputs.paths, inputs.template, inputs.facts, inputs.sources])]
        for each in inputs.files():
            if os.path.abspath(each.path) != without:
                lines.append(f"{each.name} {each.state.st_size} {each.state.st_mtime_ns}")
        return _digest(lines)


def _even(notes: range, most: int) -> Iterator[range]:
    """As few parts as have at most so many notes each, all of one size but for the last, which is hardly smaller."""
    count = -(-len(notes) // most)
    each = -(-len(notes) // count)
    for start in range(notes.start, notes.stop, each):
        yield range(start, min(start + each, notes.stop))


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
