"""The nearest name is the one a reader meant, or none."""

from hypothesis import given
from hypothesis import strategies as st

from tenor.grammar.suggest import distance, nearest

NAMES = ("premium", "principal", "price", "interest", "issued")
words = st.text("abcde", max_size=8)


def test_a_slip_is_mended() -> None:
    assert nearest("premuim", NAMES) == "premium"
    assert nearest("pricipal", NAMES) == "principal"
    assert nearest("intrest", NAMES) == "interest"


def test_another_word_is_nobody() -> None:
    assert nearest("banana", NAMES) is None
    assert nearest("x", ()) is None
    assert nearest("prepayment", ("payment", "principal")) is None
    assert nearest("ppayment", ("payment", "principal")) == "payment"
    assert nearest("the following", ("following",)) == "following"


@given(words)
def test_a_word_is_nearest_to_itself(word: str) -> None:
    assert nearest(word, (*NAMES, word)) == word


@given(words, words, words)
def test_distance_is_a_distance(first: str, second: str, third: str) -> None:
    """Symmetric, zero for the same word only, and at most the length of the longer."""
    assert distance(first, second) == distance(second, first)
    assert (distance(first, second) == 0) == (first == second)
    assert distance(first, second) <= max(len(first), len(second))


DAY_COUNTS = ("actual/365", "actual/360", "actual/365L", "30/360 bond basis", "30/360 US", "30E/360", "30E/360 ISDA")


def test_a_number_is_no_slip_for_another() -> None:
    """Nor is a word beside it: each of these counts days otherwise than what looks like it."""
    for written in ("365/360", "30/360 ISDA", "actual/365 NL", "30/365", "actual/364", "actual/365.25", "30/360"):
        assert nearest(written, DAY_COUNTS) is None
    assert nearest("actaul/360", DAY_COUNTS) == "actual/360"
    assert nearest("30E/360 IDSA", DAY_COUNTS) == "30E/360 ISDA"
