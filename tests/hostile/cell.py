"""A cell: the program run on a stranger's files in a process of its own, with 2 seconds, 512 MB and a guard.

Run as a script it is the guard's house: it loads the program once and forks a child for each command line it
reads, so that two hundred trials do not each pay for a start. The guard notes what the program opens outside the
folder it runs in, and whatever would execute, connect or remove something.
"""

import gc
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import iter_modules

from attrs import frozen

SECONDS, MEGABYTES = 2, 512
HEAVY = ("__main__", "book", "book_command", "render")  # not needed for one note, or only on a terminal
OPEN = ("open", "os.listdir", "os.scandir")
FORBIDDEN = ("os.exec", "os.fork", "os.posix_spawn", "os.rmdir", "os.spawn", "os.system", "os.link", "os.symlink")
FORBIDDEN += ("ctypes.", "ftplib.", "http.", "pickle.", "shutil.", "smtplib.", "socket.", "subprocess.")


@frozen
class Ended:
    """How a command line ended: its exit code (minus a signal's number), what it said and what it took."""

    code: int
    out: str
    err: str
    trespasses: tuple[str, ...]
    seconds: float
    megabytes: int


Cell = Callable[[Path, Sequence[str]], Ended]


@contextmanager
def cells() -> Iterator[Cell]:
    """What runs command lines, each in a cell of its own."""

    def run(folder: Path, words: Sequence[str]) -> Ended:
        assert house.stdin is not None
        assert house.stdout is not None
        house.stdin.write(json.dumps([str(folder), *words]) + "\n")
        house.stdin.flush()
        code, seconds, megabytes = json.loads(house.stdout.readline())
        out, err, trespasses = (_said(folder / name) for name in (".out", ".err", ".trespasses"))
        return Ended(code, out, err, tuple(trespasses.splitlines()), seconds, megabytes)

    command = [sys.executable, "-P", __file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/") as house:
        yield run


def _said(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _house() -> None:
    """Forks a child for each line; answers with how it ended."""
    import tenor.terms.cli

    import_module("tenor.terms.export.answers")
    for module in iter_modules(tenor.terms.cli.__path__, "tenor.terms.cli."):
        if not module.name.endswith(HEAVY):
            import_module(module.name)

    _warm(tenor.terms.cli.main)
    own = _own()
    for line in sys.stdin:
        folder, *words = json.loads(line)
        child = os.fork()
        if not child:
            _inmate(folder, words, own, tenor.terms.cli.main)
        _, status, used = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]), flush=True)


def _warm(main: Callable[[list[str]], int]) -> None:
    """What every trial needs is read once: tables, calendars, the terms' own words."""
    examples = os.path.join(os.path.dirname(__file__), "../../examples")
    with redirect_stdout(StringIO()):
        for command in (["check"], ["fmt", "--check"], ["test"]):
            assert main([*command, os.path.join(examples, "widjaja.terms")]) == 0
        assert main(["eval", os.path.join(examples, "widjaja.terms"), "--date", "2019-08-26", "--json"]) == 0
    gc.collect()
    gc.freeze()  # so that a child does not copy what it only looks at


def _inmate(folder: str, words: list[str], own: tuple[str, ...], main: Callable[[list[str]], int]) -> None:
    os.chdir(folder)
    for number, name in ((0, os.devnull), (1, ".out"), (2, ".err")):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), number)
    trespasses = os.open(".trespasses", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    allowed = (f"{os.path.realpath(folder)}/", *own)

    def guard(event: str, arguments: tuple[object, ...]) -> None:
        path = arguments[0] if event in OPEN else None
        if isinstance(path, str | bytes):
            told = os.fsdecode(path)
            if os.path.realpath(told).startswith(allowed) if os.path.isabs(told) else ".." not in told.split("/"):
                return
        elif not event.startswith(FORBIDDEN):
            return
        os.write(trespasses, f"{event} {arguments!r:.200}\n".encode())

    sys.addaudithook(guard)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    code = main(words)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _own() -> tuple[str, ...]:
    """The folders of Python and of every module that is loaded: what the program may open besides."""
    paths = (getattr(module, "__file__", None) for module in sys.modules.values())
    return (f"{sys.base_prefix}/", *{f"{os.path.dirname(os.path.realpath(path))}/" for path in paths if path})


if __name__ == "__main__":
    _house()
