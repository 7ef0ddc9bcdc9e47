"""Ledgers drawn at random as text, so that the language takes part in every test that uses them."""

import random
from datetime import date, timedelta

from tenor.engine.checking.ledger import read_ledger
from tenor.engine.meaning.model import Note
from tenor.engine.time.calendars import NYSE
from tenor.engine.world.facts import Ledger
from tenor.grammar.parse import parse
from tenor.grammar.source import Source


def drawn_lines(draw: random.Random, issued: date, days: int = 500) -> list[str]:
    """A ledger's lines; quotes on most sessions, acts on some days."""
    lines = [f"{issued} outstanding {draw.randrange(10**8, 10**10):,} shares"] if draw.random() < 0.8 else []
    lines += [f"{issued} held {draw.randrange(10**6):,} shares"] if draw.random() < 0.8 else []
    start = issued + timedelta(days=draw.randrange(days))
    for session in NYSE.sessions_between(start, start + timedelta(days=60)):
        if draw.random() < 0.95:
            lines.append(f"{session} closing bid USD 0.{draw.randrange(1, 99):04d} per share")
    acts = (
        lambda: f"convert USD {draw.randrange(1, 60_000):,}.00",
        lambda: f"convert {draw.randrange(1, 90_000_000):,} shares",
        lambda: f"pay USD {draw.randrange(1, 60_000):,}.{draw.randrange(100):02d}",
        lambda: "split 1 for 100",
        lambda: f"sold {draw.randrange(1, 10_000_000):,} shares",
        lambda: "bankruptcy",
        lambda: 'waived "payment"',
        lambda: "convert everything",
    )
    for _ in range(draw.randrange(8)):
        lines.append(f"{start + timedelta(days=draw.randrange(70))} {draw.choice(acts)()}")
    return lines


def ledger_of(note: Note, lines: list[str]) -> Ledger:
    """The facts of these lines."""
    text = "".join(f"{line}\n" for line in lines)
    return read_ledger(parse(Source("drawn.facts", text)), note, {})
