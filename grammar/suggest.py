"""The nearest name: what a misspelt word most likely was."""

from collections.abc import Iterable

_LONGEST = 200  # letters of what anyone may have meant


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that differs from `word` by the fewest letters, None if all differ by more than a third.

    Of equally near ones, the first of the alphabet. Swapping two neighbours counts as one letter. A word that ends in
    a whole candidate says something else.
    """
    if len(word) > _LONGEST:
        return None
    allowed = max(1, (len(word) + 1) // 3)
    near = (
        each
        for each in candidates
        if abs(len(each) - len(word)) <= allowed  # others cannot be, and need no time
        and not _made_of(word, each)
    )
    best = min(((distance(word, each), each) for each in near), default=None)
    return best[1] if best and best[0] <= allowed else None


def _made_of(word: str, other: str) -> bool:
    """Whether a word is another one with more in front: `prepayment` is no slip for `payment`, but says something else.

    One letter more may be a slip.
    """
    before = len(word) - len(other)
    return before > 1 and word.endswith(other) and word[before - 1].isalpha()


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
