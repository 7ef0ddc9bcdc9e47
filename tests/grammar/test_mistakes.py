"""What is wrong is said exactly, once for each mistake, with one step that mends it."""

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.grammar.diagnostics import Diagnostic, NoteErrors
from tenor.grammar.format import format_document
from tenor.grammar.parse import parse, parse_partly, parse_value
from tenor.grammar.source import Source
from tenor.grammar.tree import Item

from .trees import documents

CATALOGUE = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8").split("----\n")[1:]
NOTE = (Path(__file__).parent / "sample.terms").read_text(encoding="utf-8")


def findings(text: str) -> tuple[Diagnostic, ...]:
    return parse_partly(Source("note.terms", text))[1]


@pytest.mark.parametrize("case", CATALOGUE, ids=lambda case: case.split("\n")[0])
def test_catalogue(case: str) -> None:
    text, said = case.split("\n=>\n")
    assert "\n\n".join(map(str, findings(text))) + "\n" == said


def test_every_code_has_a_case() -> None:
    """Those of bytes are in test_reading.py, those of budgets in test_budgets.py."""
    codes = set(re.findall(r"error\[(E[0-9]{3})\]", "".join(CATALOGUE)))
    assert codes | {"E001", "E002", "E011", "E012", "E027"} == {f"E{number:03}" for number in range(1, 28)}


def test_every_finding_points_and_helps() -> None:
    """Lower case, no full stop, a place, and a next step."""
    for case in CATALOGUE:
        for finding in findings(case.split("\n=>\n")[0]):
            assert finding.span is not None
            assert finding.help
            assert not finding.message.endswith(".")
            assert not finding.message[0].isupper()


def test_five_mistakes_are_five_findings() -> None:
    """In five clauses and fields, none of them hides another, and what is right is still read."""
    broken = (
        NOTE.replace('"Ascent Solar Technologies, Inc."', '"Ascent Solar Technologies, Inc.')
        .replace("calendar: NYSE", "Calendar: NYSE")
        .replace("issued: 2019-02-22", "issued: 02/22/2019")
        .replace("retires:  interest first", "retires = interest first")
        .replace("5.99% of outstanding", "%5.99 of outstanding")
    )
    document, found = parse_partly(Source("x", broken))
    assert [finding.code for finding in found] == ["E004", "E019", "E017", "E009", "E018"]
    lost = {"issued", "ownership_cap"}  # the others are blocks, which keep what is right in them
    names = [piece.name for piece in parse(Source("x", NOTE)).pieces if isinstance(piece, Item)]
    kept = [piece.name for piece in document.pieces if isinstance(piece, Item)]
    assert kept == [name for name in names if name not in lost]


def test_a_missing_brace_is_reported_at_its_own() -> None:
    """Wherever one closing brace of the note is lost, the finding is one, at the brace it belonged to."""
    for match in re.finditer(r"^\}\n", NOTE, re.MULTILINE):
        found = findings(NOTE[: match.start()] + NOTE[match.end() :])
        opening = NOTE.rindex(" {\n", 0, match.start()) + 1
        assert [(each.code, each.span and each.span.start) for each in found] == [("E006", opening)]


def test_the_door_raises_once_with_all() -> None:
    with pytest.raises(NoteErrors) as raised:
        parse(Source("x", "a: -5\nb:\nc: 5\n"))
    assert [each.code for each in raised.value.diagnostics] == ["E014", "E010"]
    with pytest.raises(NoteErrors):
        parse_value("")


def test_findings_come_in_the_order_of_the_text() -> None:
    found = findings("a: 5 {\n  b: 6\nc: -5\n}\n}\nd:\n")
    places = [each.span.start for each in found if each.span]
    assert places == sorted(places)


@given(documents(), st.data())
def test_one_broken_clause_hides_no_other(document, data):
    """Any clause of any document may be followed by a broken one: that one is reported, the rest is read."""
    text = format_document(document)
    broken = data.draw(
        st.sampled_from(("zz: -5\n", "zz:\n", "zz = 5\n", 'zz: "\n', "Zz: 5\n", "zz: 5 6\n", "zz: (5\n"))
    )
    read, found = parse_partly(Source("x", text + broken + text))
    assert len(found) == 1
    assert read.pieces == document.pieces * 2


def test_what_is_wrong_goes_from_one_process_to_another() -> None:
    with pytest.raises(NoteErrors) as raised:
        parse(Source("x", "a: -5\nb:\nc: 5\n"))
    sent = pickle.loads(pickle.dumps(raised.value))
    assert isinstance(sent, NoteErrors)
    assert (sent.diagnostics, str(sent)) == (raised.value.diagnostics, str(raised.value))
