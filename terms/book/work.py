"""Work: making one part, in whatever process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...grammar.classes import frozen
from .evaluators import Evaluator, evaluator
from .formats import FORMATS, Format
from .members import Members
from .question import Question
from .stretch import stretch
from .tables import table
from .tally import Tally

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
