"""The mutants and their judge, on functions of three lines; no mutant of the program is judged here."""

import resource
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from mutation.__main__ import FILES, ROOT, meant
from mutation.changes import Mutant, mutants, sampled
from mutation.exchange import exchange, living
from mutation.judging import FAILED, KILLED, MISTAKEN, PASSED, SECONDS, SURVIVED, TIMED_OUT, verdict_of
from mutation.keeping import SURVIVORS as KEPT
from mutation.keeping import read, survivors

GRACE = '''
def is_late(days, grace):
    """Whether grace is over."""
    return days > grace


def larger(one, other):
    return one if one > other else other
'''


@pytest.fixture
def grace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The functions above, as a file of the program."""
    path = tmp_path / "engine" / "grace.py"
    path.parent.mkdir()
    path.write_text(GRACE, "utf-8")
    spec = spec_from_file_location("tenor.engine.grace", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "tenor.engine.grace", module)
    spec.loader.exec_module(module)
    return module


def mutant(tmp_path: Path, change: str) -> Mutant:
    (found,) = (each for each in mutants(tmp_path, "engine/grace.py") if each.key[-1] == change)
    return found


def judged(mutant: Mutant, holds: Callable[[], bool]) -> str:
    """What a test of one condition makes of the mutant."""

    def child() -> int:
        exchange(mutant, living("engine/grace.py"))
        return PASSED if holds() else FAILED

    return verdict_of(child)


def test_what_may_be_said_otherwise(grace: ModuleType, tmp_path: Path) -> None:
    """The boundary, the opposite, and no answer; documentation stays as it is."""
    found = [each.key[-1] for each in mutants(tmp_path, "engine/grace.py") if each.function == "is_late"]
    assert found == [
        "return days > grace → return None",
        "days > grace → days >= grace",
        "days > grace → days <= grace",
    ]


def test_a_mutant_is_killed_by_a_test_that_sees_it(grace: ModuleType, tmp_path: Path) -> None:
    """On the last day of grace nothing is late: a test of that day sees the boundary, a test of another does not."""
    boundary = mutant(tmp_path, "days > grace → days >= grace")
    assert judged(boundary, lambda: not grace.is_late(5, 5)) == KILLED
    assert judged(boundary, lambda: grace.is_late(6, 5)) == SURVIVED
    assert not grace.is_late(5, 5)  # here nothing was changed


def test_an_equivalent_mutant_survives(grace: ModuleType, tmp_path: Path) -> None:
    """Of two equal numbers either is the larger."""
    either = mutant(tmp_path, "one > other → one >= other")
    assert judged(either, lambda: all(grace.larger(a, b) == max(a, b) for a in range(9) for b in range(9))) == SURVIVED


def test_what_never_ends_is_timed_out() -> None:
    """A limit of time of the process itself ends it."""

    def child() -> int:
        resource.setrlimit(resource.RLIMIT_CPU, (1, resource.RLIM_INFINITY))
        while True:
            pass

    assert SECONDS > 1
    assert verdict_of(child) == TIMED_OUT


def test_a_mistake_of_the_judge_is_no_verdict() -> None:
    """What could not be put in place is neither killed nor alive."""
    with pytest.raises(AssertionError, match="put in place"):
        verdict_of(lambda: MISTAKEN)


def test_a_sample_is_the_same_each_time() -> None:
    """And in the order of the file."""
    found = meant("engine/exact/rounding.py")
    assert sampled(found, 10) == sampled(found, 10)
    assert [each.line for each in sampled(found, 10)] == sorted(each.line for each in sampled(found, 10))
    assert sampled(found, len(found)) == found


def test_every_survivor_is_explained() -> None:
    """No survivor is kept without why it lives, and none twice."""
    rows = read(KEPT)
    assert [row for row in rows if not row["why"]] == []
    assert len(rows) == len(survivors())
    assert {row["file"] for row in rows} <= set(FILES)


def test_what_is_mutated_is_there() -> None:
    """Each file, and each function named of it."""
    for file, names in FILES.items():
        assert (ROOT / file).exists()
        assert set(names) <= {each.function.split(".")[0] for each in meant(file)}
