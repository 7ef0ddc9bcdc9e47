"""Notes at random: as issuers write them, and worse."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .calendar import DAY, NAMES, months_later
from .chance import Draw
from .day_counts import ADDING, NEED_A_FREQUENCY
from .description import (
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
ACCRUED = "accrued interest"
FIRST = date(2003, 1, 1)  # of all issue dates
EVENTS = ("late report", "DTC chill", "delisting")
ROLLS = ("unadjusted", "following", "modified following", "preceding", "modified preceding")
ORDERS = (("fees", "interest", "principal"), ("fees", "principal", "interest"), ("principal",), ("interest",))
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
    issued = FIRST + timedelta(draw.randrange(365 * 21))
    if draw.chance(0.2):
        issued = issued.replace(day=1) - DAY  # a month's end
    term = draw.choice((draw.randint(15, 60), draw.randint(60, 400), draw.randint(60, 400), draw.randint(400, 700)))
    maturity = issued + timedelta(term)
    if draw.chance(0.5):
        maturity = months_later(issued, max(1, term // 30))
    conversion = drawn_conversion(draw, issued)
    defaults, cap = drawn_defaults(draw), drawn_cap(draw) if draw.chance(0.6) else None
    bears = draw.chance(0.93) or ACCRUED in repr((conversion, cap, defaults))
    note = Note(
        issued,
        Fraction(draw.randint(100_000, 50_000_000), 100),
        maturity,
        drawn_interest(draw, issued, term, defaults) if bears else None,
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
        cap=cap,
        defaults=defaults,
    )
    return note


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
    labels = ("payment", "payment ended", "cured/payment", "chill")
    whens: dict[str, tuple[Condition, ...]] = {
        "payment": (("late", None), ("late", None), ("late", period(draw)), ("or", ("late", None), ("bankruptcy",))),
        "payment ended": (("or", ("bankruptcy",), ("insolvency",)), ("bankruptcy",)),
        "cured/payment": (("event", "late report"), ("event", "late report"), drawn_watch(draw, dated=True)),
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
        draw.maybe(0.6, "refused with the notice", "refused alone"),
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
    if draw.chance(0.2):
        leaf = drawn_watch(draw)
    if draw.chance(0.15):
        return ("not", leaf)
    if draw.chance(0.15):
        return (draw.choice(("and", "or")), leaf, ("event", draw.choice(EVENTS)))
    return leaf


def drawn_watch(draw: Draw, dated: bool = False) -> Condition:
    """What no fact brings: a price or a figure that passes a bound; `dated` where it is to be an event."""
    order = draw.choice(("below", "below", "above", "at least", "at most"))
    level = ("fixed", Fraction(draw.randint(5, 60), draw.choice((1_000, 10_000))))
    kind = draw.choice(("watched", "prices", "principal", ACCRUED))
    if dated or kind == "watched":
        return ("watched", order, level, draw.randint(1, 4))
    if kind == "prices":
        return ("compared", replace(drawn_lookback(draw, FIRST), anchor=None), order, level)
    return ("compared", kind, order, Fraction(draw.randint(100, 5_000_000 if kind == "principal" else 200_000), 100))
