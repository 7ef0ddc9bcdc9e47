"""How hard properties look, chosen by HYPOTHESIS_PROFILE or `--hypothesis-profile`.

`ci`, the default, is quick and repeatable: the same cases in every run. `deep` searches afresh and for long.
`draft` is `ci` without making a failure smaller, for whoever is writing a property.
"""

import os

from hypothesis import Phase, settings

# No deadline in either: a case's time on a shared machine says nothing about the claim.
settings.register_profile("ci", max_examples=60, derandomize=True, deadline=None)
settings.register_profile("deep", max_examples=3_000, deadline=None, print_blob=True)
settings.register_profile("draft", settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
