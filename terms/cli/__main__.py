"""`python -m tenor.terms.cli`, the same as `terms`."""

import sys

from . import main

if __name__ == "__main__":  # a process started for a book imports this file under another name
    sys.exit(main())
