"""Chance: a source of random choices that gives the same ones for the same seed."""

import random
from typing import Any


class Draw(random.Random):
    """Chances and choices."""

    def chance(self, of: float) -> bool:
        return self.random() < of

    def maybe(self, of: float, *values: Any) -> Any:
        """One of the values, or None."""
        return self.choice(values) if self.chance(of) else None
