"""Whatever a file says, a reader gets findings or a statement, soon, and never a traceback."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.door import load, load_facts, try_load

from .make_catalogue import HERE, cases

ROOT = HERE.parents[1]
NOTES = sorted([*(ROOT / "examples").glob("*.terms"), *(ROOT / "tests/cases").glob("*.terms")])
LEDGERS = sorted([*(ROOT / "examples").glob("*.facts"), *(ROOT / "tests/cases").glob("*.facts")])
DAYS = ("1990-01-01", "2019-08-26", "2020-02-24", "2027-12-31", "2999-12-31")
WORD = re.compile(r'"[^"\n]*"|[A-Z]{3} [0-9][0-9,.]*|[0-9][0-9,.%/-]*|[A-Za-z_]+|[^\w\s]')
FIGURES = ("0", "8", "8%", "100%", "0.0001% per year", "USD 0.01", "EUR 5", "USD 0.00 per share", "999,999,999 days")
FIGURES += ("2019-02-22", "2020-02-30", "1900-01-01", "2999-12-31", "10000 trading days", "0 shares", "1e9", "-1", "½")
WORDS = [word for path in NOTES + LEDGERS for word in WORD.findall(path.read_text(encoding="utf-8"))]


def all_helpful(errors: NoteErrors) -> None:
    """There is something to tell, and each of it says what to do."""
    assert errors.diagnostics
    assert all(each.help for each in errors.diagnostics)


def told(note: Path, facts: Path | None = None) -> None:
    """Loads a note and its ledger and asks on several days; anything but findings is a mistake of the program."""
    loaded, found = try_load(str(note), (str(ROOT / "examples"),))
    assert (loaded is None) == bool(found)
    if loaded is None:
        return
    for day in DAYS:
        try:
            loaded.at(day, None if facts is None else str(facts))
        except NoteErrors as errors:
            all_helpful(errors)


@pytest.mark.parametrize(
    "name", [name for name in cases() if (HERE / name).is_dir() or (HERE / f"{name}.terms").exists()]
)
def test_a_wrong_file_is_only_findings(name: str) -> None:
    if (HERE / name).is_dir():
        told(HERE / name / "note.terms", HERE / name / "note.facts")
    else:
        told(HERE / f"{name}.terms")


def cut_short(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


def without_a_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def with_a_line_twice(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "".join(lines)


def with_another_word(text: str, chance: random.Random) -> str:
    """Words and figures of all files, in places where some of them fit."""
    for _ in range(chance.randint(1, 3)):
        place = chance.choice(list(WORD.finditer(text)))
        text = text[: place.start()] + chance.choice((*FIGURES, chance.choice(WORDS))) + text[place.end() :]
    return text


def with_another_value(text: str, chance: random.Random) -> str:
    """A field with the value of another, or with a figure of another kind."""
    values = re.findall(r"(?m)^\s*[a-z_]+: +(.+?)(?:  |$)", text) or [""]
    place = chance.choice(list(re.finditer(r"(?m)(?<=: )\S.*$", text)) or [re.search("$", text)])
    assert place is not None
    return text[: place.start()] + chance.choice((*FIGURES, *values)) + text[place.end() :]


def with_another_letter(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice('"{}():;%,.\n #0é\u202e') + text[place + 1 :]


CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    cut_short,
    without_a_line,
    with_a_line_twice,
    with_another_word,
    with_another_value,
    with_another_letter,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_note_is_findings_or_a_statement(tmp_path: Path, change: Callable[[str, random.Random], str]) -> None:
    chance = random.Random(change.__name__)
    path = tmp_path / "note.terms"
    for _ in range(60):
        text = chance.choice(NOTES).read_text(encoding="utf-8")
        path.write_text(change(text, chance), encoding="utf-8")
        told(path)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_ledger_is_findings_or_a_statement(
    tmp_path: Path, change: Callable[[str, random.Random], str]
) -> None:
    chance = random.Random(change.__name__)
    for file in (ROOT / "examples").glob("*.csv"):
        shutil.copy(file, tmp_path)
    path = tmp_path / "note.facts"
    for _ in range(30):
        ledger = chance.choice(LEDGERS)
        note = ledger.with_suffix(".terms") if ledger.with_suffix(".terms").exists() else NOTES[0]
        path.write_text(change(ledger.read_text(encoding="utf-8"), chance), encoding="utf-8")
        told(note, path)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_price_table_is_findings_or_prices(
    tmp_path: Path, change: Callable[[str, random.Random], str]
) -> None:
    chance = random.Random(change.__name__)
    table, ledger = tmp_path / "asti-2019.csv", tmp_path / "note.facts"
    ledger.write_text('series closing bid from "asti-2019.csv"\n', encoding="utf-8")
    note = load(str(ROOT / "examples/gs-capital.terms"), (str(ROOT / "examples"),)).note
    text = (ROOT / "examples/asti-2019.csv").read_text(encoding="utf-8")
    for _ in range(30):
        table.write_text(change(text, chance), encoding="utf-8")
        try:
            load_facts(str(ledger), note)
        except NoteErrors as errors:
            all_helpful(errors)
