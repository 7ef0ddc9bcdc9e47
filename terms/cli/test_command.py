"""`terms test`: the expectations in notes, held against no facts, and in ledgers, against their own."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from ...engine.meaning.model import Expectation, Note
from ...engine.running.statement import Statement, statement
from ...engine.world.facts import NO_FACTS, Ledger
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ..endings import LEDGER_ENDING
from ..writing import write_atomically
from .exits import DIFFERS, FINDINGS, FINE
from .expecting import Failure, failure
from .findings import diagnostics, tell
from .ledgers import Notes
from .paths import files_in
from .patience import patience


def run(arguments: Namespace, today: date) -> int:
    """Print what fails, and how many expectations there were; findings come before failures in the exit code."""
    notes = Notes(arguments.sources)
    paths = files_in(arguments.paths)
    held, failures, wrong = 0, list[Failure](), list[Diagnostic]()
    for path in paths:
        try:
            with patience(path):
                count, failed = _tested(path, notes)
        except Exception as error:
            found = diagnostics(error, path)
            if not found:
                raise
            wrong += found
            continue
        held += count - len(failed)
        failures += failed
    if wrong:
        tell(dict.fromkeys(wrong))
    for each in failures:
        print(_told(each))
    if arguments.update and failures:
        _update(failures)
    total = held + len(failures)
    print(f"{total} expectation{'' if total == 1 else 's'} in {len(paths)} files: {held} held, {len(failures)} failed")
    if wrong:
        return FINDINGS
    return DIFFERS if failures and not arguments.update else FINE


def _tested(path: str, notes: Notes) -> tuple[int, list[Failure]]:
    if path.endswith(LEDGER_ENDING):
        both = notes.with_ledger(path)
        if both is None:
            return 0, []  # the note's own findings are told where the note is tested
        owner, ledger = both
        return _compared(owner.note, ledger, ledger.expectations)
    note, found = notes.read(path)
    if note is None:
        raise NoteErrors(found)
    return _compared(note.note, NO_FACTS, note.note.expectations)


def _compared(note: Note, ledger: Ledger, expected: Sequence[Expectation]) -> tuple[int, list[Failure]]:
    statements: dict[date, Statement] = {}
    failed = []
    for each in expected:
        if each.day not in statements:
            statements[each.day] = statement(note, ledger, each.day)
        wrong = failure(each, statements[each.day])
        if wrong is not None:
            failed.append(wrong)
    return len(expected), failed


def _told(each: Failure) -> str:
    expectation = each.expectation
    lines = [
        f"{each.span.place}: {expectation.answer} on {expectation.day}",
        f"  expected    {each.expected}",
        f"  got         {each.got}",
    ]
    return "\n".join([*lines, f"  difference  {each.difference}"] if each.difference else lines)


def _update(failures: list[Failure]) -> None:
    """Rewrite what was expected, file by file, from the end so that earlier places stay true."""
    texts: dict[str, str] = {}
    for each in sorted(failures, key=lambda each: -each.span.start):
        source = each.span.source
        text = texts.get(source.name, source.text)
        texts[source.name] = text[: each.span.start] + each.replacement + text[each.span.end :]
    for name, text in texts.items():
        write_atomically(name, text.encode())
        print(f"{name}: expectations rewritten")
