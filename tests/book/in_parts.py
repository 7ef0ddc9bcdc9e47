"""A book of many small parts, for tests of how it is written."""

from pathlib import Path

from attrs import evolve

from tenor.terms import load_book
from tenor.terms.book.running import Written, write_book

ASK = ("owed", "conversion_price", "status")
DAYS = ["2019-03-04", "2019-03-05"]
NOTES, NOTES_A_PART = 48, 2
PARTS = NOTES // NOTES_A_PART


def write(folder: Path, out: Path, days: list[str] = DAYS, processes: int = 1, **options: object) -> Written:
    """The book in parts of two notes."""
    book = load_book(folder)
    question = evolve(book.question(days, ASK, **options), rows_max=NOTES_A_PART * len(days))
    return write_book(question, str(out), book.members, processes)
