"""Rechecking: whether the figures of each row make a note that can be reckoned.

The checks are the checker's own (`engine/checking/again.py`); what is done here is to run each of them once for
every different combination of the figures that it looks at, and not once for every row.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from ...engine.arrays.asking import combinations, values_in
from ...engine.checking.again import Again, Check, Checked
from ...engine.checking.findings import has_place
from ...engine.meaning.varying import Varying
from ...grammar.diagnostics import Diagnostic
from ...grammar.source import Span
from .parameters import Parameter

KEPT_MAX = 500_000  # outcomes of a check
WIDE = 1 << 63  # from here on a figure stands in arrays of Python's own integers

Named = frozenset[str]
Key = tuple[int, ...]
Parameters = Mapping[str, Parameter]


class Rechecking:
    """The checks of one template for blocks of rows; what a block taught serves the next."""

    def __init__(self, varying: Varying) -> None:
        self._again = Again(varying)
        # Of each check, by which figures it has looked at, the outcome for each combination of these.
        self._known: dict[Check, dict[Named, dict[Key, Checked]]] = {each: {} for each in self._again.checks}
        # Of each version and named date, what it rests on, and the day for each combination of that.
        self._rests_on: dict[tuple[int, str], Named] = {}
        self._dates: dict[tuple[int, str], dict[Key, int]] = {}
        # Of each check that reads one figure, how many outcomes were known and in which values nothing was found.
        self._sound: dict[tuple[Check, str, int, str], tuple[int, Any]] = {}

    def wrong(
        self, parameters: Parameters, rows: Any, span: Callable[[int, Sequence[str]], Span]
    ) -> dict[int, list[Diagnostic]]:
        """What is wrong, by place in the block, among these places of it."""
        found: dict[int, list[tuple[Diagnostic, Named]]] = {}
        unsound: set[int] | None = None  # by the first series, which is that of the first terms
        for _, series in groupby(self._again.checks, key=lambda each: each.series):
            checks = tuple(series)
            left = np.setdiff1d(rows, np.array(list(unsound or ()), np.int64)) if checks[0].after_first else rows
            for _, stage in groupby(checks, key=lambda each: each.stage):
                told: dict[int, list[tuple[Diagnostic, Named]]] = {}
                for check in stage:
                    doubtful = left if not check.in_order else self._out_of_order(check, parameters, left)
                    self._spread(check, frozenset(), parameters, doubtful, told)
                for row, problems in told.items():
                    problems = [each for each in problems if has_place(each[0])] or problems
                    found.setdefault(row, []).extend(each for each in problems if each not in found.get(row, ()))
                if told:
                    left = np.setdiff1d(left, np.array(list(told), np.int64))
            unsound = set(found) if unsound is None else unsound
        return {row: [_at_row(each, read, row, span) for each, read in told] for row, told in found.items()}

    def _out_of_order(self, check: Check, parameters: Parameters, rows: Any) -> Any:
        """The rows in which dates that follow one another do not: what is compared need not be asked pair by pair."""
        wrong = np.zeros(len(rows), bool)
        for each in check.in_order if len(rows) else ():
            wrong |= self._days(check, each.second, parameters, rows) <= self._days(check, each.first, parameters, rows)
        return rows[wrong]

    def _days(self, check: Check, name: str, parameters: Parameters, rows: Any) -> Any:
        """A named date of the terms in each of these rows, asked once for each combination of what it rests on."""
        known = self._dates.setdefault((check.series, name), {})
        names = self._rests_on.get((check.series, name), frozenset())
        keys, firsts, which = _combinations(parameters, sorted(names), rows)
        for key, first_row in zip(keys, firsts, strict=True):
            if key not in known:
                found, read = self._again.day(check, name, *values_in(parameters, first_row))
                if not read <= names:
                    self._rests_on[check.series, name] = names | read
                    known.clear()
                    return self._days(check, name, parameters, rows)
                known[key] = found
        return np.array([known[key] for key in keys], np.int64)[which]

    def _spread(
        self,
        check: Check,
        read: Named,
        parameters: Parameters,
        rows: Any,
        told: dict[int, list[tuple[Diagnostic, Named]]],
    ) -> None:
        """Note what the check finds in rows that agree in what is `read`, splitting them by what else it looks at."""
        if not len(rows):
            return
        known = self._known[check]
        further = next((each for each in known if each >= read), None)
        if further is None:
            first = self._again.run(check, *values_in(parameters, int(rows[0])))
            further = read | first.read
            known[further] = {}
        outcomes = known[further]
        if len(outcomes) > KEPT_MAX:
            outcomes.clear()
        rows = self._not_known_sound(check, further, outcomes, parameters, rows)
        if not len(rows):
            return
        keys, firsts, which = _combinations(parameters, sorted(further), rows)
        for place, (key, first_row) in enumerate(zip(keys, firsts, strict=True)):
            outcome = outcomes.get(key)
            if outcome is None:
                outcome = self._again.run(check, *values_in(parameters, first_row))
                if not outcome.read <= further:
                    self._spread(check, further | outcome.read, parameters, rows[which == place], told)
                    continue
                outcomes[key] = outcome
            if outcome.findings:
                for row in rows[which == place].tolist():
                    told.setdefault(row, []).extend((each, outcome.read) for each in outcome.findings)

    def _not_known_sound(
        self, check: Check, read: Named, outcomes: Mapping[Key, Checked], parameters: Parameters, rows: Any
    ) -> Any:
        """The rows but for those in whose one figure the check has found nothing before."""
        if not read:
            return rows[:0] if outcomes and not outcomes[()].findings else rows
        if len(read) != 1:
            return rows
        (name,) = read
        values, decimals = parameters[name].values, parameters[name].decimals
        key = (check, name, decimals, values.dtype.kind)
        count, sound = self._sound.get(key, (-1, values[:0]))
        if count != len(outcomes):
            fine = sorted(unit for (unit, scale), each in outcomes.items() if scale == decimals and not each.findings)
            held = values.dtype == object
            sound = np.array([unit for unit in fine if held or abs(unit) < WIDE], values.dtype)
            self._sound[key] = (len(outcomes), sound)
        if not len(sound):
            return rows
        places = np.minimum(np.searchsorted(sound, values[rows]), len(sound) - 1)
        return rows[sound[places] != values[rows]]


def _combinations(parameters: Parameters, names: Sequence[str], rows: Any) -> tuple[list[Key], list[int], Any]:
    """Each combination of these parameters in these rows, one of the rows, and of each row which is its own."""
    keys, firsts, which = combinations([parameters[name] for name in names], rows)
    return keys, rows[firsts].tolist(), which


def _at_row(problem: Diagnostic, read: Named, row: int, span: Callable[[int, Sequence[str]], Span]) -> Diagnostic:
    """The checker's finding, at the cells that it rests on."""
    return Diagnostic(problem.code, problem.message, span(row, sorted(read)), problem.help)
