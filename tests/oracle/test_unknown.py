"""What the engine says without a fact is so whatever the fact would have been.

The ledger of a drawn case is filled up with every quote and level that it lacks, at random and far apart. What was
answered without them is what the oracle answers with them; what was "at most" so much is.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from oracle.answers import answered
from oracle.calendar import DAY, is_open
from oracle.chance import Draw
from oracle.conversion import Refused
from oracle.description import Case, Fact
from oracle.drawing import drawn_case
from oracle.judging import engine_answers, report_of_world
from oracle.simulator import LEVELS
from oracle.unknown import Unknown
from tenor.engine.exact.operations import TooBig

WORLDS = 3


@pytest.mark.parametrize("piece", range(4))
def test_what_is_known_without_a_fact_is_so_with_it(piece: int) -> None:
    """Forty notes in each piece, each in three worlds."""
    draw, seen = Draw(f"worlds/{piece}"), 0
    while seen < 40:
        case = replace(drawn_case(f"worlds/{draw.random()}", 10), known=None)
        if case.note.missing_quote == "last quote before":
            continue  # a quote that is not there means something then
        try:
            said = engine_answers(case)
        except TooBig:
            continue
        seen += any(isinstance(value, Unknown) for named in said.values() for value in named.values())
        for _ in range(WORLDS):
            world = filled(draw, case)
            for day, named in answered(world).items():
                wrong = [name for name, value in named.items() if not allows(said[day][name], value)]
                assert not wrong, report_of_world(case, world, day, wrong[0], said[day][wrong[0]], named[wrong[0]])


def allows(said: Any, is_so: Any) -> bool:
    """Whether an answer without some facts leaves room for the one with them."""
    if isinstance(said, Refused):
        if said == Refused(["too-long"]):  # a limit of the engine, and not of the note
            return True
        return isinstance(is_so, Refused)
    if isinstance(said, tuple):  # of limits: one that surely binds is told, though others may tie with it
        return set(said) <= set(is_so)
    if not isinstance(said, Unknown):
        return bool(said == is_so)
    return said.at_most is None or isinstance(is_so, Refused | Unknown) or bool(is_so <= said.at_most)


def filled(draw: Draw, case: Case) -> Case:
    """The case with all that its ledger does not say of prices and levels."""
    note, facts = case.note, list(case.facts)
    written = {(fact.label, fact.day) for fact in facts if fact.what == "quote"}
    for series in ("closing bid", "closing price", "VWAP"):
        scale = draw.choice((1, 100, 10_000, 1_000_000))
        day = note.issued - 60 * DAY
        while day <= max(case.days):
            if is_open(note.calendar or "NYSE", day) and (series, day) not in written:
                facts.append(Fact(day, "quote", Fraction(draw.randint(1, 99) * scale, 10**8), series))
            day += DAY
    for level in LEVELS:
        if not any((fact.day, fact.what) == (note.issued, level) for fact in facts):
            facts.append(Fact(note.issued, level, draw.choice((0, 10**3, 10**7, 10**9))))
    return replace(case, facts=tuple(facts))
