"""Placing: the bodies of parts written where they stand in the whole, each behind those before it.

Where that is shows as soon as all parts before it are made, by whichever process: each says how long its body is.
So most bytes are written once, and joining finds them where they belong.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from ..writing import down_to_the_disk
from .formats import Bodies
from .parts import Parts

BYTES = 8  # of a length


class Places:
    """One process's view of the whole; asked in the order of the parts."""

    def __init__(self, whole: int, lengths: int, bodies: Bodies, head: int) -> None:
        self._whole, self._lengths, self._bodies = whole, lengths, bodies
        self._next, self._at = 0, head

    def body(self, data: Any) -> memoryview:
        """What of a part stands in the whole."""
        return memoryview(data)[self._bodies.of(data)]

    def say(self, index: int, length: int) -> None:
        """How long the body of a part is."""
        os.pwrite(self._lengths, (length + 1).to_bytes(BYTES, "little"), index * BYTES)  # 0 is not known

    def of(self, index: int) -> int | None:
        """Where the body of a part goes, None where that is not known yet."""
        assert index >= self._next, "places are asked in the order of the parts"
        while self._next < index:
            length = int.from_bytes(os.pread(self._lengths, BYTES, self._next * BYTES), "little")
            if not length:
                return None
            self._at += length - 1
            self._next += 1
        return self._at

    def put(self, data: Any, at: int) -> bytes:
        """Write the body of a part, down to the disk; the answer is the rest of it."""
        left = self.body(data)
        while left:
            written = os.pwrite(self._whole, left, at)
            left, at = left[written:], at + written
        down_to_the_disk(self._whole)
        whole, stands = memoryview(data), self._bodies.of(data)
        return bytes(whole[: stands.start]) + bytes(whole[stands.stop :])


@contextmanager
def places(parts: Parts, bodies: Bodies, schema: pa.Schema) -> Iterator[Places]:
    """The whole of these parts, which is open for joining."""
    whole = os.open(parts.whole, os.O_RDWR)
    try:
        lengths = os.open(parts.lengths, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield Places(whole, lengths, bodies, len(bodies.head(schema)))
        finally:
            os.close(lengths)
    finally:
        os.close(whole)
