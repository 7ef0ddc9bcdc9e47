"""Work: making one part, in whatever process."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pyarrow as pa

from ...grammar.classes import frozen
from .evaluators import Evaluator, evaluator
from .formats import FORMATS, Format
from .members import Members
from .question import Question
from .stretch import stretch
from .tables import table
from .tally import Tally

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)
KEPT = 1 << 30  # bytes
OBJECTS = 100_000  # made since the last look for those that only refer to each other


@frozen
class Work:
    """What a process keeps from part to part: the open book, and the evaluator with what it has compiled."""

    question: Question
    members: Members
    evaluator: Evaluator
    format: Format

    def part(self, notes: range) -> tuple[Any, Tally]:
        """The bytes of the part with these notes, and its counts."""
        with _collecting_seldom():
            made, tally = table(self.question, stretch(self.question, self.members, notes, self.evaluator))
            return self.format.encoded(made), tally


def work_on(question: Question, suffix: str, members: Members | None = None) -> Work:
    """A worker, which opens the book where it is not given; raises NoteErrors for what is wrong with all of it."""
    written = next(each for each in FORMATS if each.suffix == suffix)
    opened = question.inputs.members() if members is None else members
    return Work(question, opened, evaluator(question.path, question.exact), written)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """What a part learns for the next one is many small objects, all of which stay: to look through them is vain."""
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def alone_in_process() -> None:
    """One thread a process: the processes share the cores. For processes of the program, not for a user's own."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    as_program()


def as_program() -> None:
    """What a process may do that does nothing else; it holds for all of it.

    Memory that is given back after each part is only asked for again. And PyArrow loads pandas wherever that is
    installed, for as long as it takes to open a book, where nothing here is one of its frames.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    _keep_memory()
    sys.meta_path.insert(0, _WithoutPandas())


def _keep_memory() -> None:
    """Let the C library keep what is freed, large blocks too; nothing where it has no such call."""
    with suppress(AttributeError, OSError, TypeError):
        allocator = ctypes.CDLL(None).mallopt
        for option in (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD):
            allocator(option, KEPT)


class _WithoutPandas:
    """As if pandas were not installed, unless it is loaded already."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)
