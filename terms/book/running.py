"""Running: a question to a book, answered into one file.

Parts are made in any order by any number of processes and joined in their own order, so the bytes are the same
however they were made. Until the file is whole nothing stands under its name.
"""

import errno
import hashlib
import os
import time
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from queue import SimpleQueue

import pyarrow as pa

from ... import __version__, engine, grammar, terms
from ...grammar.classes import frozen
from ..writing import down_to_the_disk
from .evaluators import EXACT
from .formats import FORMATS, Format, format_of
from .members import Members
from .parts import Parts, Piece, parts_of
from .pool import made, open_too
from .program import cores
from .question import Inputs, Question
from .schema import schema_of
from .starting import Helpers, started
from .tally import Tally
from .trouble import Stopped, Unaskable

GO_ON = "run the same command again to go on"
# With fewer parts, starting processes costs more than it saves; a statement a row is slow enough for two.
PARTS_FOR_PROCESSES = 8
PARTS_FOR_PROCESSES_EXACT = 2

Progress = Callable[[int], None]  # so many more notes are done


@frozen
class Written:
    """A run that came to its end: what was counted, how much of it an earlier run had done, and how long it took."""

    out: str
    tally: Tally
    parts: int
    kept: int
    dropped: str
    milliseconds: int


def write_book(
    question: Question,
    out: str,
    members: Members,
    processes: int = 0,
    on: str | None = None,
    progress: Progress = lambda notes: None,
    helpers: Helpers | None = None,
) -> Written:
    """Answer a question into the file `out`; `members` are its notes, opened.

    `processes` 0 leaves their number to the size of the book, and `helpers` are those that open it already; `on` is
    `dask://` and the address of a scheduler, or `dask` for a cluster of this machine. Raises Unaskable, Stopped and
    KeyboardInterrupt; the words of the last two say how much is done.
    """
    began = time.monotonic_ns()
    written = _format(out)
    _check_folder(os.path.dirname(out) or ".")
    _spare_inputs(question, out)
    ranges = question.parts(members)
    described = question.described(
        (f"tenor {__version__} {_program()}", f"pyarrow {pa.__version__}"), os.path.abspath(out)
    )
    tallies: dict[int, Tally] = {}
    try:
        with parts_of(out, written.suffix, described) as parts:
            tallies |= {index: tally for index in range(len(ranges)) if (tally := parts.tally(index)) is not None}
            kept = len(tallies)
            progress(sum(tally.notes for tally in tallies.values()))
            wanted = [index for index in range(len(ranges)) if index not in tallies]
            with _joining(written, parts, question) as join:
                join(tallies)
                for index, tally in _made(question, members, parts, ranges, wanted, processes, on, helpers):
                    tallies[index] = tally
                    join(tallies)
                    progress(tally.notes)
            parts.remove()
    except (OSError, KeyboardInterrupt) as error:
        raise _told(error, out, f"{len(tallies)} of {len(ranges)} parts are done: {GO_ON}") from error
    whole = sum((tallies[index] for index in range(len(ranges))), Tally())
    return Written(out, whole, len(ranges), kept, parts.dropped, (time.monotonic_ns() - began) // 1_000_000)


@contextmanager
def _joining(written: Format, parts: Parts, question: Question) -> Iterator[Callable[[Container[int]], None]]:
    """Parts are joined while others are still made, each as soon as all before it are done."""
    pieces: SimpleQueue[Piece | Stopped | None] = SimpleQueue()
    joined = 0
    with parts.joining() as file, ThreadPoolExecutor(1) as thread:

        def done_parts() -> Iterator[Piece]:
            while (piece := pieces.get()) is not None:
                if isinstance(piece, Stopped):
                    raise piece  # no end is written where not all is there: bodies of later parts may stand there
                yield piece
                if piece.at is None:
                    file.flush()
                    down_to_the_disk(file.fileno())  # while the rest is made

        def join(done: Container[int]) -> None:
            nonlocal joined
            while joined in done:
                pieces.put(parts.piece(joined))
                joined += 1
            if joining.done():
                joining.result()

        try:  # from here on: an interruption may come while the thread starts, which would wait for pieces for ever
            joining = thread.submit(written.join, done_parts(), schema_of(question), file)
            yield join
        except BaseException:
            pieces.put(Stopped("the run has ended"))
            raise
        pieces.put(None)
        joining.result()


def _format(out: str) -> Format:
    found = format_of(out)
    if found is None:
        ends = ", ".join(f"`{each.suffix}`" for each in FORMATS)
        raise Unaskable(f"`{out}` does not say in which format to write", f"end its name in one of {ends}")
    return found


def _check_folder(folder: str) -> None:
    """Before anything is reckoned."""
    if not os.path.isdir(folder):
        raise Unaskable(f"`{folder}`, where the output is to stand, is no folder", "make it, or name another `--out`")


def _made(
    question: Question,
    members: Members,
    parts: Parts,
    ranges: Sequence[range],
    wanted: Sequence[int],
    processes: int,
    on: str | None,
    helpers: Helpers | None,
) -> Iterator[tuple[int, Tally]]:
    """Make the parts wanted, and yield each when it is saved."""
    enough = PARTS_FOR_PROCESSES_EXACT if question.path == EXACT else PARTS_FOR_PROCESSES
    count = processes or (cores() if len(wanted) >= enough else 1)
    if on is not None:
        from .cluster import on_cluster

        for index, data, tally in on_cluster(question, parts.suffix, ranges, wanted, on, processes):
            parts.save(index, data, tally)
            yield index, tally
        return
    with nullcontext(helpers) if helpers else _started(question.inputs, min(count, len(wanted)) - 1) as helping:
        yield from made(question, members, parts, ranges, wanted, helping)


@contextmanager
def _started(inputs: Inputs, count: int) -> Iterator[Helpers]:
    with started(count) as helpers:
        open_too(helpers, inputs)
        yield helpers


def _spare_inputs(question: Question, out: str) -> None:
    """The output never takes the place of what it is made from."""
    if not os.path.exists(out):
        return
    for path in question.inputs.taken():
        if os.path.exists(path) and os.path.samefile(out, path):
            raise Unaskable(f"`{out}` is what the book is made from", "name another `--out`")


def _program() -> str:
    """A digest of the program itself: parts of one that was changed or replaced meanwhile are not its own."""
    files = sorted(path for package in (grammar, engine, terms) for path in Path(*package.__path__).rglob("*.py"))
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(states).encode()).hexdigest()


def _told(error: OSError | KeyboardInterrupt, out: str, done: str) -> BaseException:
    """The same trouble, with how much is done."""
    if isinstance(error, KeyboardInterrupt):
        return type(error)(f"interrupted; {done}")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Stopped(f"`{out}`: the disk is full", f"make room; {done}")
    return Stopped(f"`{error.filename or out}`: {(error.strerror or str(error)).lower()}", done)
