"""Pools: parts made in several processes of one machine, of which this program's own is one.

A process is always given a part ahead, and ends when the program that started it does: then its connection ends.
Started afresh, and not as copies, so that no thread or lock is copied half-way. It may be started before the book is
open.
"""

import multiprocessing
import signal
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread

from ...grammar.diagnostics import NoteErrors
from .members import Members
from .parts import Parts
from .question import Question
from .tally import Tally
from .trouble import Stopped, Unaskable
from .warming import warm_up
from .work import alone_in_process, work_on

Done = tuple[int, Tally]
AHEAD = 2  # parts that a process has been given: the one it makes, and the next


def in_processes(
    question: Question,
    members: Members,
    parts: Parts,
    notes: Sequence[range],
    wanted: Sequence[int],
    helpers: Sequence[Connection],
) -> Iterator[Done]:
    """Save the parts wanted, by this process and its helpers, and yield each as it is done.

    Raises what went wrong in one of them, and Stopped where one was killed.
    """
    left = iter(wanted)
    busy = dict.fromkeys(helpers, 0)
    for connection in helpers:
        _tell(connection, (question, parts, members.keys))
    for connection in [*helpers] * AHEAD:
        _give(connection, left, notes, busy)
    work = work_on(question, parts.suffix, members)
    while any(busy.values()):
        own = next(left, None)
        if own is not None:
            data, tally = work.part(notes[own])
            parts.save(own, data, tally)
            yield own, tally
        at_work = [each for each, given in busy.items() if given]
        for ready in wait(at_work, 0 if own is not None else None):
            assert isinstance(ready, Connection)
            done = _received(ready)
            busy[ready] -= 1
            _give(ready, left, notes, busy)
            if not busy[ready]:
                ready.close()  # it ends while what is left is done
            yield done


def _give(connection: Connection, left: Iterator[int], notes: Sequence[range], busy: dict[Connection, int]) -> None:
    index = next(left, None)
    if index is not None:
        _tell(connection, (index, notes[index]))
        busy[connection] += 1


def _tell(connection: Connection, what: object) -> None:
    """Raises what ended the process, where it has ended."""
    try:
        connection.send(what)
    except BrokenPipeError:
        while True:  # what it said last, or that it said nothing
            _received(connection)


def _received(connection: Connection) -> Done:
    try:
        said = connection.recv()
    except (EOFError, ConnectionResetError):
        raise _killed() from None
    if isinstance(said, BaseException):
        raise said
    done: Done = said
    return done


def _killed() -> Stopped:
    help = "run the same command again to go on, with fewer `--processes` if memory was short"
    return Stopped("a process that worked on the book was killed", help)


@contextmanager
def started(count: int) -> Iterator[list[Connection]]:
    """So many helpers, each waiting for what is asked of it; they may still be on their way."""
    fresh = multiprocessing.get_context("forkserver")
    warm_up()
    pipes = [fresh.Pipe() for _ in range(count)]
    processes = [fresh.Process(target=_run, args=(theirs,), daemon=True) for _, theirs in pipes]
    starting = Thread(target=_start, args=(processes, [theirs for _, theirs in pipes]))
    starting.start()
    try:
        yield [ours for ours, _ in pipes]
    finally:
        starting.join()
        for ours, _ in pipes:
            ours.close()
        for each in processes:
            if each.pid is not None:
                each.terminate()  # what it was writing is a temporary file, and stays one
                each.join()


def _start(processes: Sequence[BaseProcess], connections: Sequence[Connection]) -> None:
    """Start each, which has its connection then; one that cannot be started is as if it had been killed."""
    with ExitStack() as ended, suppress(OSError, EOFError):
        for connection in connections:
            ended.enter_context(connection)  # also of those after one that cannot be started
        for process in processes:
            process.start()


def _run(connection: Connection) -> None:
    """One helper: the question, and parts as they are asked for, until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started this one answers for both
    alone_in_process()
    try:
        question, parts, keys = connection.recv()
        work = work_on(question, parts.suffix, question.inputs.members(keys))
        while True:
            index, notes = connection.recv()
            data, tally = work.part(notes)
            parts.save(index, data, tally)
            connection.send((index, tally))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except NoteErrors as errors:
        _send(connection, Stopped(str(errors)))  # what could be read when the run began can be read no more
    except (OSError, Unaskable) as error:
        _send(connection, error)
    except Exception as error:
        fault = RuntimeError(f"{type(error).__name__}: {error}")
        fault.add_note(traceback.format_exc())
        _send(connection, fault)


def _send(connection: Connection, error: Exception) -> None:
    with suppress(OSError):  # where nobody is left to hear it
        connection.send(error)
