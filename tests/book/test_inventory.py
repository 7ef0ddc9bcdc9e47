"""What a book is made from: a run goes on only where none of it has changed, and no output takes its place."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from book.written import BIDS, write_folder

from tenor.terms import load_book
from tenor.terms.book.running import write_book
from tenor.terms.book.trouble import Unaskable

DAYS, ASK = ["2019-03-05"], ["owed"]
SOURCE = 'source "S" {{ file: "{file}" }}\n'


def named(folder: Path, name: str) -> None:
    """The ledger of the first note takes its prices from a file of this name."""
    ledger = folder / "note-001.facts"
    ledger.write_text(ledger.read_text().replace('"bids.csv"', f'"{name}"'))
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(BIDS)


def quoting(folder: Path, name: str) -> None:
    """The first note quotes a text of this name, which is not there."""
    note = folder / "note-001.terms"
    note.write_text(note.read_text() + SOURCE.format(file=name))


def told(given: Path, *sources: Path, **more: Path) -> str:
    """What a run remembers of the notes and facts that it was asked for."""
    question = load_book(given, sources=sources, **more).question(DAYS, ASK)
    return question.described((), "")["notes or facts"]


@pytest.mark.parametrize("name", ["bids.txt", "bids", "sub/bids.csv", "sub/bids.prices"])
@pytest.mark.parametrize("alone", [True, False], ids=["the note alone", "its folder"])
def test_a_price_table_of_any_name_is_an_input(tmp_path: Path, name: str, alone: bool) -> None:
    """Its ledger says where it is."""
    folder = write_folder(tmp_path / "notes", 2)
    named(folder, name)
    given = folder / "note-001.terms" if alone else folder
    before = told(given)
    (folder / name).write_text(BIDS.replace("0.02", "0.021"))
    assert told(given) != before


@pytest.mark.parametrize("below", ["notes", "texts"])
def test_a_text_that_a_note_quotes_is_an_input(tmp_path: Path, below: str) -> None:
    """Beside the note or in a folder of sources: whether it is there, and what it says."""
    folder, texts = write_folder(tmp_path / "notes", 2), tmp_path / "texts"
    texts.mkdir()
    quoting(folder, "s.txt")
    (folder / "other.terms").write_text((folder / "note-002.terms").read_text())
    seen = [told(folder, texts)]
    for words in ("", "the words", "the other words"):
        (tmp_path / below / "s.txt").write_text(words)
        seen.append(told(folder, texts))
    assert len({*seen}) == len(seen)
    assert told(folder) not in seen


def test_a_name_that_leads_nowhere_is_no_input(tmp_path: Path) -> None:
    """A link to nothing, a pipe, and letters that are no text do not stop what is asked of the others."""
    folder = write_folder(tmp_path / "notes", 2)
    (folder / "gone.csv").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.facts")
    (folder / "latin.facts").write_bytes(b'series closing bid from "\xe9.csv"\n' + b'"' + b"x" * 5000 + b'"\n')
    before = told(folder / "note-001.terms")
    (folder / "latin.facts").write_bytes(b"")
    assert told(folder / "note-001.terms") != before


def notes_alone(folder: Path) -> tuple[Path, dict[str, Path]]:
    return folder, {}


def with_facts(folder: Path) -> tuple[Path, dict[str, Path]]:
    facts = folder.parent / "facts"
    facts.mkdir()
    (facts / "a.csv").write_text("note,date,fact\nnote-001,2019-03-04,pay USD 5.00\n")
    (facts / "note-002.facts").write_text('series closing bid from "sub/bids.csv"\n')
    (facts / "sub").mkdir()
    (facts / "sub/bids.csv").write_text(BIDS)
    return folder, {"facts": facts}


@pytest.mark.parametrize(
    ("asked", "out"),
    [
        (notes_alone, "notes/bids.csv"),
        (with_facts, "facts/a.csv"),
        (with_facts, "facts/sub/bids.csv"),
        (with_facts, "facts/../facts/a.csv"),
    ],
)
def test_no_output_takes_the_place_of_an_input(
    tmp_path: Path, asked: Callable[[Path], tuple[Path, dict[str, Path]]], out: str
) -> None:
    """Those that lie below a folder are as safe as those that are named."""
    given, more = asked(write_folder(tmp_path / "notes", 2))
    before = (tmp_path / out).read_bytes()
    book = load_book(given, **more)
    with pytest.raises(Unaskable, match="is what the book is made from"):
        write_book(book.question(DAYS, ASK), str(tmp_path / out), book.members)
    assert (tmp_path / out).read_bytes() == before


def test_an_earlier_output_among_the_notes_gives_way(tmp_path: Path) -> None:
    """Beside notes, or beside a table of facts, it is nobody's input."""
    folder = write_folder(tmp_path / "notes", 2)
    (folder / "pays.csv").write_text("note,date,fact\nnote-001,2019-03-04,pay USD 5.00\n")
    for more in ({}, {"facts": folder / "pays.csv"}):
        for _ in range(2):
            assert load_book(folder, **more).write(folder / "book.csv", DAYS, ASK).tally.rows == 2
