"""Claims: the numbers of parts that nobody makes yet, in a pipe; whichever process is free takes the next few.

So no process waits for another between two parts. A few at a time, since parts that follow one another read the same
stretches of tables; and fewer as they run out, so that all end together but for one part.
"""

import os
import select
from collections.abc import Iterator, Sequence
from itertools import groupby

AT_ONCE = 8  # more, and bodies wait long for those before them; fewer, and more stretches are read by two
BYTES = 8  # of the first number and of how many follow it, four each


class Claims:
    """The end that gives; `reader` is the one to take from, in any process that has it."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self._left = b""

    def offer(self, numbers: Sequence[int], takers: int = 1) -> None:
        """What there is to take, all of it, in rising order, and by how many."""
        self._left = b"".join(each.to_bytes(BYTES // 2, "little") for few in _shared(numbers, takers) for each in few)
        self.go_on()

    def go_on(self) -> None:
        """Offer what the pipe had no room for."""
        while self._left:
            try:
                self._left = self._left[os.write(self._writer, self._left[: select.PIPE_BUF]) :]
            except BlockingIOError:
                return
        self._end()

    def close(self) -> None:
        """Nothing more is given or taken."""
        self._end()
        os.close(self.reader)

    def _end(self) -> None:
        if self._writer >= 0:
            os.close(self._writer)
            self._writer = -1


def taken(reader: int) -> Iterator[int]:
    """The numbers that this process takes, until there are none."""
    while few := os.read(reader, BYTES):
        first, count = (int.from_bytes(each, "little") for each in (few[: BYTES // 2], few[BYTES // 2 :]))
        yield from range(first, first + count)


def _shared(numbers: Sequence[int], takers: int) -> Iterator[tuple[int, int]]:
    """The first number and the count of each few; numbers that an earlier run has left out part them."""
    left = len(numbers)
    for _, places in groupby(range(len(numbers)), lambda place: numbers[place] - place):
        row = [numbers[place] for place in places]
        while row:
            count = max(1, min(AT_ONCE, left // (2 * takers), len(row)))
            yield row[0], count
            row, left = row[count:], left - count
