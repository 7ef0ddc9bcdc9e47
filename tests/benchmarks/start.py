"""What a start, a parse and one explained evaluation take, beside `python -c pass`.

    python tests/benchmarks/start.py            prints the table
    python tests/benchmarks/start.py --write    puts it into the README

The package is measured as a user has it: built into a wheel and installed, byte code and all, into an environment of
its own with its three dependencies and nothing else. Commands run in turn, each round one of each; the least CPU time
of the rounds counts, and ratios are what to read. `instructions.py` counts the same work without a clock.
"""

import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTE, FACTS = "examples/gs-capital.terms", "examples/gs-capital.facts"
MARKS = ("<!-- measured -->", "<!-- /measured -->")
ROUNDS = 21
PASS = "`python -c pass`"
QUESTION = ("--date", "2019-08-26", "--facts", FACTS)
COMMANDS = {
    PASS: ("python", "-c", "pass"),
    "`python -c 'import tenor'`": ("python", "-c", "import tenor"),
    "`terms eval` of the first example, from cold": ("terms", "eval", NOTE, *QUESTION),
    "`terms eval --json`": ("terms", "eval", NOTE, *QUESTION, "--json"),
    "`terms explain … allowed_shares`": ("terms", "explain", NOTE, "allowed_shares", *QUESTION),
}


def main() -> None:
    """Measure, print, and perhaps write; in the environment that was made, measure what happens after the start."""
    if "--inside" in sys.argv:
        print("\n".join(f"{name}\t{seconds!r}" for name, seconds in inside().items()))
        return
    with tempfile.TemporaryDirectory() as folder:
        programs = installed(Path(folder))
        table = render(commands(programs) | asked_inside(programs))
    print(table)
    if "--write" in sys.argv:
        readme = ROOT / "README.md"
        before, _, rest = readme.read_text(encoding="utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        readme.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}", encoding="utf-8")


def installed(folder: Path) -> Path:
    """Where the programs of a fresh environment are in which the wheel of these sources is installed."""
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    subprocess.run((*pip, "wheel", "--no-deps", "--wheel-dir", folder / "wheel", ROOT), check=True, env=_clean())
    venv.create(folder / "env", symlinks=True)
    programs = folder / "env" / "bin"
    [wheel] = (folder / "wheel").glob("*.whl")
    subprocess.run((*pip, "--python", programs / "python", "install", wheel), check=True, env=_clean())
    return programs


def commands(programs: Path) -> dict[str, float]:
    """The least CPU seconds of each command, all started in turn."""
    least = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(ROUNDS):
        for name, (program, *arguments) in COMMANDS.items():
            process = subprocess.Popen(
                [programs / program, *arguments], cwd=ROOT, env=_clean(), stdout=subprocess.DEVNULL
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            assert process.returncode == 0, name
            least[name] = min(least[name], usage.ru_utime + usage.ru_stime)
    return least


def asked_inside(programs: Path) -> dict[str, float]:
    """What `inside` says in the environment."""
    command = (programs / "python", "-I", Path(__file__).resolve(), "--inside")
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {name: float(seconds) for name, seconds in (line.split("\t") for line in said.splitlines())}


def inside() -> dict[str, float]:
    """The least CPU seconds of what happens after the start."""
    from tenor.engine.running.statement import statement
    from tenor.grammar.parse import parse
    from tenor.terms import load
    from tenor.terms.door import as_day, load_facts

    loaded, day = load(NOTE), as_day("2019-08-26")
    # A statement goes on from where the last one of its ledger came, so two ledgers take turns at being asked first.
    ledgers = [load_facts(FACTS, loaded.note), load_facts(FACTS, loaded.note)]

    def first() -> None:
        ledgers.reverse()
        assert statement(loaded.note, ledgers[0], day)["allowed_shares"].value.value == 39_166_707

    return {
        "parsing that note, in one process": _least(lambda: parse(loaded.document.source)),
        "loading and checking it": _least(lambda: load(NOTE)),
        "one explained statement, of a ledger not asked before": _least(first),
        "… of one that was": _least(lambda: loaded.at(day, facts=FACTS)),
        "… and what all its answers assume": _least(lambda: loaded.at(day, facts=FACTS).assumptions),
    }


def _clean() -> dict[str, str]:
    """No variable that changes what Python does."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _least(work) -> float:
    times = []
    for _ in range(500):
        started = time.thread_time()
        work()
        times.append(time.thread_time() - started)
    return min(times)


def render(seconds: dict[str, float]) -> str:
    """A table with a ratio to the bare start."""
    unit = seconds[PASS]
    rows = [f"| {name} | {taken * 1000:.2f} | {taken / unit:.2f} |" for name, taken in seconds.items()]
    return "\n".join(["| what | ms | times `python -c pass` |", "|---|---|---|", *rows])


if __name__ == "__main__":
    main()
