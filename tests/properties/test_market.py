"""Prices: which bids a price looks at, what it makes of them, and what a split does to all of it."""

from datetime import timedelta
from fractions import Fraction

import pytest
from drawn import promise, ready_to_run, values
from hypothesis import strategies as st
from properties.plain import DAY, PATHS, answer, before, capped, converting, decimal, levels, plain, quotes
from strategies import bounds, cases, lookbacks, sessions_about

from tenor.engine.exact.values import Unknown
from tenor.engine.time.calendars import NYSE
from tenor.grammar.diagnostics import NoteErrors

SOME = 1 / 2
SESSIONS = sessions_about(DAY)
LENGTHS = st.integers(1, 8)
# Windows of plain days may hold no session, and so no price.
BIDS = lookbacks(series="closing bid").filter(lambda text: " trading days " in text and "volume" not in text)
EDGES = st.sampled_from(("before", "through"))
PERCENT = st.integers(30, 100)


def at(price, path, *more, **quoted):
    """The plain note, converting at this price on this path."""
    return plain(converting(price), *more, lines=quotes(path, **quoted))


def window(length, edge):
    """The places of the path that the last so many sessions before or through the day have."""
    days = NYSE.sessions_before(DAY, length) if edge == "before" else NYSE.sessions_through(DAY, length)
    return [SESSIONS.index(day) for day in days]


def price_of(case):
    with ready_to_run(case):
        return answer(case, "conversion_price")


@promise(path=PATHS, other=PATHS, length=LENGTHS, edge=EDGES, data=st.data())
def test_a_price_looks_at_its_window_and_nothing_else(path, other, length, edge, data):
    """21. Bids outside the window change nothing, nor does another order of those inside."""
    inside = window(length, edge)
    words = f"closing bid over the {length} trading days {edge} conversion"
    statistic = data.draw(st.sampled_from(("lowest", "highest", "average", "median")))
    elsewhere = [path[place] if place in inside else bid for place, bid in enumerate(other)]
    shuffled = dict(zip(inside, data.draw(st.permutations([path[place] for place in inside])), strict=True))
    mixed = [shuffled.get(place, bid) for place, bid in enumerate(elsewhere)]
    price = price_of(at(f"{statistic} {words}", path))
    assert price == price_of(at(f"{statistic} {words}", elsewhere)) == price_of(at(f"{statistic} {words}", mixed))
    assert price_of(at(f"lowest {words}", path)) == Fraction(min(path[place] for place in inside), 10_000)


@promise(SOME, path=PATHS, length=LENGTHS, edge=EDGES)
def test_each_bid_of_a_window_is_needed(path, length, edge):
    """21, 27. Without a bid of the window there is no price, and what is needed is that bid: none is 0."""
    price = f"lowest closing bid over the {length} trading days {edge} conversion"
    for place in {window(length, edge)[0], window(length, edge)[-1]}:
        lines = tuple(line for line in quotes(path) if not line.startswith(f"{SESSIONS[place]} "))
        found = price_of(plain(converting(price), lines=lines))
        assert isinstance(found, Unknown)
        assert found.needs == (f"closing bid for {SESSIONS[place]}",)


@promise(SOME, path=PATHS, length=st.integers(2, 8), edge=EDGES, data=st.data())
def test_statistics_lie_in_order(path, length, edge, data):
    """22. Lowest ≤ average of n lowest ≤ average ≤ highest; of 1 it is the lowest; a longer window's is lower."""
    count = data.draw(st.integers(1, length))

    def found(statistic, days=length, series="closing bid"):
        return price_of(at(f"{statistic} {series} over the {days} trading days {edge} conversion", path))

    lowest, average = found("lowest"), found("average")
    of_lowest = found(f"average of the {count} lowest", series="closing bids")
    assert lowest <= of_lowest <= average <= found("highest")
    assert found("average of the 1 lowest") == lowest
    assert lowest <= found("median") <= found("highest")
    assert found("lowest", length + 1) <= lowest


@promise(SOME, path=PATHS, price=BIDS, place=st.integers(0, len(SESSIONS) - 1), more=st.integers(1, 5_000))
def test_a_higher_bid_never_lowers_the_price(path, price, place, more):
    """23. Raising any bid raises the price or leaves it."""
    raised = [bid + more * (at == place) for at, bid in enumerate(path)]
    assert price_of(at(f"65% of {price}", path)) <= price_of(at(f"65% of {price}", raised))


