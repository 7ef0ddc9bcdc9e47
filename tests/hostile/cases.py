"""What a case is: the files a stranger sent, made when they are needed, and what must be said of them.

`RIGHT` is a note in which nothing is wrong; most cases are that note with one thing changed.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from attrs import field, frozen

Content = str | bytes
DAY = "2019-08-26"


@frozen
class Case:
    """`code` is what `terms check` must find, `asked` what `terms eval` must find; empty where nothing is wrong."""

    make: Callable[[], Mapping[str, Content]]
    code: str = ""
    asked: str = ""
    day: str = DAY
    exit: int = field(default=1, kw_only=True)  # of the program, where a code is expected


RIGHT = """\
note "Example note" {
  issuer: "Example, Inc."
  holder: "Example Fund LP"
  calendar: weekdays
}
issued: 2019-02-22
principal: USD 100,000.00
maturity: 2020-02-21
interest: 8% per year
define Market Price: lowest closing bid over the 5 trading days before conversion
conversion {
  by:    holder at any time
  price: 65% of Market Price
}
default "payment" { when: payment is late }
"""
TABLE = "date,closing bid\n2019-08-22,0.0016\n2019-08-23,0.0017\n"


def note(text: Content) -> Mapping[str, Content]:
    """One note and nothing else."""
    return {"note.terms": text}


def changed(old: str, new: str) -> Mapping[str, Content]:
    """The right note with these words in the place of those."""
    assert old in RIGHT
    return note(RIGHT.replace(old, new, 1))


def more(text: Content) -> Mapping[str, Content]:
    """The right note with this below it."""
    return note(RIGHT.encode() + text if isinstance(text, bytes) else RIGHT + text)


def ledger(text: Content, right: str = RIGHT) -> Mapping[str, Content]:
    """A ledger of the right note."""
    head = 'note "note.terms"\n'
    return {"note.terms": right, "note.facts": head.encode() + text if isinstance(text, bytes) else head + text}


def table(text: Content, right: str = RIGHT) -> Mapping[str, Content]:
    """A price table of the right note."""
    return {**ledger('series closing bid from "prices.csv"\n', right), "prices.csv": text}


def daily(count: int, fact: Callable[[int], str], start: date = date(2019, 2, 22)) -> str:
    """So many lines of a ledger, one a day."""
    return "".join(f"{start + timedelta(days=number)} {fact(number)}\n" for number in range(count))


def quoted_daily(count: int, start: date = date(1980, 1, 1)) -> str:
    """A price table for so many weekdays."""
    days = (start + timedelta(days=number) for number in range(count * 2))
    rows = [f"{day},0.0{1 + day.day % 9}" for day in days if day.weekday() < 5][:count]
    return "\n".join(["date,closing bid", *rows, ""])
