"""A member of a book: one note with its facts, or why it could not be read."""

from ...engine.meaning.model import Note
from ...engine.world.facts import Ledger
from ...grammar.classes import frozen
from ...grammar.diagnostics import Diagnostic


@frozen
class Member:
    """One note of a book: its name, unique in the book, where it stands, the note and its ledger.

    The place is a file, or a row of a table: `notes.parquet row 17`, `notes.csv line 18`.
    """

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
