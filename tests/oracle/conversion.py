"""Conversions: what a notice asks, what limits it, and what the holder may take today.

The cap is a definition, `(held + N) / (outstanding + N) <= cap`, and the most that it leaves is found by trying
numbers of shares against it.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from .balances import to_the_cent
from .description import Cap, Conversion, Fact, Price
from .market import of_both
from .standing import holds
from .unknown import (
    above,
    applied,
    at_most,
    chosen,
    every,
    joined,
    known,
    least,
    minus,
    over,
    plus,
    same,
    some,
    times,
)

BALANCE, CAP = "the whole balance", "ownership cap"
NOT_CONVERTIBLE, NO_CLAUSE, WINDOW, NO_SESSION = "not-convertible", "no-clause", "window", "no-session"
NAMES = (
    "conversion_price",
    "convertible",
    "full_conversion_shares",
    "allowed_shares",
    "binding_limit",
    "allowed_amount",
    "market_value",
)


class Refused(frozenset[str]):
    """Why something is not to be had."""


def price_of(sim: Any, written: Price, prior: Any = None) -> Any:
    """A price today; a figure is in the shares of the day it was written on, unless the note keeps it as written."""
    match written:
        case ("fixed", amount, *day):
            since: date = day[0] if day else sim.terms.note.issued
            kept = sim.terms.note.fixed_prices == "as written"
            return amount if kept else sim.market.restated(amount, since, sim.day)
        case ("percent", ratio, of):
            return times(ratio, price_of(sim, of, prior))
        case ("lookback", look):
            return sim.market.look_back(look, sim.day)
        case ("lesser" | "greater" as which, first, second):
            return of_both(which, price_of(sim, first, prior), price_of(sim, second, prior))
        case ("minus", first, second):
            return minus(price_of(sim, first, prior), price_of(sim, second, prior))
        case ("otherwise",):
            return prior
    raise AssertionError(written)


def conversion_price(sim: Any, said: Conversion) -> Any:
    return sim.excepted(price_of(sim, said.price), said.price_exceptions, lambda p, prior: price_of(sim, p, prior))


def in_window(sim: Any, said: Conversion) -> Any:
    """Whether the clause, or the strongest exception that holds, lets the holder convert today."""

    def opens(words: str, moment: Any = None) -> bool:
        if words == "nobody":
            return False
        if moment is None:
            return True
        limit = sim.terms.moment(moment)
        return {
            "on or after": sim.day >= limit,
            "after": sim.day > limit,
            "before": sim.day < limit,
            "on or before": sim.day <= limit,
        }[words]

    opened: Any = opens(said.by, said.moment)
    for each in said.by_exceptions:
        opened = chosen(holds(each.when, sim.sees), opens(each.value), opened)
    return opened


def convertible(sim: Any, said: Conversion) -> Any:
    """The money that the clause opens."""
    balances = sim.balances
    if said.amount == "principal":
        return balances.principal
    return balances.owed(sim.terms)


def whole(said: Conversion, shares: Any) -> Any:
    """Shares as the note makes them whole; a half is nearest to the one above."""

    def counted(exact: Fraction) -> int:
        below = exact // 1
        if said.shares == "rounded up":
            return below + (exact > below)
        return below + (said.shares == "rounded to the nearest" and exact - below >= Fraction(1, 2))

    return applied(counted, shares)


def most_shares(allowed: Callable[[int], bool]) -> int:
    """The largest number of new shares that is allowed, where more is never allowed again; 0 where none is."""
    if not allowed(1):
        return 0
    low, high = 1, 2
    while allowed(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if allowed(middle) else (low, middle)
    return low


def room(sim: Any, said: Cap) -> Any:
    """How many new shares the cap leaves."""
    names = ("outstanding", "held", "exercisable") if said.rights else ("outstanding", "held")

    def under(ratio: Fraction, of: str) -> Any:
        def searched(outstanding: Fraction, held: Fraction, rights: Fraction = Fraction(0)) -> int:
            def allowed(new: int) -> bool:
                # The new shares count above the line, and below it where the whole is as of after the conversion.
                owned = held + rights + new
                everything = outstanding + rights + (new if of == "after" else 0)
                if said.at_the_cap == "refused":
                    return owned < ratio * everything
                return owned <= ratio * everything

            return most_shares(allowed)

        return applied(searched, *(sim.shares[name] for name in names))

    return sim.excepted(under(said.ratio, said.of), said.exceptions, lambda written, prior: under(*written))


def limits(sim: Any, said: Conversion) -> dict[str, Any]:
    """Every limit on the shares of a conversion today, by its name."""
    found = {BALANCE: whole(said, over(convertible(sim, said), conversion_price(sim, said)))}
    if sim.terms.note.cap is not None:
        found[CAP] = room(sim, sim.terms.note.cap)
    return found


def convert(sim: Any, fact: Fact) -> None:
    """A notice of conversion is carried out whole, or refused whole where the note does not refuse the excess alone."""
    said = sim.terms.note.conversion
    if not isinstance(said, Conversion):
        return
    opened, price = convertible(sim, said), conversion_price(sim, said)
    match fact.what:
        case "convert everything":
            asked, shares = opened, whole(said, over(opened, price))
        case "convert shares":
            asked, shares = times(fact.amount, price), fact.amount
        case _:
            asked = chosen(same(fact.amount, to_the_cent(opened)), opened, fact.amount)
            shares = whole(said, over(asked, price))
    found = limits(sim, said)
    all_shares = found.pop(BALANCE)
    # All shares that the balance makes are within it, where the last of them is made whole too.
    is_open = at_most(shares, all_shares) if fact.what == "convert shares" else at_most(asked, opened)
    within = [at_most(shares, limit) for limit in found.values()]
    # So many shares are worth their price; money in part as many as are left for it, and else all that was asked.
    retired = least(asked, opened)
    if said.excess == "refused alone":
        is_open = some(is_open, above(all_shares if fact.what == "convert shares" else opened, 0))
        within = [some(fits, above(limit, 0)) for fits, limit in zip(within, found.values(), strict=True)]
        of_balance = least(shares, all_shares)
        shares = least(of_balance, *found.values())
        if fact.what == "convert shares":
            retired = least(times(shares, price), opened)
        elif found:
            retired = chosen(at_most(of_balance, shares), retired, times(shares, price))
    if said.fraction == "kept on the note":
        retired = least(retired, times(shares, price))
    happens = every(in_window(sim, said), is_open, *within)
    order = ("interest", "principal") if said.retires != "principal first" else ("principal", "interest")
    sim.balances.discharge(sim.terms, retired, ("principal",) if said.amount == "principal" else order, happens)
    for name in ("outstanding", "held"):
        sim.shares[name] = plus(sim.shares[name], chosen(happens, shares, 0))


def permitted(sim: Any, said: Conversion, value: Any) -> Any:
    """What the holder may have today, if the window is open."""
    opened = in_window(sim, said)
    if opened is False:
        return Refused([WINDOW])
    if isinstance(value, Refused) or known(opened):
        return value
    return applied(lambda *_: None, opened, value)


def conversion_answers(sim: Any) -> dict[str, Any]:
    """All that is answered of conversion at the close of a day."""
    said = sim.terms.note.conversion
    if not isinstance(said, Conversion):
        if said is None:
            return dict.fromkeys(NAMES, Refused([NO_CLAUSE]))
        no_quote = [] if sim.market.has_session(sim.day) else [NO_SESSION]
        refused = Refused([NOT_CONVERTIBLE])
        return dict.fromkeys(NAMES, refused) | {"market_value": Refused([NOT_CONVERTIBLE, *no_quote])}
    found, price = limits(sim, said), conversion_price(sim, said)
    shares = least(*found.values())
    # A name has no bound.
    binding = tuple(name for name, limit in found.items() if limit == shares) if known(shares) else joined(shares)
    series = said.market_quote or "closing bid"
    session = sim.market.has_session(sim.day)
    quote = sim.market.quote(series, sim.day, sim.day) if session else Refused([NO_SESSION])
    values = {
        "convertible": convertible(sim, said),
        "full_conversion_shares": found[BALANCE],
        "allowed_shares": shares,
        "binding_limit": binding,
        "allowed_amount": times(shares, price),
    }
    values = {name: permitted(sim, said, value) for name, value in values.items()}
    allowed = values["allowed_shares"]
    reasons = [each for each in (allowed, quote) if isinstance(each, Refused)]
    values["market_value"] = Refused(frozenset().union(*reasons)) if reasons else times(allowed, quote)
    return {"conversion_price": price} | values
