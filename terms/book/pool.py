"""Pools: parts made by this process, and by those that help it."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection, wait

from .claims import taken
from .members import Members
from .parts import Parts
from .question import Inputs, Question
from .saving import saving
from .starting import Helpers
from .tally import Tally
from .trouble import Stopped
from .work import Work, work_on

Done = tuple[int, Tally]


def open_too(helpers: Helpers, inputs: Inputs) -> None:
    """Let the helpers open what this process is about to open; raises what ended one of them."""
    for connection in helpers.connections:
        _tell(connection, inputs)


def made(
    question: Question,
    members: Members,
    parts: Parts,
    notes: Sequence[range],
    wanted: Sequence[int],
    helpers: Helpers,
) -> Iterator[Done]:
    """Save the parts wanted, by this process and its helpers, which open the same, and yield each when it is saved.

    Raises what went wrong in one of them, and Stopped where one was killed that might be needed.
    """
    if wanted:
        helpers.claims.offer(wanted, 1 + len(helpers.connections))
        for connection in helpers.connections:
            _tell(connection, (question, parts, notes))
        work = work_on(question, parts.suffix, members)
        yield from islice(_saved(work, parts, notes, helpers), len(wanted))


def _saved(work: Work, parts: Parts, notes: Sequence[range], helpers: Helpers) -> Iterator[Done]:
    own, at_work = deque[Done](), list(helpers.connections)
    with saving(work, parts, lambda index, tally: own.append((index, tally))) as save:
        for index in taken(helpers.claims.reader):
            save(index, *work.part(notes[index]))
            helpers.claims.go_on()
            yield from _emptied(own)
            yield from _heard(at_work)
    yield from own
    while at_work:  # pragma: no branch - who waits for parts knows how many there are
        yield from _heard(at_work, patient=True)


def _emptied(own: deque[Done]) -> Iterator[Done]:
    while own:
        yield own.popleft()


def _heard(at_work: list[Connection], patient: bool = False) -> Iterator[Done]:
    """What those at work say they have saved; who has nothing left to do is no longer at work."""
    for ready in wait(at_work, None if patient else 0):
        assert isinstance(ready, Connection)
        done = _received(ready)
        if done is None:
            at_work.remove(ready)
            ready.close()  # it ends while what is left is done
        else:
            yield done


def _tell(connection: Connection, what: object) -> None:
    """Raises what ended the process, where it has ended."""
    try:
        connection.send(what)
    except (BrokenPipeError, ConnectionResetError):
        while True:  # what it said last, or that it said nothing
            _received(connection)


def _received(connection: Connection) -> Done | None:
    try:
        said = connection.recv()
    except (EOFError, ConnectionResetError):
        raise _killed() from None
    if isinstance(said, BaseException):
        raise said
    done: Done | None = said
    return done


def _killed() -> Stopped:
    help = "run the same command again to go on, with fewer `--processes` if memory was short"
    return Stopped("a process that worked on the book was killed", help)
