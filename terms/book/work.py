"""Work: making one part, in whatever process."""

from typing import Any

import pyarrow as pa
from attrs import frozen

from .evaluators import Evaluator, evaluator
from .formats import FORMATS, Format
from .members import Members
from .question import Question
from .stretch import stretch
from .tables import table
from .tally import Tally


@frozen
class Work:
    """What a process keeps from part to part: the open book, and the evaluator with what it has compiled."""

    question: Question
    members: Members
    evaluator: Evaluator
    format: Format

    def part(self, notes: range) -> tuple[Any, Tally]:
        """The bytes of the part with these notes, and its counts."""
        made, tally = table(self.question, stretch(self.question, self.members, notes, self.evaluator))
        return self.format.encoded(made), tally


def work_on(question: Question, suffix: str) -> Work:
    """A worker; raises NoteErrors for what is wrong with the whole book."""
    written = next(each for each in FORMATS if each.suffix == suffix)
    return Work(question, question.inputs.members(), evaluator(question.path, question.exact), written)


def alone_in_process() -> None:
    """One thread a process: the processes share the cores."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
