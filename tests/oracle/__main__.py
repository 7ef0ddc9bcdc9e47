"""A long comparison of the engine with the oracle.

    cd tests
    python -m oracle --cases 1000000 --processes 2

Says how far it is now and then, prints each difference as a note and a ledger ready to run, and ends with the
figures; exit 1 where there was a difference. A run is the same for the same `--seed`.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

from .judging import Tally, compared, report

NOTES, DAYS = 100, 10  # of a piece of the run


def piece(seed: str) -> tuple[Tally, list[str]]:
    """One piece, and the reports of what differs in it."""
    tally = compared(seed, NOTES, DAYS)
    return tally, [report(case, first) for case, first in tally.differing]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m oracle", description="Compare the engine with the oracle.")
    parser.add_argument("--cases", type=int, default=100_000, help="a note, its ledger and a date each")
    parser.add_argument("--seed", default="long", help="another seed draws other cases")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args(arguments)
    pieces = -(-asked.cases // (NOTES * DAYS))
    total = Tally()
    with ProcessPoolExecutor(asked.processes) as pool:
        seeds = (f"{asked.seed}/{number}" for number in range(pieces))
        for number, (tally, reports) in enumerate(pool.map(piece, seeds), start=1):
            total += tally
            for told in reports:
                print(told, flush=True)
            if number % 50 == 0:
                print(f"{total.cases:,} cases, {len(total.differing)} differing", file=sys.stderr, flush=True)
    print(f"cases                 {total.cases:>12,}")
    print(f"answers known         {total.known:>12,}")
    print(f"answers unknown       {total.unknown:>12,}")
    print(f"answers refused       {total.refused:>12,}")
    print(f"left out as too big   {total.too_big:>12,}")
    print(f"notes differing       {len(total.differing):>12,}")
    return 1 if total.differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
