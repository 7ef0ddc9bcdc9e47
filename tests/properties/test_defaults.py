"""Events of default: when one begins and ends, and what its rate does meanwhile."""

from datetime import timedelta
from fractions import Fraction

from drawn import Case, promise, ready_to_run, values
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from properties.plain import ISSUED, answer, plain
from strategies import cases

SOME = 1 / 2
DAYS = st.integers(1, 900)
PERCENT = st.integers(1, 3_000).map(lambda units: f"{units // 100}.{units % 100:02}%")


def defaulting(rate, *lines, base="8%", day=ISSUED):
    event = 'default "chill" { when: event "DTC chill"  rate: ' + f"{rate} per year }}"
    return plain(f"interest: {base} per year {{ day_count: actual/365 }}", event, lines=lines, day=day)


def on(days):
    return ISSUED + timedelta(days=days)


@promise(SOME, rate=PERCENT, asked=DAYS, tripped=DAYS)
def test_a_default_rate_runs_from_the_default(rate, asked, tripped):
    """16. Before the default its rate brings nothing; from its day on it takes the place of the note's."""
    case = defaulting(rate, f'{on(tripped)} event "DTC chill"', day=on(asked))
    base, more = min(asked, tripped), max(0, asked - tripped)
    share = Fraction(8, 100) * base + Fraction(rate.rstrip("%")) / 100 * more
    with ready_to_run(case):
        assert answer(case, "accrued_interest") == 100_000 * share / 365
        assert (answer(case, "status") == "in default") == (asked >= tripped)


@promise(SOME, asked=DAYS, tripped=DAYS, rate=PERCENT)
def test_a_default_at_the_base_rate_changes_no_interest(asked, tripped, rate):
    """16, 20. A default whose rate is the note's own leaves what is owed as it is without any default."""
    case = defaulting(rate, f'{on(tripped)} event "DTC chill"', base=rate, day=on(asked))
    with ready_to_run(case):
        assert answer(case, "owed") == answer(defaulting(rate, base=rate, day=on(asked)), "owed")


@promise(SOME, rate=PERCENT, days=st.tuples(DAYS, DAYS, DAYS), how=st.sampled_from(("cured", "waived")))
def test_after_its_end_the_base_rate_runs_again(rate, days, how):
    """17. Interest is the sum of its stretches: at the note's rate, at the default rate, and at the note's again."""
    tripped, ended, asked = sorted(days)
    lines = (f'{on(tripped)} event "DTC chill"', f'{on(ended)} {how} "chill"')
    case = defaulting(rate, *lines, day=on(asked))
    share = Fraction(8, 100) * (tripped + asked - ended) + Fraction(rate.rstrip("%")) / 100 * (ended - tripped)
    with ready_to_run(case):
        assert answer(case, "accrued_interest") == 100_000 * share / 365


@promise(1 / 4, case=cases(), known=st.integers(1, 30))
def test_an_event_learned_late_counts_from_its_date(case, known):
    """2. What happened and was learned later counts, once it is known, as if it had been known at once."""
    day = max(case.note.issued, case.day - timedelta(days=known))
    happened = (*(line for line in case.lines if " known " not in line), f"{day} bankruptcy")
    late = (*happened[:-1], f"{day} bankruptcy known {day + timedelta(days=known)}")
    then = max(case.day, day + timedelta(days=known))
    assert values(case.at(then, lines=happened)) == values(case.at(then, lines=late))


class Events(RuleBasedStateMachine):
    """16, 17. Any sequence of events, cures and waivers, against a count of days by hand."""

    @initialize(rate=PERCENT)
    def begin(self, rate):
        self.rate, self.lines, self.day = rate, [], 0
        self.days = {"base": 0, "default": 0}
        self.tripped, self.last = False, None

    @rule(days=st.integers(1, 60))
    def wait(self, days):
        self.days["default" if self.tripped else "base"] += days
        self.day += days

    @rule()
    def trip(self):
        if self.last != self.day:
            self.lines.append(f'{on(self.day)} event "DTC chill"')
            self.tripped, self.last = True, self.day

    @rule(how=st.sampled_from(("cured", "waived")))
    def end(self, how):
        if self.last != self.day:
            self.lines.append(f'{on(self.day)} {how} "chill"')
            self.tripped, self.last = False, self.day

    @invariant()
    def as_counted_by_hand(self):
        if hasattr(self, "rate"):
            case: Case = defaulting(self.rate, *self.lines, day=on(self.day))
            share = Fraction(8, 100) * self.days["base"]
            share += Fraction(self.rate.rstrip("%")) / 100 * self.days["default"]
            with ready_to_run(case):
                assert answer(case, "accrued_interest") == 100_000 * share / 365
                assert (answer(case, "status") == "in default") == self.tripped


Events.TestCase.settings = settings(max_examples=max(1, settings().max_examples // 6), stateful_step_count=10)
TestEvents = Events.TestCase
