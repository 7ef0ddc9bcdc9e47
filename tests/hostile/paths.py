"""Names that lead elsewhere: up, out, through links, into pipes and devices, and names that obey a terminal.

`SECRET` lies outside the folder that a stranger sent; its words must be in nothing that the program says.
"""

import os
from collections.abc import Callable
from pathlib import Path

from attrs import field, frozen

from .cases import RIGHT, TABLE

SECRET = "the treasure is buried under the third tree"


@frozen
class Laid:
    """A trap: what is laid in the folder, and the code and the exit that `terms check .` ends with."""

    lay: Callable[[Path], None]
    code: str
    exit: int = field(default=1, kw_only=True)


def names_source(name: str) -> Callable[[Path], None]:
    """A note whose source is this file."""

    def lay(folder: Path) -> None:
        (folder / "note.terms").write_text(f'{RIGHT}source "8-K" {{ file: "{name}" }}\n', "utf-8")

    return lay


def names_table(name: str) -> Callable[[Path], None]:
    """A ledger whose price table is this file."""

    def lay(folder: Path) -> None:
        (folder / "note.terms").write_text(RIGHT, "utf-8")
        (folder / "note.facts").write_text(f'note "note.terms"\nseries closing bid from "{name}"\n', "utf-8")

    return lay


def names_note(name: str) -> Callable[[Path], None]:
    """A ledger whose note is this file."""

    def lay(folder: Path) -> None:
        (folder / "note.terms").write_text(RIGHT, "utf-8")
        (folder / "note.facts").write_text(f'note "{name}"\n2019-08-26 pay USD 1.00\n', "utf-8")

    return lay


def with_this(lay: Callable[[Path], None], also: Callable[[Path], None]) -> Callable[[Path], None]:
    def both(folder: Path) -> None:
        lay(folder)
        also(folder)

    return both


def named(name: str, content: str = RIGHT) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(content, "utf-8") and None


def link(name: str, to: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).symlink_to(to)


def pipe(name: str) -> Callable[[Path], None]:
    return lambda folder: os.mkfifo(folder / name)


def folder_of(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).mkdir()


def locked(name: str) -> Callable[[Path], None]:
    def lay(folder: Path) -> None:
        (folder / name).write_text(TABLE, "utf-8")
        (folder / name).chmod(0)

    return lay


OUT = (
    "../secret.txt",
    "../../../../../../../../etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "./../secret.txt",
    "sub/../../secret.txt",
    "sub/./../../secret.txt",
    "..",
    ".",
    "",
    "/",
    "~/.ssh/id_rsa",
    "~root/secret.txt",
    "$HOME/secret.txt",
    "..\\\\secret.txt",
    "C:\\\\secret.txt",
    "\\\\\\\\server\\\\secret.txt",
    "file:///etc/passwd",
    "http://example.com/secret.txt",
    "note.terms/../../secret.txt",
    "note.terms/",
    "sub//../secret.txt",
    "...",
    ".. /secret.txt",
    "%2e%2e/secret.txt",
    "\uff0e\uff0e/secret.txt",
    "\u2025/secret.txt",
    "..\u2215secret.txt",
    "x" * 300,
    "x/" * 3_000 + "x",
    "x" * 900_000,
    "/proc/self/environ",
    "/dev/stdin",
    "/dev/zero",
    "|cat /etc/passwd",
    "-rf",
    "*",
    "`id`",
    "$(id)",
)
OUT = tuple(name.replace("\\\\", "\\") for name in OUT)

CASES = {
    **{f"a source named {name[:40]!r}": Laid(names_source(name), "E402") for name in OUT},
    **{f"a table named {name[:40]!r}": Laid(names_table(name), "E402") for name in OUT},
    **{f"a note named {name[:40]!r}": Laid(names_note(name), "E404") for name in OUT if name},
    "a source through a link": Laid(with_this(names_source("in.txt"), link("in.txt", "../secret.txt")), "E402"),
    "a source through a link to a link": Laid(
        with_this(with_this(names_source("a"), link("a", "b")), link("b", "../secret.txt")), "E402"
    ),
    "a source through a linked folder": Laid(with_this(names_source("up/secret.txt"), link("up", "..")), "E402"),
    "a source through a link to itself": Laid(with_this(names_source("in.txt"), link("in.txt", "in.txt")), "E402"),
    "a source that is a pipe": Laid(with_this(names_source("in.txt"), pipe("in.txt")), "E402"),
    "a source that is a folder": Laid(with_this(names_source("in"), folder_of("in")), "E402"),
    "a source that is a device": Laid(with_this(names_source("in.txt"), link("in.txt", "/dev/zero")), "E402"),
    "a source that is the note": Laid(names_source("note.terms"), ""),
    "a source in a missing folder": Laid(names_source("sub/in.txt"), "E402"),
    "a source of 100 MB": Laid(with_this(names_source("in.txt"), named("in.txt", "x" * 100_000_000)), "E002"),
    "a table through a link": Laid(with_this(names_table("in.csv"), link("in.csv", "../secret.txt")), "E402"),
    "a table that is a pipe": Laid(with_this(names_table("in.csv"), pipe("in.csv")), "E402"),
    "a table that is a folder": Laid(with_this(names_table("in.csv"), folder_of("in.csv")), "E402"),
    "a note through a link": Laid(with_this(names_note("in.terms"), link("in.terms", "../secret.txt")), "link", exit=2),
    "a note through a linked folder": Laid(with_this(names_note("up/secret.txt"), link("up", "..")), "E404"),
    "a note that is a pipe": Laid(with_this(names_note("in.txt"), pipe("in.txt")), "E404"),
    "a note that is a folder": Laid(with_this(names_note("in"), folder_of("in")), "E404"),
    "a note of its own ledger": Laid(names_note("note.facts"), "E405"),
    "a ledger that is a link": Laid(
        with_this(named("note.terms"), link("note.facts", "../secret.txt")), "link", exit=2
    ),
    "a ledger that is a pipe": Laid(with_this(named("note.terms"), pipe("note.facts")), "E402"),
    "a ledger that is a folder": Laid(with_this(named("note.terms"), folder_of("note.facts")), ""),
    "a note that is a link among others": Laid(
        with_this(named("note.terms"), link("other.terms", "../secret.txt")), "link", exit=2
    ),
    "a loose link": Laid(with_this(named("note.terms"), link("other.terms", "nowhere")), "link", exit=2),
    "a folder that is a link to all above": Laid(with_this(named("note.terms"), link("round", "..")), ""),
    "a hidden folder": Laid(with_this(named("note.terms"), folder_of(".git")), ""),
    "a name that clears the screen": Laid(with_this(named("note.terms"), named("\x1b[2J.terms")), "E402"),
    "a name of two lines": Laid(with_this(named("note.terms"), named("a\nerror[E000].terms")), "E402"),
    "a name turned round": Laid(with_this(named("note.terms"), named("\u202esmret.terms")), "E402"),
    "a name that is no text": Laid(with_this(named("note.terms"), named("\udcff.terms")), "E402"),
    "a name like an option": Laid(with_this(named("note.terms"), named("--json.terms")), ""),
}
