"""Tallies: what a run counts as it goes, part by part, for the summary at its end."""

from collections.abc import Mapping
from typing import Any

from ...grammar.classes import asdict, field, frozen

FAILED = "failed: "  # the reason of rows that were not answered; then the codes of the findings
TOLD_MAX = 20  # findings told of failed notes; the others are counted


@frozen
class Tally:
    """Notes and rows; rows without an answer, by answer and reason; notes that took the exact path, by why;
    notes that failed, and the first of what was found in them."""

    notes: int = 0
    rows: int = 0
    reasons: Mapping[str, Mapping[str, int]] = field(factory=dict)
    exact_path: Mapping[str, int] = field(factory=dict)
    failed: int = 0
    found: tuple[str, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        names = dict.fromkeys((*self.reasons, *other.reasons))
        return Tally(
            self.notes + other.notes,
            self.rows + other.rows,
            {name: _added(self.reasons.get(name, {}), other.reasons.get(name, {})) for name in names},
            _added(self.exact_path, other.exact_path),
            self.failed + other.failed,
            (*self.found, *other.found)[:TOLD_MAX],
        )

    @property
    def failing(self) -> bool:
        """Whether any note could not be read, or any row not be answered within the budgets."""
        return any(code.startswith(FAILED) for counted in self.reasons.values() for code in counted)

    def plain(self) -> dict[str, Any]:
        """The counts as plain data."""
        return asdict(self)


def as_tally(plain: Mapping[str, Any]) -> Tally:
    """The tally of plain data."""
    return Tally(**{**plain, "found": tuple(plain["found"])})


def _added(left: Mapping[str, int], right: Mapping[str, int]) -> dict[str, int]:
    return {name: left.get(name, 0) + right.get(name, 0) for name in sorted({*left, *right})}
