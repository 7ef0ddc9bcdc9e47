"""`terms check`: what is wrong in notes and ledgers, all of it in one run."""

import os
from argparse import Namespace
from datetime import date

from ...grammar.diagnostics import Diagnostic
from ..endings import LEDGER_ENDING
from .exits import FINDINGS, FINE
from .findings import diagnostics, tell
from .ledgers import Notes
from .paths import files_in
from .patience import patience


def run(arguments: Namespace, today: date) -> int:
    """Print every finding; say how many files are fine."""
    notes = Notes(arguments.sources)
    paths = files_in(arguments.paths)
    found = {path: _findings(path, notes) for path in paths}
    everything = [each for path in paths for each in found[path]]
    wrong = sum(1 for path in paths if found[path])
    if everything:
        tell(dict.fromkeys(everything))
        print(f"{_files(wrong)} of {len(paths)} with findings: {len(everything)} in all")
        return FINDINGS
    print(f"{_files(len(paths))} checked, nothing wrong")
    return FINE


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _findings(path: str, notes: Notes) -> tuple[Diagnostic, ...]:
    try:
        with patience(path):
            if not path.endswith(LEDGER_ENDING):
                return notes.read(path)[1]
            if notes.with_ledger(path) is None:
                message = "the note of this ledger has findings, so the ledger was not checked"
                return (Diagnostic("E405", message, None, "correct the note first", file=os.path.normpath(path)),)
            return ()
    except Exception as error:
        found = diagnostics(error, path)
        if not found:
            raise
        return found
