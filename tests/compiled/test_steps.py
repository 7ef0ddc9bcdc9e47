"""Each operation means the same on values and as a step of whole numbers, in Python and over arrays."""

import random
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from compiled.random_rows import fraction

from tenor.engine.arrays.cohort import column
from tenor.engine.arrays.kernels import Kernels
from tenor.engine.compiled.causes import Causes
from tenor.engine.compiled.layout import laid_out
from tenor.engine.compiled.lowering import lowered
from tenor.engine.compiled.scalar import function_of
from tenor.engine.compiled.steps import STEPS
from tenor.engine.exact.operations import NEVER, OPERATIONS, evaluate
from tenor.engine.exact.record import Instruction, Record
from tenor.engine.exact.rounding import RULES
from tenor.engine.exact.values import Reason, Refused, Unknown
from tenor.engine.meaning.model import Shift
from tenor.engine.time.calendars import NYSE
from tenor.engine.time.clock import Clock
from tenor.engine.time.daycounts import DAY_COUNTS, Conditions
from tenor.engine.time.periods import Period
from tenor.engine.time.schedules import Schedule

ROWS, FIXED_ROWS = 400, 300
ANCHOR = Schedule(date(2019, 1, 31), Period(3, "months"))
CLOCKS = [Clock(name, Conditions(ANCHOR, date(2021, 2, 28), NYSE)) for name in DAY_COUNTS]
SHIFTS = [Shift(Period(count, unit), NYSE, days) for count, unit, days in ((3, "trading days", 0), (-2, "months", 1))]
REASONS = (Reason("one", "the first"), Reason("two", "the second"))
MARKET = {"statistic", "first run", "weighted average"}  # what only a market does: readings are inputs of records

# Of each operation: the kinds of its arguments, and what may be fixed when it is written.
FORMS = {
    **{name: ("nn", [None]) for name in ("add", "subtract", "multiply", "divide", "below", "at most", "equal")},
    "not": ("t", [None]),
    "and": ("ttt", [None]),
    "or": ("ttt", [None]),
    "choose": ("tnn", [None]),
    "lowest": ("ppp", [None]),
    "highest": ("nnn", [None]),
    "binding": ("ppp", [("first", "second", "third")]),
    "permitted": ("ntt", [REASONS]),
    "round": ("n", [(rule, decimals) for rule in RULES for decimals in (0, 2)]),
    "year fraction": ("dd", CLOCKS),
    "shift": ("e", SHIFTS),
}
# The same operations on other kinds of values.
MORE = {"choose": ("ttt", "tdd"), "equal": ("tt", "dd"), "lowest": ("dd",), "highest": ("dd",)}
CASES = [(name, kinds, details) for name, (kinds, details) in FORMS.items()]
CASES += [(name, kinds, [None]) for name, others in MORE.items() for kinds in others]
KINDS = {"n": "money", "p": "shares", "t": "truth", "d": "date", "e": "date"}


def test_every_operation_has_its_step():
    """Two tables of the same operations, but for those that only a market does."""
    assert set(STEPS) == set(FORMS) == OPERATIONS - MARKET


def value(draw, kind):
    """Small figures, so that zeros, equals and halves are met."""
    chance = draw.random()
    if chance < 0.12:
        return Unknown((draw.choice(("this", "that")),))
    if chance < 0.2:
        return Refused((draw.choice(REASONS),))
    match kind:
        case "t":
            return draw.random() < 0.5
        case "d":
            return date(2019, 1, 1).toordinal() + draw.randrange(800)
        case "e":
            return NEVER if draw.random() < 0.1 else date(2019, 1, 1).toordinal() + draw.randrange(800)
        case "p":
            return Fraction(draw.randrange(9), draw.choice((1, 2, 3)))
    return Fraction(draw.randrange(-60, 61), draw.choice((1, 2, 8, 100)))


@pytest.mark.parametrize(("operation", "kinds", "details"), CASES)
def test_a_step_is_its_operation(operation, kinds, details):
    """On random values, unknown and refused ones among them; years that end before they start included."""
    for detail in details:
        draw = random.Random(f"{operation} {detail}")
        record = recorded(operation, detail, kinds, {})
        rows = [tuple(value(draw, kind) for kind in kinds) for _ in range(ROWS)]
        causes, words = Causes(), []
        wanted = [spelt(evaluate(operation, detail, row), causes, words, kinds) for row in rows]
        as_nodes = lowered(record, {}, causes, words)
        roots, (place,) = laid_out(as_nodes)
        reckon = function_of(roots, names_of(len(kinds)))
        assert [fraction(reckon(*arguments(row, causes)), place) for row in rows] == wanted
        columns = {name: column([row[at] for row in rows], causes, words) for at, name in enumerate(record.inputs)}
        found = Kernels(causes, words).run(record, columns)["found"]
        parts = [
            np.broadcast_to(0 if part is None else part, ROWS)
            for part in (found.above, found.below, found.unknown, found.refused)
        ]
        assert [over_array(*row) for row in zip(*parts, strict=True)] == wanted


@pytest.mark.parametrize(("operation", "kinds", "details"), CASES)
def test_a_step_of_what_is_fixed_is_its_operation(operation, kinds, details):
    """Whichever of its arguments were known, or known to be lacking, when the record was made; first all lacking."""
    for detail in details:
        draw = random.Random(f"{operation} {kinds} {detail}")
        for turn in range(FIXED_ROWS // len(details)):
            row = [value(draw, kind) if turn else Unknown(("this",)) for kind in kinds]
            fixed = {place: each for place, each in enumerate(row) if draw.random() < 0.6 or not turn}
            causes, words = Causes(), []
            wanted = spelt(evaluate(operation, detail, tuple(row)), causes, words, kinds)
            given = [each for place, each in enumerate(row) if place not in fixed]
            roots, (place,) = laid_out(lowered(recorded(operation, detail, kinds, fixed), {}, causes, words))
            results = function_of(roots, names_of(len(given)))(*arguments(given, causes))
            assert fraction(results, place) == wanted, row


def recorded(operation, detail, kinds, fixed):
    """A record of one step; the arguments at the places in `fixed` are constants of it, the others inputs."""
    given = [place for place in range(len(kinds)) if place not in fixed]
    registers = {place: at for at, place in enumerate((*given, *fixed))}
    return Record(
        tuple(("value", place) for place in given),
        tuple(fixed.values()),
        (Instruction(operation, detail, tuple(registers[place] for place in range(len(kinds)))),),
        {"found": len(kinds)},
        tuple(KINDS[kinds[place]] for place in given),
        {"found": "money"},
    )


def names_of(inputs):
    """The names of the parts of so many inputs."""
    return {(part, at): f"{part}{at}" for at in range(inputs) for part in ("value", "below", "unknown", "refused")}


def spelt(found, causes, words, kinds):
    unknown, refused = causes.of(found)
    if refused or unknown:
        return ("refused", refused) if refused else ("unknown", unknown)
    if isinstance(found, tuple):
        names = [tuple(n for at, n in enumerate(("first", "second", "third")) if mask >> at & 1) for mask in range(8)]
        return Fraction(names.index(found))
    return Fraction(found)


def arguments(row, causes):
    given = []
    for each in row:
        bits = causes.of(each)
        plain = 1 if any(bits) else each
        given += [
            plain if isinstance(plain, bool) else plain.numerator,
            1 if isinstance(plain, bool) else plain.denominator,
            *bits,
        ]
    return given


def over_array(above, below, unknown, refused):
    if refused or unknown:
        return ("refused", int(refused)) if refused else ("unknown", int(unknown))
    return Fraction(int(above), int(below))
