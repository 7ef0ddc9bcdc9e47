"""Ledgers at random, which press on the edges of their note: what is paid or asked is often exact, or one beside it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .answers import answered
from .calendar import DAY, is_open
from .chance import Draw
from .description import Case, Fact, Note
from .drawn_notes import EVENTS
from .terms import Terms
from .unknown import known

SPLITS = ((1, 10), (1, 100), (2, 1), (3, 2), (7, 5))


def drawn_facts(draw: Draw, note: Note) -> tuple[Fact, ...]:
    """Levels and quotes first; then acts one after the other, some of which ask the note what would be exact."""
    facts = []
    if draw.chance(0.9):
        facts.append(Fact(note.issued, "outstanding", draw.randrange(10**7, 10**9)))
        facts.append(Fact(note.issued, "held", draw.choice((0, draw.randrange(10**6)))))
    if draw.chance(0.5):
        facts.append(Fact(note.issued, "exercisable", draw.randrange(10**6)))
    ends = max([note.maturity, *(each.maturity for each in note.amendments if each.maturity)])
    span = (ends - note.issued).days + 70
    days = sorted(note.issued + timedelta(draw.randrange(span)) for _ in range(draw.choice((0, 2, 4, 8))))
    payment = Terms(note).payment_date
    days = sorted([*days, *(draw.choice((note.maturity, payment, payment + DAY)) for _ in range(draw.randrange(3)))])
    if draw.chance(0.25):
        new, old = draw.choice(SPLITS)
        facts.append(Fact(draw.choice(days or [note.issued]), "split", Fraction(new), old=Fraction(old)))
    facts += drawn_quotes(draw, note, days)
    for day in days:
        facts.append(drawn_act(draw, note, tuple(facts), day))
    return tuple(learned_late(draw, facts) if draw.chance(0.3) else facts)


def learned_late(draw: Draw, facts: list[Fact]) -> list[Fact]:
    """Some facts known only some days after they were; a level perhaps told anew then."""
    found = []
    for fact in facts:
        known_on = fact.day + timedelta(draw.randint(1, 30)) if draw.chance(0.2) else None
        found.append(replace(fact, known=known_on))
        if fact.what in ("outstanding", "held") and known_on is not None and draw.chance(0.5):
            found.append(replace(fact, amount=fact.amount + draw.randrange(10**6), known=known_on + DAY))
    return found


def drawn_quotes(draw: Draw, note: Note, days: list[date]) -> list[Fact]:
    """Quotes of the sessions about some of the days on which something happens; a few are missing."""
    watches = "watched" in repr(note) or "compared" in repr(note)
    density = draw.choice((1, 1, 1, 0.995) if watches else (1, 1, 0.97, 0.8))
    top = draw.choice((12, 60, 400))
    calendar = note.calendar or "NYSE"
    facts = []
    for series in ("closing bid", "closing price", "VWAP"):
        if series not in repr(note) and series != "closing bid":
            continue
        sessions: set[date] = set()
        centers = draw.sample(days, min(len(days), 3)) if days else [note.issued + timedelta(30)]
        spans = [(center - timedelta(20), center + timedelta(4)) for center in centers]
        if watches and draw.chance(0.7):  # which takes every session
            spans = [(note.issued - timedelta(25), max([*days, note.maturity]) + timedelta(20))]
        for day, last in spans:
            while day <= last:
                if is_open(calendar, day):
                    sessions.add(day)
                day += DAY
        facts += [
            Fact(day, "quote", Fraction(draw.randint(1, top), 10_000), series)
            for day in sorted(sessions)
            if draw.chance(density)
        ]
    return facts


def drawn_act(draw: Draw, note: Note, facts: tuple[Fact, ...], day: date) -> Fact:
    """One act or event; sums and shares are often exactly what is owed or allowed, or one beside it."""
    labels = [each.label for each in note.defaults]
    kinds = ["pay", "pay", "convert money", "convert money", "convert everything", "convert shares", "sold"]
    kinds += ["bankruptcy", "insolvency", "acceleration", "outstanding", "held"]
    kinds += ["event"] * 3 * any(events_of(note)) + ["notice", "cured", "waived", "waived"] * bool(labels)
    what = draw.choice(kinds)
    match what:
        case "pay" | "convert money":
            return Fact(day, what, drawn_sum(draw, note, facts, day, what))
        case "convert shares":
            return Fact(day, what, drawn_shares(draw, note, facts, day))
        case "sold":
            return Fact(day, what, draw.randrange(1, 10**6))
        case "outstanding" | "held":
            if any((fact.day, fact.what) == (day, what) for fact in facts):
                return Fact(day, "sold", 1)
            return Fact(day, what, draw.randrange(10**7, 10**9) if what == "outstanding" else draw.randrange(10**6))
        case "event":
            return Fact(day, what, label=draw.choice(events_of(note)))
        case "notice" | "cured" | "waived":
            return Fact(day, what, label=draw.choice(labels))
    return Fact(day, what)


def drawn_sum(draw: Draw, note: Note, facts: tuple[Fact, ...], day: date, what: str) -> Fraction:
    if draw.chance(0.5):
        exact = asked(note, facts, day)["owed" if what == "pay" else "convertible"]
        if isinstance(exact, Fraction) and exact > 1:
            beside = draw.choice((0, 0, 0, -1, 1))
            return Fraction(int(exact * 100 + Fraction(1, 2)) + beside, 100)
    return Fraction(draw.randint(1, int(note.principal) * 100), 100)


def drawn_shares(draw: Draw, note: Note, facts: tuple[Fact, ...], day: date) -> int:
    if draw.chance(0.6):
        exact = asked(note, facts, day)["allowed_shares"]
        if known(exact) and isinstance(exact, int | Fraction) and exact >= 1:
            return max(1, int(exact) + draw.choice((0, 0, 1, -1)))
    return draw.randrange(1, 10**7)


def asked(note: Note, facts: tuple[Fact, ...], day: date) -> dict[str, Any]:
    return answered(Case(note, facts, (day,)))[day]


def events_of(note: Note) -> list[str]:
    """The named events that the note speaks of: a ledger may name no other."""
    spoken = repr(note)
    return [event for event in EVENTS if f"'{event}'" in spoken]
