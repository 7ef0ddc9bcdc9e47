"""Edges: what everyday notes never meet, each by itself: calendars that end, wide numbers, what is kept."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from drawing import ledger_of

from tenor.engine.arrays import asking
from tenor.engine.arrays.answering import DATES_TO_COME, Answering
from tenor.engine.arrays.asking import Asking, Coming
from tenor.engine.arrays.blocks import NEAR_MIN, SAME_MIN, blocks_of
from tenor.engine.arrays.cells import cells, over_one, whole
from tenor.engine.arrays.cohort import column
from tenor.engine.arrays.happenings import Happenings
from tenor.engine.arrays.of_notes import OfNotes
from tenor.engine.arrays.of_template import OfTemplate
from tenor.engine.arrays.refusal import NotOverArrays
from tenor.engine.arrays.state import Variable
from tenor.engine.compiled.answered import Answers, Reader
from tenor.engine.compiled.causes import Causes
from tenor.engine.compiled.layout import Place
from tenor.engine.compiled.nodes import Graph
from tenor.engine.compiled.reckoner import Reckoner
from tenor.engine.compiled.shapes import shape_key
from tenor.engine.exact.operations import BITS_SAFE
from tenor.engine.exact.values import Unknown
from tenor.engine.meaning.varying import Varying
from tenor.engine.running.statement import statement
from tenor.engine.running.timeline import Event
from tenor.engine.world.facts import NO_FACTS
from tenor.terms import load

NOTE = """note "Edges" {{ issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }}
issued: 2019-01-02
principal: USD 100,000.00
maturity: {maturity}
interest: 8% per year {{ day_count: {day_count} }}
define Market Price: lowest closing bid over the 5 trading days before conversion
conversion {{
  by: holder at any time
  price: 65% of Market Price
{more}
}}
{clauses}
"""
MONDAY = date(2019, 6, 3)


@pytest.fixture
def note_of(tmp_path):
    """A note that says this besides."""

    def made(more="", clauses="", day_count="actual/365", maturity="2020-01-02"):
        path = tmp_path / "note.terms"
        path.write_text(NOTE.format(more=more, clauses=clauses, day_count=day_count, maturity=maturity), "utf-8")
        return load(str(path)).note

    return made


def left(note, lines, ask, day=MONDAY):
    """Why arrays leave the note to the exact path."""
    _, reasons = Answering().answers([note], [ledger_of(note, lines)], [day], ask)
    return reasons.get(0, "")


# What arrays leave to the exact path.


def test_a_conversion_at_a_watched_price_is_left_to_the_exact_path(note_of):
    """Also where only what is owed is asked, which watches nothing itself."""
    note = note_of(
        more='  price "low": 55% of Market Price when closing bid below USD 0.01 per share for 5 trading days'
    )
    assert left(note, ["2019-03-01 convert USD 100.00"], ("owed",)) == "prices or figures watched day by day"
    assert left(note, [], ("owed",)) == ""


def test_a_price_that_a_date_to_come_rests_on_is_left_to_the_exact_path(note_of):
    """The rate of a default that is still in its grace will be reckoned from the prices of a day to come."""
    rate = "4% per year * (Market Price / USD 1 per share)"
    note = note_of(clauses=f'default "bankrupt" {{ when: bankruptcy  grace: 10 days  rate: {rate} }}')
    facts, in_grace = ["2019-03-01 bankruptcy"], date(2019, 3, 4)
    assert left(note, facts, ("due_at_maturity",), in_grace) == "prices that a date to come rests on"
    plain = note_of(clauses='default "bankrupt" { when: bankruptcy  grace: 10 days  rate: 4% per year }')
    assert left(plain, facts, ("due_at_maturity",), in_grace) == "", "no event to come reads a price"


def test_past_the_end_of_a_calendar_a_note_is_left_to_the_exact_path(note_of):
    """The sessions of New York are known through 2027."""
    found = left(note_of(), [], ("conversion_price",), date(2035, 6, 4))
    assert found.startswith("a limit was met: the calendar `NYSE` is known from")


def of_rows(note, dates, ask):
    """One row under a template that has no columns of its own."""

    def cohort(known):
        asked = Asking(Varying(note, ()))
        meanings = known.causes, known.words, asked
        return OfTemplate(note, {}, {}, {}, Happenings.together([]), [()], lambda row: (), *meanings)

    return Answering().of_rows(cohort, note, 1, dates, ask)


def test_rows_that_arrays_cannot_answer_have_a_reason_and_no_columns(note_of):
    """Dates to come, watched prices, and days past the end of a calendar."""
    watched = note_of(clauses='default "low" { when: closing bid below USD 0.01 per share for 5 trading days }')
    assert of_rows(watched, [MONDAY], ("owed",)) == ({}, "prices or figures watched day by day")
    note = note_of()
    assert of_rows(note, [MONDAY], (DATES_TO_COME,)) == ({}, "`next_dates` was asked")
    columns, why = of_rows(note, [date(2035, 6, 4)], ("conversion_price",))
    assert not columns
    assert why.startswith("a limit was met: the calendar `NYSE` is known from")


def test_rows_without_a_quote_lack_it(note_of):
    """A template whose table has no column of quotes is asked for a price that needs five."""
    columns, why = of_rows(note_of(), [MONDAY], ("conversion_price",))
    assert not why
    price = columns["conversion_price"]
    assert [price.codes[reason] for reason in price.reasons] == ["unknown: closing bid"]


def test_numbers_past_the_limit_are_left_to_the_exact_path():
    """A state variable holds numbers of so many bits, and not of one more."""
    variable = Variable(1)
    variable.put(np.array([0]), cells(whole([(1 << BITS_SAFE) - 1])))
    assert variable.at(np.array([0])).above.tolist() == [(1 << BITS_SAFE) - 1]
    with pytest.raises(NotOverArrays, match=f"numbers past {BITS_SAFE:,} bits"):
        variable.put(np.array([0]), cells(whole([1 << BITS_SAFE])))


def test_what_is_refused_of_one_note_is_refused_among_others():
    """A variable has the bits of each note asked for, whichever of the others are known."""
    variable = Variable(3)
    variable.put(np.array([1]), cells(whole([5]), 1, None, np.array([4])))
    assert variable.at(np.array([0, 1])).refused.tolist() == [0, 4]
    assert variable.at(np.array([0, 2])).refused is None


# What is asked once and kept.


def test_what_is_kept_of_a_template_is_bounded(note_of, monkeypatch):
    """Past the limit all is forgotten, and asked again."""
    monkeypatch.setattr(asking, "KEPT_MAX", 1)
    asked, made = Asking(Varying(note_of(), ())), []
    first = asked.coming([])
    for _ in range(2):
        assert asked.order(first, lambda _: made.append(1) or "one") == "one"
        assert asked.order(Coming([]), lambda _: made.append(2) or "two") == "two"
    assert made == [1, 2, 1, 2]
    asked.coming([Event(MONDAY, "maturity")])
    assert asked.coming([]) is not first, "the first was forgotten"


def test_an_order_of_events_is_made_once(note_of):
    """The same events are asked of what made them before."""
    asked = Asking(Varying(note_of(), ()))
    coming = asked.coming([])
    assert asked.order(coming, lambda events: [*events, "made"]) == ["made"]
    assert asked.order(coming, lambda _: pytest.fail("made twice")) == ["made"]


class Days:
    """A column of two dates, as a parameter of a template."""

    values, decimals = np.array([date(2020, 1, 2).toordinal(), date(2020, 2, 3).toordinal()]), 0

    def literal(self, place):
        return date.fromordinal(int(self.values[place]))


def test_answers_past_the_limit_are_forgotten(note_of, monkeypatch):
    """Each row still has its own answer: the maturity that it writes."""
    monkeypatch.setattr(asking, "KEPT_MAX", 1)
    asked = Asking(Varying(note_of(), ("maturity",)))
    found, which = asked.ask("when", {"maturity": Days()}, 2, lambda: asked.note.versions[0].date_of("maturity"))
    assert [found[place].toordinal() for place in which] == Days.values.tolist()


# Rows side by side.


def rows_in(blocks):
    """Every note and place of a date, as the blocks have them."""
    found = []
    for block in blocks:
        dates = np.arange(block.dates.start, block.dates.stop) if block.is_grid else block.dates
        notes = np.repeat(block.notes, len(dates)) if block.is_grid else block.notes
        found += zip(notes.tolist(), np.tile(dates, len(block.notes) if block.is_grid else 1).tolist(), strict=True)
    return found


@pytest.mark.parametrize("spread", [0, 1, 7])
def test_notes_with_nearly_the_same_dates_share_a_grid(spread):
    """Each row stands in one block, whether the notes begin on the same date or up to `spread` dates apart."""
    notes, dates = 100, 60
    first = np.arange(notes) % (spread + 1)
    last = np.full(notes, dates)
    assert NEAR_MIN <= notes * (dates - spread) <= SAME_MIN, "too few for a block of one stretch"
    blocks = list(blocks_of(np.arange(notes), first, last))
    assert sum(block.is_grid for block in blocks) == 1
    wanted = [(note, day) for note in range(notes) for day in range(note % (spread + 1), dates)]
    assert sorted(rows_in(blocks)) == wanted


def test_whole_numbers_of_any_size_keep_their_value():
    """The last that a word holds, and the next."""
    assert whole([(1 << 63) - 1]).dtype == np.int64
    assert whole([1, 1 << 63]).tolist() == [1, 1 << 63]


def test_one_denominator_in_every_row_is_one_for_all():
    """An array of equal denominators says no more than one of them."""
    figures = over_one(cells([1, 2], np.array([3, 3])))
    assert (figures.above.tolist(), figures.below) == ([1, 2], 3)


def test_a_column_of_words_is_one_of_their_numbers():
    """A word that is new takes the next number."""
    words = ["cured"]
    assert column(["waived", "cured", ("first", "second")], Causes(), words).above.tolist() == [1, 0, 2]
    assert words == ["cured", "waived", ("first", "second")]


def test_a_ledger_that_notes_share_is_read_once(note_of):
    """Two notes with one ledger have the rows of one, twice."""
    note = note_of()
    ledger = ledger_of(note, ["2019-06-03 closing bid USD 0.0017 per share"])
    cohort = OfNotes([note, note], [ledger, ledger], Causes(), [])
    rows = cohort.quotes("closing bid", np.array([MONDAY.toordinal()]), 1, False)
    assert [Fraction(int(row[0]), rows.below) for row in rows.values] == [Fraction(17, 10_000)] * 2


# One note, compiled.


def test_a_quotient_that_its_range_decides_is_no_step():
    """From 7 to 9, over 5 it is 1 all along; up to 10 it is not."""
    graph = Graph()
    five = graph.constant(5)
    assert graph.floor_divide(graph.given("a", 7, 9), five).constant == 7 // 5 == 9 // 5
    assert graph.floor_divide(graph.given("b", 7, 10), five).constant is None


def test_answers_are_a_mapping_of_plain_values():
    """A truth is a truth of Python, not the number that it was reckoned as."""
    reader = Reader({"late": Place("late", 0, None, 1, 1)}, {"late": "truth"}, Causes(), [])
    answers = Answers(reader, (1, 0))
    assert len(answers) == 1
    assert dict(answers) == {"late": True}
    assert answers["late"] is True


def test_past_the_end_of_a_calendar_a_reckoner_answers_as_a_statement(note_of):
    """Interest by business days needs sessions after 2027, which no one has published."""
    note = note_of(day_count="business/252")
    day = date(2030, 1, 2)
    found, said = Reckoner(note, NO_FACTS).at(day)["owed"], statement(note, NO_FACTS, day)["owed"]
    assert isinstance(found, Unknown)
    assert found == said.value.value


def test_notes_whose_convention_looks_at_their_dates_are_alike_by_them(note_of):
    """30E/360 ISDA looks at the maturity; actual/365 does not."""

    def alike(day_count):
        days = ("2020-01-02", "2020-02-03")
        one, other = (note_of(day_count=day_count, maturity=maturity) for maturity in days)
        return shape_key(one) == shape_key(other)

    assert alike("actual/365")
    assert not alike("30E/360 ISDA")
