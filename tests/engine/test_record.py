"""One meaning: term code run on open leaves is its own recording, and a replay answers as the exact engine does."""

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
from drawing import drawn_lines, ledger_of

from tenor.engine.exact.dimensions import DATE, RATIO, SHARES, TRUTH, price
from tenor.engine.exact.operations import NEVER
from tenor.engine.exact.quantities import Quantity, day_of, given
from tenor.engine.exact.record import replay
from tenor.engine.exact.values import Unknown
from tenor.engine.running.recorder import figures_of, inputs_from, recorded_answers, recorded_step
from tenor.engine.running.run import ENGINE_STEPS, run, step
from tenor.engine.running.statement import answers_of, quantities_named
from tenor.engine.running.view import View
from tenor.engine.world.series import VOLUMES
from tenor.terms import load

NOTES = ("gs-capital", "widjaja", "baybridge", "baybridge-exhibit")
STATES = 1_000
KINDS_WITHOUT_FIELDS = ("interest stop", "interest resume", "maturity", "capitalisation", "rate change")


class RandomReadings:
    """A market that answers each question once, at random, and sometimes not at all."""

    def __init__(self, draw, currency):
        self._draw, self._currency, self._said = draw, currency, {}

    def look_back(self, spec, day):
        return self._answer(spec, SHARES if spec.series in VOLUMES else price(self._currency))

    def quote(self, series, day):
        return self._answer(series, price(self._currency))

    def run_now(self, run, day):
        return self._answer(("now", run), TRUTH)

    def run_since(self, run, day, start):
        return self._answer(("since", run), DATE)

    def _answer(self, question, dimension):
        if question not in self._said:
            self._said[question] = random_quantity(self._draw, dimension, "quote")
        return self._said[question]


def random_quantity(draw: random.Random, dimension, need: str) -> Quantity:
    if draw.random() < 0.1:
        return given(dimension, Unknown((need,)))
    match dimension.name:
        case "date":
            return given(
                dimension, NEVER if draw.random() < 0.3 else date(2018, 1, 1).toordinal() + draw.randrange(1500)
            )
        case "truth":
            return given(dimension, draw.random() < 0.5)
        case "word":
            return given(dimension, draw.choice(("cured", "waived")))
        case "shares":
            return given(dimension, Fraction(draw.randrange(2_000_000_000)))
        case "price" | "rate":
            return given(dimension, Fraction(draw.randrange(1, 9_999), 10_000))
    return given(dimension, Fraction(0) if draw.random() < 0.1 else Fraction(draw.randrange(30_000_000), 100))


def random_view(draw: random.Random, view: View, fields=(), subject="") -> View:
    return View(
        view.model,
        {name: random_quantity(draw, held.dimension, name) for name, held in view.state.items()},
        day_of(date(2018, 1, 1).replace(day=1 + draw.randrange(28), year=draw.choice((2018, 2019, 2020)))),
        RandomReadings(draw, view.model.currency),
        {name: random_quantity(draw, dimension, name) for name, dimension in fields},
        subject,
        {name: random_quantity(draw, held.dimension, name) for name, held in view.projected.items()},
    )


def kinds_of_event(view: View):
    """Every kind of event that the note's terms and the engine know, with its subject and fields."""
    currency = view.state["principal"].dimension
    yield from (("level", name, (("amount", SHARES),)) for name in ("outstanding", "held"))
    yield ("split", "", (("new", RATIO), ("old", RATIO)))
    yield ("sale", "", (("amount", SHARES),))
    yield ("occurrence", "bankruptcy", ())
    yield ("payment", "", (("amount", currency),))
    yield ("conversion", "", (("amount", currency),))
    yield ("conversion", "everything", ())
    yield ("conversion", "shares", (("amount", SHARES),))
    yield from ((kind, "", ()) for kind in KINDS_WITHOUT_FIELDS)
    for clause in view.model.all_of("default"):
        yield from ((kind, clause.label, ()) for kind in ("notice", "default test", "lateness", "consequence"))
        yield ("ending", f"waived/{clause.label}", ())


def values(figures):
    return {name: figure.value for name, figure in figures.items()}


@pytest.fixture(scope="module", params=NOTES)
def outcome(request):
    loaded = load(f"examples/{request.param}.terms")
    return run(loaded.note, loaded.facts(None), loaded.note.issued)


def test_replay_of_every_step_is_the_exact_step(outcome):
    """On random states, events and markets, refusals and unknowns included."""
    draw = random.Random(20190826)
    kinds = list(kinds_of_event(outcome.view))
    signed = {kind for _, steps in outcome.view.model.signed("steps") for kind in steps}
    assert signed | set(ENGINE_STEPS) <= {kind for kind, _, _ in kinds}
    for kind, subject, fields in kinds:
        recording = None
        for _ in range(1 + STATES // len(kinds)):
            view = random_view(draw, outcome.view, fields, subject)
            recording = recording or recorded_step(view, kind)
            assert replay(recording, inputs_from(view, recording)) == values(figures_of(step(view, kind)))


def test_replay_along_random_ledgers_is_the_exact_run(outcome):
    """A thousand events and more of random ledgers, each from the state that the exact engine had reached."""
    draw, recordings, replayed = random.Random(24_549_918), {}, 0
    while replayed < STATES:
        ledger = ledger_of(outcome.note, drawn_lines(draw, outcome.note.issued))
        for applied in run(outcome.note, ledger, outcome.note.issued + timedelta(days=500)).history:
            event, view = applied.event, applied.before
            shape = (event.kind, event.subject, tuple(event.fields))
            recording = recordings.setdefault(shape, None) or recorded_step(view, event.kind)
            recordings[shape] = recording
            assert replay(recording, inputs_from(view, recording)) == values(figures_of(applied.change))
            replayed += 1


def test_replay_of_the_answers_is_the_exact_answers(outcome):
    """One record answers every date and state of a note of its shape."""
    draw = random.Random(611)
    recording = recorded_answers(outcome.view)
    for _ in range(STATES):
        view = random_view(draw, outcome.view)
        assert replay(recording, inputs_from(view, recording)) == values(quantities_named(answers_of(view)))


def test_a_recording_does_not_grow_with_history(outcome):
    """The state has a fixed size for each shape of note: event counts never enter the record."""
    later = run(outcome.note, load("examples/gs-capital.terms").facts(None), date(2020, 6, 30))
    assert len(recorded_answers(later.view).instructions) == len(recorded_answers(outcome.view).instructions)


def test_no_quantity_is_a_condition_of_python(outcome):
    """Term code cannot branch on a value, exact or open."""
    with pytest.raises(TypeError):
        bool(outcome.view.owed() > outcome.view.owed())
