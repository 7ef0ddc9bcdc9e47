"""The rows of `test_rows.py` by the hundred million: run once in a while, and recorded in `README.md`.

python tests/compiled/many_rows.py 100_000_000 [SEED]
"""

import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from compiled.test_rows import NOTES, WIDER, check_rows

from tenor.engine.compiled.shapes import Shape
from tenor.terms import load

AT_ONCE = 50_000


def main(rows: int, seed: int) -> None:
    """Check so many rows; the first that differs ends it."""
    draw = np.random.default_rng(seed)
    records = [Shape(load(f"{path}.terms").note).answers(0, None) for path in NOTES]
    done = 0
    for record, wider in itertools.cycle(itertools.product(records, WIDER)):
        if done >= rows:
            break
        check_rows(record, wider, AT_ONCE, draw)
        done += AT_ONCE
        print(f"{done:,} rows, none differs", end="\r", flush=True)
    print(f"{done:,} rows, seed {seed}: none differs")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
