"""Price tables: what `csv` and `float` would have taken without a word, and what spreadsheets and strangers write."""

from collections.abc import Mapping

from .cases import RIGHT, TABLE, Case, Content, quoted_daily

HEAD = "date,closing bid\n"


def priced(table: Content, lines: str = "", right: str = RIGHT) -> Mapping[str, Content]:
    """A note, a ledger with these lines, and the table of its bids."""
    facts = 'note "note.terms"\nseries closing bid from "prices.csv"\n' + lines
    return {"note.terms": right, "note.facts": facts, "prices.csv": table}


def row(day: str, price: str) -> str:
    return f"{HEAD}{day},{price}\n"


WHOLE = {
    "an empty file": ("", "E326"),
    "only a byte-order mark": ("\ufeff", "E326"),
    "a header and nothing": (HEAD, "E326"),
    "only comments": ("# nothing\n" * 10, "E326"),
    "blank lines": ("\n\n\n" + HEAD + "\n\n2019-08-23,0.0017\n\n", ""),
    "a byte-order mark": ("\ufeff" + TABLE, ""),
    "old line ends": (TABLE.replace("\n", "\r"), ""),
    "no header": ("2019-08-23,0.0017\n", "E320"),
    "another header": ("day,price\n2019-08-23,0.0017\n", "E320"),
    "a column twice": ("date,closing bid,closing bid\n2019-08-23,1,1\n", "E320"),
    "the date twice": ("date,date,closing bid\n2019-08-23,2019-08-23,1\n", "E320"),
    "one column under two names": ("date,closing bid,closing_bid\n2019-08-23,1,2\n", "E320"),
    "another series beside it": ("date,closing bid,volume\n2019-08-23,1,2\n", ""),
    "ten thousand columns": ("date,closing bid" + ",x" * 10_000 + "\n", "E320"),
    "semicolons": ("date;closing bid\n2019-08-23;0.0017\n", "E320"),
    "tabs": ("date\tclosing bid\n2019-08-23\t0.0017\n", "E320"),
    "quotation marks": ('"date","closing bid"\n"2019-08-23","0.0017"\n', "E320"),
    "the other way round": ("closing bid,date\n0.0017,2019-08-23\n", ""),
    "in another order": (HEAD + "2019-08-23,2\n2019-08-22,1\n", ""),
    "UTF-16": (TABLE.encode("utf-16"), "E001"),
    "Latin-1": (TABLE.encode() + b"# \xe9\n", "E001"),
    "a NUL byte": (TABLE + "\x00", "E003"),
    "a workbook": (b"PK\x03\x04\x14\x00\x06\x00" + b"\x00" * 2_000, "E003"),
    "HTML": ("<table><tr><td>date</td></tr></table>\n", "E320"),
    "JSON": ('[{"date": "2019-08-23", "closing bid": NaN}]\n', "E320"),
    "a note": (RIGHT, "E320"),
    "100 MB in one line": (b"1" * 100_000_000, "E002"),
    "a megabyte in one line": (HEAD + "2019-08-23," + "1" * 990_000 + "\n", "E323"),
    "a megabyte of commas": (HEAD + "," * 990_000 + "\n", "E321"),
    "a megabyte of commas in the header": ("," * 990_000 + "\n", "E320"),
    "a megabyte of line ends": (HEAD + "\n" * 990_000, "E326"),
    "50,000 wrong lines": (HEAD + "2019-08-23,NaN\n" * 50_000, "E027"),
    "50,000 lines of one day": (HEAD + "2019-08-23,0.0017\n" * 50_000, "E027"),
    "40,000 days": (quoted_daily(40_000), ""),
}

PRICES = {
    "not a number": "NaN",
    "not a number, with a sign": "-nan",
    "infinity": "Infinity",
    "infinity, short": "-inf",
    "nothing": "",
    "a blank": " ",
    "zero": "0",
    "zero, long": "0.0000",
    "less than zero": "-0.0017",
    "a sign": "+0.0017",
    "an exponent": "1e-3",
    "a great exponent": "1e99999999",
    "a hexadecimal": "0x1p-3",
    "blanks of Python": "1_000",
    "31 digits": "0." + "1" * 31,
    "5,000 digits": "9" * 5_000,
    "a digit of full width": "\uff17",
    "an Arabic digit": "\u0667",
    "a raised digit": "\u00b2",
    "a fraction in one sign": "\u00bd",
    "two points": "1.2.3",
    "a point alone": ".",
    "a point at the end": "1.",
    "a dollar sign": "$0.0017",
    "a percentage": "17%",
    "a fraction": "1/3",
    "a word": "n/a",
    "an error of a spreadsheet": "#N/A",
    "a formula": "=1+1",
    "a formula that runs a program": "=cmd|' /C calc'!A0",
    "a formula with an at sign": "@SUM(A1)",
    "a formula that fetches": '=HYPERLINK("http://example.com")',
    "a format": "%s{0}",
}
DAYS = ("0001-01-01", "0000-00-00", "1899-12-31", "3000-01-01", "9999-12-31", "10000-01-01", "2019-02-30", "2019-13-01")
DAYS += ("2019-8-23", "08/23/2019", "20190823", "2019-W34-5", "2019-235", "2019-08-23T00:00", "43700", "", "=TODAY()")
DAYS += ("２０１９-08-23", "today", "-2019-08-23")  # noqa: RUF001 - digits of full width

ROWS = {
    "an extra cell": (HEAD + "2019-08-23,0.0017,1\n", "E321"),
    "a cell too few": (HEAD + "2019-08-23\n", "E321"),
    "a comma in a number": (HEAD + "2019-08-23,1,000.00\n", "E321"),
    "a comma for a point": (HEAD + "2019-08-23,0,0017\n", "E321"),
    "a line end in quotation marks": (HEAD + '2019-08-23,"0.00\n17"\n', "E321"),
    "a day twice": (HEAD + "2019-08-23,0.0017\n" * 2, "E324"),
    "a day twice, with two prices": (HEAD + "2019-08-23,1\n2019-08-22,1\n2019-08-23,2\n", "E324"),
    "a Saturday": (row("2019-08-24", "0.0017"), "E325"),
    "known on no day": ("date,closing bid,known\n2019-08-23,0.0017,2019-02-30\n", "E322"),
    "known soon": ("date,closing bid,known\n2019-08-23,0.0017,soon\n", "E322"),
    "known before it was": ("date,closing bid,known\n2019-08-23,0.0017,1999-01-01\n", "E318"),
}

TABLES = {
    **WHOLE,
    **{f"a price that is {name}": (row("2019-08-23", price), "E323") for name, price in PRICES.items()},
    **{f"the day `{day}`": (row(day, "0.0017"), "E322") for day in DAYS},
    **ROWS,
}
CASES = {
    **{f"a table: {name}": Case(lambda text=text: priced(text), code) for name, (text, code) in TABLES.items()},
}
