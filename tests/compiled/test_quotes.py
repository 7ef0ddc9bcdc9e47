"""Quotes of many notes as rows of one table, and the windows over them, where some lack or share no days."""

import random
from fractions import Fraction

import numpy as np
import pytest

from tenor.engine.arrays.market import NO_SESSION, Market
from tenor.engine.arrays.quotes import Quoted, Rows, rows_of, scattered_rows
from tenor.engine.arrays.restating import Restated, restated
from tenor.engine.arrays.windows import statistic
from tenor.engine.compiled.causes import Causes
from tenor.engine.exact.operations import evaluate
from tenor.engine.exact.values import Unknown
from tenor.engine.meaning.expressions import LookBack
from tenor.engine.time.periods import Period

SESSIONS = np.arange(10, 15)  # day numbers of five sessions


def test_notes_quoted_on_days_of_their_own_have_their_own_rows():
    """The first note on two of the sessions, the second on one and on a day that is none; the third has no quote."""
    starts, days, values = np.array([0, 2, 4, 4]), np.array([10, 12, 9, 14]), np.array([5, 6, 7, 8])
    found = scattered_rows(starts, days, values, 100, {}, SESSIONS, 1)
    assert found.missing.tolist() == [
        [False, True, False, True, True],
        [True, True, True, True, False],
        [True, True, True, True, True],
    ]
    assert found.values[~found.missing].tolist() == [5, 6, 8]


def test_quotes_on_days_between_the_sessions_are_of_none_of_them():
    """Every session has its quote, and one day more has one: the quotes of the sessions do not stand in a row."""
    starts, days, values = np.array([0, 4, 8]), np.array([10, 11, 12, 13] * 2), np.arange(1, 9)
    found = scattered_rows(starts, days, values, 100, {}, np.array([10, 12, 13]), 1)
    assert (found.missing, found.values.tolist()) == (None, [[1, 3, 4], [5, 7, 8]])


@pytest.mark.parametrize(
    ("series", "times"), [("closing bid", Fraction(2)), ("volume", Fraction(1, 2)), ("VWAP", Fraction(2))]
)
def test_a_split_makes_prices_dearer_and_volumes_smaller(series, times):
    """One new share for two old ones: each costs twice as much, and half as many are traded."""
    found = restated(series, 12, Fraction(1), Fraction(2))
    assert (found.day, Fraction(found.above, found.below)) == (12, times)


def test_a_quote_is_carried_to_the_sessions_after_it():
    """From before the first session too; before the first quote nothing is; a note without quotes has none."""
    early, late = Quoted(np.array([8, 12]), np.array([3, 4])), Quoted(np.array([11]), np.array([5]))
    found = rows_of([early, late, None], {}, SESSIONS, 1, True)
    lacking = 0
    shown = np.where(found.missing, lacking, found.values)
    assert shown.tolist() == [[3, 3, 4, 4, 4], [lacking, 5, 5, 5, 5], [lacking] * 5]


def test_a_note_without_quotes_whose_shares_split_has_a_row_for_each_basis():
    """Two rows before and after the split, all missing, so that the rows of the next note are where they should be."""
    quoted = Quoted(np.array([10]), np.array([7]))
    found = rows_of([None, quoted], {0: [Restated(12, 10, 1)]}, SESSIONS, 1, False)
    assert found.missing.all(axis=1).tolist() == [True, True, False]
    assert found.values[2, 0] == 7


@pytest.mark.parametrize("carried", [False, True])
@pytest.mark.parametrize("largest", [100, 1 << 40, 1 << 62])
def test_quotes_are_on_the_basis_of_each_split_in_turn(carried, largest):
    """A quote from before a split, by its own day, times what the split makes of it; past 64 bits too."""
    draw = random.Random(f"{carried} {largest}")
    sessions = np.arange(10, 30)
    written = [sorted(draw.sample(range(5, 30), draw.randrange(12))) for _ in range(20)]
    values = [[draw.randrange(1, largest) for _ in days] for days in written]
    splits = {
        note: [
            Restated(day, draw.choice((1, 3, 100)), draw.choice((1, 7))) for day in sorted(draw.sample(range(8, 32), 2))
        ]
        for note in range(0, 20, 3)
    }
    days, units = (np.array([each for row in rows for each in row], np.int64) for rows in (written, values))
    quoted = [
        Quoted(np.array(row, np.int64), np.array(own, np.int64)) for row, own in zip(written, values, strict=True)
    ]
    starts = np.cumsum([0, *map(len, written)])
    found = [rows_of(quoted, splits, sessions, 1, carried)]
    found += [] if carried else [scattered_rows(starts, days, units, 1, splits, sessions, 1)]
    for rows in found:
        lacking = np.zeros(rows.values.shape, bool) if rows.missing is None else rows.missing
        shown = iter(zip(rows.values.tolist(), lacking.tolist(), strict=True))
        for note, (own, figures) in enumerate(zip(written, values, strict=True)):
            bases = splits.get(note, [])
            for count in range(len(bases) + 1):
                row, misses = next(shown)
                for session, value, is_missing in zip(sessions.tolist(), row, misses, strict=True):
                    there = [each for each in own if each == session or (carried and each < session)]
                    assert is_missing == (not there)
                    if there:
                        wanted = Fraction(figures[own.index(there[-1])])
                        for split in bases[:count]:
                            wanted *= Fraction(split.above, split.below) if there[-1] < split.day else 1
                        assert Fraction(value, rows.below) == wanted
        assert next(shown, None) is None


