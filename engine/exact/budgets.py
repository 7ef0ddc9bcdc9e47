"""Budgets: what no statement may spend, whatever the files say, and the finding when one does.

A note is held to most of them when it is checked; what only shows with the facts of a ledger shows here.
"""

from ...grammar.diagnostics import Diagnostic
from ..time.calendars import OutsideCalendar
from ..time.periods import OutsideYears
from .operations import TooBig
from .origins import Clause


class TooLong(Exception):
    """A market would have to be watched for longer than a statement is given time for."""


class TooSlow(Exception):
    """The time that was given is over."""


BUDGETS = (TooBig, TooLong, TooSlow, OutsideYears, OutsideCalendar, MemoryError)


def spent(error: Exception, file: str) -> Diagnostic:
    """What one of `BUDGETS` tells the reader; any other exception is a mistake of the program."""
    match error:
        case TooBig(by=Clause(span=span)):
            help = "let interest compound less often, or ask about an earlier day"
            return Diagnostic("E501", str(error), span, help)
        case TooBig():
            help = "ask about an earlier day, or begin a new note from a statement of this one"
            return Diagnostic("E501", str(error), help=help, file=file)
        case TooLong():
            return Diagnostic("E505", str(error), help="ask about an earlier day", file=file)
        case OutsideYears():
            return Diagnostic("E504", str(error), help="correct the date or the period", file=file)
        case OutsideCalendar():
            help = "ask about an earlier day, or name a calendar that reaches further"
            return Diagnostic("E506", str(error), help=help, file=file)
        case TooSlow():
            help = "take out what is not needed, or give it longer, as in `TENOR_SECONDS=60`"
            return Diagnostic("E508", str(error), help=help, file=file)
        case MemoryError():
            message = f"this needs more memory than {_memory()}"
            return Diagnostic("E509", message, help="take out what is not needed", file=file)
    raise AssertionError(f"no budget: {error!r}")


def _memory() -> str:
    """What the process may use, where the system says so in numbers."""
    try:
        import resource
    except ImportError:  # pragma: no cover - a system without limits
        return "there is"
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return "there is" if limit == resource.RLIM_INFINITY else f"the {limit >> 20:,} MB that it may use"
