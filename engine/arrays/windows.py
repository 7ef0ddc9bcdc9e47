"""Windows: the statistics of look-backs over rows of quotes, each position once for all windows of a length.

A window of many sessions is put together from two shorter ones, so that the lowest of it, or the few lowest,
cost the logarithm of its length. Meanings are those of `statistic` in `exact.operations`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from ...grammar.classes import frozen

AT_ONCE = 1 << 17  # quotes, so that they stay close at hand
KEPT_MAX = 4  # of the lowest or highest of a window; more are found by sorting it

Pick = Callable[[Any, Any], Any]


@frozen(eq=False)
class Statistic:
    """For each window by its first session: above / times, `times` on top of what the quotes are over."""

    above: Any
    times: int


def statistic(name: str, count: int, among: str, quotes: Any, length: int) -> Statistic:
    """A statistic of all windows of `length` sessions in rows of quotes (notes × sessions).

    The rows are worked on as one long row, which is faster; what reaches from one row into the next is left out.
    Raises KeyError for a name that is no statistic of prices alone.
    """
    rows, sessions = quotes.shape
    together = max(1, AT_ONCE // max(1, sessions))
    if rows > together:
        parts = [
            statistic(name, count, among, quotes[first : first + together], length)
            for first in range(0, rows, together)
        ]
        return Statistic(np.concatenate([each.above for each in parts]), parts[0].times)
    found = _statistic(name, count, among, np.ascontiguousarray(quotes).reshape(-1), length)
    one = found.above.strides[0]
    shape, steps = (rows, sessions - length + 1), (sessions * one, one)
    return Statistic(np.lib.stride_tricks.as_strided(found.above, shape, steps, writeable=False), found.times)


def _statistic(name: str, count: int, among: str, quotes: Any, length: int) -> Statistic:
    """The same for one row."""
    if among:
        return _of_extremes(name, extremes(quotes, length, count, among))
    match name:
        case "lowest" | "highest":
            return Statistic(extremes(quotes, length, 1, name)[0], 1)
        case "average":
            return Statistic(sums(quotes, length), length)
        case "median":
            return _median(list(_sorted_windows(quotes, length).T))
        case "last":
            return Statistic(quotes[length - 1 :], 1)
    raise KeyError(name)


def sums(quotes: Any, length: int) -> Any:
    """The sum of each window."""
    return _assembled([quotes], length, lambda left, right: [left[0] + right[0]])[0]


def extremes(quotes: Any, length: int, count: int, among: str) -> list[Any]:
    """The `count` lowest (or highest) of each window, the most extreme first."""
    nearer, farther = (np.minimum, np.maximum) if among == "lowest" else (np.maximum, np.minimum)
    if count > KEPT_MAX:
        ordered = _sorted_windows(quotes, length).T
        return list(ordered[:count] if among == "lowest" else ordered[: -count - 1 : -1])
    return _assembled([quotes], length, lambda left, right: _merged(left, right, count, nearer, farther))


def _assembled(single: list[Any], length: int, join: Callable[[list[Any], list[Any]], list[Any]]) -> list[Any]:
    """What `join` makes of the windows of `length`, from what it makes of two neighbouring shorter ones."""
    found: list[Any] = []
    covered, double, size = 0, single, 1
    while True:
        if length & size:
            # `found` covers the first sessions of the window, `double` the next ones.
            later = [each[covered:] for each in double]
            found = _together(found, later, join) if covered else later
            covered += size
        if covered == length:
            return found
        double = _together(double, [each[size:] for each in double], join)
        size *= 2


def _together(left: list[Any], right: list[Any], join: Callable[[list[Any], list[Any]], list[Any]]) -> list[Any]:
    wide = min(len(left[0]), len(right[0]))
    return join([each[:wide] for each in left], [each[:wide] for each in right])


def _merged(left: list[Any], right: list[Any], count: int, nearer: Pick, farther: Pick) -> list[Any]:
    """The most extreme of two ordered lists: the n-th is the nearest of the ways to take some from each, n in all."""
    merged = []
    for wanted in range(1, min(count, len(left) + len(right)) + 1):
        ways = []
        for taken in range(wanted + 1):
            rest = wanted - taken
            if taken <= len(left) and rest <= len(right):
                if not taken or not rest:
                    ways.append(left[taken - 1] if taken else right[rest - 1])
                else:
                    ways.append(farther(left[taken - 1], right[rest - 1]))
        nearest = ways[0]
        for way in ways[1:]:
            nearest = nearer(nearest, way)
        merged.append(nearest)
    return merged


def _of_extremes(name: str, ordered: list[Any]) -> Statistic:
    """A statistic of the few that are kept, ordered from the most extreme."""
    match name:
        case "average":
            return Statistic(sum(ordered[1:], ordered[0]), len(ordered))
        case "lowest" | "highest":
            pick = np.minimum if name == "lowest" else np.maximum
            return Statistic(pick(ordered[0], ordered[-1]), 1)
        case "median":
            return _median(ordered)
        case "last":
            return Statistic(ordered[-1], 1)
    raise KeyError(name)


def _median(ordered: list[Any]) -> Statistic:
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Statistic(ordered[half], 1)
    return Statistic(ordered[half - 1] + ordered[half], 2)


def _sorted_windows(quotes: Any, length: int) -> Any:
    return np.sort(np.lib.stride_tricks.sliding_window_view(quotes, length), axis=-1)
