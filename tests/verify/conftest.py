"""What the tests of `terms verify` share."""

from program import examples, terms

__all__ = ["examples", "terms"]
