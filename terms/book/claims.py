"""Claims: the numbers of parts that nobody makes yet, in a pipe; whichever process is free takes the next.

So no process waits for another between two parts, and at the end all end together but for one part.
"""

import os
import select
from collections.abc import Iterator, Sequence

BYTES = 4  # of a number


class Claims:
    """The end that gives; `reader` is the one to take from, in any process that has it."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self._left = b""

    def offer(self, numbers: Sequence[int]) -> None:
        """What there is to take, all of it."""
        self._left = b"".join(each.to_bytes(BYTES, "little") for each in numbers)
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
    """The numbers that this process takes, one whenever it asks, until there are none."""
    while number := os.read(reader, BYTES):
        yield int.from_bytes(number, "little")
