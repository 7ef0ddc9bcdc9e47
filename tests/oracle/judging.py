"""The meeting of the two: what the engine answers of a case, and where the simulator answers otherwise.

The only file here that imports the engine.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tenor.engine.checking.check import checked
from tenor.engine.checking.ledger import read_ledger
from tenor.engine.exact.dimensions import DATE
from tenor.engine.exact.operations import NEVER, TooBig
from tenor.engine.exact.quantities import Quantity
from tenor.engine.exact.values import Refused, Unknown
from tenor.engine.running.statement import quantities_named, statement
from tenor.grammar.diagnostics import NoteErrors
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS

from . import answers, conversion, unknown
from .description import Case
from .drawing import drawn_case
from .shrinking import shrunk
from .writing import case_text, ledger_text, note_text


@dataclass(frozen=True)
class Difference:
    """One answer of one day, as each of the two gives it."""

    day: date
    answer: str
    oracle: Any
    engine: Any

    def __str__(self) -> str:
        return f"on {self.day} `{self.answer}`:\n  oracle {shown(self.oracle)}\n  engine {shown(self.engine)}"


def engine_answers(case: Case) -> dict[date, dict[str, Any]]:
    """What the engine answers on each day asked. Raises NoteErrors where it refuses the note or the ledger."""
    note = checked(parse(Source("drawn.terms", note_text(case.note))), TERMS)
    ledger = read_ledger(parse(Source("drawn.facts", ledger_text(case.facts))), note, {})
    return {
        day: {name: plain(figure) for name, figure in quantities_named(said.answers).items()}
        for day in case.days
        for said in (statement(note, ledger, day, case.known, case.opened),)
    }


def plain(figure: Quantity) -> Any:
    """A figure as the simulator would give it."""
    match figure.value:
        case Unknown(needs, at_most):
            return unknown.Unknown(frozenset(map(need, needs)), at_most)
        case Refused(reasons):
            return conversion.Refused(reason.code for reason in reasons)
    if figure.dimension == DATE:
        return "never" if figure.value >= NEVER else date.fromordinal(figure.value)
    return figure.value


def need(words: str) -> str:
    """`held` (shares held by …): the word in front."""
    return words.split("`")[1] if words.startswith("`") else words


def differences(case: Case) -> list[Difference]:
    """Every answer that the two give otherwise."""
    return between(answers.answered(case), engine_answers(case), watches(case))


def between(
    ours: dict[date, dict[str, Any]], theirs: dict[date, dict[str, Any]], watching: bool = False
) -> list[Difference]:
    return [
        Difference(day, name, value, theirs[day].get(name))
        for day, named in ours.items()
        for name, value in named.items()
        if not agrees(value, theirs[day].get(name), is_settled(named)) and not is_excused(name, named, theirs[day])
        if not (watching and _waits(value, theirs[day].get(name)))
    ]


def _waits(ours: Any, theirs: Any) -> bool:
    """Whether one of the two waits for prices; where both refuse, whether the simulator waits to know of the window."""
    if isinstance(ours, conversion.Refused) and isinstance(theirs, conversion.Refused):
        return theirs - ours == {conversion.WINDOW} and ours < theirs
    return unknown.Unknown in (type(ours), type(theirs))


def watches(case: Case) -> bool:
    """Whether prices may be watched. Where one of them lacks, either of the two says unknown more often than it is.

    What the engine says then is judged in worlds where they are known (test_unknown.py).
    """
    said = repr(case.note)
    return "'watched'" in said or "'compared'" in said


def agrees(ours: Any, theirs: Any, settled: bool) -> bool:
    """Whether two figures are one; where the balances are unknown themselves, unknown is enough said."""
    if isinstance(theirs, unknown.Unknown):
        return ours == theirs or (not settled and isinstance(ours, unknown.Unknown))
    return type(ours) is type(theirs) and ours == theirs if isinstance(ours, conversion.Refused) else ours == theirs


def is_excused(name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """On the day of an act that cannot be decided, interest is still known, and the engine says that it is not.

    And the engine has a limit to the length of numbers, which a projection may pass.
    """
    if theirs[name] == conversion.Refused(["too-long"]):
        return name == "due_at_maturity"
    return name == "accrued_interest" and not is_settled(ours) and isinstance(theirs[name], unknown.Unknown)


def is_settled(named: dict[str, Any]) -> bool:
    """Whether all that happened so far could be decided."""
    return unknown.known(named["principal"], named["owed"])


@dataclass
class Tally:
    """What a comparison came across: cases are a note, its ledger and one day."""

    cases: int = 0
    too_big: int = 0  # cases left out: numbers past the engine's budget
    known: int = 0  # answers of the simulator
    unknown: int = 0
    refused: int = 0
    differing: list[tuple[Case, Difference]] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def compared(seed: str, notes: int, days: int = 10) -> Tally:
    """So many drawn notes, each with its ledger on so many days; the same ones for the same seed."""
    tally = Tally()
    drawn = 0
    while tally.cases < notes * days:
        case = drawn_case(f"{seed}/{drawn}", days)
        drawn += 1
        try:
            theirs = engine_answers(case)
        except TooBig:
            tally.too_big += days
            continue
        ours = answers.answered(case)
        tally.cases += len(case.days)
        for day in case.days:
            for value in ours[day].values():
                tally.known += not isinstance(value, unknown.Unknown | conversion.Refused)
                tally.unknown += isinstance(value, unknown.Unknown)
                tally.refused += isinstance(value, conversion.Refused)
        tally.differing += [(case, each) for each in between(ours, theirs, watches(case))[:1]]
    return tally


def report(case: Case, first: Difference) -> str:
    """A difference with the smallest case found that shows it, as files to be copied out."""

    def still(other: Case) -> bool:
        try:
            return any(each.answer == first.answer for each in differences(other))
        except NoteErrors:
            return False

    small = shrunk(case, still)
    told = "\n".join(map(str, differences(small)))
    return f"{told}\n\n{case_text(small)}"


def report_of_world(case: Case, world: Case, day: date, name: str, said: Any, is_so: Any) -> str:
    """An answer without some facts, and the same one with them."""
    told = f"on {day} `{name}` without these facts:\n  engine {shown(said)}\nwith them:\n  oracle {shown(is_so)}"
    more = ledger_text(tuple(fact for fact in world.facts if fact not in case.facts))
    return f"{told}\n\n{case_text(replace(case, days=(day,)))}\n# more facts\n{more}"


def shown(value: Any) -> str:
    if isinstance(value, unknown.Unknown):
        bound = "" if value.at_most is None else f", at most {value.at_most}"
        return f"unknown{bound}: needs {', '.join(sorted(value.needs))}"
    if isinstance(value, conversion.Refused):
        return f"refused: {', '.join(sorted(value))}"
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{value} = {float(value):.6f}"
    return str(value)
