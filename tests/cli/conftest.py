"""What the tests of the command line share."""

from program import examples, terms

__all__ = ["examples", "terms"]
