"""Programs: what a process may do that does nothing but answer books; it holds for all of it, so not for a user's own.

`as_program` is to be called before NumPy and PyArrow are loaded, which look at these settings once.
"""

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ..endings import TABLE_ENDINGS

# Memory that a library keeps to itself is given back and asked for again with each part, and asking costs more than
# what is done with it. No sum here goes through BLAS, whose threads wait by turning round and round. And a program has
# a process for each core that it may take: threads of PyArrow, which heeds the variable of OpenMP, would take them from
# one another, and gain nothing where a core is free.
SETTINGS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "ARROW_IO_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # of mallopt(3)
KEPT = 1 << 30  # bytes
NOT_NEEDED = ("cloudpickle", "pandas")
WORTH = 1 << 22  # bytes of tables: to read and answer what stands in them takes several times as long as a start


def as_program() -> None:
    """What the user has set in the environment stays."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    _keep_memory()
    sys.meta_path.insert(0, _Without())


def cores() -> int:
    """How many this program may use."""
    return len(_allowed()) or os.cpu_count() or 1


def _allowed() -> list[int]:
    """The cores that this process may take; none where the system does not say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def processes_for(paths: Iterable[str], asked: int = 0) -> int:
    """How many processes to start before these files and folders are opened, by the size of the tables in them.

    As many as are asked for, unless that is more than there are cores and more than tables of such a size are worth:
    then one, and the others are started when it is known how many parts there are.
    """
    worth = sum(map(_size, paths)) // WORTH
    if asked:
        return asked if asked <= max(cores(), worth) else 1
    return max(1, min(cores(), worth))


def _size(path: str) -> int:
    """Of a table, or of the tables of a folder; of what cannot be read, whoever opens it tells."""
    with suppress(OSError):
        if os.path.isdir(path):
            with os.scandir(path) as entries:
                return sum(each.stat().st_size for each in entries if each.name.endswith(TABLE_ENDINGS))
        return os.path.getsize(path) if path.endswith(TABLE_ENDINGS) else 0
    return 0


@contextmanager
def own_core(place: int, processes: int) -> Iterator[None]:
    """Where a run has a process for each core that it may take, let this one of them stay on its own.

    Moved from one core to another they lose up to a tenth. With cores to spare the system knows better which is free.
    """
    every = _allowed()
    if len(every) != processes:
        yield
        return
    with suppress(OSError):  # not everybody may
        os.sched_setaffinity(0, {every[place]})
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setaffinity(0, every)


def _keep_memory() -> None:
    """Let the C library keep what is freed, large blocks too and by any thread; nothing where it has no such call."""
    with suppress(AttributeError, OSError, TypeError):
        allocator = ctypes.CDLL(None).mallopt
        for option, value in ((M_MMAP_THRESHOLD, KEPT), (M_TRIM_THRESHOLD, KEPT), (M_ARENA_MAX, 1)):
            allocator(option, value)


class _Without:
    """As if these were not installed, unless they are loaded already.

    PyArrow loads them wherever they are there, pandas for as long as it takes to open a book; nothing here is one of
    its frames, and no function is sent to another process.
    """

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name in NOT_NEEDED:
            raise ModuleNotFoundError(name, name=name)
