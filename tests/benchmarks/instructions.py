"""What a start, a parse and one explained statement take, in instructions of the processor.

    python tests/benchmarks/instructions.py            prints the counts beside those that are kept
    python tests/benchmarks/instructions.py --write    keeps these counts from now on

Valgrind counts them, the same to a thousandth on a busy machine as on an idle one. They belong to one build of
Python and one version of attrs, which stand in the file beside the counts. What a bare start of that Python takes
is taken off, so that what else is installed does not count.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from shutil import which

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).with_suffix(".txt")
NOTE, FACTS, DAY = "examples/gs-capital.terms", "examples/gs-capital.facts", "2019-08-26"
REPEATS = 10
SMALL, LARGE = 6, 24  # notes in one text
START, PARSE, AMONG_MANY, STATEMENT = (
    "a start that evaluates the first example",
    "parsing that note",
    f"parsing it as one of {LARGE} in a text",
    "one explained statement",
)

# What is counted, each in a process of its own: the arguments of Python.
HERE = str(Path(__file__).resolve())
PROCESSES = {
    "bare": ("-c", "pass"),
    "start": ("-m", "tenor", "eval", NOTE, "--date", DAY, "--facts", FACTS),
    "parse": (HERE, "parse", "2"),
    "parses": (HERE, "parse", str(2 + REPEATS)),
    "statement": (HERE, "statement", "2"),
    "statements": (HERE, "statement", str(2 + REPEATS)),
    "small": (HERE, "text", str(SMALL)),
    "large": (HERE, "text", str(LARGE)),
}


def build() -> str:
    """What the counts depend on besides our own code."""
    return f"Python {sys.version}, attrs {version('attrs')}, {platform.machine()}".replace("\n", " ")


def count() -> dict[str, int]:
    """The instructions of each work."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(ROOT / "tests/typetree"),
            "PYTHONPYCACHEPREFIX": folder,  # byte code is kept, as it is of an installed package, and nowhere else
            "TENOR_SECONDS": "60",  # to count instructions takes fifty times as long
        }
        for arguments in PROCESSES.values():
            _run(arguments, environment)
        counts = pool.map(lambda arguments: _counted(arguments, environment), PROCESSES.values())
        found = dict(zip(PROCESSES, counts, strict=True))
    return {
        START: found["start"] - found["bare"],
        PARSE: (found["parses"] - found["parse"]) // REPEATS,
        AMONG_MANY: (found["large"] - found["small"]) // (LARGE - SMALL),
        STATEMENT: (found["statements"] - found["statement"]) // REPEATS,
    }


def kept() -> tuple[str, dict[str, int]]:
    """The build that the kept counts are of, and the counts."""
    of, *lines = KEPT.read_text(encoding="utf-8").splitlines()
    return of, {name: int(number.replace(",", "")) for name, number in (line.split(": ") for line in lines)}


def keep(counts: Mapping[str, int]) -> None:
    """Let these be the counts from now on."""
    lines = [build(), *(f"{name}: {number:,}" for name, number in counts.items())]
    KEPT.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def obstacle() -> str:
    """Why nothing can be compared here; empty where it can."""
    if which("valgrind") is None:
        return "valgrind, which counts instructions, is not installed"
    of = kept()[0]
    return "" if of == build() else f"the counts kept are of {of}; here is {build()}"


def _counted(arguments: tuple[str, ...], environment: Mapping[str, str]) -> int:
    said = _run(arguments, environment, "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    found = re.search(r"Collected : (\d+)", said)
    assert found is not None, said
    return int(found[1])


def _run(arguments: tuple[str, ...], environment: Mapping[str, str], *counting: str) -> str:
    command = [*counting, sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stderr


def parsed(times: int) -> None:
    """The note parsed so many times."""
    from tenor.grammar.parse import parse
    from tenor.grammar.source import Source

    text = (ROOT / NOTE).read_text(encoding="utf-8")
    for _ in range(times):
        assert parse(Source(NOTE, text)).pieces


def text_parsed(size: int) -> None:
    """A text of the note again and again, parsed once."""
    from tenor.grammar.parse import parse
    from tenor.grammar.source import Source

    text = (ROOT / NOTE).read_text(encoding="utf-8")
    assert parse(Source(NOTE, text * size)).pieces


def stated(times: int) -> None:
    """So many statements with all that they rest on, each as if nothing had been asked of its ledger before."""
    from datetime import date

    from tenor.engine.running.statement import statement
    from tenor.terms import load
    from tenor.terms.door import load_facts

    note = load(NOTE).note
    ledgers = [load_facts(FACTS, note), load_facts(FACTS, note)]
    for turn in range(times):
        said = statement(note, ledgers[turn % 2], date.fromisoformat(DAY))
        assert said["allowed_shares"].value.value == 39_166_707
        assert said.assumptions


WORKS = {"parse": parsed, "text": text_parsed, "statement": stated}


def main() -> None:
    """Count and compare, or do the work of one process."""
    if sys.argv[1:] and sys.argv[1] in WORKS:
        WORKS[sys.argv[1]](int(sys.argv[2]))
        return
    counts = count()
    before = {} if not KEPT.exists() or obstacle() else kept()[1]
    for name, number in counts.items():
        change = f"{number / before[name] - 1:+.1%}" if name in before else "not kept for this build"
        print(f"{name}: {number:,} ({change})")
    if "--write" in sys.argv:
        keep(counts)


if __name__ == "__main__":
    main()
