"""The shipped tables are those of the grammar, and our machine runs them as Lark would."""

import random
from collections.abc import Callable
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import LarkError

from tenor.grammar import tables as source_of_tables
from tenor.grammar.format import format_document
from tenor.grammar.lexer import words_of
from tenor.grammar.machine import Action, Stopped, run, tables
from tenor.grammar.parse import parse_partly
from tenor.grammar.source import Source

from .test_values import VALUES
from .trees import documents

HERE = Path(__file__).parent
CORPUS = [(HERE / name).read_text(encoding="utf-8") for name in ("sample.terms", "sample.facts")]
CORPUS.append("\n".join(f"a: {text}" for text in VALUES))
THROWN = (
    *"(){}[]:,+-*/%$#\"'=. \n",
    "0",
    "9",
    ",000",
    " and ",
    " of ",
    " the ",
    "over ",
    " when ",
    "cite",
    "USD ",
    "..",
)


@pytest.fixture(scope="module")
def lark() -> Lark:
    return source_of_tables.build_lark()


def test_tables_are_fresh() -> None:
    """A change of the grammar comes with its tables: run `python -m tenor.grammar.tables`."""
    shipped = Path(source_of_tables.__file__).with_name("tables.txt").read_text(encoding="utf-8")
    assert shipped == source_of_tables.tables_text()


def test_tables_are_read_as_they_were_made() -> None:
    """From lines of words and numbers, which can run nothing."""
    made, read = source_of_tables.tables(), tables()
    assert [[*each] for each in read.rules] == made["rules"]
    assert [*read.starts.items()] == [tuple(each) for each in made["starts"]]
    assert (list(read.symbols), sorted(read.ends)) == (made["symbols"], made["ends"])
    assert [[*chain(*read.states[state].items())] for state in range(len(made["states"]))] == made["states"]


def test_every_rule_is_built_by_something() -> None:
    """A rule without a name of its own has one symbol, whose value passes through."""
    assert all(action or length == 1 for _, length, action in tables().rules)


def recorders(record: list[int]) -> list[Action | None]:
    def note(rule: int, *values: Any) -> None:
        record.append(rule)

    return [partial(note, rule) for rule in range(len(tables().rules))]


def by_machine(text: str, start: int, end: int) -> list[int] | None:
    """The rules in the order in which our machine uses them on a piece; None where it stops."""
    words = words_of(Source("x", text[start:end]), len(text))
    record: list[int] = []
    try:
        run("piece", words.kinds, words.tokens, recorders(record))
    except Stopped:
        return None
    return record


def by_lark(lark: Lark, text: str, start: int, end: int) -> list[int] | None:
    """The same by Lark."""
    record: list[int] = []

    def note(rule: int) -> Callable[[list[Any]], None]:
        return lambda children: record.append(rule)

    lark.parser.parser.parser.callbacks = {rule: note(index) for index, rule in enumerate(lark.rules)}
    try:
        lark.parse(text[start:end], start="piece")
    except LarkError:
        return None
    return record


def compare(lark: Lark, text: str) -> int:
    """Every piece of the text, read by both; returns how many were accepted."""
    words = words_of(Source("x", text), len(text))
    cuts = [words.tokens[at].span.start for at in words.firsts if words.tokens[at].text != "}"]
    accepted = 0
    for start, end in pairwise((*cuts, len(text))):
        expected = by_lark(lark, text, start, end)
        assert by_machine(text, start, end) == expected, text[start:end]
        accepted += expected is not None
    return accepted


@pytest.mark.parametrize("text", CORPUS)
def test_machine_reads_the_corpus_as_lark_does(lark: Lark, text: str) -> None:
    assert compare(lark, text) >= 9


@settings(max_examples=20)  # Lark is slow
@given(documents())
def test_machine_reads_drawn_trees_as_lark_does(lark, document):
    text = format_document(document)
    assert compare(lark, text) == len(document.pieces)


@given(st.randoms(use_true_random=False), st.sampled_from(CORPUS))
def test_machine_reads_broken_text_as_lark_does(lark, chance, text):
    """Both accept the same mutants, with the same rules in the same order, and reject the rest."""
    mutant = mutated(text, chance)
    compare(lark, mutant)
    parse_partly(Source("x", mutant))  # and telling why never fails itself


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text))
        end = at + chance.choice((0, 1, 1, 3, 12))
        other = chance.randrange(len(text))
        new = chance.choice(("", chance.choice(THROWN), text[other : other + chance.randint(1, 15)]))
        text = text[:at] + new + text[end:]
    return text
