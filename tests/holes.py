"""The holes of phrases as Hypothesis strategies: figures, periods and dates as a note writes them."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from attrs import frozen
from hypothesis import strategies as st

from tenor.engine.meaning.phrases import HOLES as READ
from tenor.engine.time.calendars import CALENDARS
from tenor.engine.time.same_day import SAME_DAY
from tenor.engine.time.schedules import FREQUENCIES

Texts = st.SearchStrategy[str]
LABELS = ("payment", "insolvency", "reporting")  # of events of default
FEW = ("annually", "semiannually", "quarterly", "monthly")  # periods a year that every day count can look at


@frozen
class Sense:
    """What the clauses of one note must agree on."""

    issued: date
    term: int  # days to maturity
    default_rate: str

    def days(self, first: int, last: int) -> st.SearchStrategy[date]:
        return st.integers(first, last).map(lambda count: self.issued + timedelta(days=count))


def digits(low: int, high: int, decimals: int) -> Texts:
    """A decimal number, from and to these units of its last place."""
    return st.integers(low, high).map(lambda units: f"{units // 10**decimals:,}" + _point(units, decimals))


def _point(units: int, decimals: int) -> str:
    return f".{units % 10**decimals:0{decimals}}" if decimals else ""


money = digits(1, 25_000_000, 2).map("USD {}".format)
prices = digits(1, 9_999, 4).map("USD {} per share".format)
shares = digits(1, 5_000_000, 0).map("{} shares".format)
ratios = digits(0, 5_000, 2).map("{}%".format)
rates = st.one_of(
    digits(0, 2_400, 2).map("{}% per year".format),
    digits(1, 200, 2).map("{}% per month".format),
)
units = st.sampled_from(("day", "business day", "trading day", "week", "month"))
periods = st.builds(lambda count, unit: f"{count} {unit}{'s' * (count > 1)}", st.integers(1, 6), units)


def moments(sense: Sense) -> Texts:
    return st.one_of(
        sense.days(0, sense.term).map(str),
        periods.map("{} after issue".format),
        periods.map("{} before maturity".format),
        st.sampled_from(("issue", "maturity")),
    )


HOLES: dict[str, Callable[[Sense], Texts]] = {
    "date": lambda sense: sense.days(0, sense.term + 60).map(str),
    "moment": moments,
    "period": lambda sense: periods,
    "ratio": lambda sense: ratios,
    "rate": lambda sense: rates,
    "money": lambda sense: money,
    "price": lambda sense: prices,
    "shares": lambda sense: shares,
    "number": lambda sense: st.sampled_from(("1", "2", "3")),
    "second": lambda sense: st.sampled_from(("1", "2", "10", "100")),
    "frequency": lambda sense: st.sampled_from(FEW if sense.term > 60 else tuple(FREQUENCIES)),
    "calendar": lambda sense: st.sampled_from(tuple(CALENDARS)),
    "kind": lambda sense: st.sampled_from(SAME_DAY[: len(SAME_DAY) // 2]),
    "later": lambda sense: st.sampled_from(SAME_DAY[len(SAME_DAY) // 2 :]),
    "text": lambda sense: st.sampled_from(LABELS).map('"{}"'.format),
    "words": lambda sense: st.sampled_from(("Market Price", "the amount owed")),
}
assert HOLES.keys() == READ.keys(), f"no strategy draws {HOLES.keys() ^ READ.keys()}"


def phrase(pattern: str, sense: Sense) -> Texts:
    """The pattern with its holes filled."""
    parts = re.split(r"\{(\w+)\}", pattern)
    drawn = [HOLES[part](sense) if place % 2 else st.just(part) for place, part in enumerate(parts)]
    return st.tuples(*drawn).map("".join)
