"""Stretches: consecutive notes of a book with their answers, whether they were read one by one or as columns.

Every note has its place, also one that could not be read; the answers are of the others.
"""

from collections.abc import Callable, Mapping

from ...engine.arrays.columns import Answered
from ...grammar.classes import field, frozen
from .blocks import Block
from .evaluators import Evaluator
from .members import Failed, Member, Members
from .question import Question


@frozen(eq=False)
class Stretch:
    """Notes in the order of the book.

    `currencies` and `failed` are by place in the stretch, a currency None for a note that failed; `place` says where
    a note stands.
    """

    names: tuple[str, ...]
    currencies: tuple[str | None, ...]
    answered: Answered = field(repr=False)
    place: Callable[[int], str] = field(repr=False)
    failed: Mapping[int, Failed] = field(factory=dict)


def stretch(question: Question, members: Members, notes: range, evaluator: Evaluator) -> Stretch:
    """The notes of a part, asked."""
    if any(notes.start in rows for rows in members.templated()):
        block = members.block_columns(notes.start, notes.stop)
        return _of_columns(block, evaluator.columns(block, question.dates, question.ask))
    read = members.block(notes.start, notes.stop)
    right = [each for each in read if isinstance(each, Member)]
    return Stretch(
        tuple(each.name for each in read),
        tuple(each.note.versions[0].currency if isinstance(each, Member) else None for each in read),
        evaluator.answers(right, question.dates, question.ask),
        lambda place: read[place].place,
        {place: each for place, each in enumerate(read) if isinstance(each, Failed)},
    )


def _of_columns(block: Block, answered: Answered) -> Stretch:
    currency = block.note.versions[0].currency
    failed = {position - block.start: each for position, each in sorted(block.failed.items())}
    if not failed:
        return Stretch(block.names, (currency,) * len(block), answered, lambda place: block.places[place])
    names = {position - block.start: name for position, name in zip(block.positions.tolist(), block.names, strict=True)}
    order = {place: row for row, place in enumerate(names)}
    names |= {place: each.name for place, each in failed.items()}
    return Stretch(
        tuple(names[place] for place in range(len(names))),
        tuple(None if place in failed else currency for place in range(len(names))),
        answered,
        lambda place: failed[place].place if place in failed else block.places[order[place]],
        failed,
    )
