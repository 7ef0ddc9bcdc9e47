"""Findings about a checked note, pointing back to the clause they are about."""

from ..grammar.diagnostics import Diagnostic
from .origins import Clause, Fact, Origin


def finding(code: str, message: str, origin: Origin, help: str) -> Diagnostic:
    """A finding at the place an origin names; a default has none, and its name is said instead."""
    if isinstance(origin, Clause | Fact):
        return Diagnostic(code, message, origin.span, help)
    return Diagnostic(code, f"{message} ({origin.place})", None, help)
