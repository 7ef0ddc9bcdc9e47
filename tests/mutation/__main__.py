"""Judge mutants: `python -m mutation`, in `tests/`. What it is, and what it keeps, is said in the package itself.

Prints each survivor as it is found and the figures at the end; exit 1 where one survives that has no reason yet.
"""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from . import keeping
from .changes import Mutant, mutants, sampled
from .judging import SURVIVED, judged

ROOT = Path(__file__).parents[2]

# What decides about money. Of a file that holds much else, the functions meant.
FILES: dict[str, tuple[str, ...]] = {
    "engine/exact/quantities.py": (),
    "engine/exact/operations.py": (),
    "engine/exact/rounding.py": (),
    "engine/exact/values.py": (),  # what an unknown needs
    "engine/meaning/amending.py": (),  # in whose shares a price is
    "engine/meaning/first_days.py": (),  # what a waiver forgets
    "engine/meaning/settings.py": (),  # what is read otherwise
    "engine/meaning/watching.py": (),
    "engine/time/daycounts.py": (),
    "engine/world/market.py": (),  # windows
    "engine/running/run.py": (),  # the fold
    "engine/running/timeline.py": (),
    "engine/running/conditions.py": (),  # grace, and from when something has held
    "engine/running/openings.py": (),  # on which days somebody may act
    "engine/running/trials.py": (),  # the days on which a default may come about
    "engine/running/view.py": (),  # where a payment is split among the parts of what is owed
    "terms/payment.py": (),
    "terms/principal.py": (),
    "terms/interest.py": (),
    "terms/maturity.py": (),
    "terms/conversion.py": (),
    "terms/ownership_cap.py": (),
    "terms/default.py": (),
}
SAMPLE = 60  # mutants of a file


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m mutation", description="Judge mutants of what decides about money."
    )
    parser.add_argument("--module", action="append", choices=[*FILES], help="this file only; may be given again")
    parser.add_argument("--sample", type=int, default=SAMPLE, help=f"so many mutants of a file (default {SAMPLE})")
    parser.add_argument("--survivors", action="store_true", help="only those that lived the last time")
    parser.add_argument("--write", action="store_true", help="keep the verdicts, and write the report")
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    kept, files = keeping.survivors(), asked.module or [*FILES]
    possible = {file: meant(file) for file in files}
    chosen = [mutant for file in files for mutant in _chosen(possible[file], asked.sample, kept, asked.survivors)]
    verdicts: list[tuple[Mutant, str]] = []

    def told(mutant: Mutant, verdict: str) -> None:
        verdicts.append((mutant, verdict))
        if verdict == SURVIVED and not kept.get(mutant.key, {}).get("why"):
            print(f"{mutant.file}:{mutant.line} {mutant.function}: {mutant.key[-1]}", flush=True)
        if len(verdicts) % 50 == 0:
            print(f"{len(verdicts)} of {len(chosen)} judged", file=sys.stderr, flush=True)

    judged(ROOT, chosen, told)
    found = Counter(verdict for _, verdict in verdicts)
    print(", ".join([f"{len(verdicts)} judged", *(f"{found[each]} {each}" for each in sorted(found))]))
    if asked.write:
        keeping.keep({file: len(possible[file]) for file in files}, verdicts, asked.survivors)
    lived = [mutant for mutant, verdict in verdicts if verdict == SURVIVED]
    return 1 if any(not kept.get(mutant.key, {}).get("why") for mutant in lived) else 0


def meant(file: str) -> list[Mutant]:
    """The mutants of a file that stand in the functions meant."""
    names = FILES[file]
    return [each for each in mutants(ROOT, file) if not names or each.function.split(".")[0] in names]


def _chosen(found: list[Mutant], most: int, kept: dict[keeping.Key, keeping.Row], survivors: bool) -> list[Mutant]:
    return [each for each in found if each.key in kept] if survivors else sampled(found, most)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
