"""Findings on the error stream: what is wrong in the files, each with its place and its next step."""

import sys
from collections.abc import Iterable

from ...engine.exact.budgets import BUDGETS, spent
from ...grammar.diagnostics import Diagnostic, NoteErrors, render


def diagnostics(error: Exception, file: str = "") -> tuple[Diagnostic, ...]:
    """The findings that an exception stands for; none where it is a mistake of the program."""
    if isinstance(error, NoteErrors):
        return tuple(error.diagnostics)
    return (spent(error, file),) if isinstance(error, BUDGETS) else ()


def tell(found: Iterable[Diagnostic]) -> None:
    """All findings, a blank line between them."""
    print("\n\n".join(render(each) for each in found), file=sys.stderr)
