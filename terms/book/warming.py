"""Warming up: what processes are started from loads the program at the same time as this one does.

It loads nothing itself, so that it can be the first thing that a run does.
"""

import multiprocessing
import signal
from multiprocessing import forkserver, resource_tracker

POOL = "pool"  # the module that a process of a pool needs, with all that it imports


def warm_up() -> None:
    """Start what processes are started from, if it is not there yet; it does not hear Ctrl-C, as this program does."""
    package, _, _ = __name__.rpartition(".")
    multiprocessing.get_context("forkserver").set_forkserver_preload([f"{package}.{POOL}"])
    resource_tracker.ensure_running()  # the next would start it, and it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
