"""Paths on the command line: files as given, folders searched for notes and ledgers; and writing a file whole."""

import os
from collections.abc import Sequence

from .exits import Misused

NOTE, LEDGER = ".terms", ".facts"


def files_in(paths: Sequence[str]) -> list[str]:
    """Notes and ledgers, in order and each once; a folder is searched with all below it, but for hidden folders."""
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            below = sorted(_below(path))
            if not below:
                raise Misused(f"`{path}` holds no `{NOTE}` or `{LEDGER}` file", "name a file, or another folder")
            found += below
        elif not os.path.exists(path):
            raise Misused(f"there is no file `{path}`", "check the path")
        elif path.endswith((NOTE, LEDGER)):
            found.append(path)
        else:
            raise Misused(f"`{path}` is neither a note nor a ledger", f"notes end in `{NOTE}`, ledgers in `{LEDGER}`")
    return list(dict.fromkeys(found))


def _below(folder: str) -> list[str]:
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(parent, name) for name in names if name.endswith((NOTE, LEDGER))]
    return found


def write_whole(path: str, text: str) -> None:
    """Replace a file's text at once: whoever reads it meanwhile, or after a crash, sees the old or the new one."""
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.new")
    try:
        with open(temporary, "x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), os.stat(target).st_mode & 0o7777)
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
