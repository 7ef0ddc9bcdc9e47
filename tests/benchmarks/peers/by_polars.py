"""The book in polars, lazily, in whole numbers: one row for each note and session, sorted, each note's columns beside.

A window never leaves its note: the fifteen sessions of bids before the first date hold it, so nothing is grouped.
"""

import os

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # before the import, which reads it

import numpy as np
import polars as pl
from benchmarks.book_data import BASIS_POINTS, WINDOW, YEAR, Answers, Book
from benchmarks.candidates import Candidate
from polars import col, max_horizontal, min_horizontal

COLUMNS = ("principal", "rate", "issued", "matures", "pays", "outstanding", "held", "cap", "percent")
UNIT = BASIS_POINTS * YEAR


def prepare(book: Book) -> pl.LazyFrame:
    """A frame in memory, of every session, with the mark of those that are asked about."""
    notes, sessions = book.bids.shape
    columns = {name: np.repeat(getattr(book, name), sessions) for name in COLUMNS}
    asked = np.tile(np.arange(sessions) >= book.earlier, notes)
    frame = pl.DataFrame({"day": np.tile(book.sessions, notes), "bid": book.bids.ravel(), "asked": asked, **columns})
    return frame.lazy()


def by_quantiles(frame: pl.LazyFrame) -> pl.DataFrame:
    """The lowest, second and third lowest of ten as rolling quantiles 0, 1/9 and 2/9."""
    second, third = (col("bid").rolling_quantile(k / 9, "nearest", window_size=WINDOW) for k in (1, 2))
    lowest = (col("bid").rolling_min(WINDOW) + second + third).shift(1).cast(pl.Int64)
    return _answers(frame.with_columns(lowest=lowest)).collect()


def by_network(frame: pl.LazyFrame) -> pl.DataFrame:
    """The three lowest kept in order while ten shifted columns pass, on the streaming engine."""
    frame = frame.with_columns(**{f"b{k}": col("bid").shift(k) for k in range(1, WINDOW + 1)})
    frame = frame.with_columns(x=_least("b1", "b2"), y=_greatest("b1", "b2"))
    frame = frame.with_columns(x=_least("x", "b3"), t=_greatest("x", "b3"))
    frame = frame.with_columns(y=_least("y", "t"), z=_greatest("y", "t"))
    for k in range(4, WINDOW + 1):
        frame = frame.with_columns(x=_least("x", f"b{k}"), t=_greatest("x", f"b{k}"))
        frame = frame.with_columns(y=_least("y", "t"), t=_greatest("y", "t")).with_columns(z=_least("z", "t"))
    return _answers(frame.with_columns(lowest=col("x") + col("y") + col("z"))).collect(engine="streaming")


def _least(one: str, other: str) -> pl.Expr:
    return pl.when(col(one) < col(other)).then(col(one)).otherwise(col(other))


def _greatest(one: str, other: str) -> pl.Expr:
    return pl.when(col(one) < col(other)).then(col(other)).otherwise(col(one))


def _answers(frame: pl.LazyFrame) -> pl.LazyFrame:
    days = min_horizontal("day", "matures") - col("issued") + max_horizontal(col("day") - col("pays"), 0)
    room = (col("cap") * col("outstanding") - BASIS_POINTS * col("held")) // (BASIS_POINTS - col("cap"))
    covered = col("owes") * 3 // (YEAR * col("parts"))
    frame = frame.filter("asked").with_columns(
        owes=col("principal") * (UNIT + col("rate") * days), parts=col("percent") * col("lowest")
    )
    return frame.select(
        owed=(col("owes") * 2 + UNIT) // (2 * UNIT),
        conversion_price=(col("parts") * 2 * BASIS_POINTS + 3) // 6,
        allowed_shares=max_horizontal(min_horizontal(covered, room), 0),
    )


def answers(book: Book, given: pl.DataFrame) -> Answers:
    """The columns, a row for each note."""
    return Answers(*(given[name].to_numpy().reshape(len(book.principal), -1) for name in Answers.__annotations__))


CANDIDATES = (
    Candidate("polars, rolling quantiles", prepare, by_quantiles, answers, packages=("polars",)),
    Candidate("polars, streaming, minima by hand", prepare, by_network, answers, packages=("polars",)),
)
