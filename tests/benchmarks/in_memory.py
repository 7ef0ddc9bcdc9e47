"""Books in memory: price, owed and allowed shares of every note on every session of a year, rows a second."""

import json
from collections.abc import Mapping, Sequence
from importlib import import_module

from benchmarks.book_data import make_book
from benchmarks.candidates import Candidate, verified
from benchmarks.measuring import Table, in_processes, least

PEERS = ("by_numpy", "by_polars", "by_duckdb", "by_openfisca", "by_pandas", "by_python")
OURS = "Tenor"
SHORT = {
    "polars": ("polars, rolling quantiles", "polars, streaming, minima by hand"),
    "DuckDB": ("DuckDB, window of ten", "DuckDB, lags and minima by hand"),
    "OpenFisca, whose floats get cents wrong": ("OpenFisca, partition", "OpenFisca, minima by hand"),
}
TINY = 150  # notes, of every candidate, for a look


def candidates() -> tuple[list[Candidate], list[str]]:
    """Those whose packages are here, ours first; and what is missing."""
    found: list[Candidate] = []
    missing: list[str] = []
    for module in ("ours", *(f"peers.{name}" for name in PEERS)):
        try:
            found.extend(import_module(f"benchmarks.{module}").CANDIDATES)
        except ImportError as error:
            missing.append(f"{module.removeprefix('peers.by_')}: {error}")
    return found, missing


def measure(rounds: int, quick: bool) -> None:
    """In this process: check every candidate, time all in turn, print the rows a second as JSON."""
    found, _ = candidates()
    books = {notes: make_book(notes) for notes in {_notes(each, quick) for each in found}}
    works, figures = {}, {}
    for each in found:
        book = books[_notes(each, quick)]
        figures[f"wrong {each.name}"] = verified(each, book)
        prepared = each.prepare(book)
        works[each.name] = lambda run=each.run, prepared=prepared: run(prepared)
    for each in found:
        verified(each, make_book(TINY, seed=5, maturing=True))
    taken = least(works, rounds)
    for each in found:
        figures[each.name] = taken[each.name] / books[_notes(each, quick)].rows
    print(json.dumps(figures))


def table(script: str, rounds: int, processes: int, quick: bool) -> Table:
    """Every candidate's rate, and ours over it."""
    found, missing = candidates()
    arguments = [script, "--process", "in_memory", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    seconds = in_processes(arguments, processes)
    lines = ["| price, owed and allowed shares | million rows a second | Tenor's rate over it | cents wrong |"]
    lines.append("|---|---|---|---|")
    ours = seconds.get(found[0].name) if found and found[0].name.startswith(OURS) else None
    for each in found:
        ratio = f"{seconds[each.name] / ours:.1f}" if ours else "not there yet"
        wrong = seconds[f"wrong {each.name}"]
        lines.append(
            f"| {each.name} | {1e-6 / seconds[each.name]:.1f} | {ratio} | {f'{wrong:.0%}' if wrong else 'none'} |"
        )
    lines += [f"| {each} | not measured | | |" for each in missing]
    packages = tuple(package for each in found for package in each.packages)
    return Table("\n".join(lines), packages, _short(found, seconds))


def _short(found: Sequence[Candidate], seconds: Mapping[str, float]) -> tuple[str, ...]:
    """Our rate, and over those that are here of the peers named in `SHORT`."""
    if not found or not found[0].name.startswith(OURS):
        return ()
    unit = seconds[found[0].name]
    over = [
        f"{seconds[usual] / unit:.1f} times {told} ({seconds[by_hand] / unit:.1f} by hand)"
        for told, (usual, by_hand) in SHORT.items()
        if usual in seconds and by_hand in seconds
    ]
    rate = f"{1e-6 / unit:.0f} million rows a second on one core"
    return (f"| a book in memory, price, owed and allowed shares | {rate}: {', '.join(over)} |",)


def _notes(candidate: Candidate, quick: bool) -> int:
    return min(TINY, candidate.notes) if quick else candidate.notes
