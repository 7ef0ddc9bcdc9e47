"""Causes: the bits that stand for needs and for reasons, shared by all code that passes figures on.

A figure that is not known carries two sets of bits, the needs it waits for and the reasons that refuse it.
For one note each need is a bit; a book, which has no room for every missing day, gives one to each kind.
"""

from collections.abc import Callable, Hashable
from typing import Any

from ...grammar.classes import field, frozen
from ..exact.values import Reason, Refused, Unknown


@frozen(eq=False)
class Causes:
    """Needs and reasons by bit; `need_as` and `reason_as` say what is told apart."""

    need_as: Callable[[str], Hashable] = field(default=lambda need: need)
    reason_as: Callable[[Reason], Hashable] = field(default=lambda reason: reason)
    needs: dict[Hashable, int] = field(factory=dict)
    reasons: dict[Hashable, int] = field(factory=dict)

    def of_unknown(self, unknown: Unknown) -> int:
        """The bits of all that it needs."""
        return _bits(self.needs, (self.need_as(need) for need in unknown.needs))

    def of_refused(self, refused: Refused) -> int:
        """The bits of all its reasons."""
        return _bits(self.reasons, (self.reason_as(reason) for reason in refused.reasons))

    def of(self, value: Any) -> tuple[int, int]:
        """The needs and the reasons of any value."""
        if isinstance(value, Unknown):
            return self.of_unknown(value), 0
        return (0, self.of_refused(value)) if isinstance(value, Refused) else (0, 0)

    def needs_of(self, bits: int) -> list[Any]:
        """What the bits of a set of needs stand for, in the order of the bits."""
        return [need for need, place in self.needs.items() if bits >> place & 1]

    def reasons_of(self, bits: int) -> list[Any]:
        """What the bits of a set of reasons stand for, in the order of the bits."""
        return [reason for reason, place in self.reasons.items() if bits >> place & 1]


def _bits(known: dict[Hashable, int], causes: Any) -> int:
    bits = 0
    for cause in causes:
        bits |= 1 << known.setdefault(cause, len(known))
    return bits
