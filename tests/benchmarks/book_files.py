"""Notes of a book as the files a person would write: the template with other figures, a ledger, a table of bids."""

import re
from datetime import date
from pathlib import Path

from benchmarks.book_data import EPOCH, TEMPLATE, Book

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "examples"  # what the template quotes lies below it


def write_note(folder: Path, book: Book, note: int) -> Path:
    """The note of this number, with `book.facts` and `bids.csv` beside it; returns the note's path."""
    path = folder / "book.terms"
    path.write_text(note_text(book, note), encoding="utf-8")
    issued = iso(book.issued[note])
    facts = f"""note "book.terms"
series closing bid from "bids.csv"
{issued} outstanding {book.outstanding[note]:,} shares
{issued} held {book.held[note]:,} shares
"""
    for on, asked in zip(book.converts_on[note], book.converts[note], strict=True):
        facts += f"{iso(on)} convert USD {asked / 100:,.2f}\n" if on else ""
    bids = zip(book.sessions, book.bids[note], strict=True)
    table = "".join(f"{iso(day)},{bid // 10_000}.{bid % 10_000:04}\n" for day, bid in bids)
    (folder / "book.facts").write_text(facts, encoding="utf-8")
    (folder / "bids.csv").write_text(f"date,closing bid\n{table}", encoding="utf-8")
    return path


def note_text(book: Book, note: int) -> str:
    """The template with the figures of one note. Raises AssertionError where it has a field no more."""
    text = (ROOT / TEMPLATE).read_text(encoding="utf-8")
    figures = {
        r"^issued: +\S+": f"issued: {iso(book.issued[note])}",
        r"^principal: +USD \S+": f"principal: USD {book.principal[note] / 100:,.2f}",
        r"^maturity: +\S+": f"maturity: {iso(book.matures[note])}",
        r"^interest: +\S+": f"interest: {book.rate[note] / 100:.2f}%",
        r"^ownership_cap: +\S+": f"ownership_cap: {book.cap[note] / 100:.2f}%",
        r"^  price: +\S+": f"  price: {book.percent[note]}%",
    }
    for pattern, figure in figures.items():
        text, times = re.subn(pattern, figure, text, flags=re.MULTILINE)
        assert times == 1, pattern
    return text


def iso(day: int) -> str:
    """2019-01-02, from days since 1970-01-01."""
    return date.fromordinal(int(day) + EPOCH).isoformat()
