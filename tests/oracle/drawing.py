"""Cases at random: a note, a ledger that presses on its edges, and days on and beside which something happens."""

from dataclasses import replace
from datetime import date, timedelta

from .calendar import DAY
from .chance import Draw
from .description import Case, Fact, Note
from .drawn_amendments import drawn_amendments
from .drawn_ledgers import drawn_facts
from .drawn_notes import drawn_note
from .terms import Terms


def drawn_case(seed: str, days: int) -> Case:
    """One note, one ledger and so many days; the same for the same seed."""
    draw = Draw(seed)
    note = drawn_note(draw)
    if draw.chance(0.35):
        note = replace(note, amendments=drawn_amendments(draw, note))
    facts = drawn_facts(draw, note)
    asked = drawn_days(draw, note, facts, days)
    known = draw.choice(asked) if draw.chance(0.12) else None
    return Case(note, facts, asked, known, draw.chance(0.12))


def drawn_days(draw: Draw, note: Note, facts: tuple[Fact, ...], count: int) -> tuple[date, ...]:
    """Days on and beside which something happens, and others."""
    terms = Terms(note)
    pressed = [note.issued, note.issued - DAY, note.maturity, terms.payment_date, terms.falls_due, terms.resumes]
    pressed += [each.effective for each in note.amendments]
    pressed += [each.maturity for each in note.amendments if each.maturity is not None]
    acts = [fact.day for fact in facts if fact.what != "quote"]
    pool = pressed + acts + acts
    pool += [terms.moved(day, each.grace, each.cure) for day in pressed + acts for each in note.defaults]
    found: list[date] = []
    while len(found) < count:
        if draw.chance(0.8):
            found.append(draw.choice(pool) + draw.choice((0, 0, -1, 1)) * DAY)
        else:
            found.append(note.issued + timedelta(draw.randrange((note.maturity - note.issued).days + 90)))
    return tuple(sorted(found))
