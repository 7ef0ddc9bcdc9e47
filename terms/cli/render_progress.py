"""The progress of a long command on a terminal. Imports Rich."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


@contextmanager
def bar(total: int, what: str = "notes") -> Iterator[Callable[[int], None]]:
    """A bar on the error stream, of so many notes or what else there is; gone when it is done.

    What it gives takes how many more are done.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, TextColumn("left"), TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task(what, total=total)

        def advance(more: int) -> None:
            progress.advance(task, more)

        yield advance
