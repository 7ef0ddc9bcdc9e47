"""Warming up: what processes are started from loads the program at the same time as this one does.

It loads nothing itself, so that it can be the first thing that a run does.
"""

import multiprocessing
from multiprocessing import forkserver

POOL = "pool"  # the module that a process of a pool needs, with all that it imports


def warm_up() -> None:
    """Start what processes are started from, if it is not there yet."""
    package, _, _ = __name__.rpartition(".")
    multiprocessing.get_context("forkserver").set_forkserver_preload([f"{package}.{POOL}"])
    forkserver.ensure_running()
