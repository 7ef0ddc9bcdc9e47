"""Accrual: interest over time, whatever the convention, and what compounding adds to it."""

import math
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve
from drawn import promise, ready_to_run
from holes import FEW
from hypothesis import assume
from hypothesis import strategies as st
from properties.plain import ISSUED, answer, plain
from strategies import cases

from tenor.engine.exact.values import Refused, Unknown
from tenor.engine.time.schedules import FREQUENCIES

SOME = 1 / 3
DAYS = st.integers(0, 1_400)
PERCENT = st.integers(0, 3_000).map(lambda units: f"{units // 100}.{units % 100:02}%")
ADDING = st.sampled_from(("actual/365", "actual/360", "actual/actual ISDA", "NL/365"))
COUNTED = ("first day only", "last day only", "first and last day", "neither day")


def known(*values):
    return not any(isinstance(value, Unknown | Refused) for value in values)


def bearing(rate, *fields):
    return f"interest: {rate} per year {{\n" + "".join(f"  {field}\n" for field in fields) + "}"


def accrued(clause, day, *more):
    case = plain(clause, *more, day=day)
    with ready_to_run(case):
        return answer(case, "accrued_interest")


@promise(SOME, rate=PERCENT, day_count=ADDING, days=st.tuples(DAYS, DAYS))
def test_interest_adds_up_over_adjoining_stretches(rate, day_count, days):
    """4. Simple interest from a to c is that from a to b and from b to c, where a convention counts days."""
    first, last = sorted(days)
    middle, end = (ISSUED + timedelta(days=count) for count in (first, last))
    clause = bearing(rate, f"day_count: {day_count}")
    rest = accrued(bearing(rate, f"day_count: {day_count}", f"accrues_from: {middle}"), end)
    assert accrued(clause, end) == accrued(clause, middle) + rest


@promise(SOME, case=cases())
def test_nothing_has_accrued_when_interest_begins(case):
    """5. On the day that interest begins none has accrued, or one day of it where the first and the last day count."""
    assume(case.note.versions[0].all_of("interest"))
    start = case.note.versions[0].date_of("accrual start")
    assume(start >= case.note.issued)
    stated = evolve(case, lines=()).at(start)
    accrued, clause = stated["accrued_interest"].value.value, case.note.versions[0].the("interest")
    assume(known(accrued))
    assert accrued >= 0
    assert (
        accrued == 0 or clause["days_counted"].is_("first and last day") or clause["days_counted"].is_("last day only")
    )


@promise(1 / 2, case=cases(), days=st.tuples(DAYS, DAYS))
def test_what_is_owed_never_falls_by_itself(case, days):
    """6. Without facts, what is owed on a later day is no less, whatever the terms, their exceptions and amendments."""
    first, last = (case.note.issued + timedelta(days=count // 2) for count in sorted(days))
    earlier, later = (case.at(day, lines=())["owed"].value.value for day in (first, last))
    assert not known(earlier, later) or earlier <= later


@promise(SOME, case=cases(), factor=st.integers(2, 9))
def test_what_is_owed_scales_with_the_principal(case, factor):
    """11. So many times the principal is so many times the interest and the sum due, when nothing has been paid."""
    (written,) = (clause for clause in case.clauses if clause.startswith("principal: "))
    cents = int(written.removeprefix("principal: USD ").replace(",", "").replace(".", "")) * factor
    larger = case.said(principal=f"principal: USD {cents // 100:,}.{cents % 100:02}").at(lines=())
    plainly = case.at(lines=())
    for name in ("principal", "accrued_interest", "owed", "due_at_maturity"):
        value, scaled = (stated[name].value.value for stated in (plainly, larger))
        if known(value):
            assert scaled == value * factor


@promise(SOME, rate=PERCENT, frequency=st.sampled_from(FEW), days=DAYS, day_count=ADDING)
def test_compounding_adds_and_is_bounded(rate, frequency, days, day_count):
    """15. Compounded interest equals simple in its first period; later it is more, but below exp."""
    day = ISSUED + timedelta(days=days)
    simple = bearing(rate, f"day_count: {day_count}")
    compounded = bearing(rate, f"day_count: {day_count}", f"method: compounded {frequency}")
    owed = [answer(plain(clause, day=day), "owed") for clause in (simple, compounded)]
    first = FREQUENCIES[frequency]
    first_end = _later(ISSUED, first)
    if day <= first_end or not Fraction(rate.rstrip("%")):
        assert owed[0] == owed[1]
    else:
        assert owed[0] < owed[1]
    years = (owed[0] / 100_000) - 1  # the rate times the time
    assert float(owed[1]) <= 100_000 * math.exp(float(years)) * (1 + 1e-12)


@promise(SOME, frequency=st.sampled_from(FEW), often=st.sampled_from(FEW), rate=PERCENT, years=st.integers(0, 3))
def test_compounding_more_often_gives_no_less(frequency, often, rate, years):
    """15. On an anniversary, after whole periods of both, the shorter period has brought no less."""
    day = date(ISSUED.year + years, ISSUED.month, ISSUED.day)
    less, more = sorted((frequency, often), key=FEW.index)
    each = [bearing(rate, f"method: compounded {name}", "day_count: actual/actual ICMA") for name in (less, more)]
    owed = [answer(plain(clause, day=day), "owed") for clause in each]
    assert owed[0] <= owed[1]
    periods = {"annually": 1, "semiannually": 2, "quarterly": 4, "monthly": 12}[more]
    assert owed[1] == 100_000 * (1 + Fraction(rate.rstrip("%")) / 100 / periods) ** (periods * years)


def _later(day, period):
    return date(day.year + 1, day.month, day.day) if period.unit == "years" else _months(day, period.count)


def _months(day, count):
    years, month = divmod(day.month - 1 + count, 12)
    return date(day.year + years, month + 1, day.day)
