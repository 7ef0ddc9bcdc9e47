"""Rounding: the one place where an exact number becomes a shorter one.

A rule is named in words; a number is a numerator and a positive denominator. Half-up is away from
zero at the half, as invoices and transfer agents do it.
"""

DOWN, UP, NEAREST, HALF_EVEN = "down", "up", "to the nearest", "half to even"
RULES = (DOWN, UP, NEAREST, HALF_EVEN)


def rounded_units(numerator: int, denominator: int, rule: str) -> int:
    """The whole number of units nearest to numerator/denominator under the rule.

    `down` and `up` are toward minus and plus infinity; raises KeyError for an unknown rule.
    """
    quotient, remainder = divmod(numerator, denominator)
    match rule:
        case "down":
            return quotient
        case "up":
            return quotient + (remainder > 0)
        case "to the nearest":
            half_goes_up = numerator > 0
            return quotient + (2 * remainder > denominator or (2 * remainder == denominator and half_goes_up))
        case "half to even":
            return quotient + (2 * remainder > denominator or (2 * remainder == denominator and quotient % 2))
    raise KeyError(rule)
