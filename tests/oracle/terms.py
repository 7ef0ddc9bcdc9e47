"""The terms in force on a day: what the note says with its amendments, and every date that follows from it.

Where the note is silent the readings of docs/language.md hold.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from .calendar import DAY, later, rolled
from .description import Amendment, Condition, Conversion, Exception_, Interest, Note, Period, Price

# The design's order of one day, but for what docs/decisions/0003 changes: what falls due, falls due in the morning.
SAME_DAY = (
    "split",
    "amendment",
    "level",
    "maturity",
    "payment",
    "capitalisation",
    "occurrence",
    "notice",
    "ending",
    "default test",
    "consequence",
    "rate change",
    "conversion",
    "sale",
)
# What an amendment may write of interest, which then accrues anew.
OF_INTEREST = ("rate", "day_count", "method", "days_counted", "anchor", "rate_exceptions")


class Terms:
    """A note as it stands between two amendments, with the dates that it settles."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.calendar = note.calendar or "NYSE"
        self.payment_date = rolled(
            note.maturity_calendar or self.calendar, note.maturity, note.business_day or "following"
        )
        runs_on = note.interest_runs == "to payment date"
        self.end_of_interest = self.payment_date if runs_on else note.maturity
        # What is due includes the interest to its end, so it cannot fall due before that is reckoned.
        self.falls_due = min(self.end_of_interest, self.payment_date)
        self.resumes = max(self.end_of_interest, self.payment_date)
        self.bears_after = note.after_maturity != "no interest"
        self.interest = note.interest
        if note.interest is not None:
            self.start = note.interest.accrues_from or note.issued
            self.anchor = note.interest.anchor or self.start
            self.day_count = note.interest.day_count or "actual/365"
            method = note.interest.method or "simple"
            self.compounds = None if method == "simple" else method.removeprefix("compounded ")
            self.frequency = note.interest.frequency or self.compounds
            counted = note.interest.days_counted or "first day only"
            self.first_counts = counted in ("first day only", "first and last day")
            self.last_counts = counted in ("last day only", "first and last day")

    def bears(self, day: date) -> bool:
        """Whether interest runs on a day: before its end, or again after the payment date."""
        if self.last_counts:
            return day <= self.end_of_interest or (self.bears_after and day > self.resumes)
        resumes = self.resumes
        if not self.first_counts and resumes > self.end_of_interest:
            resumes += DAY  # a run after a gap, of which neither end counts
        return day < self.end_of_interest or (self.bears_after and day >= resumes)

    def moved(self, day: date, *periods: Period | None) -> date:
        """The day after which so much time has gone by."""
        for period in periods:
            if period is not None:
                day = later(day, *period, self.calendar)
        return day

    def after(self, day: date, grace: Period | None) -> date:
        """The first day after the last day of grace; the day itself where there is none."""
        return day if grace is None else self.moved(day, grace) + DAY

    def moment(self, said: date | Period) -> date:
        return said if isinstance(said, date) else self.moved(self.note.issued, said)


def order_of(note: Note) -> tuple[str, ...]:
    """The order of a day, with what the note says of it."""
    if note.same_day is None:
        return SAME_DAY
    first, second = note.same_day
    others = [kind for kind in SAME_DAY if kind != first]
    place = others.index(second)
    return (*others[:place], first, *others[place:])


def amended(note: Note, change: Amendment) -> Note:
    """The note as an amendment has it."""
    note = _with(
        note,
        maturity=change.maturity,
        business_day=change.business_day,
        maturity_calendar=change.maturity_calendar,
        after_maturity=change.after_maturity,
        interest_runs=change.interest_runs,
        order=change.order,
    )
    if change.rate is not None and note.interest is None:
        note = replace(note, interest=Interest(change.rate, accrues_from=change.effective))
    if note.interest is not None:
        written = {name: getattr(change, name) for name in OF_INTEREST if name != "rate_exceptions"}
        interest = _with(note.interest, **written)
        note = replace(note, interest=_excepted(interest, "exceptions", change.rate_exceptions, change.effective))
    if isinstance(note.conversion, Conversion):
        note = replace(note, conversion=_conversion(note.conversion, change))
    if note.cap is not None:
        cap = _with(note.cap, ratio=change.cap, of=change.cap and "after")
        cap = _with(cap, rights=change.rights, at_the_cap=change.at_the_cap)
        note = replace(note, cap=_excepted(cap, "exceptions", change.cap_exceptions, change.effective))
    if note.defaults:
        first, *others = note.defaults
        first = _with(first, grace=change.grace, cure=change.cure, rate=change.default_rate)
        when = change.when and since(change.when, change.effective)
        note = replace(note, defaults=(_with(first, when=when, then=change.then), *others))
    return note


def _conversion(said: Conversion, change: Amendment) -> Conversion:
    names = ("amount", "retires", "shares", "fraction", "excess", "market_quote")
    said = _with(said, **{name: getattr(change, name) for name in names})
    if change.by is not None:
        said = replace(said, by=change.by, moment=None)
    if change.price is not None:
        said = replace(said, price=since(change.price, change.effective))
    written = [replace(each, value=since(each.value, change.effective)) for each in change.price_exceptions]
    said = _excepted(said, "by_exceptions", change.by_exceptions, change.effective)
    return _excepted(said, "price_exceptions", written, change.effective)


def _excepted(held: Any, field: str, written: Iterable[Exception_], day: date) -> Any:
    """The same with these exceptions of a day, each in the place of one with its label."""
    amended = (replace(each, when=since(each.when, day)) for each in written)
    exceptions = {each.label: each for each in (*getattr(held, field), *amended)}
    return replace(held, **{field: tuple(exceptions.values())})


def _with(held: Any, **written: Any) -> Any:
    """The same with what is written; None leaves what was."""
    return replace(held, **{name: value for name, value in written.items() if value is not None})


def since(price: Price | Condition, day: date) -> Any:
    """A price or a condition as it is written on a day: in the shares of that day, and not of the issue date."""
    match price:
        case ("fixed", amount):
            return ("fixed", amount, day)
        case ("lookback" | "otherwise", *_):
            return price
        case (word, *items):
            return (word, *(since(item, day) if isinstance(item, tuple) else item for item in items))
    raise AssertionError(price)
