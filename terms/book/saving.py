"""Saving: a part is written to the disk while the next is made, and into its place in the whole where that is known."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from .parts import Parts
from .placing import Places, places
from .schema import schema_of
from .tally import Tally
from .work import Work

WORTH_WAITING = 1 << 20  # bytes of a body; to copy fewer later takes no time
WAITING_MAX = 1 << 27  # bytes of all that wait for their places

Save = Callable[[int, Any, Tally], None]  # the number of the part, its bytes, its counts
Saved = Callable[[int, Tally], object]


@contextmanager
def saving(work: Work, parts: Parts, saved: Saved) -> Iterator[Save]:
    """What saves a part, of which `saved` hears once it is there; no more than one is on its way to it.

    All are saved when the context ends. Raises what went wrong with the part before.
    """
    on_its_way: deque[Future[None]] = deque()

    def wait() -> None:
        while on_its_way:
            on_its_way.popleft().result()

    bodies = work.format.bodies
    known = nullcontext() if bodies is None else places(parts, bodies, schema_of(work.question))
    with known as where, ThreadPoolExecutor(1) as thread:
        saver = _Saver(parts, where, saved)

        def save(index: int, data: Any, tally: Tally) -> None:
            wait()
            on_its_way.append(thread.submit(saver.save, index, data, tally))

        try:
            yield save
            wait()
        except BaseException:
            with suppress(OSError):  # there is trouble enough to tell
                wait()
                saver.end()
            raise
        saver.end()


class _Saver:
    """Puts each part in its place, or where that is not known soon enough into a file of its own."""

    def __init__(self, parts: Parts, places: Places | None, saved: Saved) -> None:
        self._parts, self._places, self._saved = parts, places, saved
        self._waiting: deque[tuple[int, Any, Tally]] = deque()

    def save(self, index: int, data: Any, tally: Tally) -> None:
        self._waiting.append((index, data, tally))
        if self._places is None:
            self._as_file()
            return
        self._places.say(index, len(self._places.body(data)))
        while self._waiting and (at := self._places.of(self._waiting[0][0])) is not None:
            self._in_place(self._places, at)
        lengths = [len(self._places.body(each)) for _, each, _ in self._waiting]
        while lengths and (lengths[0] < WORTH_WAITING or sum(lengths) > WAITING_MAX):
            self._as_file()
            lengths.pop(0)

    def end(self) -> None:
        """What still waits is saved too."""
        while self._waiting:
            self._as_file()

    def _as_file(self) -> None:
        index, data, tally = self._waiting.popleft()
        self._parts.save(index, data, tally)
        self._saved(index, tally)

    def _in_place(self, places: Places, at: int) -> None:
        index, data, tally = self._waiting.popleft()
        rest = places.put(data, at)
        self._parts.save(index, rest, tally, at, len(places.body(data)))
        self._saved(index, tally)
