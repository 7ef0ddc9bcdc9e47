"""Cells of tables become exact figures, whatever type the file gives them, and what is no figure is told."""

from datetime import date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.exact.dimensions import RATE, RATIO, SHARES, money, price
from tenor.terms.book.inputs import figures
from tenor.terms.book.inputs.cells import Cells
from tenor.terms.book.inputs.days import days
from tenor.terms.book.inputs.figures import joined, numbers
from tenor.terms.book.inputs.units import header, spelt, unit_of
from tenor.terms.book.inputs.written import written

DIGITS = st.integers(0, 10**28)


def fractions(cells: Cells) -> list[Fraction | None]:
    """The figures, None where no cell is."""
    there = zip(cells.values.tolist(), cells.present.tolist(), strict=True)
    return [Fraction(value, 10**cells.decimals) if present else None for value, present in there]


@given(st.lists(st.none() | DIGITS, min_size=1, max_size=8), st.integers(0, 9), st.sampled_from([38, 50]))
def test_decimals_are_exact(units: list[int | None], scale: int, precision: int) -> None:
    """Of 128 and of 256 bits, with and without empty cells, at any scale, also where 64 bits are too few."""
    kind = pa.decimal128(38, scale) if precision == 38 else pa.decimal256(precision, scale)
    with localcontext(prec=60):
        cells = [None if each is None else Decimal(each).scaleb(-scale) for each in units]
    found = numbers(pa.array([None, *cells, None], kind)[1:-1])  # a slice, whose bytes do not begin at the first row
    assert fractions(found) == [None if each is None else Fraction(each, 10**scale) for each in units]
    assert found.wrong == {}


@given(st.lists(st.tuples(st.integers(0, 10**14), st.integers(0, 14)), min_size=1, max_size=8))
def test_digits_in_text_are_exact(pairs: list[tuple[int, int]]) -> None:
    """`12.50` is 25/2, with blanks around it or without a digit before the dot."""
    texts = [f" {each // 10**after}.{each % 10**after:0{after}d}" if after else str(each) for each, after in pairs]
    found = numbers(pa.array([text.replace(" 0.", " .") for text in texts]))
    assert fractions(found) == [Fraction(each, 10**after) for each, after in pairs]


@pytest.mark.parametrize(
    "kind", [pa.int8(), pa.uint16(), pa.int64(), pa.uint64(), pa.decimal32(5, 2), pa.decimal64(9, 4)]
)
def test_every_kind_of_number_is_read(kind: pa.DataType) -> None:
    """Dictionaries of them too, where Arrow makes them."""
    number = Decimal if pa.types.is_decimal(kind) else int
    array = pa.array([number(7), None, number(12)], kind)
    assert fractions(numbers(array)) == [7, None, 12]
    if not pa.types.is_decimal(kind):
        assert fractions(numbers(array.dictionary_encode())) == [7, None, 12]


def test_the_largest_whole_numbers_are_read() -> None:
    """Those that no signed integer of 64 bits holds are kept as Python's own."""
    found = numbers(pa.array([2**64 - 1, 3], pa.uint64()))
    assert found.values.dtype == object
    assert found.values.tolist() == [2**64 - 1, 3]


@pytest.mark.parametrize(
    "cell",
    ["1e5", "NaN", "Infinity", "-5", "+5", "1,000", "1_000", "5.", ".", "٣", "1 000", "1.2.3", "0x10", "5%", "9" * 31],
)
def test_what_is_no_plain_number_is_told(cell: str) -> None:
    """Nothing is guessed of signs, exponents, groups or other alphabets."""
    found = numbers(pa.array(["5", cell, "6"]))
    assert found.wrong[1][0] == "E615"
    assert found.values.tolist() == [5, 0, 6]


def test_numbers_of_too_many_digits_are_told() -> None:
    """Thirty at most, as in the language."""
    with localcontext(prec=60):
        array = pa.array([Decimal(10) ** 30, Decimal(10) ** 30 - 1, Decimal(10) ** 40], pa.decimal256(60, 0))
    found = numbers(array)
    assert sorted(found.wrong) == [0, 2]
    assert found.values.tolist() == [0, 10**30 - 1, 0]


@pytest.mark.parametrize(
    "kind", [pa.decimal128(38, 24), pa.decimal128(38, 31), pa.decimal256(76, 38), pa.decimal256(76, 24)]
)
@pytest.mark.parametrize("least", ["0", "0.000000000000000000000001"])  # the second of 24 decimals
def test_a_number_is_as_long_as_its_digits(kind: pa.DataType, least: str) -> None:
    """However many zeros its column has room for after them: those are in no cell."""
    cells = ["1000000", "2.50", "0.5", least]
    found = numbers(pa.array([Decimal(each) for each in cells], kind))
    assert (found.wrong, fractions(found)) == ({}, [Fraction(each) for each in cells])


def test_a_number_of_too_many_digits_is_shown_as_it_is() -> None:
    """Of 31 digits with two decimals, not of its units; one digit less, and zeros, are none too many."""
    with localcontext(prec=60):
        cells = [Decimal("1" * 29 + each) for each in (".20", ".00", ".25")]
        found = numbers(pa.array([*cells, -cells[-1]], pa.decimal128(38, 2)))
    long = {2: f"`{'1' * 29}.…`", 3: f"`-{'1' * 29}…`"}
    help = "write at most 30 digits"
    assert found.wrong == {place: ("E615", f"{shown} is too long for a number", help) for place, shown in long.items()}
    assert fractions(found)[:2] == [Fraction(cells[0]), Fraction(cells[1])]


