"""The book in pandas, in whole numbers: sessions down, notes across, each note's columns broadcast."""

import numpy as np
import pandas as pd
from benchmarks.book_data import BASIS_POINTS, WINDOW, YEAR, Answers, Book
from benchmarks.candidates import Candidate

COLUMNS = ("principal", "rate", "issued", "matures", "pays", "outstanding", "held", "cap", "percent")
UNIT = BASIS_POINTS * YEAR


def prepare(book: Book) -> tuple[Book, pd.DataFrame, pd.DataFrame]:
    """The bids by session and note; and the columns of notes."""
    notes = pd.DataFrame({name: getattr(book, name) for name in COLUMNS})
    return book, pd.DataFrame(book.bids.T, index=book.sessions), notes


def run(given: tuple[Book, pd.DataFrame, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """One frame for each answer."""
    book, bids, notes = given
    windows = bids.rolling(WINDOW)
    lowest = windows.min() + windows.quantile(1 / 9, interpolation="nearest")
    lowest += windows.quantile(2 / 9, interpolation="nearest")
    parts = lowest.shift(1).iloc[book.earlier :].astype("int64") * notes["percent"]
    days = pd.DataFrame(np.broadcast_to(book.dates[:, None], parts.shape), index=parts.index)
    days = days.clip(upper=notes["matures"], axis=1) - notes["issued"] + (days - notes["pays"]).clip(lower=0)
    owes = (days * notes["rate"] + UNIT) * notes["principal"]
    room = (notes["cap"] * notes["outstanding"] - BASIS_POINTS * notes["held"]) // (BASIS_POINTS - notes["cap"])
    shares = (owes * 3 // (parts * YEAR)).clip(upper=room, axis=1).clip(lower=0)
    return (owes * 2 + UNIT) // (2 * UNIT), (parts * 2 * BASIS_POINTS + 3) // 6, shares


def answers(book: Book, given: tuple[pd.DataFrame, ...]) -> Answers:
    """A row for each note."""
    return Answers(*(frame.to_numpy().T for frame in given))


CANDIDATES = (Candidate("pandas, rolling quantiles", prepare, run, answers, notes=400, packages=("pandas",)),)
