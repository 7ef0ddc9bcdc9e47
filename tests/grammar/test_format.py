"""The formatter changes white space and nothing else, and has nothing to change twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.grammar.format import format_document
from tenor.grammar.lexer import HEADS, words_of
from tenor.grammar.machine import tables
from tenor.grammar.parse import parse
from tenor.grammar.source import Source

from .trees import comments_in, documents

HERE = Path(__file__).parent
TIED = ("AT", "ON_OR", "OR", "ENDING", "WEIGHTED", "EVENT", "PREVAILS")  # known by the word that follows
GAPS = (" ", "   ", "\t", "\n ", "\r\n\n   ", "\r ")


def formatted(text: str) -> str:
    return format_document(parse(Source("x", text)))


@pytest.mark.parametrize("name", ["sample.terms", "sample.facts"])
def test_the_samples_are_canonical(name: str) -> None:
    """The first note and its ledger, as the reference prints them, come back byte for byte."""
    text = (HERE / name).read_text(encoding="utf-8")
    assert formatted(text) == text


@given(documents())
def test_what_is_formatted_parses_to_the_same_tree(document):
    """No clause, value, mark or comment is lost or changed, whatever the tree."""
    again = parse(Source("x", format_document(document)))
    assert again == document
    assert comments_in(again) == comments_in(document)


@given(documents())
def test_formatting_twice_is_formatting_once(document):
    text = format_document(document)
    assert formatted(text) == text


@given(documents(), st.data())
def test_any_layout_comes_to_one_tree_and_to_a_fixed_point(document, data):
    """Line ends, blanks, comments and articles thrown between the words change neither tree nor stability."""
    ragged, thrown = scattered(format_document(document), data)
    read = parse(Source("x", ragged))
    text = format_document(read)
    assert read == document
    assert comments_in(parse(Source("x", text))) == sorted(thrown)
    assert formatted(text) == text


def scattered(text: str, data: st.DataObject) -> tuple[str, list[str]]:
    """The words of a text with other gaps between them, and the comments among those."""
    words = words_of(Source("x", text), len(text))
    parts: list[str] = []
    thrown: list[str] = []
    before, end = "", 0
    for at, token in enumerate(words.tokens):
        start = token.span.start
        gap = text[end:start]
        if at in words.firsts and token.text != "}":
            gap = data.draw(st.sampled_from(("\n", "\n\n", "\r\n\r\n\r\n"))) if at else ""
        elif gap and (before in HEADS or before == "KNOWN"):
            gap = data.draw(st.sampled_from((" ", "\t ")))
        elif gap:
            loose = (*GAPS, " the ", " # c\n ", "\n  # d {\n\n  ", " # the\n # x\n ")
            gap = data.draw(st.sampled_from(GAPS if before in TIED else loose))
        thrown += [line.strip() for line in gap.split("\n") if "#" in line]
        thrown = [comment[comment.index("#") :] for comment in thrown]
        parts += [gap, token.span.text]
        before, end = tables().symbols[words.kinds[at]], token.span.end
    return "".join(parts) + "\n", thrown


LAYOUTS = {
    "the article stays with the word after it": (
        "by: the  holder at\n  the\n  option\n",
        "by: the holder at the option\n",
    ),
    "marks of a clause go below it": ('a: 5\n        cite "x"\n   cite "y"\n', 'a: 5\n  cite "x"\n  cite "y"\n'),
    "marks beside a clause stay where they fit": ('a: 5 cite "x"\n', 'a: 5                            cite "x"\n'),
    "a quotation that is too long beside goes below": (
        f'a: 5 cite "{"x" * 99}"\n',
        f'a: 5\n  cite "{"x" * 99}"\n',
    ),
    "a long quotation in parts has a part on each line": (
        f'a: 5\n  cite "{"x" * 80}" "{"y" * 80}" cite "z"\n',
        f'a: 5\n  cite "{"x" * 80}"\n       "{"y" * 80}"\n  cite "z"\n',
    ),
    "marks after a block move into it": ('a { b: 5\n } cite "x"\n', 'a {\n  cite "x"\n  b: 5\n}\n'),
    "a block on one line stays": ('a "b"{c:5}cite "x"\n', 'a "b" { c: 5 }                  cite "x"\n'),
    "a block on one line opens where its marks do not fit": (
        f'a "b" {{ c: 5 }} cite "{"x" * 99}"\n',
        f'a "b" {{\n  cite "{"x" * 99}"\n  c: 5\n}}\n',
    ),
    "values of a block stand in a column": ("a {\n b: 5\n ccc: 6\n}\n", "a {\n  b:   5\n  ccc: 6\n}\n"),
    "a blank line parts the columns": ("a {\n\n b: 5\n\n\n ccc: 6\n\n}\n", "a {\n  b: 5\n\n  ccc: 6\n}\n"),
    "an exception stands with its value": (
        'p {\n price "c": otherwise - 10%\n  when event "DTC chill"\n  over "d" }\n',
        'p {\n  price "c": otherwise - 10% when event "DTC chill" over "d"\n}\n',
    ),
    "brackets are tight and signs are not": (
        "t: [ days 0 .. 30 : ( A+B )*2 , otherwise : 5 ]\n",
        "t: [days 0..30: (A + B) * 2, otherwise: 5]\n",
    ),
    "blank lines of a ledger stay": ("2019-01-01 a\n\n\n2019-01-02 b\n", "2019-01-01 a\n\n2019-01-02 b\n"),
    "what follows ledger lines stands in a column": (
        "2019-01-01 a # x\n2019-01-02  bcd   known 2019-01-03\n",
        "2019-01-01 a        # x\n2019-01-02 bcd      known 2019-01-03\n",
    ),
    "a comment in the midst of a value moves above": ("a: 5 # x\n + 6 # y\n", "# x\na: 5 + 6  # y\n"),
    "a comment before a date moves above": ("a on\n # x\n 2019-01-01\n", "# x\na on 2019-01-01\n"),
    "a header stays apart": ("# x\n\n\n# y\na: 5\n\n# z\n", "# x\n\n# y\na: 5\n\n# z\n"),
    "an empty file stays empty": ("\n\n", ""),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    written, expected = LAYOUTS[name]
    assert formatted(written) == expected
    assert formatted(expected) == expected
