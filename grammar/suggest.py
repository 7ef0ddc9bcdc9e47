"""The nearest name: what a misspelt word most likely was."""

import re
from collections.abc import Iterable
from itertools import zip_longest

_NUMBER = re.compile("[0-9]+[a-z]*")
_LONGEST = 200  # letters of what anyone may have meant


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that differs from `word` by the fewest letters, None if all differ by more than a third.

    Of equally near ones, the first of the alphabet. Swapping two neighbours counts as one letter. A word that ends in
    a whole candidate says something else, and so does one with another number, or with another word beside a number:
    `30/360` is no slip for `30E/360`, nor `30/360 ISDA` for `30/360 US`.
    """
    if len(word) > _LONGEST:
        return None
    allowed = max(1, (len(word) + 1) // 3)
    near = (
        each
        for each in candidates
        if abs(len(each) - len(word)) <= allowed  # others cannot be, and need no time
        and not _made_of(word, each)
        and _numbered_alike(word, each)
    )
    best = min(((distance(word, each), each) for each in near), default=None)
    return best[1] if best and best[0] <= allowed else None


def _made_of(word: str, other: str) -> bool:
    """Whether a word is another one with more in front: `prepayment` is no slip for `payment`, but says something else.

    One letter more may be a slip.
    """
    before = len(word) - len(other)
    return before > 1 and word.endswith(other) and word[before - 1].isalpha()


def _numbered_alike(word: str, other: str) -> bool:
    """Whether both have the same numbers, each with the letters at its end, and where they have any, like words."""
    numbers = _NUMBER.findall(word.lower())
    if numbers != _NUMBER.findall(other.lower()):
        return False
    pairs = [*zip_longest(word.split(), other.split(), fillvalue="")] if numbers else []
    return all(distance(one, two) <= max(1, len(one) // 3) for one, two in pairs)


def distance(left: str, right: str) -> int:
    """How many letters to put in, leave out, change or swap with a neighbour, to make one of the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, 1):
        before, last, row = row, before, [at]
        for to, other in enumerate(right, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == right[to - 2] and other == left[at - 2]:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
    return row[-1]
