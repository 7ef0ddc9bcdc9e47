"""Files: reading what a note names, and nothing else.

A path in a file stays in or below the folder of that file, or of a root given on the command line. It is
opened component by component without following links, and must be a regular file; what is read is bounded.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from ..engine.checking.findings import alone
from ..grammar.diagnostics import NoteErrors
from ..grammar.printable import printable
from ..grammar.reading import BYTES_MAX, read_source
from ..grammar.source import Source, Span

MISSING = "there is no such file"
BELOW = "a file is named by a path below the note's folder, with `/` between folders"


class NotThere(Exception):
    """No such file under any of the roots; the message says why."""


def read_given(path: str) -> Source:
    """The source at a path that the user gave; raises NoteErrors."""
    if not path.isprintable():
        shown, why = printable(path), "its name has a character that cannot be shown"
        raise alone("E402", f"`{shown}` cannot be read: {why}", None, "give it another name", shown)
    with open_given(path) as file:
        try:
            data = file.read(BYTES_MAX + 1)
        except OSError as error:  # pragma: no cover - a disk that fails while it is read
            raise _unreadable(path, error) from None
    return read_source(path, data)


def open_given(path: str) -> BinaryIO:
    """The file at a path that the user gave, which must be a regular one; raises NoteErrors."""
    try:
        return open(path, "rb", opener=_regular)
    except OSError as error:
        raise _unreadable(path, error) from None


def must_exist(path: str) -> None:
    """Raise NoteErrors where nothing is at a path that the user gave."""
    if not os.path.exists(path):
        raise alone("E402", f"`{path}` cannot be read: {MISSING}", None, "check the path", path)


def open_below(root: str, name: str) -> BinaryIO:
    """A file that was found at or below a folder, opened as those that a file names; raises NoteErrors."""
    try:
        with _opened_below(root, name) as file:
            return os.fdopen(os.dup(file), "rb")
    except NotThere as reason:
        path = os.path.join(root, name)
        raise alone("E402", f"`{path}` cannot be read: {reason}", None, "name the file itself", path) from None


def _unreadable(path: str, error: OSError) -> NoteErrors:
    return alone("E402", f"`{path}` cannot be read: {_why(error)}", None, "check the path", path)


def read_named(name: str, roots: Sequence[str], span: Span | None, beside: str) -> Source:
    """The source that a file names, under the first root that has it; raises NoteErrors at the span.

    `beside` says where to put what is not found.
    """
    reasons = []
    for root in roots:
        try:
            data = _bytes_below(root, name)
        except NotThere as reason:
            reasons.append(str(reason))
        else:
            return read_source(name if root == "." else os.path.join(root, name), data)
    why = reasons[0] if reasons else "there is no folder to look in"
    raise alone("E402", f"`{name}` cannot be read: {why}", span, _to_be_read(name, why, beside))


def _to_be_read(name: str, why: str, beside: str) -> str:
    """What to do about a name that cannot be read: the file has to lie where it may be, under its own name alone."""
    own = name.replace("\\", "/").rpartition("/")[2]
    if own in ("", ".", "..") or why not in (BELOW, MISSING):
        return f"name a file that may be read, no folder and no link; {beside}"
    return beside if own == name else f'write `"{own}"`, and {beside}'


def why_not_below(root: str, name: str) -> str:
    """Why what a file names cannot be read under a root; empty where it can."""
    try:
        with _opened_below(root, name):
            return ""
    except NotThere as reason:
        return str(reason)


def why_not_beside(path: str) -> str:
    """Why a file that was not given, but lies where it is looked for, is not read; empty where it is, or is missing."""
    folder, name = os.path.split(path)
    return why_not_below(folder, name) if os.path.lexists(path) else ""


def _bytes_below(root: str, name: str) -> bytes:
    with _opened_below(root, name) as file:
        return _read(file)


@contextmanager
def _opened_below(root: str, name: str) -> Iterator[int]:
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or "\x00" in name or any(part in ("", ".", "..") for part in parts):
        raise NotThere(BELOW)
    opened = []
    try:
        folder = os.open(root or ".", os.O_RDONLY | os.O_DIRECTORY)
        opened.append(folder)
        for part in parts[:-1]:
            folder = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            opened.append(folder)
        file = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        opened.append(file)
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise NotThere("it is not a regular file")
        yield file
    except OSError as error:
        raise NotThere(_why(error)) from None
    finally:
        for each in opened:
            os.close(each)


def _read(file: int) -> bytes:
    """All of the file, or enough of it to show that it is too long."""
    chunks, size = [], 0
    while size <= BYTES_MAX and (chunk := os.read(file, 1 << 20)):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def _regular(path: str, flags: int) -> int:
    file = os.open(path, flags | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(0, "it is not a regular file")
    return file


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return MISSING
        case IsADirectoryError() | NotADirectoryError():
            return "it is a folder, or a part of its path is none"
        case PermissionError():
            return "it may not be read"
    return (
        "it is a link, or not a regular file"
        if error.errno == 40
        else (error.strerror or "it cannot be opened").lower()
    )
