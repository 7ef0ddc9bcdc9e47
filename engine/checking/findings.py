"""Findings collected: each stage adds what is wrong to one list, and the door raises them together."""

from ...grammar.diagnostics import FINDINGS_MAX, Diagnostic, NoteErrors
from ...grammar.source import Span
from ..exact.origins import Clause, Fact, Origin

LEFT_OUT = ' is for `unmodelled "…" because "…"`'  # where the language may lack what the contract says
CORRECT_A_DATE = "correct one of the two dates"


class Findings(list[Diagnostic]):
    """What has been found wrong so far, in the order found."""

    @property
    def enough(self) -> bool:
        """Whether more would help nobody."""
        return len(self) > FINDINGS_MAX

    def add(self, code: str, message: str, span: Span, help: str, *related: tuple[Span, str]) -> None:
        """Note a finding at a place."""
        self.append(Diagnostic(code, message, span, help, related))

    def add_once(self, told: Diagnostic) -> None:
        """Note a finding that others may have come upon too."""
        if told not in self:
            self.append(told)

    def add_new(self, later: "Findings") -> None:
        """Note what a later version of the terms adds: what was wrong before is told once, with its own example."""
        told = {(each.code, each.message, each.span) for each in self}
        self += [each for each in later if (each.code, each.message, each.span) not in told]

    def add_file(self, code: str, message: str, file: str, help: str) -> None:
        """Note a finding about a whole file."""
        self.append(Diagnostic(code, message, None, help, file=file))


def finding(code: str, message: str, origin: Origin, help: str) -> Diagnostic:
    """A finding at the place an origin names; a default has none, and its name is said instead."""
    if isinstance(origin, Clause | Fact):
        return Diagnostic(code, message, origin.span, help)
    return Diagnostic(code, f"{message} ({origin.place})", None, help)


def without_echoes(found: Findings) -> Findings:
    """What is wrong where it is written; of a default that goes wrong, only where nothing else does."""
    return Findings(filter(has_place, found)) or found


def has_place(told: Diagnostic) -> bool:
    """Whether it is about something written, and not about a default."""
    return bool(told.span or told.file)


def alone(code: str, message: str, span: Span | None, help: str, file: str = "") -> NoteErrors:
    """One finding, to be raised."""
    return NoteErrors((Diagnostic(code, message, span, help, file=file),))
