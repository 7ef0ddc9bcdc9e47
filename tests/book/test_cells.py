"""Cells: whole numbers of any size become Arrow arrays, digit for digit."""

from decimal import Decimal, localcontext

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.engine.arrays.columns import Column
from tenor.engine.exact.operations import NEVER
from tenor.terms.book.cells import figures, reasons, spelt, with_never
from tenor.terms.book.exact import integers
from tenor.terms.book.schema import type_of
from tenor.terms.book.trouble import Misfit

DECIMALS = {"money": 2, "price": 10, "shares": 0}


def where(row: int) -> str:
    return f"row {row}"


def as_decimal(units: int, decimals: int) -> Decimal:
    with localcontext(prec=60):
        return Decimal(units).scaleb(-decimals)


@given(
    st.sampled_from(sorted(DECIMALS)),
    st.lists(st.integers(1 - 10**38, 10**38 - 1) | st.integers(-(10**4), 10**4), min_size=1),
    st.data(),
)
def test_wide_figures_keep_every_digit(kind: str, units: list[int], data: st.DataObject):
    """Up to 38 digits, of either sign, in 64 bits or in Python's own numbers; null where a reason stands."""
    known = data.draw(st.lists(st.booleans(), min_size=len(units), max_size=len(units)))
    why = np.array([0 if each else 1 for each in known], np.uint16)
    column = Column(kind, DECIMALS[kind], integers(units), why, ("", "unknown: closing bid"))
    found = figures(column, kind, type_of(kind, wide=True), where).to_pylist()
    assert found == [as_decimal(each, DECIMALS[kind]) if known[row] else None for row, each in enumerate(units)]


@given(st.sampled_from(sorted(DECIMALS)), st.lists(st.integers(1 - 10**18, 10**18 - 1), min_size=1))
def test_narrow_figures_keep_every_digit(kind: str, units: list[int]):
    found = figures(Column(kind, DECIMALS[kind], integers(units)), kind, type_of(kind, wide=False), where)
    assert [Decimal(each) for each in found.to_pylist()] == [as_decimal(each, DECIMALS[kind]) for each in units]
    found.validate(full=True)


@pytest.mark.parametrize(
    ("kind", "units", "wide"),
    [
        ("money", 10**18, False),
        ("money", -(10**18), False),
        ("money", 2**63, False),
        ("money", 2**64 + 5, False),  # its lowest 64 bits would be 5
        ("price", 10**18, False),
        ("shares", 2**63, False),
        ("money", 10**38, True),
        ("shares", -(10**38), True),
    ],
)
def test_a_figure_without_room_is_an_error_that_names_its_row(kind: str, units: int, wide: bool):
    """It is never wrapped, cut or rounded."""
    column = Column(kind, DECIMALS[kind], integers([0, units]))
    with pytest.raises(Misfit, match="row 1 has too many digits"):
        figures(column, kind, type_of(kind, wide), where)


def test_what_is_not_known_may_hold_anything_below_its_reason():
    """A value under a reason is nobody's figure: it neither shows nor fails."""
    column = Column("money", 2, integers([2**70, 100]), np.array([1, 0], np.uint16), ("", "refused: window"))
    assert figures(column, "money", type_of("money", wide=False), where).to_pylist() == [None, Decimal("1.00")]


def test_what_never_happens_has_a_reason_and_no_date():
    """The last day that Python knows is no maturity."""
    column = with_never(Column("date", 0, np.array([NEVER, 737_297])))
    assert figures(column, "date", pa.date32(), where).to_pylist()[0] is None
    assert reasons(column, 2)[0].to_pylist() == ["never", None]
    assert reasons(column, 2)[1] == {"never": 1}


@given(st.permutations(["", "unknown: b", "refused: a", "unknown: c"][1:]), st.lists(st.integers(0, 3), min_size=1))
def test_reasons_are_listed_in_the_alphabet(codes: list[str], places: list[int]):
    """So that the bytes of a file do not tell in which order an engine met them."""
    column = Column("money", 2, np.zeros(len(places), np.int64), np.array(places, np.uint16), ("", *codes))
    array, tally = reasons(column, len(places))
    written = [codes[place - 1] if place else None for place in places]
    assert array.to_pylist() == written
    assert array.dictionary.to_pylist() == sorted(set(written) - {None})
    assert tally == {code: written.count(code) for code in set(written) - {None}}


def test_words_are_listed_once_and_only_where_they_occur():
    column = Column("word", 0, np.array([2, 0, 2]), None, ("",), ("outstanding", "repaid", "in default"))
    array = spelt(column, None)
    assert array.to_pylist() == ["in default", "outstanding", "in default"]
    assert array.dictionary.to_pylist() == ["in default", "outstanding"]


def test_truths_are_stored_as_truths():
    """A yes, a no, and one that is not known."""
    column = Column("truth", 0, np.array([1, 0, 1]), np.array([0, 0, 1], np.uint16), ("", "unknown: notice"))
    stored = type_of("truth", wide=False)
    assert figures(column, "truth", stored, where).equals(pa.array([True, False, None], stored))


@pytest.mark.parametrize("reasons_known", [3, 30])
def test_few_reasons_and_many_are_counted_alike(reasons_known: int):
    """The reason of number n stands in n rows."""
    codes = [f"unknown: series {number:02}" for number in range(1, reasons_known + 1)]
    places = np.array([number for number in range(1, reasons_known + 1) for _ in range(number)], np.uint16)
    column = Column("money", 2, np.zeros(len(places), np.int64), places, ("", *codes))
    assert reasons(column, len(places))[1] == {code: number for number, code in enumerate(codes, 1)}
