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
