"""Growth: what more notes, dates, facts and quotes cost, counted in instructions of the interpreter, not in time.

Work that doubles with what it is done on has the exponent 1; what does not look at it has 0.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from math import log2

import numpy as np
import pytest
from drawing import ledger_of

from tenor.engine.arrays.answering import Answering
from tenor.engine.compiled.reckoner import Reckoner
from tenor.engine.running.statement import statement
from tenor.engine.time.calendars import WEEKDAYS
from tenor.terms import load

NOTE = load("tests/book/weekdays.terms").note
ASK = ("owed", "conversion_price", "allowed_shares")
DAY = date(2019, 8, 26)
SIZES = (40, 80, 160)


def instructions(work: Callable[[], object]) -> int:
    """How many instructions of the interpreter the work takes."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "opcode"
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def exponent(work_of: Callable[[int], Callable[[], object]], sizes=SIZES) -> float:
    """By which power of its size the work grows, what it takes whatever the size left out."""
    work_of(sizes[0])()  # what is kept from the first time on is no part of it
    least, middle, most = (instructions(work_of(size)) for size in sizes)
    return log2((most - middle) / (middle - least)) if most != middle != least else 0.0


def ledger(quotes: int = 30, payments: int = 0):
    """Bids of the last sessions before the day, and payments on days from the issue on."""
    end = DAY
    days = WEEKDAYS.sessions_before(end, quotes)
    lines = ["2019-02-22 outstanding 1,000,000,000 shares", "2019-02-22 held 0 shares"]
    lines += [f"{day} closing bid USD 0.0017 per share" for day in days]
    lines += [f"{NOTE.issued + timedelta(days=1 + place)} pay USD 1.00" for place in range(payments)]
    return ledger_of(NOTE, lines)


def answered(notes: int, dates: int, payments: int) -> Callable[[], object]:
    """A block over arrays, its code already made."""
    book = [ledger(payments=payments)] * notes
    days = [NOTE.issued + timedelta(days=place) for place in range(dates)]
    answering = Answering()
    answering.answers([NOTE] * notes, book, days, ASK)
    return lambda: answering.answers([NOTE] * notes, book, days, ASK)


def test_a_statement_is_linear_in_its_events():
    """Of a ledger that was not asked before."""

    def stated(payments: int) -> Callable[[], object]:
        facts = ledger(payments=payments)
        return lambda: statement(NOTE, facts, DAY)

    assert exponent(stated) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    "ask", [lambda facts: statement(NOTE, facts, DAY), lambda facts: Reckoner(NOTE, facts, ASK).at(DAY)]
)
def test_the_price_history_costs_nothing(ask):
    """A look-back costs its window: a hundred times the quotes take the same steps, but for those of a bisection."""
    short, long = ledger(quotes=40), ledger(quotes=4_000)
    ask(short)
    print(instructions(lambda: ask(long)), instructions(lambda: ask(short)))
    assert instructions(lambda: ask(long)) <= 1.02 * instructions(lambda: ask(short))


def test_a_reckoner_is_linear_in_facts_and_dates():
    """The ledger is swept once for all dates."""
    days = [DAY + timedelta(days=place) for place in range(max(SIZES))]

    def many(payments: int, dates: int) -> Callable[[], object]:
        facts = ledger(payments=payments)

        def ask():
            reckoner = Reckoner(NOTE, facts, ASK)
            return [reckoner.at(day) for day in days[:dates]]

        return ask

    assert exponent(lambda size: many(size, 20)) == pytest.approx(1, abs=0.1)
    assert exponent(lambda size: many(40, size)) == pytest.approx(1, abs=0.1)


def test_a_book_is_linear_in_notes_and_facts():
    """And below that in dates: what is done to arrays is no instruction here, and a block is at most so many rows."""
    assert exponent(lambda size: answered(size, 10, 2)) == pytest.approx(1, abs=0.1)
    assert exponent(lambda size: answered(4, 10, size)) == pytest.approx(1, abs=0.15)
    assert exponent(lambda size: answered(4, size, 2), (200, 400, 800)) <= 1.1


def test_arrays_grow_with_their_rows():
    """The blocks of a book are bounded, whatever it holds: twice the notes are twice the blocks."""
    from tenor.engine.arrays.blocks import ROWS, blocks_of

    for notes in (1_000, 2_000, 4_000):
        every = np.arange(notes)
        blocks = list(blocks_of(every, np.zeros(notes, int), np.full(notes, 250)))
        assert sum(len(block.notes) * 250 for block in blocks) == notes * 250
        assert max(len(block.notes) * 250 for block in blocks) <= ROWS
