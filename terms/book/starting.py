"""Starting: processes that help this one, each on its way to its end of a connection.

Next to nothing is loaded here before they start, so that this can be the first thing that a run does, and all load at
the same time. A process is started afresh, and not as a copy, so that no thread or lock is copied half-way. It ends
when its connection does, and so with the program that started it. Ctrl-C is for that one alone.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from socket import socket, socketpair
from subprocess import DEVNULL, Popen
from typing import TYPE_CHECKING, NamedTuple

from .claims import Claims

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PACKAGE = __name__.rpartition(".")[0]
PROGRAM = """
import gc, os, sys
gc.set_threshold(100_000)  # as for `terms` itself
sys.path[:] = {path!r}
from {package}.program import as_program, own_core
as_program()
with own_core({place}, {processes}):
    from {package}.helper import main
    gc.freeze()  # what is loaded stays: to look through it once takes as long as a third of a part
    main({descriptor}, {reader})
os._exit(0)  # all is said and saved, and the program waits for this process to end
"""


class Helpers(NamedTuple):
    """The connections of those that help, and what they and this process take parts from."""

    connections: "tuple[Connection, ...]"
    claims: Claims


@contextmanager
def started(count: int) -> Iterator[Helpers]:
    """So many; one that cannot be started is as if it had been killed."""
    claims = Claims()
    with ExitStack() as ended:
        ended.callback(claims.close)
        ends = [ended.enter_context(_one(claims.reader, place, count + 1)) for place in range(1, count + 1)]
        from multiprocessing.connection import Connection

        yield Helpers(tuple(ended.enter_context(Connection(each.detach())) for each in ends), claims)


@contextmanager
def _one(reader: int, place: int, processes: int) -> Iterator[socket]:
    """The helper at a place among the processes of a run, whose first is the program that starts it."""
    ours, theirs = socketpair()
    process = None
    with theirs, suppress(OSError):
        process = _process(theirs.fileno(), reader, place, processes)
    try:
        with ours:
            yield ours
    finally:
        if process is not None:
            process.terminate()  # a part that it was writing is not told as done, and is made again
            process.wait()


def _process(descriptor: int, reader: int, place: int, processes: int) -> "Popen[bytes]":
    """The process that has these ends; raises OSError."""
    ends = {"descriptor": descriptor, "reader": reader}
    program = PROGRAM.format(path=sys.path, package=PACKAGE, place=place, processes=processes, **ends)
    return Popen([sys.executable, "-c", program], stdin=DEVNULL, pass_fds=[descriptor, reader], process_group=0)
