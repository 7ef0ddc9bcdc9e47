"""Clusters: parts made by Dask, on machines that see the same files as this one.

Questions and ranges of notes go out, the bytes of parts come back, and the program that asked writes them: the
machines need the inputs, and no place to write. A part lost with its machine is made again by another.
The only file that imports Dask: `pip install 'tenor[dask]'`.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from distributed import Client, KilledWorker, LocalCluster, as_completed

from ... import __version__
from ...grammar.classes import evolve
from .question import Question
from .tally import Tally
from .trouble import Stopped
from .work import Work, work_on

HERE = "dask"  # a cluster of this machine, for as long as the run takes
SCHEME = "dask://"
AHEAD = 2  # parts in the making or waiting, for each thread of the cluster: what bounds memory
PATIENCE = "10s"  # for a scheduler to answer

_kept = threading.local()


def on_cluster(
    question: Question, suffix: str, notes: Sequence[range], wanted: Sequence[int], on: str, processes: int
) -> Iterator[tuple[int, Any, Tally]]:
    """The parts wanted, in the order in which they are done: index, bytes and counts.

    `on` is `dask`, or `dask://` and the address of a scheduler. Raises Stopped where the machines see other
    inputs, or a part was lost again and again, or where no scheduler answers.
    """
    question = evolve(question, inputs=question.inputs.absolute())  # machines stand in folders of their own
    seen = seen_here(question)
    with _client(on, processes) as client:
        threads = sum(client.nthreads().values()) or 1
        left = iter(wanted)
        making = as_completed()
        indices = {}

        def submit(count: int) -> None:
            for index in islice(left, count):
                future = client.submit(_part, question, suffix, notes[index], seen, pure=False)
                indices[future] = index
                making.add(future)

        submit(threads * AHEAD)
        for future in making:
            try:
                data, tally = future.result()
            except KilledWorker:
                help = "run the same command again to go on; see the workers' logs for why they died"
                raise Stopped("a part of the book was lost with one worker after the other", help) from None
            yield indices.pop(future), data, tally
            submit(1)


@contextmanager
def _client(on: str, processes: int) -> Iterator[Client]:
    if on == HERE:
        options = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": "CRITICAL"}
        with LocalCluster(n_workers=processes or None, **options) as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client("tcp://" + on.removeprefix(SCHEME), timeout=PATIENCE)
    except (OSError, TimeoutError, ValueError):
        raise Stopped(f"no scheduler answers at `{on}`", "check the address, or start one there") from None
    with client:
        yield client


def seen_here(question: Question) -> str:
    """What every machine must see alike: the version of the program, and the names and sizes of the inputs."""
    return f"{__version__} {question.inputs.sizes()}"


def _part(question: Question, suffix: str, notes: range, seen: str) -> tuple[bytes, Tally]:
    """On a machine of the cluster: the bytes of one part, by an open book that is kept from part to part."""
    kept: tuple[Any, Work] | None = getattr(_kept, "work", None)
    if kept is None or kept[0] != (question, suffix, seen):
        if seen_here(question) != seen:
            help = "give paths that all machines share, and install one version of tenor on them"
            raise Stopped("a worker sees other notes or facts than this program, or is another version of it", help)
        kept = _kept.work = ((question, suffix, seen), work_on(question, suffix))
    data, tally = kept[1].part(notes)
    return bytes(data), tally
