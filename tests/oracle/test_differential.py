"""The engine against the oracle: 10,000 cases in each run, and what each of the two may know of the other.

A case is a drawn note with its drawn ledger on one date; each core answer is compared, unknown and refused included.
`python -m oracle` in `tests/` draws as many others as one likes.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from oracle.judging import compared, report

HERE = Path(__file__).parent
PIECES, NOTES, DAYS = 20, 50, 10


@pytest.mark.parametrize("piece", range(PIECES))
def test_the_engine_answers_as_the_oracle_does(piece: int) -> None:
    """Fifty notes on ten days each; what differs is told with the smallest files that show it."""
    tally = compared(f"each run/{piece}", NOTES, DAYS)
    if tally.differing:
        pytest.fail(report(*tally.differing[0]))
    assert tally.cases == NOTES * DAYS


def test_ten_thousand_cases_are_drawn() -> None:
    assert PIECES * NOTES * DAYS == 10_000


def test_the_oracle_imports_nothing_of_what_it_judges() -> None:
    """Only the file where the two meet, and tests, import the engine; the simulator loads none of it by any way."""
    importing = {
        path.name
        for path in HERE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if any(name.split(".")[0] == "tenor" for name in _imported(node))
    }
    assert importing == {"judging.py", "test_listed.py", "test_unknown.py"}
    code = (
        "import sys; from oracle.drawing import drawn_case; from oracle.answers import answered; "
        "answered(drawn_case('alone', 3)); print(*(name for name in sys.modules if name.split('.')[0] == 'tenor'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=HERE.parent, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
