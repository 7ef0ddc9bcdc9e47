"""Saving: a part is written to the disk while the next is made."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from .parts import Parts
from .tally import Tally

Save = Callable[[int, Any, Tally], None]  # the number of the part, its bytes, its counts


@contextmanager
def saving(parts: Parts, saved: Callable[[int, Tally], object]) -> Iterator[Save]:
    """What saves a part, which is told once it is there; it waits for the part before, so that no more than one waits.

    All are saved when the context ends. Raises what went wrong with the part before.
    """
    on_its_way: deque[Future[None]] = deque()

    def write(index: int, data: Any, tally: Tally) -> None:
        parts.save(index, data, tally)
        saved(index, tally)

    def wait() -> None:
        while on_its_way:
            on_its_way.popleft().result()

    with ThreadPoolExecutor(1) as thread:

        def save(index: int, data: Any, tally: Tally) -> None:
            wait()
            on_its_way.append(thread.submit(write, index, data, tally))

        yield save
        wait()
