"""First days: the names of the state variables that keep since when something counts.

What happened is kept for all time, and once more for each clause that forgets it when it is mended. A version of the
terms may speak of more or less than another, so what a clause keeps is found among all names of the state.
"""

from collections.abc import Iterable

from .expressions import Run

FOR = ' for "'  # and the label of a clause


def happened(key: str, whose: str = "") -> str:
    """The first date of a key: of all time, or for one clause since that was last mended."""
    return _kept(f"happened {key}", whose) if whose else f"happened {key}"


def watched_from(run: Run) -> str:
    """The first day that may count for a run, since the clause whose it is was last mended."""
    return _kept(f"{run.series} {run.operator} {run.level.value} for {run.sessions} watched", run.whose)


def of_key(key: str, names: Iterable[str]) -> list[str]:
    """All that keep the first date of a key."""
    return [name for name in names if name == happened(key) or name.startswith(happened(key) + FOR)]


def happened_for(whose: str, names: Iterable[str]) -> list[str]:
    """The first dates that a clause keeps of what happened."""
    return [name for name in names if name.startswith(happened("")) and name.endswith(_kept("", whose))]


def watched_for(whose: str, names: Iterable[str]) -> list[str]:
    """The first days that may count for the runs of a clause."""
    return [name for name in names if name.endswith(_kept(" watched", whose))]


def _kept(what: str, whose: str) -> str:
    return f'{what}{FOR}{whose}"'
