"""Judging mutants: each in a process of its own, by the tests that call what it changes, until one fails.

One process collects the tests and runs all of them once, to see how long each takes and which functions of the files
it calls; then it is forked for each mutant. Where importing runs the changed code a mutant that lives is judged once
more, in a process that imports the mutant itself.
"""

import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import settings

from .changes import Called, Mutant
from .exchange import exchange, living, load_otherwise, noting

# What is quick and looks at answers. The rows of one test are chosen or left out together: they may share a note.
JUDGES = (
    "tests/cases",
    "tests/terms",
    "tests/engine/test_operations.py",
    "tests/engine/test_daycounts.py",
    "tests/engine/test_quantlib.py",
    "tests/engine/test_record.py",
    "tests/engine/test_kept.py",
    "tests/engine/test_trace.py",
    "tests/properties",
    "tests/wrong/test_wrong.py",
    "tests/oracle/test_differential.py",
)
LEFT_OUT = (
    "test_what_ships_is_what_the_judges_say",
    "test_what_is_said_of_a_wrong_file[E503-too-many-events]",  # takes long, and ends at a limit of time
    "test_rolls",
    "test_periods",
    "test_every_term_is_in_some_note",
    "test_the_oracle_imports_nothing_of_what_it_judges",
    *(f"test_the_engine_answers_as_the_oracle_does[{piece}]" for piece in range(4, 20)),
)
EXAMPLES = 20  # of each property
SECONDS = 15  # of one test before its mutant counts as one that never ends
BYTES = 6 << 30

KILLED, TIMED_OUT, SURVIVED = "killed", "timed out", "survived"
PASSED, FAILED, MISTAKEN = 0, 1, 2  # how a fork ends; mistaken is the judge, not the mutant


@dataclass
class Judges:
    """What one run of all the tests has shown."""

    seconds: dict[str, float] = field(default_factory=dict)  # by test, of those that pass
    calls: dict[str, set[tuple[str, Called]]] = field(default_factory=dict)  # by test without its row
    imported: set[tuple[str, Called]] = field(default_factory=set)  # what had run before any test

    def of(self, mutant: Mutant) -> list[str]:
        """The tests that call what a mutant changes, the quickest first."""
        wanted = {(mutant.file, called) for called in mutant.within}
        return [name for name in self.all() if wanted & self.calls.get(name.split("[")[0], set())]

    def all(self) -> list[str]:
        """Every test, the quickest first."""
        return sorted(self.seconds, key=lambda name: (self.seconds[name], name))

    def ran_at_import(self, mutant: Mutant) -> bool:
        """Whether the change may show in what importing has made."""
        return mutant.at_import or bool({(mutant.file, called) for called in mutant.within} & self.imported)


def verdict_of(child: Callable[[], int]) -> str:
    """What becomes of a mutant, judged by a function in a fork; the function returns how the fork is to end."""
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if not process:
        status = FAILED
        try:
            _silence(0, 1, 2)
            resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
            status = child()
        finally:
            os._exit(status)
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        return TIMED_OUT if os.WTERMSIG(status) == signal.SIGXCPU else KILLED
    assert os.WEXITSTATUS(status) != MISTAKEN, "a mutant could not be put in place"
    return SURVIVED if os.WEXITSTATUS(status) == PASSED else KILLED


def _silence(*descriptors: int) -> None:
    with open(os.devnull, "r+b") as nothing:
        for descriptor in descriptors:
            os.dup2(nothing.fileno(), descriptor)


class Judging:
    """A plugin of pytest in whose loop over tests the mutants are judged."""

    def __init__(self, judge: Callable[[pytest.Session], None]) -> None:
        self.judge = judge

    def pytest_collection(self) -> None:
        settings.register_profile("judging", settings.get_profile("draft"), max_examples=EXAMPLES)
        settings.load_profile("judging")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.name not in LEFT_OUT]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.judge(session)
        return True


def in_tests(judge: Callable[[pytest.Session], None], paths: Iterable[str] = JUDGES) -> int:
    """Collect the tests in this process, and hand them over."""
    # Hypothesis is imported before pytest can mark it, so that a fork need not.
    options = ["-q", "-n0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return pytest.main([*options, *paths], plugins=[Judging(judge)])


def first_failure(session: pytest.Session, names: Iterable[str]) -> int:
    """Run these tests until one fails: PASSED or FAILED."""
    items = {item.nodeid: item for item in session.items}
    for name in names:
        spent = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, resource.RLIM_INFINITY))
        if _fails(session, items[name]):
            return FAILED
    return PASSED


def _fails(session: pytest.Session, item: pytest.Item) -> bool:
    before = session.testsfailed
    item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
    return session.testsfailed > before


def observed(session: pytest.Session, calls: set[tuple[str, Called]]) -> Judges:
    """What a run of all the tests shows of the functions that are noted in `calls`."""
    judges = Judges(imported=set(calls))
    for item in session.items:
        calls.clear()
        started = time.process_time()
        if _fails(session, item):
            print(f"left out, since it fails as it is: {item.nodeid}", file=sys.stderr)
            continue
        judges.seconds[item.nodeid] = time.process_time() - started
        judges.calls.setdefault(item.nodeid.split("[")[0], set()).update(calls)
    return judges


def judged(root: Path, mutants: list[Mutant], told: Callable[[Mutant, str], None]) -> list[str]:
    """The verdict on each mutant, told as it is known."""
    read, write = os.pipe()
    process = os.fork()
    if not process:
        os.close(read)
        _silence(0, 1)
        try:
            with os.fdopen(write, "wb") as out:
                in_warm_process(root, mutants, partial(_sent, out))
        finally:
            os._exit(0)
    os.close(write)
    verdicts: list[str] = []
    with os.fdopen(read, "rb") as answers:
        judges = pickle.load(answers)
        for mutant in mutants:
            verdict = pickle.load(answers)
            if verdict in ("", SURVIVED) and judges.ran_at_import(mutant):
                verdict = verdict_of(partial(afresh, mutant, judges.all()))
            told(mutant, verdict)
            verdicts.append(verdict)
    os.waitpid(process, 0)
    return verdicts


def _sent(out: BinaryIO, what: Any) -> None:
    pickle.dump(what, out)
    out.flush()


def in_warm_process(root: Path, mutants: list[Mutant], send: Callable[[Any], Any]) -> None:
    """Judge by forks of a process that has imported and collected everything; what importing runs is left open."""
    files = sorted({mutant.file for mutant in mutants})
    calls: set[tuple[str, Called]] = set()
    load_otherwise(noting(root, files, calls))

    def judge(session: pytest.Session) -> None:
        functions = {file: living(file) for file in files}
        judges = observed(session, calls)
        send(judges)
        for mutant in mutants:
            send("" if mutant.at_import else verdict_of(partial(child, session, judges, functions, mutant)))

    def child(session: pytest.Session, judges: Judges, functions: dict[str, Any], mutant: Mutant) -> int:
        try:
            exchange(mutant, functions[mutant.file])
        except Exception:
            return MISTAKEN
        return first_failure(session, judges.of(mutant))

    in_tests(judge)


def afresh(mutant: Mutant, names: list[str]) -> int:
    """Judge in a process that imports the mutant; what cannot even be collected is killed."""
    failed: list[int] = []
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, resource.RLIM_INFINITY))
    with mutant.put():
        load_otherwise({mutant.file: mutant.tree})
        in_tests(
            lambda session: failed.append(first_failure(session, names)), sorted({n.split("::")[0] for n in names})
        )
    return failed[0] if failed else FAILED
