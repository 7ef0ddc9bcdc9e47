"""A plain convertible note to vary, and what properties of it ask: no figure of it is unknown."""

from datetime import date, timedelta
from fractions import Fraction

from drawn import Case
from hypothesis import strategies as st
from strategies import sessions_about

ISSUED = date(2019, 1, 2)
DAY = date(2019, 8, 26)  # a Monday with a session, on which everything happens
PATHS = st.lists(st.integers(2, 9_999), min_size=len(sessions_about(DAY)), max_size=len(sessions_about(DAY)))
CAPS = st.integers(0, 60).map(lambda percent: f"{percent}%")
ROUNDED = st.sampled_from(("rounded down", "rounded up", "rounded to the nearest"))


def plain(*clauses: str, lines: tuple[str, ...] = (), day: date = DAY) -> Case:
    """USD 100,000.00 for four years without interest, and these clauses besides or in place of others."""
    written = {
        "note": 'note "Plain" { issuer: "A"  holder: "B"  calendar: NYSE }',
        "issued": f"issued: {ISSUED}",
        "principal": "principal: USD 100,000.00",
        "maturity": "maturity: 2023-01-03",
    }
    for place, clause in enumerate(clauses):
        kind = clause.split(maxsplit=1)[0].rstrip(":")
        written[kind if kind in written else f"{kind} {place}"] = clause
    return Case(tuple(written.values()), lines, day)


def converting(price: str = "USD 0.0100 per share", *fields: str) -> str:
    """A clause of conversion at a price."""
    return "conversion {\n  by: holder at any time\n" + "".join(f"  {f}\n" for f in (f"price: {price}", *fields)) + "}"


def capped(cap: str, at_the_cap: str = "allowed", of: str = "after") -> str:
    return f"ownership_cap: {cap} of outstanding shares {of} conversion {{ at_the_cap: {at_the_cap} }}"


def levels(outstanding: int, held: int) -> tuple[str, str]:
    return f"{ISSUED} outstanding {outstanding:,} shares", f"{ISSUED} held {held:,} shares"


def quotes(path: list[int], decimals: int = 4, factor: Fraction = Fraction(1)) -> tuple[str, ...]:
    """A closing bid for each session about the day, in units of the fourth decimal, times a factor."""
    days = sessions_about(DAY)
    return tuple(
        f"{day} closing bid USD {decimal(Fraction(bid, 10_000) * factor)} per share"
        for day, bid in zip(days, path, strict=True)
    )


def decimal(number: Fraction) -> str:
    """A number of up to eight decimals, in full."""
    units = number * 10**8
    assert units.denominator == 1, number
    return f"{int(units) // 10**8}.{int(units) % 10**8:08}"


def before(days: int) -> date:
    return DAY - timedelta(days=days)


def answer(case: Case, name: str, **how: object):
    """The exact value of an answer of the case on its day."""
    return case.at(**how)[name].value.value
