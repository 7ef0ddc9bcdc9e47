"""The program run in the test's own process: its output, its findings and its exit code.

Fixtures: a `conftest.py` takes those that its folder uses.
"""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from attrs import frozen

from tenor.terms.cli import main

ROOT = Path(__file__).parents[1]


@frozen
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def terms(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program, run where `examples/` is."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TENOR_SECONDS", "600")  # what a test claims is the same on a busy machine

    def run(*words: str) -> Ran:
        code = main(words)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A copy of the examples that a test may change."""
    return Path(copytree(ROOT / "examples", tmp_path / "examples"))
