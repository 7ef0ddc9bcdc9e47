"""The command `terms`, and `python -m tenor`."""

import gc
import sys


def main() -> int:
    """Run the command line that the process was started with; the answer is the exit code."""
    # What a start makes, it keeps. To search all of it for garbage each time 700 more objects are there takes a tenth
    # of a start, and to search it once more at the end half as long again.
    gc.set_threshold(100_000)
    from .terms.cli import main as command

    code = command()
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
