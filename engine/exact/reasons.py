"""Reasons: why an answer is not known, as a short code that books count and people filter by.

`refused: window, cap` joins the codes of the refusals; `unknown: closing bid` names what is needed by its
kind, without dates, so that a book has a few of them and not one for each row. Sorted, so that no code
hangs on the order in which an engine meets them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from .values import Refused, Unknown

SEPARATOR = ", "


def reason_code(value: Any) -> str:
    """The code of a value that is not known; empty for one that is."""
    match value:
        case Refused(reasons):
            return f"refused: {_joined(each.code for each in reasons)}"
        case Unknown(needs):
            return f"unknown: {_joined(map(kind_of_need, needs))}"
    return ""


def kind_of_need(need: str) -> str:
    """What a need asks for: the series, level or calendar; the words themselves where they name no day.

    A quote is worded `closing bid for 2019-08-12`, a level and a calendar by their names in backticks.
    """
    what, _, day = need.rpartition(" for ")
    asked = what if what and _is_day(day) else need
    if asked.startswith("the calendar `"):
        return f"calendar {asked.split('`')[1]}"
    return asked.split("`")[1] if asked.startswith("`") else asked


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _joined(codes: Iterable[str]) -> str:
    return SEPARATOR.join(sorted(set(codes)))
