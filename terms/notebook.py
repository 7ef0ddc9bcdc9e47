"""Statements in a notebook, on a Rich console and in print: the sheet of the command line, shown elsewhere.

Nothing of this is imported before a statement is shown.
"""

from typing import Any

from ..engine.running.statement import Statement
from ..grammar.classes import fields, frozen


@frozen
class Displayed(Statement):
    """A statement that shows itself as the sheet that `terms eval` prints."""

    def __str__(self) -> str:
        from .cli.plain import text

        return text(_sheet(self))

    def __rich__(self) -> Any:
        from .cli.render import rendered

        return rendered(_sheet(self))

    def _repr_html_(self) -> str:
        from .export.html import html

        return html(_sheet(self))


def displayed(said: Statement) -> Displayed:
    """The same statement, able to show itself."""
    return Displayed(*(getattr(said, each.name) for each in fields(Statement) if each.init))


def _sheet(said: Statement) -> Any:
    from .cli.sheet import statement_sheet

    return statement_sheet(said)
