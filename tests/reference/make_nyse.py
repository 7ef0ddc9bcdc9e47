"""Regenerates the closures that ship in `engine/reference/`, or checks them.

    python tests/reference/make_nyse.py            # compare with what ships; exit 1 on a difference
    python tests/reference/make_nyse.py --write    # write the files anew

The New York Stock Exchange comes from `exchange_calendars` and must equal `holidays` on every weekday.
The Federal Reserve comes from the federal holidays of `holidays` and must equal QuantLib on every weekday.
All three are development dependencies; the engine reads only the text written here.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "engine" / "reference"
FIRST = date(1990, 1, 1)
LAST = date(2027, 12, 31)
YEARS = range(FIRST.year, LAST.year + 1)

# Closures that no rule foretells, with their reasons from the exchange's notices.
UNSCHEDULED = {
    date(1994, 4, 27): "funeral of President Nixon",
    date(2001, 9, 11): "attacks of September 11",
    date(2001, 9, 12): "attacks of September 11",
    date(2001, 9, 13): "attacks of September 11",
    date(2001, 9, 14): "attacks of September 11",
    date(2004, 6, 11): "funeral of President Reagan",
    date(2007, 1, 2): "funeral of President Ford",
    date(2012, 10, 29): "Hurricane Sandy",
    date(2012, 10, 30): "Hurricane Sandy",
    date(2018, 12, 5): "funeral of President George H. W. Bush",
    date(2025, 1, 9): "funeral of President Carter",
}

NYSE_HEADER = f"""\
# Weekdays on which the New York Stock Exchange is closed, {FIRST} to {LAST}.
# Written by tests/reference/make_nyse.py from exchange_calendars, equal to holidays.
# A reason marks what no rule foretells.
"""
FEDERAL_RESERVE_HEADER = f"""\
# Weekdays on which the Federal Reserve Banks are closed, {FIRST} to {LAST}.
# Written by tests/reference/make_nyse.py from holidays, equal to QuantLib.
# A holiday on a Saturday is not moved, one on a Sunday is kept on Monday.
"""


def weekdays() -> list[date]:
    """Monday to Friday, from the first day to the last."""
    days = (FIRST + timedelta(days) for days in range((LAST - FIRST).days + 1))
    return [day for day in days if day.weekday() < 5]


def nyse_closures() -> list[date]:
    """Weekdays without a session, by `exchange_calendars`."""
    import exchange_calendars

    calendar = exchange_calendars.get_calendar("XNYS", start=FIRST.isoformat(), end=LAST.isoformat())
    sessions = {session.date() for session in calendar.sessions}
    return [day for day in weekdays() if day not in sessions]


def nyse_closures_by_holidays() -> list[date]:
    """Weekdays without a session, by `holidays`."""
    import holidays

    listed = holidays.financial_holidays("NYSE", years=YEARS)
    return [day for day in weekdays() if day in listed]


def federal_reserve_closures() -> list[date]:
    """Weekdays the Reserve Banks are closed: federal holidays, those on a Sunday kept on Monday."""
    import holidays

    listed = set(holidays.country_holidays("US", years=YEARS, observed=False))
    moved = {day + timedelta(1) for day in listed if day.weekday() == 6}
    return [day for day in weekdays() if day in listed | moved]


def federal_reserve_closures_by_quantlib() -> list[date]:
    """Weekdays the Reserve Banks are closed, by QuantLib."""
    import QuantLib

    calendar = QuantLib.UnitedStates(QuantLib.UnitedStates.FederalReserve)
    return [day for day in weekdays() if not calendar.isBusinessDay(QuantLib.Date(day.day, day.month, day.year))]


def texts() -> dict[str, str]:
    """Each file's name and the text it should hold, once its two sources agree."""
    nyse, federal_reserve = nyse_closures(), federal_reserve_closures()
    agree("NYSE", nyse, nyse_closures_by_holidays())
    agree("Federal Reserve", federal_reserve, federal_reserve_closures_by_quantlib())
    agree("unscheduled", [day for day in UNSCHEDULED if day in nyse], list(UNSCHEDULED))
    return {
        "nyse.txt": NYSE_HEADER + lines(nyse, UNSCHEDULED),
        "federal-reserve.txt": FEDERAL_RESERVE_HEADER + lines(federal_reserve, {}),
    }


def agree(name: str, days: list[date], others: list[date]) -> None:
    """Stop where two sources differ."""
    if difference := sorted(set(days) ^ set(others)):
        sys.exit(f"{name}: the sources differ on {', '.join(map(str, difference))}")


def lines(days: list[date], reasons: dict[date, str]) -> str:
    """One day a line, with its reason if it has one."""
    return "".join(f"{day} {reasons.get(day, '')}".rstrip() + "\n" for day in days)


def main(arguments: list[str]) -> int:
    """Write or compare; 0 where nothing differs."""
    stale = 0
    for name, text in texts().items():
        path = REFERENCE / name
        if "--write" in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path} differs; run with --write")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
