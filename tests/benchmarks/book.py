"""What answering a book of notes takes, beside other ways to do the same work.

    python tests/benchmarks/book.py              prints the tables
    python tests/benchmarks/book.py --quick      small books and one process: a look, not a record
    python tests/benchmarks/book.py --write      five processes, and puts the tables into the documents

Every candidate's answers are compared with exact ones before it is timed, and a wrong one stops the run.
`--rounds` and `--processes` say how often; `--tables` names some of the tables only.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

# Run as a file, this folder would be the first on the path, and its files would hide modules of these names.
sys.path[0] = str(Path(__file__).parents[1])

from benchmarks.measuring import ROOT, between, machine, versions  # noqa: E402 - found by the line above

TABLES = ("in_memory", "converted", "from_files", "kinds_of_facts", "one_note", "codec")
MARKS = ("<!-- book measured -->", "<!-- /book measured -->")


def main() -> None:
    """Measure, print, and perhaps write."""
    asked = arguments()
    rounds = asked.rounds or (2 if asked.quick else 7)
    if asked.process:
        import_module(f"benchmarks.{asked.process}").measure(rounds, asked.quick)
        return
    processes = asked.processes or (1 if asked.quick else 5 if asked.write else 2)
    made, told = [], machine()
    for name in asked.tables.split(","):
        made.append(import_module(f"benchmarks.{name}").table(__file__, rounds, processes, asked.quick))
        print(f"{made[-1].text}\n", flush=True)
    packages = ["numpy", *(package for each in made for package in each.packages)]
    told = f"{told}; {versions(packages)}; the least of {rounds} rounds in each of {processes} processes."
    print(told)
    if asked.write:
        between(MARKS, "\n\n".join([*(each.text for each in made), told]), ROOT / "docs" / "benchmarks.md")
        short = ["| what | |", "|---|---|", *(line for each in made for line in each.short)]
        between(MARKS, "\n".join(short), ROOT / "README.md")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the tables into the documents")
    parser.add_argument("--quick", action="store_true", help="small books, one process")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--tables", default=",".join(TABLES))
    parser.add_argument("--process", choices=TABLES, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
