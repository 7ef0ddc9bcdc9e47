"""The progress of a book on a terminal. Imports Rich."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


@contextmanager
def bar(notes: int) -> Iterator[Callable[[int], None]]:
    """A bar of so many notes on the error stream, gone when it is done; what it gives takes how many more are."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, TextColumn("left"), TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task("notes", total=notes)

        def advance(more: int) -> None:
            progress.advance(task, more)

        yield advance
