"""Openings: whether a setting lets somebody act on a day, by itself or by an exception to it.

A setting opens on every day, on none, or on those before or after a date, as in `holder on or after 2019-08-22`.
"""

from datetime import date

from ..exact.quantities import Quantity, day_of, every, some, truth
from ..exact.values import Reason
from ..meaning.phrases import Said
from ..meaning.settings import Setting
from .view import View

NOBODY = "nobody"


def windows(who: str) -> tuple[str, ...]:
    """How a note says when somebody may act."""
    dated = (f"{who} {words} {{moment}}" for words in ("on or after", "after", "before", "on or before"))
    return (f"{who} at any time", f"{who} at any time until fully paid", *dated, NOBODY)


def openings(setting: Setting, view: View, place: str) -> list[tuple[Quantity, Reason]]:
    """Whether the setting, or the strongest exception to it that holds, lets act; each by its name.

    What an exception may open it opens whether or not it holds: two that are shut are shut, though which is not known.
    """
    exceptions = setting.exceptions
    held = [view.held(setting, exception) for exception in exceptions]
    opened = [_open(each.value, view, f'{setting.name} "{each.label}"') for each in exceptions]
    opening = [every(*pair) for pair in zip(held, opened, strict=True)]
    itself = some(_open(setting.value, view, setting.name), *opening).citing(setting.origin)
    found = [(itself, Reason("window", f"outside the window: {setting.value.text}", place))]
    for index, exception in enumerate(exceptions):
        passed = some(opened[index], ~held[index], *opening[index + 1 :]).citing(exception.origin)
        told = f"`{exception.label}` holds: {exception.value.text}"
        found.append((passed, Reason("window", told, exception.origin.place)))
    return found


def _open(said: Said, view: View, place: str) -> Quantity:
    if "moment" not in said.holes:
        return truth(said.pattern != NOBODY, said.text)
    limit = view.model.said_date(said["moment"], place, said.text)
    of_that_day_too = "on or " in said.pattern
    if said.pattern.endswith("after {moment}"):
        return view.day >= limit if of_that_day_too else view.day > limit
    return view.day <= limit if of_that_day_too else view.day < limit


def days_to_come(setting: Setting, view: View, act: str) -> list[tuple[Quantity, str]]:
    """The first day on which the setting lets act, or the last one, and what that is called."""
    said = setting.value
    if said is None or "moment" not in said.holes:
        return []
    day, of_that_day_too = view.model.date_of(said["moment"]).toordinal(), "on or " in said.pattern
    if said.pattern.endswith("after {moment}"):
        return [(_dated(day + (not of_that_day_too), setting), f"first day for {act}")]
    return [(_dated(day - (not of_that_day_too), setting), f"last day for {act}")]


def _dated(day: int, setting: Setting) -> Quantity:
    return day_of(date.fromordinal(day), "", setting.origin)
