"""Notes at random: as issuers write them, and worse."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .calendar import DAY, NAMES, months_later
from .chance import Draw
from .day_counts import ADDING, NEED_A_FREQUENCY
from .description import (
    Amendment,
    Cap,
    Condition,
    Conversion,
    Default,
    Exception_,
    Interest,
    Lookback,
    Note,
    Period,
    Price,
)

DAY_COUNTS = (*ADDING, "30/360 bond basis", "30/360 US", "30E/360", "30E/360 ISDA")
NEED_NOTHING_MORE = tuple(name for name in DAY_COUNTS if name not in NEED_A_FREQUENCY)
EVENTS = ("late report", "DTC chill", "delisting")
ROLLS = ("unadjusted", "following", "modified following", "preceding", "modified preceding")
ORDERS = (("fees", "interest", "principal"), ("fees", "principal", "interest"), ("principal",), ("interest",))
METHODS = ("simple", "compounded monthly", "compounded quarterly", "compounded semiannually")
SAME_DAY = (
    ("conversion", "payment"),
    ("capitalisation", "payment"),
    ("sale", "conversion"),
    ("payment", "sale"),
    ("payment", "conversion"),
    ("conversion", "occurrence"),
    ("conversion", "default test"),
    ("conversion", "rate change"),
    ("rate change", "sale"),
    ("level", "sale"),
    ("conversion", "level"),
    ("split", "payment"),
    ("split", "sale"),
    ("occurrence", "payment"),
    ("capitalisation", "conversion"),
)


def drawn_note(draw: Draw) -> Note:
    issued = date(2003, 1, 1) + timedelta(draw.randrange(365 * 21))
    if draw.chance(0.2):
        issued = issued.replace(day=1) - DAY  # a month's end
    term = draw.choice((draw.randint(15, 60), draw.randint(60, 400), draw.randint(60, 400), draw.randint(400, 700)))
    maturity = issued + timedelta(term)
    if draw.chance(0.5):
        maturity = months_later(issued, max(1, term // 30))
    conversion = drawn_conversion(draw, issued)
    defaults = drawn_defaults(draw)
    note = Note(
        issued,
        Fraction(draw.randint(100_000, 50_000_000), 100),
        maturity,
        drawn_interest(draw, issued, term, defaults) if draw.chance(0.93) else None,
        calendar=draw.maybe(0.4, *NAMES),
        missing_quote=draw.maybe(0.2, "unknown", "last quote before"),
        fixed_prices=draw.maybe(0.2, "restated by splits", "as written"),
        same_day=draw.maybe(0.12, *SAME_DAY),
        business_day=draw.maybe(0.6, *ROLLS),
        maturity_calendar=draw.maybe(0.15, *NAMES),
        interest_runs=draw.maybe(0.4, "to stated maturity", "to payment date"),
        after_maturity=draw.maybe(0.4, "contract rate on unpaid principal", "no interest"),
        order=draw.maybe(0.3, *ORDERS),
        conversion=conversion,
        cap=drawn_cap(draw) if draw.chance(0.6) else None,
        defaults=defaults,
    )
    return replace(note, amendments=drawn_amendments(draw, note)) if draw.chance(0.35) else note


def drawn_interest(draw: Draw, issued: date, term: int, defaults: tuple[Default, ...]) -> Interest:
    often = ["annually", "semiannually", "quarterly", "monthly"]
    periods = often + (["weekly"] if term < 200 else []) + (["daily"] if term < 40 else [])
    frequency = draw.choice(periods)
    method = draw.maybe(0.5, "simple", f"compounded {frequency}", f"compounded {frequency}")
    day_count = draw.maybe(0.75, *DAY_COUNTS)
    compounded = method is not None and method.removeprefix("compounded ") in often
    needs = day_count in NEED_A_FREQUENCY and not compounded
    start = draw.maybe(0.25, issued - timedelta(draw.randint(1, 70)), issued + timedelta(draw.randint(1, 14)))
    anchor = draw.maybe(0.15, (start or issued) - timedelta(draw.randint(1, 100)), months_later(issued, 1), issued)
    rates = any(each.rate is not None for each in defaults)
    return Interest(
        rate(draw),
        method,
        day_count,
        start,
        draw.maybe(0.35, "first day only", "last day only", "first and last day", "neither day"),
        draw.choice(often) if needs or (method in (None, "simple") and draw.chance(0.1)) else None,
        anchor,
        () if rates or draw.chance(0.75) else drawn_exceptions(draw, defaults, lambda: rate(draw)),
    )


def rate(draw: Draw) -> Fraction:
    return draw.choice((Fraction(0), Fraction(8, 100), Fraction(12, 100), Fraction(draw.randint(1, 2_400), 10_000)))


def drawn_defaults(draw: Draw) -> tuple[Default, ...]:
    default_rate = draw.maybe(0.6, Fraction(18, 100), Fraction(24, 100))
    labels = ("payment", "insolvency", "reporting", "chill")
    whens: dict[str, tuple[Condition, ...]] = {
        "payment": (("late", None), ("late", None), ("late", period(draw)), ("or", ("late", None), ("bankruptcy",))),
        "insolvency": (("or", ("bankruptcy",), ("insolvency",)), ("bankruptcy",)),
        "reporting": (("event", "late report"),),
        "chill": (
            ("and", ("event", "DTC chill"), ("event", "delisting")),
            ("or", ("event", "DTC chill"), ("late", None)),
            ("and", ("late", None), ("event", "delisting")),
        ),
    }
    return tuple(
        Default(
            label,
            draw.choice(whens[label]),
            period(draw) if draw.chance(0.3) else None,
            period(draw) if draw.chance(0.15) else None,
            draw.maybe(0.45, "acceleration", "acceleration on notice"),
            default_rate if draw.chance(0.7) else None,
        )
        for label in labels
        if draw.chance(0.45)
    )


def period(draw: Draw) -> Period:
    unit = draw.choice(("days", "business days", "business days", "weeks", "months"))
    return draw.randint(1, 12 if unit.endswith("days") else 2), unit


def drawn_conversion(draw: Draw, issued: date) -> Conversion | str | None:
    if draw.chance(0.12):
        return draw.choice((None, "not allowed"))
    by = draw.choice(
        ("at any time", "at any time", "until fully paid", "on or after", "after", "before", "on or before")
    )
    moment: Any = None
    if by not in ("at any time", "until fully paid"):
        moment = draw.choice((issued + timedelta(draw.randrange(200)), (draw.randint(1, 6), "months")))
    return Conversion(
        drawn_price(draw, issued),
        by,
        moment,
        (
            drawn_exceptions(draw, (), lambda: draw.choice(("nobody", "nobody", "at any time")))
            if draw.chance(0.2)
            else ()
        ),
        (drawn_exceptions(draw, (), lambda: drawn_price(draw, issued, True)) if draw.chance(0.3) else ()),
        draw.maybe(0.4, "principal", "principal and interest"),
        draw.maybe(0.4, "interest first", "principal first"),
        draw.maybe(0.5, "rounded down", "rounded up", "rounded to the nearest"),
        draw.maybe(0.4, "dropped", "kept on the note"),
        draw.maybe(0.3, "closing bid", "closing price", "VWAP"),
    )


def drawn_price(draw: Draw, issued: date, exceptional: bool = False) -> Price:
    fixed = ("fixed", Fraction(draw.randint(5, 60), draw.choice((1_000, 10_000))))
    look = ("lookback", drawn_lookback(draw, issued))
    discounted = ("percent", Fraction(draw.randint(40, 95), 100), look)
    kinds: list[Price] = [
        fixed,
        look,
        discounted,
        discounted,
        ("lesser", fixed, discounted),
        ("greater", fixed, discounted),
        ("percent", Fraction(80, 100), ("lesser", fixed, look)),
    ]
    if exceptional:
        kinds += [("percent", Fraction(1, 2), ("otherwise",)), ("lesser", ("otherwise",), fixed)]
    return draw.choice(kinds)


def drawn_lookback(draw: Draw, issued: date) -> Lookback:
    length = draw.randint(1, 12)
    among = draw.choice(("lowest", "highest")) if draw.chance(0.35) else ""
    unit = "days" if draw.chance(0.15) else "trading days"
    return Lookback(
        "average" if among else draw.choice(("lowest", "lowest", "highest", "average", "median", "last")),
        length,
        unit,
        draw.choice(("before", "before", "through", "ending on")),
        draw.choice(("closing bid", "closing bid", "closing bid", "closing price", "VWAP")),
        draw.randint(1, length) if among else 0,
        among,
        issued - timedelta(draw.randint(0, 20)) if draw.chance(0.08) else None,
    )


def drawn_cap(draw: Draw) -> Cap:
    def ratio() -> Fraction:
        return draw.choice(
            (Fraction(499, 10_000), Fraction(999, 10_000), Fraction(20, 100), Fraction(draw.randint(1, 50), 100))
        )

    of = draw.choice(("after", "after", "before"))
    return Cap(
        ratio(),
        of,
        draw.chance(0.15),
        draw.maybe(0.3, "allowed", "refused"),
        drawn_exceptions(draw, (), lambda: (ratio(), draw.choice((of, "after")))) if draw.chance(0.1) else (),
    )


def drawn_exceptions(draw: Draw, defaults: Any, value: Any) -> tuple[Exception_, ...]:
    labels = ("first", "second")[: draw.randint(1, 2)]
    return tuple(Exception_(label, value(), drawn_condition(draw)) for label in labels)


def drawn_condition(draw: Draw) -> Condition:
    leaf: Condition = draw.choice(
        (
            ("in default",),
            ("in default",),
            ("event", draw.choice(EVENTS)),
            ("event", draw.choice(EVENTS)),
            ("bankruptcy",),
            ("late", None),
            ("late", (draw.randint(1, 10), "days")),
        )
    )
    if draw.chance(0.15):
        return ("not", leaf)
    if draw.chance(0.15):
        return (draw.choice(("and", "or")), leaf, ("event", draw.choice(EVENTS)))
    return leaf


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
    return {
        "grace": another(draw, first.grace) if draw.chance(0.2) else None,
        "cure": another(draw, first.cure) if draw.chance(0.3) else None,
        "then": draw.maybe(0.15, "acceleration", "acceleration on notice"),
        "default_rate": Fraction(draw.randint(1, 24), 100) if alone and draw.chance(0.2) else None,
    }


def drawn_amendments(draw: Draw, note: Note) -> tuple[Amendment, ...]:
    term = (note.maturity - note.issued).days
    found: list[Amendment] = []
    matures, excepted = note.maturity, draw.chance(0.5)
    days = sorted(draw.sample(range(1, term + 60), draw.randint(1, 2)))
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
        if change != Amendment(effective):
            found.append(change)
    return tuple(found)
