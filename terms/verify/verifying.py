"""Verifying: ledgers drawn one after another, and what they break brought down to the smallest that does.

The same note, number of examples and seed give the same verdicts, however fast the machine; a time that is over
only ends the drawing sooner.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from random import Random

from ...engine.exact.budgets import BUDGETS
from ...engine.meaning.model import Note
from ...grammar.classes import frozen
from ...grammar.diagnostics import NoteErrors
from .case import Broken, Case
from .drawing import Drawn, Lines, World, ledger_of, world_of
from .invariants import Applying
from .shrinking import Shrinking

ATTEMPTS = 20  # at one ledger: of some lines the language allows only one


@frozen
class Verdict:
    """What became of an invariant: how it is broken, by which lines and on which day; or that it held."""

    invariant: Applying
    broken: Broken | None = None
    lines: Lines = ()
    day: date | None = None


@frozen
class Verified:
    """All verdicts, in the order of the invariants, how many ledgers were drawn, and how many came out empty."""

    verdicts: tuple[Verdict, ...]
    examples: int
    empty: int = 0


def verified(
    note: Note,
    invariants: Sequence[Applying],
    examples: int,
    seed: int,
    over: Callable[[], bool] = lambda: False,
    advance: Callable[[int], None] = lambda more: None,
) -> Verified:
    """The invariants tried on so many ledgers, or on as many as there is time for; one broken is tried no more."""
    world, found, drawn, empty = world_of(note), dict[str, Verdict](), 0, 0
    for number in range(examples):
        if over() and drawn:
            break
        example = _example(note, world, f"{seed}/{number}")
        cases = [Case(note, example.lines, day) for day in example.days]  # reckoned once for all invariants
        drawn, empty = drawn + 1, empty + (not example.lines)
        for each in invariants:
            if each.sentence not in found:
                verdict = _tried(each, cases)
                if verdict is not None:
                    found[each.sentence] = verdict
        advance(1)
    return Verified(tuple(found.get(each.sentence, Verdict(each)) for each in invariants), drawn, empty)


def _example(note: Note, world: World, seed: str) -> Drawn:
    random = Random(seed)
    for _ in range(ATTEMPTS):
        example = world.drawn(random)
        try:
            ledger_of(note, example.lines)
        except NoteErrors:
            continue
        return example
    return Drawn((), (note.issued,))


def _tried(invariant: Applying, cases: Sequence[Case]) -> Verdict | None:
    """The verdict where one of the cases breaks the invariant."""
    case = next((each for each in cases if _broken(invariant, each) is not None), None)
    if case is None:
        return None
    note = case.note

    def breaks(lines: Lines, day: date) -> bool:
        return _broken(invariant, Case(note, lines, day)) is not None

    calendar = note.versions[0].calendar
    lines, day = Shrinking(case.lines, case.day, breaks, calendar, note.issued).smallest()
    return Verdict(invariant, _broken(invariant, Case(note, lines, day)), lines, day)


def _broken(invariant: Applying, case: Case) -> Broken | None:
    """How a case breaks it; not at all where the lines cannot be written, or are more than a statement is given."""
    try:
        return invariant.law(case)
    except (NoteErrors, *BUDGETS):
        return None


def facts_text(note: str, heads: Iterable[str], lines: Lines) -> str:
    """A ledger ready to be asked about; `heads` are said first, as remarks."""
    text = "".join(f"# {each}\n" for each in heads)
    return f'{text}note "{note}"\n\n' + "".join(f"{line.text}\n" for line in lines)
