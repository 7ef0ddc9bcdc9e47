"""Endings: what is in a file, by how its name ends."""

NOTE_ENDING, LEDGER_ENDING = ".terms", ".facts"
PARQUET, ARROW, CSV = ".parquet", ".arrow", ".csv"
TABLE_ENDINGS = (PARQUET, ARROW, CSV)
