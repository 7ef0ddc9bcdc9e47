"""Timing that can be trusted: candidates in turn, the least of several rounds, in several processes, by CPU time.

All candidates are held to one thread, and a process's CPU time counts whatever threads they start all the same.
"""

import gc
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Table:
    """A table in Markdown, the packages whose versions belong to it, and what a short account says of it."""

    text: str
    packages: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


def least(works: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The least CPU seconds of each work, one of each a round.

    The result of a round is kept until the next, so that memory is asked of the system once and then reused.
    """
    seconds = dict.fromkeys(works, float("inf"))
    kept: dict[str, Any] = {}
    for turn in range(rounds + 1):  # the first warms up
        for name, work in works.items():
            gc.disable()
            started = time.process_time()
            kept[name] = work()
            taken = time.process_time() - started
            gc.enable()
            if turn:
                seconds[name] = min(seconds[name], taken)
    return seconds


def in_processes(arguments: Iterable[str], processes: int) -> dict[str, float]:
    """The least of what several fresh processes print as JSON, name by name; raises CalledProcessError."""
    found: dict[str, float] = {}
    for _ in range(processes):
        run = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        for name, figure in json.loads(run.stdout.splitlines()[-1]).items():
            found[name] = min(found.get(name, float("inf")), figure)
    return found


REAPING = """
import ctypes, json, os, resource, subprocess, sys, time
try:
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: whatever outlives the command is ours to wait for
except AttributeError:
    pass
if hasattr(os, "sched_setaffinity"):
    there = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, [there[int(core) % len(there)] for core in sys.argv[1].split(",")])
started = time.perf_counter()
said = subprocess.run(sys.argv[2:], check=True, stdout=subprocess.PIPE, text=True).stdout
taken = time.perf_counter() - started
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([taken, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, said]))
"""


class Spent(NamedTuple):
    """Wall seconds, CPU seconds of a command and of all that it starts, and the most bytes that one process held."""

    wall: float
    cpu: float
    peak: float
    said: str  # by the command


def spent(command: Iterable[str], *cores: int) -> Spent:
    """What a command takes.

    Held to these cores, of which the first is 0, where the system can.
    """
    started = [sys.executable, "-c", REAPING, ",".join(map(str, cores)), *command]
    # Without it each start would compile the program anew, which a user's does once.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(started, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return Spent(*json.loads(run.stdout))


def machine() -> str:
    """The processor, its cores, the load as it is now, and Python."""
    return f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}; Python {platform.python_version()}"


def versions(packages: Iterable[str]) -> str:
    """The packages that are installed, each with its version."""
    found = ((name, installed(name)) for name in sorted(set(packages), key=str.lower))
    return ", ".join(f"{name} {release}" for name, release in found if release)


def installed(package: str) -> str:
    """The version of a package; empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def between(marks: tuple[str, str], text: str, path: Path) -> None:
    """Put a text between two marks of a file. Raises ValueError where the file has them not."""
    before, mark, rest = path.read_text(encoding="utf-8").partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not mark or not end:
        raise ValueError(f"{path.name} has no marks {marks[0]} and {marks[1]}")
    path.write_text(f"{before}{mark}\n{text}\n{end}{after}", encoding="utf-8")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
