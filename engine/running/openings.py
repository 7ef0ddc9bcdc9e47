"""Openings: whether a setting lets somebody act on a day, by itself or by an exception to it.

A setting opens on every day, on none, or on those before or after a date, as in `holder on or after 2019-08-22`.
"""

from ..exact.quantities import Quantity, every, some, truth
from ..exact.values import Reason
from ..meaning.phrases import Said
from ..meaning.settings import Setting
from .view import View

NOBODY = "nobody"


def openings(setting: Setting, view: View, words: str, place: str) -> list[tuple[Quantity, Reason]]:
    """Whether the setting, or the strongest exception to it that holds, lets act; each by its name and these words.

    What an exception may open it opens whether or not it holds: two that are shut are shut, though which is not known.
    """
    exceptions = setting.exceptions
    held = [view.held(setting, exception) for exception in exceptions]
    opened = [_open(each.value, view, f'{setting.name} "{each.label}"') for each in exceptions]
    opening = [every(*pair) for pair in zip(held, opened, strict=True)]
    itself = some(_open(setting.value, view, setting.name), *opening).citing(setting.origin)
    found = [(itself, Reason("window", f"{words}: {setting.value.text}", place))]
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