def test_sums_of_quotes_past_a_short_number_take_a_longer_one():
    """By the largest quote times how many are added: below 2**31, from there on, and from 2**63."""
    for quote, headroom, held in ((1 << 20, 10, np.int32), (1 << 20, 1 << 11, np.int64), (1 << 60, 8, object)):
        rows = rows_of([Quoted(np.array([10]), np.array([quote]))], {}, SESSIONS[:1], headroom, False)
        assert rows.values.dtype == held
        assert rows.values.tolist() == [[quote]]


def test_quotes_over_several_denominators_are_brought_to_one_past_64_bits():
    """2**60 over 1 is 2**60 * 10**4 over 10**4."""
    whole, parts = Quoted(np.array([10]), np.array([1 << 60])), Quoted(np.array([10]), np.array([7]), 10**4)
    rows = rows_of([whole, parts], {}, SESSIONS[:1], 1, False)
    assert (rows.values.tolist(), rows.below) == ([[(1 << 60) * 10**4], [7]], 10**4)


# Markets.

WEIGHTED = LookBack("volume-weighted average", "closing bid", Period(2, "trading days"), "through", "conversion")
LOWEST = LookBack("lowest", "closing bid", Period(2, "trading days"), "through", "conversion")


def market_with(**series):
    """Two notes on five sessions."""
    causes = Causes()
    found = {name.replace("_", " "): Rows(np.array(rows), 1, None, 1, 9) for name, rows in series.items()}
    return Market(SESSIONS, found, np.array([0, 1]), {}, causes), causes


def test_notes_in_any_order_have_their_own_look_backs():
    """The lowest of each two sessions, the second note asked before the first."""
    market, _ = market_with(closing_bid=[[3, 2, 4, 4, 5], [9, 8, 7, 6, 5]])
    found = market.look_back_on(LOWEST, np.array([1, 0]), np.array([12, 13]))
    assert found.above.tolist() == [[min(8, 7), min(7, 6)], [min(2, 4), min(4, 4)]]


def test_a_weighted_average_without_volumes_lacks_them():
    """The quotes are there: only the volume is needed."""
    market, causes = market_with(closing_bid=[[3, 2, 4, 4, 5], [9, 8, 7, 6, 5]])
    found = market.look_back(WEIGHTED, np.array([0]), np.array([12]))
    assert found.unknown.tolist() == [causes.of_unknown(Unknown(("volume",)))]


def test_a_series_that_no_note_has_lacks_its_quote_on_sessions_only():
    """A day that is no session is refused, whatever the quotes."""
    market, causes = market_with()
    found = market.quote("closing bid", np.array([0, 1]), np.array([12, 20]))
    assert found.unknown.tolist() == [causes.of_unknown(Unknown(("closing bid",))), 0]
    assert found.refused.tolist() == [0, causes.of_refused(NO_SESSION)]


@pytest.mark.parametrize("among", ["", "lowest", "highest"])
@pytest.mark.parametrize("name", ["lowest", "highest", "average", "median", "last"])
def test_a_statistic_of_windows_is_that_of_each(name, among):
    """Of windows of three sessions, and of the two lowest or highest of each."""
    quotes, length, count = [4, 1, 5, 2, 6, 3], 3, 2 if among else 0
    found = statistic(name, count, among, np.array([quotes]), length)
    windows = [quotes[first : first + length] for first in range(len(quotes) - length + 1)]
    wanted = [evaluate("statistic", (name, count, among), tuple(map(Fraction, window))) for window in windows]
    assert [Fraction(int(above), found.times) for above in found.above[0]] == wanted


@pytest.mark.parametrize("among", ["", "lowest"])
def test_what_is_no_statistic_of_prices_alone_is_not_guessed(among):
    """A weighted average needs volumes too."""
    with pytest.raises(KeyError, match="volume-weighted average"):
        statistic("volume-weighted average", 2 if among else 0, among, np.array([[1, 2, 3]]), 2)
