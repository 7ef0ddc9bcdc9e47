"""Patience: how long the program works on one file before it says that it takes too long.

Terms of a few pages take some hundredths of a second. What takes a hundred times as long was written by mistake,
or to keep a machine busy. An answer never depends on the time that it takes; only whether there is one does.
"""

import os
import signal
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import Any

from ...engine.exact.budgets import TooSlow, spent
from ...grammar.diagnostics import NoteErrors
from .exits import Misused

VARIABLE = "TENOR_SECONDS"  # for what is large and meant
MILLISECONDS = 1_250
AGAIN = 200  # milliseconds, should the first call fall where Python lets no exception through


@contextmanager
def patience(file: str) -> Iterator[None]:
    """Bounds the processor's time for what is done inside; raises NoteErrors that names the file and the limit.

    Where the system has no such clock, and outside the main thread, nothing is bounded.
    """
    limit = _limit()

    def stop(*_: Any) -> None:
        raise TooSlow(f"this takes longer than {limit / 1_000:g} seconds of work")

    try:
        before = signal.signal(signal.SIGPROF, stop)
    except (AttributeError, ValueError):
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, limit / 1_000, AGAIN / 1_000)
    try:
        yield
    except TooSlow as error:
        raise NoteErrors((spent(error, file),)) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def patient(run: Callable[[Namespace, date], int]) -> Callable[[Namespace, date], int]:
    """A command over one note, whose whole work is bounded."""

    @wraps(run)
    def bounded(arguments: Namespace, today: date) -> int:
        with patience(arguments.note):
            return run(arguments, today)

    return bounded


def _limit() -> int:
    """In milliseconds."""
    written = os.environ.get(VARIABLE, "")
    if not written:
        return MILLISECONDS
    if not (written.isascii() and written.isdecimal() and 0 < len(written) < 7 and int(written)):
        raise Misused(f"`{VARIABLE}={written}` is no number of seconds", f"write it as in `{VARIABLE}=60`")
    return int(written) * 1_000