@promise(SOME, path=PATHS, price=BIDS, factor=st.sampled_from((Fraction(2), Fraction(1, 2), Fraction(7, 5))))
def test_the_price_scales_with_the_bids(path, price, factor):
    """23. All bids times a factor is the variable price times it."""
    assert price_of(at(price, path, factor=factor)) == price_of(at(price, path)) * factor


@promise(SOME, path=PATHS, price=BIDS, fixed=st.integers(1, 9_999), which=bounds, percent=PERCENT)
def test_a_floor_and_a_ceiling_hold(path, price, fixed, which, percent):
    """24. A price is above zero, not below the fixed leg under `greater of`, not above under `lesser of`."""
    leg = Fraction(fixed, 10_000)
    variable = price_of(at(f"{percent}% of {price}", path))
    found = price_of(at(f"{which} of USD {decimal(leg)} per share and {percent}% of {price}", path))
    assert 0 < found == (max if which == "greater" else min)(leg, variable)


@promise(SOME, path=PATHS, price=BIDS, percent=PERCENT)
def test_a_larger_share_of_the_market_is_a_higher_price(path, price, percent):
    """25. The price rises with its multiplier, in proportion."""
    whole = price_of(at(f"100% of {price}", path))
    assert price_of(at(f"{percent}% of {price}", path)) == whole * percent / 100 <= whole


SPLITS = st.sampled_from(((1, 2), (1, 10), (1, 100), (2, 1), (5, 2)))


@promise(path=PATHS, price=BIDS, split=SPLITS, fixed=st.integers(1, 9_999), ago=st.integers(0, 12), which=bounds)
def test_a_split_is_neutral(path, price, split, fixed, ago, which):
    """26. A split gives what the restated facts and fixed prices give without one: prices up, shares down by its ratio.

    The same dollars, too: each world converts into shares worth as much, to the fraction of a share dropped.
    """
    new, old = split
    factor, day = Fraction(old, new), before(ago)
    cap, outstanding, held = "4.99%", 40_000_000, 600_000

    def said(leg):
        return converting(f"{which} of USD {decimal(leg)} per share and 65% of {price}"), capped(cap)

    dated = quotes(path)
    mixed = [
        new_ if quoted[:10] >= str(day) else quoted
        for quoted, new_ in zip(dated, quotes(path, factor=factor), strict=True)
    ]
    leg = Fraction(fixed, 10_000)
    split_case = plain(*said(leg), lines=(*levels(outstanding, held), *mixed, f"{day} split {new} for {old}"))
    restated = plain(
        *said(leg * factor), lines=(*levels(outstanding * new // old, held * new // old), *quotes(path, factor=factor))
    )
    old_world = plain(*said(leg), lines=(*levels(outstanding, held), *dated))
    with ready_to_run(split_case, restated):
        assert values(split_case.at()) == values(restated.at())
        assert price_of(split_case) == price_of(old_world) * factor
        assert answer(split_case, "convertible") == answer(old_world, "convertible")
        shares = [answer(case, "full_conversion_shares") for case in (split_case, old_world)]
        assert abs(shares[0] * factor - shares[1]) <= max(1, factor)


@promise(SOME, case=cases(), weeks=st.integers(0, 5))
def test_a_quote_that_no_clause_reads_changes_nothing(case, weeks):
    """50, 28. A quote of a series that the note does not name turns nothing unknown into a figure, nor changes any."""
    day = max(case.note.issued, case.day - timedelta(weeks=weeks))
    session = case.note.versions[0].calendar.roll(day, "following")
    unread = [name for name in ("closing ask", "high price", "trading price") if name not in case.text]
    lines = (*case.lines, *(f"{session} {name} USD 0.0123 per share" for name in unread))
    assert values(case.at(lines=lines)) == values(case.at())


@promise(SOME, path=PATHS, price=BIDS, bid=st.integers(1, 9_999))
def test_a_quote_without_a_session_is_refused(path, price, bid):
    """28. A quote dated on a day without a session is an error, so that no window of trading days can take it in."""
    case = at(price, path)
    saturday = DAY - timedelta(days=2)
    assert not NYSE.is_session(saturday)
    with ready_to_run(case), pytest.raises(NoteErrors, match="without a session"):
        case.ledger((*case.lines, f"{saturday} closing bid USD 0.{bid:04} per share"))
