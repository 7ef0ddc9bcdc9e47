"""What a start, a parse and one explained evaluation take, beside `python -c pass`.

    python tests/benchmarks/start.py            prints the table
    python tests/benchmarks/start.py --write    puts it into the README

Commands are timed in turn, each round one of each; the least of the rounds counts, and ratios are what to read.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTE, FACTS = "examples/gs-capital.terms", "examples/gs-capital.facts"
MARKS = ("<!-- measured -->", "<!-- /measured -->")
ROUNDS = 11
EVAL = ("-m", "tenor.terms.cli", "eval", NOTE, "--date", "2019-08-26", "--facts", FACTS)
COMMANDS = {
    "`python -c pass`": ("-c", "pass"),
    "`python -c 'import tenor'`": ("-c", "import tenor"),
    "`terms eval` of the first example, from cold": EVAL,
    "`terms eval --json`": (*EVAL, "--json"),
    "`terms explain … allowed_shares`": ("-m", "tenor.terms.cli", "explain", NOTE, "allowed_shares", *EVAL[4:]),
}


def main() -> None:
    """Measure, print, and perhaps write."""
    table = render(commands() | inside())
    print(table)
    if "--write" in sys.argv:
        readme = ROOT / "README.md"
        before, _, rest = readme.read_text(encoding="utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        readme.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}", encoding="utf-8")


def commands() -> dict[str, float]:
    """The least seconds of each command, all started in turn; byte code may be kept, as an installed package has it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    least = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(ROUNDS + 1):
        for name, arguments in COMMANDS.items():
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
            )
            least[name] = min(least[name], time.perf_counter() - started)
    return least


def inside() -> dict[str, float]:
    """The least seconds of what happens after the start."""
    from tenor.grammar.parse import parse
    from tenor.terms import load

    os.chdir(ROOT)
    loaded = load(NOTE)
    assert loaded.at("2019-08-26", open_day=True)["allowed_shares"].value.value == 63_716_625
    return {
        "parsing that note, in one process": _least(lambda: parse(loaded.document.source)),
        "loading and checking it": _least(lambda: load(NOTE)),
        "one explained statement": _least(lambda: loaded.at("2019-08-26", facts=FACTS)),
    }


def _least(work) -> float:
    times = []
    for _ in range(200):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def render(seconds: dict[str, float]) -> str:
    """A table with a ratio to the bare start."""
    unit = seconds["`python -c pass`"]
    rows = [f"| {name} | {taken * 1000:.1f} | {taken / unit:.2f} |" for name, taken in seconds.items()]
    return "\n".join(["| what | ms | times `python -c pass` |", "|---|---|---|", *rows])


if __name__ == "__main__":
    main()
