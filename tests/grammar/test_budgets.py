"""A stranger's file ends quickly, whatever it says; each error of a budget names its limit."""

import time

import pytest

from tenor.grammar.diagnostics import FINDINGS_MAX, Diagnostic
from tenor.grammar.format import format_document
from tenor.grammar.parse import WORDS_MAX, parse, parse_partly
from tenor.grammar.recovery import DEPTH_MAX
from tenor.grammar.source import Source

SECONDS = 4.0  # for a megabyte, on any machine that runs the tests; here it takes less than one


def findings(text: str) -> tuple[Diagnostic, ...]:
    return parse_partly(Source("x", text))[1]


DEEP = {
    "parentheses": ("(", "5", ")"),
    "shares": ("5% of ", "5", ""),
    "negations": ("not ", "5", ""),
    "choices": ("lesser of 5 and ", "5", ""),
    "sums": ("5 + ", "5", ""),
    "products": ("5 * ", "5", ""),
    "tables": ("[5: ", "5", "]"),
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_has_a_limit(name: str) -> None:
    before, core, after = DEEP[name]
    assert not findings("a: " + before * 60 + core + after * 60)
    for depth in (DEPTH_MAX + 1, 15_000):
        [finding] = findings("a: " + before * depth + core + after * depth)
        assert (finding.code, "200 deep" in finding.message) == ("E011", True)


def test_blocks_in_blocks_have_a_limit() -> None:
    assert not findings("a { x: 5 " + "b: 5 { " * 90 + "}" * 90 + "}")
    [finding] = findings("a { x: 5 " + "b: 5 { " * 9_000 + "}" * 9_000 + "}")
    assert finding.code == "E011"


def test_the_deepest_tree_can_be_compared_shown_and_formatted() -> None:
    """Below the limit no pass over a tree overflows."""
    text = "a: " + "(" * 90 + "5" + " + 6)" * 90 + "\n"
    document = parse(Source("x", text))
    assert parse(Source("x", format_document(document))) == document
    assert repr(document)
    assert hash(document.pieces)


def test_words_have_a_limit() -> None:
    [finding] = findings("a: " + "b " * WORDS_MAX)
    assert (finding.code, finding.message) == ("E012", "the file has more than 100,000 words and signs")


def test_numbers_have_a_limit() -> None:
    assert not findings("a: " + "9" * 30)
    for text in ("9" * 31, "9" * 100_000, "$" + "9" * 31, "9" * 31 + "%", "1" * 15 + "." + "1" * 16):
        [finding] = findings(f"a: {text}")
        assert (finding.code, "limit is 30" in finding.message) == ("E013", True)


def test_findings_have_a_limit() -> None:
    """A file of nothing but mistakes says so, and is not read to its end."""
    found = findings("a:\n" * 30_000)
    assert [each.code for each in found] == ["E010"] * FINDINGS_MAX + ["E027"]


HOSTILE = {
    "blanks and comments": " " * 26 + "# x\n" * 26 + " " * 26 + "!",
    "only blanks": " " * 999_999,
    "only line ends": "\r\n" * 499_999,
    "only carriage returns": "\r" * 999_999,
    "comments": "#\n" * 99_999,
    "an open string": 'a: "' + "x" * 999_990,
    "open strings": '"\n' * 99_999,
    "open parentheses": "a: " + "(" * 99_990,
    "open braces": "a { " * 33_000,
    "closing braces": "}" * 99_999,
    "lines of open braces": "a {\n" * 33_000,
    "fields without values": "a {\n" + " b:\n" * 33_000 + "}",
    "clauses without values": "a:\n" * 33_000,
    "a long word": "a: " + "b" * 999_990,
    "a long word with hyphens": "a: " + "b-" * 499_990,
    "a word that is nearly many things": "a: " + "on or " * 33_000,
    "the": "the " * 249_999,
    "a name of dots": "a." * 499_999 + ":",
    "digits": "a: " + "9" * 999_990,
    "groups of digits": "a: " + "1,000" * 199_990,
    "dates": "a: " + "2019-" * 199_990,
    "slashes": "a: " + "a/" * 499_990,
    "sums": "a: " + "5 + " * 49_990,
    "lists": "a: " + "5, " * 49_990 + "5",
    "conjunctions": "a: " + "b and " * 49_990 + "b",
    "ledger lines": "2019-01-01 pay USD 5 # x\n" * 24_000,
    "one-line blocks": "a { b: 5 }\n" * 14_000,
    "signs": "a: " + "!@#$%^&*" * 99_999,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_quickly(name: str) -> None:
    """A megabyte of anything is read or refused, and what is read is formatted, within seconds."""
    start = time.thread_time()
    document, found = parse_partly(Source("x", HOSTILE[name]))
    assert time.thread_time() - start < SECONDS
    if not found:
        start = time.thread_time()
        format_document(document)
        assert time.thread_time() - start < SECONDS
    for finding in found[:3] + found[-3:]:
        assert len(str(finding)) < 1_000
