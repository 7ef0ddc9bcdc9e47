"""The sheet of an explanation: a tree of steps, what each rests on below it."""

import os
from itertools import islice

from ...engine.exact.trace import origins
from ...engine.running.explanation import Line, cited, unfolded
from ...engine.running.statement import Statement, quantities_named
from .rows import Row, Section, Sheet
from .sheet import heading

LINES_MAX = 10_000  # whoever needs more has a program read them


def explanation_sheet(said: Statement, name: str) -> Sheet:
    """The steps of one figure; of an answer with rows, those of every figure in them as well."""
    named = quantities_named(said.answers)
    beside = [(figure, each) for each, figure in named.items() if each.startswith(f"{name}[")]
    lines = unfolded(named[name], name, *beside)
    rows = tuple(_row(line) for line in islice(lines, LINES_MAX))
    if next(lines, None) is not None:
        rows += (Row(f"… and so on: {LINES_MAX:,} steps are shown, and `--json` has every one"),)
    roots = (named[name], *(figure for figure, _ in beside))
    used = {_file(each.place) for root in roots for each in origins(root) if ":" in each.place}
    return Sheet(*heading(said), (Section(name, rows, tree=True, note=", ".join(sorted(used))),))


def _row(line: Line) -> Row:
    value = "" if line.value == line.title else f": {line.value}"
    if line.elsewhere:
        return Row(f"{line.rails}{line.title}{value}  (step {line.number}, {line.elsewhere})")
    how = f"  {line.how}" if line.how else ""
    under = tuple(f"{line.below}    {_short(cited(each))}" for each in line.cites)
    return Row(f"{line.rails}{line.title}{value}{how}", under=under, mark=f"{line.number}")


def _file(place: str) -> str:
    return place.rpartition(":")[0]


def _short(text: str) -> str:
    """A cited place with its file's name and not all of its path: the heading has the path."""
    kind, _, rest = text.partition(" ")
    place, _, words = rest.partition(" ")
    return f"{kind} {os.path.basename(place)} {words}"
