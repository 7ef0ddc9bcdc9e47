"""Findings on the error stream: what is wrong in the files, each with its place and its next step."""

import sys
from collections.abc import Iterable

from ...engine.dimensions import DimensionError
from ...engine.operations import TooBig
from ...engine.periods import OutsideYears
from ...grammar.diagnostics import Diagnostic, NoteErrors, render

TOO_BIG, TOO_DEEP, MIXED, OUTSIDE = "E501", "E502", "E503", "E504"


def diagnostics(error: Exception, file: str = "") -> tuple[Diagnostic, ...]:
    """The findings that an exception stands for; none where it is a mistake of the program."""
    match error:
        case NoteErrors(diagnostics=found):
            return tuple(found)
        case TooBig():
            help = "let interest compound less often, or state a rule that rounds it"
            return (Diagnostic(TOO_BIG, str(error), None, help, file=file),)
        case RecursionError():
            help = "the ledger or an expression is too long to be reckoned in one piece; split it"
            return (Diagnostic(TOO_DEEP, "the steps of an answer go too deep", None, help, file=file),)
        case DimensionError():
            help = "give each figure the unit that is meant: money, a price per share, shares, a percentage"
            return (Diagnostic(MIXED, str(error), None, help, file=file),)
        case OutsideYears():
            return (Diagnostic(OUTSIDE, str(error), None, "correct the date or the period", file=file),)
    return ()


def tell(found: Iterable[Diagnostic]) -> None:
    """All findings, a blank line between them."""
    print("\n\n".join(render(each) for each in found), file=sys.stderr)
