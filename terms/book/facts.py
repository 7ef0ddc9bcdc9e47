"""Facts of a book: the ledgers and the tables of facts of a folder, or one such table.

A ledger is a note's by its name: `N-17.facts` for the note `N-17`. A table says by `note` or `issuer` whose its
rows are. Other tables in the folder belong to the ledgers that name them.
"""

import os
from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa

from ...engine.checking.findings import alone
from ...grammar.classes import frozen
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.printable import printable
from ..endings import CSV, LEDGER_ENDING, NOTE_ENDING, TABLE_ENDINGS
from ..files import must_exist, open_below
from .inputs.facts_table import NOTE, FactTable, facts_table, is_keyed
from .inputs.names import left_over
from .inputs.opening import columns_below, is_table, open_table, table_below
from .inventory import PARTS, named_in

NAMED_MAX = 3  # of what belongs to no note, in a notice


@frozen(eq=False)
class Facts:
    """What is recorded for the notes of a book. `ledgers` are paths below `root`, by the name of the note.

    `others` are the files there that are neither ledgers nor tables nor notes.
    """

    root: str
    ledgers: dict[str, str]
    tables: tuple[FactTable, ...]
    others: tuple[str, ...] = ()

    def notices(self, names: pa.Array, issuers: Callable[[], Iterable[str]]) -> Iterator[str]:
        """What of this no note of the book has, so that nobody believes it was counted.

        `issuers` are those of the notes, which are asked for only where facts are kept by them.
        """
        known = set(names.to_pylist()) if self.ledgers else set()
        if left := sorted(self.ledgers.keys() - known):
            yield f"{self.root}: {len(left):,} of the ledgers belong to no note of the book: {_some(left)}"
        by_issuer = pa.array(sorted(issuers()), pa.string()) if any(each.by != NOTE for each in self.tables) else None
        for table in self.tables:
            wanted, what = (names, "notes are not") if table.by == NOTE else (by_issuer, "issuers have no note")
            if left := left_over(table.keys.names, wanted):
                yield f"{table.table.path}: {len(left):,} of its {what} in the book: {_some(left)}"
            yield from table.table.notices
        yield from self._unread()

    def _unread(self) -> Iterator[str]:
        if self.root and not self.ledgers and not self.tables:
            yield f"{self.root}: no ledger and no table of facts is there"
        named = {each.path for each in named_in(self.root, ())} if self.others else set()
        if left := [each for each in self.others if os.path.join(self.root, each) not in named]:
            ends = f"ledgers end in `{LEDGER_ENDING}`, tables in {', '.join(f'`{each}`' for each in TABLE_ENDINGS)}"
            yield f"{self.root}: {len(left):,} of the files there are not read: {_some(left)}; {ends}"


NO_FACTS = Facts("", {}, ())


def open_facts(path: str) -> Facts:
    """The facts at a path, a folder or a table; raises NoteErrors for what is wrong with them as a whole."""
    must_exist(path)
    if not os.path.isdir(path):
        if not is_table(path):
            help = "give a folder, or a table that ends in `.parquet`, `.arrow` or `.csv`"
            raise alone("E402", f"`{path}` is neither a folder nor a table of facts", None, help, path)
        return Facts(os.path.dirname(path), {}, (facts_table(open_table(path)),))
    ledgers: dict[str, str] = {}
    tables: list[FactTable] = []
    unkeyed: list[str] = []
    others: list[str] = []
    found: list[Diagnostic] = []
    for name in files_below(path):
        if name.endswith(LEDGER_ENDING):
            ledgers[name.removesuffix(LEDGER_ENDING)] = name
        elif is_table(name):
            try:
                if name.endswith(CSV) and not is_keyed(columns_below(path, name)):
                    unkeyed.append(name)
                else:
                    tables.append(facts_table(table_below(path, name)))
            except NoteErrors as errors:
                found += errors.diagnostics
        elif not name.endswith(NOTE_ENDING):
            others.append(name)
    found += [_of_nobody(path, name) for name in _unnamed(path, ledgers, unkeyed)]
    if found:
        raise NoteErrors(tuple(found))
    return Facts(path, ledgers, tuple(tables), tuple(others))


def files_below(folder: str) -> list[str]:
    """The files at and below a folder by name, but for what is hidden or half done.

    Raises NoteErrors for a link to a folder.
    """
    found = sorted(_below(folder))
    for name in found:
        if not name.isprintable():
            path = os.path.join(folder, ascii(name)[1:-1])
            raise alone("E402", "the name of this file cannot be shown", None, "name it in letters of UTF-8", path)
    return found


def _below(root: str) -> Iterator[str]:
    for parent, folders, names in os.walk(root, onerror=_raise):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and not each.endswith(PARTS))
        for each in folders:
            path = os.path.join(parent, each)
            if os.path.islink(path):
                help = "give the folder itself"
                raise alone("E402", f"`{path}` is a link to a folder, which is not followed", None, help, path)
        below = os.path.relpath(parent, root)
        for name in names:
            if not name.startswith("."):
                yield name if below == "." else "/".join([*below.split(os.sep), name])


def _raise(error: OSError) -> None:
    path = str(error.filename)
    why = (error.strerror or "it cannot be opened").lower()
    raise alone("E402", f"`{path}` cannot be read: {why}", None, "check the path", path)


def _unnamed(root: str, ledgers: dict[str, str], tables: list[str]) -> list[str]:
    """The tables that no ledger names."""
    left = set(tables)
    for ledger in ledgers.values() if left else ():
        with open_below(root, ledger) as file:
            text = file.read()
        folder = os.path.dirname(ledger)
        left -= {name for name in left if f'"{os.path.relpath(name, folder or ".")}"'.encode() in text}
    return sorted(left)


def _of_nobody(root: str, name: str) -> Diagnostic:
    path = os.path.join(root, name)
    help = 'add a column `note` or `issuer`, or name the table in a ledger, as in `series closing bid from "…"`'
    return Diagnostic("E604", "the table does not say whose its rows are", None, help, file=path)


def _some(names: list[str]) -> str:
    more = ", …" if len(names) > NAMED_MAX else ""
    return ", ".join(f"`{printable(each)}`" for each in names[:NAMED_MAX]) + more
