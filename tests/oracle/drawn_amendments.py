"""Amendments at random, of every field that one may change and the oracle models."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from .calendar import NAMES, months_later
from .chance import Draw
from .day_counts import NEED_A_FREQUENCY
from .description import Amendment, Conversion, Interest, Note, Period, Price
from .drawn_notes import ACCRUED, DAY_COUNTS, EVENTS, ORDERS, ROLLS, drawn_exceptions, drawn_price, drawn_watch, rate

NEED_NOTHING_MORE = tuple(name for name in DAY_COUNTS if name not in NEED_A_FREQUENCY)
METHODS = ("simple", "compounded monthly", "compounded quarterly", "compounded semiannually")


def another(draw: Draw, period: Period | None) -> Period | None:
    """More days of grace or cure than there were, or fewer."""
    if period is None:
        return None
    count, unit = period
    fewer = draw.chance(0.4) and count > 1
    return (draw.randint(1, count - 1) if fewer else count + draw.randint(1, 10), unit)


def drawn_for_interest(draw: Draw, note: Note, held: Interest) -> dict[str, Any]:
    """A day count that needs no frequency, and a method under which the one that was has its own."""
    needs = held.day_count in NEED_A_FREQUENCY and held.frequency is None
    methods = [each for each in METHODS if not (needs and each == "simple")]
    rates = any(each.rate is not None for each in note.defaults)
    return {
        "day_count": draw.choice(NEED_NOTHING_MORE) if draw.chance(0.15) else None,
        "method": draw.choice(methods) if draw.chance(0.12) else None,
        "days_counted": draw.maybe(0.1, "first day only", "last day only", "first and last day", "neither day"),
        "anchor": draw.maybe(0.08, note.issued - timedelta(draw.randint(0, 100)), months_later(note.issued, 2)),
        "rate_exceptions": drawn_exceptions(draw, (), lambda: rate(draw)) if not rates and draw.chance(0.1) else (),
    }


def drawn_for_maturity(draw: Draw) -> dict[str, Any]:
    return {
        "business_day": draw.maybe(0.12, *ROLLS),
        "maturity_calendar": draw.maybe(0.08, *NAMES),
        "after_maturity": draw.maybe(0.12, "contract rate on unpaid principal", "no interest"),
        "interest_runs": draw.maybe(0.12, "to stated maturity", "to payment date"),
    }


def drawn_for_conversion(draw: Draw, note: Note) -> dict[str, Any]:
    def priced() -> Price:
        return drawn_price(draw, note.issued, True)

    def opened() -> str:
        return draw.choice(("nobody", "nobody", "at any time"))

    return {
        "price": drawn_price(draw, note.issued) if draw.chance(0.3) else None,
        "price_exceptions": drawn_exceptions(draw, (), priced) if draw.chance(0.12) else (),
        "by": draw.maybe(0.15, "at any time", "until fully paid", "nobody"),
        "by_exceptions": drawn_exceptions(draw, (), opened) if draw.chance(0.1) else (),
        "amount": draw.maybe(0.08, "principal", "principal and interest"),
        "retires": draw.maybe(0.08, "interest first", "principal first"),
        "shares": draw.maybe(0.08, "rounded down", "rounded up", "rounded to the nearest"),
        "fraction": draw.maybe(0.08, "dropped", "kept on the note"),
        "excess": draw.maybe(0.08, "refused with the notice", "refused alone"),
        "market_quote": draw.maybe(0.05, "closing bid", "closing price", "VWAP"),
    }


def drawn_for_cap(draw: Draw) -> dict[str, Any]:
    def tenth() -> tuple[Fraction, str]:
        return Fraction(draw.randint(1, 50), 100), draw.choice(("after", "before"))

    return {
        "cap": Fraction(999, 10_000) if draw.chance(0.2) else None,
        "rights": draw.chance(0.5) if draw.chance(0.08) else None,
        "at_the_cap": draw.maybe(0.08, "allowed", "refused"),
        "cap_exceptions": drawn_exceptions(draw, (), tenth) if draw.chance(0.08) else (),
    }


def drawn_for_default(draw: Draw, note: Note) -> dict[str, Any]:
    """Of the first event; two defaults that bring one rate are not told apart by it."""
    first, *others = note.defaults
    alone = note.interest is not None and not note.interest.exceptions and all(each.rate is None for each in others)
    others = [("late", None), ("bankruptcy",), ("event", draw.choice(EVENTS)), drawn_watch(draw, dated=True)]
    when = draw.choice([*others, (draw.choice(("and", "or")), first.when, draw.choice(others))])
    return {
        "when": when if draw.chance(0.3) else None,
        "grace": another(draw, first.grace) if draw.chance(0.2) else None,
        "cure": another(draw, first.cure) if draw.chance(0.3) else None,
        "then": draw.maybe(0.15, "acceleration", "acceleration on notice"),
        "default_rate": Fraction(draw.randint(1, 24), 100) if alone and draw.chance(0.2) else None,
    }


def drawn_amendments(draw: Draw, note: Note) -> tuple[Amendment, ...]:
    term = (note.maturity - note.issued).days
    found: list[Amendment] = []
    matures, excepted = note.maturity, draw.chance(0.5)
    days = sorted({0 if draw.chance(0.06) else day for day in draw.sample(range(1, term + 60), draw.randint(1, 2))})
    for day in days:
        effective = note.issued + timedelta(day)
        maturity = None
        if draw.chance(0.5):
            maturity = matures = max(matures, effective) + timedelta(draw.randint(20, 200))
        drawn = {
            "maturity": maturity,
            "rate": rate(draw) if draw.chance(0.3) else None,  # where the note bears none, it does from then on
            "order": draw.choice(ORDERS) if draw.chance(0.12) else None,
            **(drawn_for_interest(draw, note, note.interest) if note.interest is not None else {}),
            **(drawn_for_maturity(draw) if effective < matures - timedelta(20) else {}),
            **(drawn_for_conversion(draw, note) if isinstance(note.conversion, Conversion) else {}),
            **(drawn_for_cap(draw) if note.cap is not None else {}),
            **(drawn_for_default(draw, note) if note.defaults else {}),
        }
        if excepted:  # with both, nothing would say which prevails
            drawn["default_rate"] = None
        else:
            drawn.pop("rate_exceptions", ())
        change = Amendment(effective, **drawn)
        if change != Amendment(effective) and (note.interest is not None or ACCRUED not in repr(change)):
            found.append(change)
    return tuple(found)
