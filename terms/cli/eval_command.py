"""`terms eval`: the statement of a note for a date."""

from argparse import Namespace
from datetime import date

from ...engine.exact.values import Unknown
from ...engine.running.statement import Statement
from .asking import asked, loaded, one_of
from .exits import FINE, UNKNOWN, Misused
from .output import print_json, print_sheet
from .patience import patient


@patient
def run(arguments: Namespace, today: date) -> int:
    """Print the statement, or the answers named; the code tells whether one of those is unknown."""
    if arguments.trace and not arguments.json:
        raise Misused("`--trace` is for `--json`", "people read `terms explain NOTE ANSWER`")
    said = asked(arguments, loaded(arguments), today)
    names = _names(arguments.ask, said)
    if arguments.json:
        from ..export.answers import plain_statement

        print_json(plain_statement(said, names, arguments.trace))
    else:
        from .sheet import answers_sheet, statement_sheet

        print_sheet(answers_sheet(said, names) if names else statement_sheet(said))
    return UNKNOWN if any(isinstance(said[name].value.value, Unknown) for name in names) else FINE


def _names(asked_for: list[str], said: Statement) -> tuple[str, ...]:
    wanted = [name.strip() for each in asked_for for name in each.split(",") if name.strip()]
    if asked_for and not wanted:
        raise Misused("`--ask` names no answer", "write it as in `--ask owed,allowed_shares`")
    return tuple(one_of(name, tuple(said.answers), "answer") for name in wanted)
