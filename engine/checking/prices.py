"""Price tables: a series of daily figures in a comma-separated file.

The first line names the columns: `date`, the series, and perhaps `known`, empty for the day itself. Nothing is guessed:
a figure that is empty, negative or not a plain number, one for a day twice or for a day without a session is a finding.
"""

import re
from datetime import date
from typing import Any

from ...grammar.source import Source, Span
from ..exact.origins import Fact
from ..exact.quantities import exact
from ..meaning.phrases import no_day, note_day
from ..time.calendars import Calendar, OutsideCalendar
from ..world.facts import Quotes
from ..world.series import VOLUMES, series_named
from .findings import CORRECT_A_DATE, Findings

DIGITS = frozenset("0123456789.")
PLAIN_DIGITS = r'"?([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*\.?[0-9]+)"?'  # but for its marks
DIGITS_MAX = 30


def read_prices(source: Source, series: str, calendar: Calendar, found: Findings) -> Quotes:
    """The quotes of one series; what is wrong is added to `found`, each with its line."""
    columns, header = _columns(source, series, found)
    rows: dict[int, tuple[Any, Fact, int]] = {}
    for number in range(header + 1, len(source.line_starts) + 1) if columns else ():
        if found.enough:
            break
        text = source.line_text(number)
        if text.strip() and not text.lstrip().startswith("#"):
            _row(source, number, text, columns, series, calendar, rows, found)
    if columns and not rows and not found:
        found.add_file(
            "E326",
            "the table holds no prices",
            source.name,
            "write a line for each day, as in `2019-08-23,0.0017`",
        )
    days = tuple(sorted(rows))
    values = tuple(rows[day][0] for day in days)
    return Quotes(series, days, values, tuple(rows[day][1] for day in days), tuple(rows[day][2] for day in days))


def _columns(source: Source, series: str, found: Findings) -> tuple[dict[str, int], int]:
    header = next(
        (
            n
            for n in range(1, len(source.line_starts) + 1)
            if (t := source.line_text(n).strip()) and not t.startswith("#")
        ),
        0,
    )
    if not header:
        found.add_file("E326", "the table of prices is empty", source.name, f"start it with the line `date,{series}`")
        return {}, 0
    names = [_name(cell) for cell in source.line_text(header).split(",")]
    span = _line_span(source, header)
    if len(set(names)) != len(names):
        found.add("E320", "two columns have one name", span, "keep one of them")
        return {}, 0
    if "date" not in names or series not in names:
        missing = "date" if "date" not in names else series
        found.add(
            "E320",
            f"there is no column `{missing}`",
            span,
            f"name the columns in the first line, as in `date,{series}`",
        )
        return {}, 0
    return {name: place for place, name in enumerate(names)}, header


def _name(cell: str) -> str:
    words = cell.strip().replace("_", " ")
    return series_named(words) or series_named(words.lower()) or words.lower()


def _row(
    source: Source,
    number: int,
    text: str,
    columns: dict[str, int],
    series: str,
    calendar: Calendar,
    rows: dict[int, tuple[Any, Fact, int]],
    found: Findings,
) -> None:
    def problem(code: str, message: str, help: str, cell: int) -> None:
        found.add(code, message, _cell_span(source, number, cells, cell), help)

    cells = text.split(",")
    if len(cells) != len(columns):
        found.add(
            "E321",
            f"cells in this line: {len(cells)}; in the first: {len(columns)}",
            _line_span(source, number),
            _cells_meant(cells, columns, series),
        )
        return
    written = cells[columns["date"]].strip()
    day = note_day(written)
    if day is None:
        return problem("E322", *_no_day(written), columns["date"])
    price = cells[columns[series]].strip()
    wrong = wrong_figure(price, series)
    if wrong:
        return problem(
            "E323",
            f"`{price}` is not a {series}" if price else f"the {series} for {day} is empty",
            wrong,
            columns[series],
        )
    if day.toordinal() in rows:
        place = rows[day.toordinal()][1].span
        found.add(
            "E324",
            f"there are two figures for {day}",
            _cell_span(source, number, cells, columns["date"]),
            "keep one of them",
            (place, "the other"),
        )
        return None
    if not _session(calendar, day):
        return problem(
            "E325",
            f"{day} is a {day:%A} without a session of {calendar.name}",
            "take the line out, or name the right calendar in the note",
            columns["date"],
        )
    known = day
    since = cells[columns["known"]].strip() if "known" in columns else ""
    if since:
        told = note_day(since)
        if told is None:
            return problem("E322", *_no_day(since), columns["known"])
        if told < day:
            message = f"the {series} for {day} is known from {told}, before its day"
            return problem("E318", message, CORRECT_A_DATE, columns["known"])
        known = told
    start = source.line_starts[number - 1]
    rows[day.toordinal()] = (
        exact(price),
        Fact(f"{series} {day}: {price}", Span(source, start, start + len(text))),
        known.toordinal(),
    )
    return None


def _no_day(written: str) -> tuple[str, str]:
    if not written:
        return "this line has no date", "write the date as in `2019-08-23`, or take the line out"
    return no_day(written)


def _cells_meant(cells: list[str], columns: dict[str, int], series: str) -> str:
    """What to do about a line with too few or too many cells: where the figure has a comma, what it is without."""
    if len(cells) < len(columns):
        return "write one cell for each column, with a `,` between two"
    place = columns[series]
    figure = ",".join(cells[place : place + 1 + len(cells) - len(columns)]).strip()
    if re.fullmatch(PLAIN_DIGITS, figure):
        return f"write {plain_digits(figure)}, without a `,`"
    return "write one cell for each column, and no `,` in a number"


def plain_digits(figure: str) -> str:
    """How a figure is written in a cell: without the commas and the quotation marks that it has, or as an example."""
    match = re.fullmatch(PLAIN_DIGITS, figure)
    return f"`{match[1].replace(',', '')}`" if match else "plain digits, as in `0.0017`"


def wrong_figure(text: str, series: str) -> str:
    """What to do about a cell that is not a plain positive number; empty where it is one."""
    if not any(char.isdigit() for char in text):
        return "write the figure, or take the line out: a day that is not there is a missing fact"
    if len(text) > DIGITS_MAX:
        return f"write at most {DIGITS_MAX} digits"
    if not set(text) <= DIGITS or text.count(".") > 1 or not text[0].isascii() or text in (".",) or text.endswith("."):
        return f"write {plain_digits(text)}"
    if not text.strip("0.") and series not in VOLUMES:
        return "a price is above zero; take the line out if there was none"
    return ""


def _session(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.is_session(day)
    except OutsideCalendar:
        return True  # what the calendar does not know is no finding; what needs it is unknown


def _line_span(source: Source, number: int) -> Span:
    start = source.line_starts[number - 1]
    return Span(source, start, start + max(1, len(source.line_text(number))))


def _cell_span(source: Source, number: int, cells: list[str], place: int) -> Span:
    start = source.line_starts[number - 1] + sum(len(cell) + 1 for cell in cells[:place])
    lead = len(cells[place]) - len(cells[place].lstrip())
    return Span(source, start + lead, start + lead + max(1, len(cells[place].strip())))
