"""How hard properties look, chosen by the environment variable TENOR_PROFILE.

`ci`, the default, is quick and repeatable: the same cases in every run. `deep` searches afresh and for long.
"""

import os

from hypothesis import settings

# No deadline in either: a case's time on a shared machine says nothing about the claim.
settings.register_profile("ci", max_examples=60, derandomize=True, deadline=None)
settings.register_profile("deep", max_examples=3_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("TENOR_PROFILE", "ci"))
