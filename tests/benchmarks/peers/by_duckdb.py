"""The book in DuckDB, in whole numbers: one row for each note and session, each note's columns beside."""

import duckdb
import numpy as np
import pyarrow as pa
from benchmarks.book_data import BASIS_POINTS, WINDOW, YEAR, Answers, Book
from benchmarks.candidates import Candidate

COLUMNS = ("principal", "rate", "issued", "matures", "pays", "outstanding", "held", "cap", "percent")
UNIT = BASIS_POINTS * YEAR

ANSWERS = f"""
select note, day,
    (owes * 2 + {UNIT}) // {2 * UNIT} as owed,
    (parts * {2 * BASIS_POINTS} + 3) // 6 as conversion_price,
    greatest(0, least(owes * 3 // ({YEAR} * parts), room)) as allowed_shares
from (
    select note, day,
        principal * ({UNIT} + rate * (least(day, matures) - issued + greatest(day - pays, 0))) as owes,
        percent * lowest as parts,
        (cap * outstanding - {BASIS_POINTS} * held) // ({BASIS_POINTS} - cap) as room
    from ({{source}}) where asked
)"""
BY_WINDOW = f"""
select *, list_sum(min(bid, 3) over (
    partition by note order by day rows between {WINDOW} preceding and 1 preceding))::bigint as lowest
from book"""


def prepare(book: Book) -> duckdb.DuckDBPyConnection:
    """A database in memory with one table, `book`, and one thread."""
    notes, sessions = book.bids.shape
    columns = {name: np.repeat(getattr(book, name), sessions) for name in COLUMNS}
    rows = {"note": np.repeat(np.arange(notes), sessions), "day": np.tile(book.sessions, notes)}
    asked = np.tile(np.arange(sessions) >= book.earlier, notes)
    database = duckdb.connect()
    database.execute("set threads = 1")
    database.register("given", pa.table({**rows, "bid": book.bids.ravel(), "asked": asked, **columns}))
    database.execute("create table book as select * from given")
    database.unregister("given")
    return database


def by_window(database: duckdb.DuckDBPyConnection) -> pa.Table:
    """A window of ten rows for each note, and its three lowest."""
    return database.sql(ANSWERS.format(source=BY_WINDOW)).to_arrow_table()


def by_network(database: duckdb.DuckDBPyConnection) -> pa.Table:
    """Ten lagged columns in the table's own order, which never leave their note, and minima of them by hand."""
    lags = ", ".join(f"lag(bid, {k}) over () as b{k}" for k in range(1, WINDOW + 1))
    query = f"select *, least(b1, b2) as x, greatest(b1, b2) as y from (select *, {lags} from book)"
    query = f"""select * exclude (x, y), least(x, b3) as x, least(y, greatest(x, b3)) as y,
        greatest(y, greatest(x, b3)) as z from ({query})"""
    for k in range(4, WINDOW + 1):
        query = f"""select * exclude (x, y, z), least(x, b{k}) as x, least(y, greatest(x, b{k})) as y,
            least(z, greatest(y, greatest(x, b{k}))) as z from ({query})"""
    return database.sql(ANSWERS.format(source=f"select *, x + y + z as lowest from ({query})")).to_arrow_table()


def answers(book: Book, given: pa.Table) -> Answers:
    """The columns in the order of notes and days, a row for each note."""
    order = np.lexsort((given["day"].to_numpy(), given["note"].to_numpy()))
    columns = (given[name].to_numpy()[order] for name in Answers.__annotations__)
    return Answers(*(column.reshape(len(book.principal), -1) for column in columns))


CANDIDATES = (
    Candidate("DuckDB, window of ten", prepare, by_window, answers, packages=("duckdb", "pyarrow")),
    Candidate("DuckDB, lags and minima by hand", prepare, by_network, answers, packages=("duckdb", "pyarrow")),
)
