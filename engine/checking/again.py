"""Checking again: one note under other figures and dates, at the price of what looks at them.

A book has one template and many rows. A check that reads the issue date and the maturity says the same of all
rows with that pair, whatever else they write. So each check tells what it has read, and whoever has many rows
runs it once for each value of that. Units and shape are the template's and are not checked again.
"""

from collections.abc import Callable, Hashable, Iterator
from functools import partial
from itertools import product

from ...grammar.classes import frozen
from ...grammar.diagnostics import Diagnostic
from ..meaning.model import Model
from ..meaning.term import InOrder
from ..meaning.varying import Values, Varying
from .findings import Findings
from .sense import AGAIN, amended_too_early, in_order


@frozen
class Checked:
    """What a check found, and the literals, of those that vary, on which that rests."""

    findings: tuple[Diagnostic, ...]
    read: frozenset[str]


@frozen(eq=False)
class Check:
    """One check. Where it finds something, those of later stages of its series are not run.

    Each version of the terms is a series; the dates of amendments are one more, run where the first version is sound.
    """

    series: int
    stage: int
    find: Callable[[Findings], None]
    after_first: bool = False
    in_order: tuple[InOrder, ...] = ()  # where these dates are so it finds nothing


class Again:
    """The checks of a note some of whose literals vary."""

    def __init__(self, varying: Varying) -> None:
        self._varying = varying
        self.checks = tuple(self._all())

    def run(self, check: Check, values: Values, units: Callable[[str], Hashable] | None = None) -> Checked:
        """What the check finds where each literal that varies has the value that `values` gives for its name.

        `units` tells these values apart.
        """
        found = Findings()
        _, read = self._varying.ask(values, partial(check.find, found), units)
        return Checked(tuple(found), read)

    def day(
        self, check: Check, name: str, values: Values, units: Callable[[str], Hashable]
    ) -> tuple[int, frozenset[str]]:
        """The day number of a named date in the version that the check is of, and on which literals it rests."""
        model = self._varying.note.versions[check.series]
        return self._varying.ask(values, lambda: model.date_of(name).toordinal(), units)

    def _all(self) -> Iterator[Check]:
        """The checks, those of one series and stage together, in the order in which a note's are run."""
        first, *later = self._varying.note.versions
        for version, model in enumerate(self._varying.note.versions):
            for stage, checks in enumerate(AGAIN):
                for clause, check in product(model.clauses, checks):
                    dates = model.terms[clause.keyword].in_order if check is in_order else ()
                    yield Check(version, stage, partial(check, clause, model), in_order=dates)
        for model in later:
            yield Check(len(later) + 1, 0, partial(_not_too_early, first, model), after_first=True)


def _not_too_early(first: Model, amended: Model, found: Findings) -> None:
    message, help = amended_too_early(amended.effective, first.date_of("issue"))
    if message:
        found.append(Diagnostic("E209", message, None, help))