def test_needless_decimals_are_dropped() -> None:
    """So that small figures stay small: 0.0017 with 18 decimals is 17 with four."""
    found = numbers(pa.array([Decimal("0.0017"), Decimal("12.5")], pa.decimal128(38, 18)))
    assert (found.values.tolist(), found.decimals, found.values.dtype) == ([17, 125_000], 4, np.int64)


def test_parts_of_other_scales_are_joined() -> None:
    """At the most decimals of any, in Python's own integers where 64 bits are too few."""
    one, other = np.array([5], np.int64), np.array([figures.INT64_MAX], np.int64)
    values, decimals = joined([(one, 2), (other, 0)])
    assert decimals == 2
    assert values.tolist() == [5, figures.INT64_MAX * 100]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_at_midnight_are_days(unit: str) -> None:
    """As some programs write dates; any other time is an error."""
    found = days(pa.array([datetime(2019, 2, 22), None, datetime(2019, 2, 22, 1)], pa.timestamp(unit)))
    assert found.values.tolist() == [date(2019, 2, 22).toordinal(), 0, 0]
    assert found.present.tolist() == [True, False, True]
    assert found.wrong[2][:2] == ("E322", "`2019-02-22 01:00:00` is a time, not a day")


@pytest.mark.parametrize(
    "array",
    [
        pa.array(["2019-02-22", " 2019-02-22 ", "", None]),
        pa.array([date(2019, 2, 22)] * 2 + [None] * 2),
        pa.array([date(2019, 2, 22)] * 2 + [None] * 2, pa.date64()),
        pa.array(["2019-02-22", "2019-02-22", None, None]).dictionary_encode(),
    ],
)
def test_days_in_every_form_are_one(array: pa.Array) -> None:
    found = days(array)
    assert found.values.tolist() == [date(2019, 2, 22).toordinal()] * 2 + [0, 0]
    assert found.present.tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    "cell", ["2019-02-30", "22/02/2019", "20190222", "2019-2-22", "1899-12-31", "3000-01-01", "today"]
)
def test_what_is_no_day_is_told(cell: str) -> None:
    assert days(pa.array([cell])).wrong[0][0] == "E322"


def test_days_outside_the_years_are_told() -> None:
    """Also those that no calendar here can spell."""
    assert sorted(days(pa.array([-(2**31), 0, 2**31 - 1], pa.int32()).cast(pa.date32())).wrong) == [0, 2]
    assert sorted(days(pa.array([10**15], pa.timestamp("s"))).wrong) == [0]


@given(DIGITS, st.integers(0, 12), st.sampled_from([RATE, RATIO, money("USD"), money("EUR"), price("USD")]))
def test_figures_are_spelt_as_the_language_reads_them(units: int, decimals: int, dimension) -> None:
    """What a row says is what a note would write, to the last digit."""
    text = spelt(units, decimals, dimension)
    if sum(map(str.isdigit, text)) > figures.DIGITS_MAX:
        return
    found = written(text, dimension)
    assert Fraction(found[0], 10 ** found[1]) == Fraction(units, 10**decimals), text


@pytest.mark.parametrize(
    ("unit", "dimension", "of_one"),
    [
        ("USD", money("USD"), Fraction(1)),
        ("$", money("USD"), Fraction(1)),
        ("EUR per share", price("EUR"), Fraction(1)),
        ("shares", SHARES, Fraction(1)),
        ("%", RATIO, Fraction(1, 100)),
        ("% per annum", RATE, Fraction(1, 100)),
        ("% per month", RATE, Fraction(12, 100)),
    ],
)
def test_units_say_what_a_number_counts(unit: str, dimension, of_one: Fraction) -> None:
    found = unit_of(unit)
    assert found is not None
    assert (found.dimension, Fraction(found.factor, 10**found.decimals)) == (dimension, of_one)


@pytest.mark.parametrize("unit", ["usd", "dollars", "USD/share", "per share", "% per week", "", "US", "bp"])
def test_other_words_are_no_unit(unit: str) -> None:
    assert unit_of(unit) is None


def test_a_header_is_a_name_and_a_unit() -> None:
    """Blanks around either do not count; brackets that do not close are part of the name."""
    assert (header(" principal  [ USD ] ").name, header(" principal  [ USD ] ").unit) == ("principal", "USD")
    assert (header('default "payment".rate [% per year]').name) == 'default "payment".rate'
    assert (header("a [b").name, header("a [b").unit) == ("a [b", None)


def test_text_of_more_digits_than_a_decimal_holds_is_exact() -> None:
    """30 digits before the dot in one row and 29 after it in another: 59 of one scale, where Arrow has 38."""
    found = numbers(pa.array(["9" * 30, f".{'1' * 29}"]))
    assert (found.wrong, found.decimals, found.values.dtype) == ({}, 29, object)
    assert fractions(found) == [10**30 - 1, Fraction((10**29 - 1) // 9, 10**29)]


def test_wide_figures_are_scaled_as_they_are() -> None:
    """Python's own integers need no more room for two decimals."""
    values, decimals = joined([(np.array([2**64], object), 0), (np.array([25], np.int64), 2)])
    assert (values.tolist(), decimals) == ([100 * 2**64, 25], 2)


@pytest.mark.parametrize("cell", ["USD (", '"65%', ")", "65% 65%"])
def test_what_is_no_figure_at_all_is_told_with_an_example(cell: str) -> None:
    """The parser's own words would be about brackets and quotation marks."""
    assert written(cell, RATIO) == ("E107", f"`{cell}` is not understood here", f"write {RATIO}, as in `65%`")
