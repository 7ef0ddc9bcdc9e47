"""One note on one date, asked again and again: every core answer, beside one number of QuantLib's."""

import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.book_data import EPOCH, YEAR, Book, make_book
from benchmarks.book_files import SOURCES, write_note
from benchmarks.measuring import Table, in_processes, installed, least
from benchmarks.ours import COMPUTED, one_note

from tenor.terms import load

EXPLAINED = "Tenor, explained statement"
QUANTLIB = "QuantLib, accrued amount alone"


def works(book: Book, folder: Path) -> dict[str, Callable[[], Any]]:
    """What answers every date of the year for one note, once each."""
    days = [date.fromordinal(int(day) + EPOCH) for day in book.dates]
    loaded = load(str(write_note(folder, book, 0)), [str(SOURCES)])
    found = {EXPLAINED: lambda: [loaded.at(day) for day in days]}
    found |= one_note(book, folder, days)
    if installed("QuantLib"):
        found[QUANTLIB] = _quantlib(book)
    return found


def _quantlib(book: Book) -> Callable[[], Any]:
    ql = import_module("QuantLib")

    def quantlib_day(number: int) -> Any:
        day = date.fromordinal(int(number) + EPOCH)
        return ql.Date(day.day, day.month, day.year)

    issued, matures = quantlib_day(book.issued[0]), quantlib_day(book.matures[0])
    schedule = ql.Schedule([issued, matures])
    bond = ql.FixedRateBond(0, 100.0, schedule, [int(book.rate[0]) / 10_000], ql.Actual365Fixed())
    asked = [quantlib_day(number) for number in book.dates]
    exact = Fraction(int(book.rate[0]) * int(book.dates[-1] - book.issued[0]), 100 * YEAR)
    assert abs(bond.accruedAmount(asked[-1]) - float(exact)) < 1e-9
    accrued = bond.accruedAmount
    return lambda: [accrued(day) for day in asked]


def measure(rounds: int, quick: bool) -> None:
    """In this process: microseconds of each, as JSON."""
    book = make_book(1, seed=4)
    with tempfile.TemporaryDirectory() as folder:
        taken = least(works(book, Path(folder)), 2 if quick else rounds)
    print(json.dumps({name: seconds / len(book.dates) for name, seconds in taken.items()}))


def table(script: str, rounds: int, processes: int, quick: bool) -> Table:
    """Each in microseconds, and over QuantLib."""
    arguments = [script, "--process", "one_note", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    seconds = in_processes(arguments, processes)
    lines = ["| one note, one date | µs | over QuantLib's |", "|---|---|---|"]
    unit = seconds.get(QUANTLIB)
    for name, taken in sorted(seconds.items(), key=lambda each: each[1]):
        lines.append(f"| {name} | {taken * 1e6:.2f} | {f'{taken / unit:.2f}' if unit else ''} |")
    return Table("\n".join(lines), ("QuantLib",), _short(seconds))


def _short(seconds: Mapping[str, float]) -> tuple[str, ...]:
    told = f"{seconds[COMPUTED] * 1e6:.1f} µs, explained {seconds[EXPLAINED] * 1e6:.0f} µs"
    if QUANTLIB in seconds:
        told += f"; QuantLib's accrued amount alone {seconds[QUANTLIB] * 1e6:.1f} µs"
    return (f"| one note on one date, every core answer | {told} |",)
