"""The page of the language is what the terms declare, and their examples are notes."""

import importlib.util
from pathlib import Path

import pytest

from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS

HERE = Path(__file__).parent


def test_the_reference_is_made_from_the_terms():
    """After a change, run `python tests/project/make_language.py --write`."""
    spec = importlib.util.spec_from_file_location("make_language", HERE / "make_language.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.page() == module.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.keyword)
def test_the_example_of_each_term_is_the_language(term):
    """What a message offers as an example parses."""
    (piece,) = parse(Source("example.terms", term.example)).pieces
    assert piece.name == term.keyword
