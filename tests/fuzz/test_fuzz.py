"""What a search has found stays found; and where Atheris is installed, a short search finds nothing more.

Every file in `corpus/` is an input that once broke something, named after what it was, or one that reaches what no
other reaches.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .seeds import CORPUS, HERE, seeds
from .targets import TARGETS, survives

KEPT = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*"))


@pytest.mark.parametrize("name", KEPT)
def test_an_input_that_is_kept_breaks_nothing(name: str) -> None:
    target = Path(name).parent.name
    survives(TARGETS[target], (CORPUS / name).read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_what_lies_in_the_repository_breaks_nothing(target: str) -> None:
    """The inputs from which a search starts, besides the kept ones."""
    for name, data in seeds(target).items():
        assert len(name) < 100
        survives(TARGETS[target], data)


def test_there_is_a_target_for_each_folder() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= set(TARGETS)


@pytest.mark.skipif(find_spec("atheris") is None, reason="Atheris is an optional extra: tenor[fuzz]")
@pytest.mark.parametrize("target", TARGETS)
def test_a_short_search_finds_nothing(target: str, tmp_path: Path) -> None:
    """The same search in every run; README.md tells of the long one."""
    command = [sys.executable, "-m", "fuzz.search", target, str(tmp_path), "-runs=400", "-seed=1"]
    run = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3_000:]
