"""Books in memory whose notes are converted, interest first: each conversion on a new day makes a balance wider.

A balance that 64 bits no longer hold is reckoned in Python's own integers, never rounded; those rows are counted.
"""

import json
import time
from dataclasses import replace

from benchmarks.book_data import make_book
from benchmarks.candidates import verified
from benchmarks.measuring import Table, in_processes, least
from benchmarks.ours import CANDIDATES, prepare, rows_left, run

MOST = (0, 1, 4, 24)  # conversions of a note
NOTES = 10_000


def measure(rounds: int, quick: bool) -> None:
    """In this process: seconds a row, those of the first time with all code still to be made, and the share left."""
    figures, works = {}, {}
    rows = 0
    for most in MOST:
        book = make_book(60 if quick else NOTES, conversions=most)
        rows = book.rows
        prepared = prepare(book)
        started = time.process_time()
        run(prepared)
        figures[f"first {most}"] = time.process_time() - started
        figures[f"left {most}"] = rows_left(prepared) / rows
        verified(replace(CANDIDATES[0], prepare=lambda book, prepared=prepared: prepared), book)
        works[f"row {most}"] = lambda prepared=prepared: run(prepared)
    taken = least(works, rounds)
    print(json.dumps(figures | {name: seconds / rows for name, seconds in taken.items()}))


def table(script: str, rounds: int, processes: int, quick: bool) -> Table:
    """Rates by the most conversions that a note has."""
    arguments = [script, "--process", "converted", "--rounds", str(rounds), *(["--quick"] if quick else [])]
    found = in_processes(arguments, processes)
    lines = ["| conversions of a note | million rows a second | rows that outgrow 64 bits | first time, s |"]
    lines.append("|---|---|---|---|")
    for most in MOST:
        rate, left, first = 1e-6 / found[f"row {most}"], found[f"left {most}"], found[f"first {most}"]
        told = f"at most {most}" if most else "none"
        lines.append(f"| {told} | {rate:.2f} | {f'{left:.1%}' if left else 'none'} | {first:.2f} |")
    return Table("\n".join(lines))
