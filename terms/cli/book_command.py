"""`terms book`: many notes asked on many dates, into one file."""

import gc
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from ..book.extras import install
from .exits import FINDINGS, FINE, INTERRUPTED, TERMINATED, Misused

DASK = "dask"


class Terminated(KeyboardInterrupt):
    """The system asks the program to end."""


def run(arguments: Namespace, today: date) -> int:
    """Write the file and print what was counted; the code tells whether any note failed."""
    try:
        return _run(arguments)
    except ModuleNotFoundError as missing:
        help = install(missing)
        if not help:
            raise
        raise Misused(f"`{missing.name}` is not installed", help) from None


def _run(arguments: Namespace) -> int:
    _check(arguments)
    if arguments.on is not None:
        return _written(arguments)
    from ..book.program import as_program, own_core, processes_for

    as_program()
    processes = processes_for([*arguments.paths, *filter(None, [arguments.facts])], arguments.processes)
    if processes == 1:
        return _written(arguments)  # which may start some when it knows how large the book is
    from ..book.starting import started

    with started(processes - 1) as helpers, own_core(0, processes):  # they began with all cores
        return _written(arguments, helpers)


def _written(arguments: Namespace, helpers: Any = None) -> int:
    from ..book.door import Book, inputs_of
    from ..book.pool import open_too
    from ..book.running import write_book
    from ..book.trouble import Misfit, Unaskable
    from .book_summary import summary_sheet
    from .output import print_sheet

    gc.freeze()  # what is loaded stays for the whole run
    try:
        with _ending_softly():
            inputs = inputs_of(arguments.paths, arguments.template, arguments.facts, arguments.sources)
            if helpers is not None:
                open_too(helpers, inputs)
            book = Book(inputs, inputs.members())
            ask = [name.strip() for each in arguments.ask for name in each.split(",") if name.strip()]
            question = book.question(
                arguments.dates, ask, arguments.path, arguments.exact, arguments.wide, arguments.calendar
            )
            with _progress(len(book)) as progress:
                written = write_book(
                    question, arguments.out, book.members, arguments.processes, arguments.on, progress, helpers
                )
    except KeyboardInterrupt as interrupt:
        print(f"terms: {' '.join(map(str, interrupt.args)) or 'interrupted'}", file=sys.stderr)
        return TERMINATED if isinstance(interrupt, Terminated) else INTERRUPTED
    except Misfit as misfit:
        print(f"terms: {misfit}", file=sys.stderr)
        return FINDINGS
    except Unaskable as trouble:
        raise Misused(trouble.message, trouble.help) from None
    if written.tally.found:
        print("\n\n".join(written.tally.found), file=sys.stderr)
    print_sheet(summary_sheet(question, written, book.members.notices))
    return FINDINGS if written.tally.failing else FINE


def _check(arguments: Namespace) -> None:
    """What the options say of themselves."""
    if arguments.processes < 0:
        raise Misused(f"`--processes {arguments.processes}` is no number of processes", "write 1 or more")
    if arguments.on is not None and not (arguments.on == DASK or arguments.on.startswith(f"{DASK}://")):
        raise Misused(f"`--on {arguments.on}` is no cluster", "write `--on dask`, or `--on dask://HOST:PORT`")


@contextmanager
def _ending_softly() -> Iterator[None]:
    """A request to end is taken as an interruption: nothing half-written stays."""

    def end(*_: Any) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(notes: int) -> Iterator[Any]:
    """A bar on a terminal; anywhere else, silence."""
    if sys.stderr.isatty():
        from .render_progress import bar

        with bar(notes) as advance:
            yield advance
    else:
        yield lambda notes: None
