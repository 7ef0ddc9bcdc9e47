"""`python -m tenor.terms.cli`, the same as `terms`."""

import sys

from . import main

sys.exit(main())
