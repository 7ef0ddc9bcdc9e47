"""What a start, a parse and one explained statement take does not grow unseen: counted in instructions, not in time."""

import gc
import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from math import log2
from pathlib import Path

import pytest

from tenor.grammar.parse import parse
from tenor.grammar.reading import BYTES_MAX
from tenor.grammar.source import Source

ROOT = Path(__file__).parents[2]
ALLOWED = 1.03  # of the counts that are kept
NOTE = (ROOT / "examples/gs-capital.terms").read_text(encoding="utf-8")


def _module(path: Path):
    spec = spec_from_file_location(path.stem, path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


measured = _module(ROOT / "tests/benchmarks/instructions.py")


@pytest.fixture(scope="module")
def counts() -> Mapping[str, int]:
    """Counted once, in about twenty seconds."""
    obstacle = measured.obstacle()
    if obstacle:
        pytest.skip(obstacle)
    return measured.count()


def test_nothing_takes_more_than_is_kept(counts):
    """Three in a hundred more is a change to find; what is meant, the command of `instructions.py` keeps."""
    kept = measured.kept()[1]
    assert kept.keys() == counts.keys()
    grown = {name: f"{counts[name] / kept[name] - 1:+.1%}" for name in kept if counts[name] > kept[name] * ALLOWED}
    assert grown == {}


def test_a_note_takes_as_long_to_parse_among_many(counts):
    """Parsing is linear in the text, in what the interpreter does between its calls too."""
    assert counts[measured.AMONG_MANY] == pytest.approx(counts[measured.PARSE], rel=0.1)


def test_parsing_is_linear_up_to_the_largest_file():
    """Counted in calls of functions, ours and Python's own, at a quarter, half and all of what a file may hold."""
    # Filings quote at length: words between quotation marks are one word of the language, of which a file has a limit.
    quoted = NOTE.replace('assumed "not stated"', f'assumed "{"not stated, " * 20}"')
    quarter = BYTES_MAX // len(quoted) // 4
    least, middle, most = (calls_to_parse(quoted * quarter * part) for part in (1, 2, 4))
    assert log2((most - middle) / (middle - least)) == pytest.approx(1, abs=0.01)


def calls_to_parse(text: str) -> int:
    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    parse(Source("x", NOTE))  # what is made once is made
    source, before = Source("x", text), sys.getprofile()
    gc.disable()  # others may have functions called when it runs
    sys.setprofile(counted)
    try:
        parse(source)
    finally:
        sys.setprofile(before)
        gc.enable()
    return count
