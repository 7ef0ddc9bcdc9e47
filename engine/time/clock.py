"""Clocks: a day-count convention with all that it needs besides two dates."""

from datetime import date

from ...grammar.classes import frozen
from . import daycounts
from .daycounts import Conditions


@frozen
class Clock:
    """How time is counted for interest."""

    name: str
    conditions: Conditions

    def year_fraction(self, start: date, end: date) -> tuple[int, int]:
        """Years from start up to end, as numerator and denominator."""
        return daycounts.year_fraction(self.name, start, end, self.conditions)

    def days(self, start: date, end: date) -> int:
        """The days that the convention counts from start up to end."""
        return daycounts.days(self.name, start, end, self.conditions)
