"""Every code has a wrong file, and what is said of it is exactly what a reader can act on."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.codes import CODES
from tenor.terms.door import load, load_facts, try_load

from .make_catalogue import HERE, cases, expected, said_of

ROOT = HERE.parents[1]
# May be about a file, not a place in it.
WHOLE_FILE = {"E002", "E102", "E326", "E405", "E501", "E505", "E508", "E509"} | {
    "E601",
    "E602",
    "E604",
    "E606",
    "E607",
    "E612",
}


@pytest.mark.parametrize("name", cases())
def test_what_is_said_of_a_wrong_file(name: str) -> None:
    """Word for word, with the path as the reader gave it."""
    assert said_of(name) == expected(name)


@pytest.mark.parametrize("name", cases())
def test_every_finding_can_be_acted_on(name: str) -> None:
    """A code of the table, a message in lower case without a full stop, a place, and one next step."""
    for finding in expected(name).rstrip("\n").split("\n\n"):
        first, *rest = finding.split("\n")
        match = re.fullmatch(r"error\[(E[0-9]{3})\]: (.+)", first)
        assert match is not None
        code, message = match.groups()
        assert code in CODES
        assert not message[0].isupper()
        assert not message.endswith(".")
        place = r"  --> [\w./-]+" + (r"(:\d+:\d+)?" if code in WHOLE_FILE else r":\d+:\d+")
        assert re.fullmatch(place, rest[0])
        assert rest[-1].startswith("  help: ")
        assert len(rest[-1]) > len("  help: ")


def test_a_file_shows_the_code_it_is_named_after() -> None:
    named = [name for name in cases() if name[0] == "E"]
    assert [name for name in named if f"error[{name[:4]}]" not in expected(name)] == []


def test_the_table_holds_every_code_once_and_no_other() -> None:
    """What is raised is explained, what is explained is raised, and each has its wrong file."""
    raised = {
        code
        for folder in ("grammar", "engine", "terms")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "codes.py"
        for code in re.findall(r'"(E[0-9]{3})"', path.read_text(encoding="utf-8"))
    }
    assert sorted(raised) == list(CODES)
    assert {name[:4] for name in cases() if name[0] == "E"} == set(CODES)


def test_nothing_else_lies_here() -> None:
    """Each expectation has its wrong file."""
    assert sorted(path.stem for path in HERE.glob("*.expected")) == cases()


def test_five_mistakes_give_five_findings() -> None:
    assert expected("five-mistakes").count("error[") == 5


def test_windows_line_ends_and_a_byte_order_mark_are_right() -> None:
    """A note, its ledger and its price table, all three saved by a careful editor of another system."""
    path = HERE / "right/crlf-and-byte-order-mark.terms"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
    said = load(str(path)).at("2019-08-26")
    assert said.ledger.endswith(".facts")
    assert [origin.words for origin in said.unread] == ["2019-08-26 bankruptcy"]  # no clause speaks of it


def test_the_catalogue_is_made_of_the_wrong_files() -> None:
    """After a change, run `python tests/wrong/make_catalogue.py`."""
    command = [sys.executable, str(HERE / "make_catalogue.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0


def note_with_source(folder: Path, file: str) -> str:
    """A note that is right but for the file that its source names."""
    right = (HERE / "right/crlf-and-byte-order-mark.terms").read_text(encoding="utf-8-sig")
    path = folder / "note.terms"
    path.write_text(f'{right}source "Form 8-K" {{\n  file: "{file}"\n}}\n', encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "missing"])
def test_only_regular_files_in_the_folder_are_read(tmp_path: Path, kind: str) -> None:
    """No link is followed, no pipe is waited for; the finding points at the name."""
    outside = tmp_path / "outside.txt"
    outside.write_text("secret", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    match kind:
        case "link":
            (inside / "8-k.txt").symlink_to(outside)
        case "folder":
            (inside / "8-k.txt").mkdir()
        case "pipe":
            import os

            os.mkfifo(inside / "8-k.txt")
    loaded, found = try_load(note_with_source(inside, "8-k.txt"))
    assert loaded is None
    assert [each.code for each in found] == ["E402"]
    assert [each.span.text for each in found if each.span] == ['"8-k.txt"']


@pytest.mark.parametrize("name", ["../outside.txt", "sub/../../outside.txt", "/outside.txt", "..", ".", "", "a\\\\b"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.txt").write_text("secret", encoding="utf-8")
    inside = tmp_path / "inside"
    (inside / "sub").mkdir(parents=True)
    _, found = try_load(note_with_source(inside, name))
    assert [each.code for each in found] == ["E402"]


def test_a_price_table_is_sought_beside_its_ledger_only(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("date,closing bid\n2019-08-23,0.0017\n", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "note.facts").write_text('series closing bid from "../prices.csv"\n', encoding="utf-8")
    note = load(str(HERE / "right/crlf-and-byte-order-mark.terms")).note
    with pytest.raises(NoteErrors) as raised:
        load_facts(str(inside / "note.facts"), note)
    assert [each.code for each in raised.value.diagnostics] == ["E402"]
