"""The order of one day, and why. A note may state another for two kinds of event.

Contracts seldom say what comes first on a day on which several things happen; this table does, and a
statement prints what happened in it.
"""

from itertools import combinations

SAME_DAY = (
    "lateness",  # what the day before left unpaid or unmended when it closed is so, whatever comes today
    "split",  # a share is what it is after the split, all day
    "amendment",  # new terms hold from the start of their day
    "level",  # a recorded level is the count before that day's issues
    "interest stop",  # what falls due includes the interest to its end
    "maturity",  # what is owed that morning falls due
    "interest resume",  # on what is not paid, from where the note says
    "payment",  # what is received counts against what was owed and due
    "capitalisation",  # interest not paid by then becomes principal
    "occurrence",  # outside events
    "notice",  # of what has happened by then
    "ending",  # cures and waivers, before the test they are meant for
    "default test",  # of what has happened by today
    "consequence",  # what a default brings
    "rate change",  # applies from that day
    "conversion",  # at the price of that day, under the terms that the day has brought
    "sale",  # of shares already held
)

# Each of these waits for those before it: a test that came before the event it tests for would miss it for good, and
# interest that stopped after it should run on would never run again.
WAITING = (
    ("amendment", "occurrence", "notice", "ending", "default test", "consequence", "rate change"),
    ("interest stop", "maturity", "interest resume"),
)
# What comes after one of these waits for it: what closed the day before is so, and new terms hold all day.
AWAITED = ("lateness", "amendment")


def out_of_turn(order: tuple[str, ...]) -> tuple[str, str] | None:
    """A kind that comes before one that it waits for, and that one; None where all wait."""
    waits = [(later, earlier) for row in WAITING for earlier, later in combinations(row, 2)]
    waits += [(later, kind) for kind in AWAITED for later in SAME_DAY[SAME_DAY.index(kind) + 1 :]]
    return next((pair for pair in waits if order.index(pair[0]) < order.index(pair[1])), None)


def reordered(first: str, second: str) -> tuple[str, ...]:
    """The order with `first` moved to stand just before `second`."""
    others = [kind for kind in SAME_DAY if kind != first]
    place = others.index(second)
    return (*others[:place], first, *others[place:])
