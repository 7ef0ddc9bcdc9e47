"""A stranger's file is safe: whatever it says, it ends within 2 seconds and 512 MB, is told what is wrong, and where.

Nothing is executed, and nothing outside its folder is read: `cell.py` watches.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from . import figures, ledgers, letters, paths, sizes, tables
from .cases import RIGHT, Case
from .cell import Cell, Ended, cells

CASES: Mapping[str, Case] = {
    **letters.CASES,
    **figures.CASES,
    **sizes.CASES,
    **ledgers.CASES,
    **tables.CASES,
}
SLOW = ledgers.SLOW


@pytest.fixture(scope="module")
def cell() -> Iterator[Cell]:
    with cells() as run:
        yield run


def files(case: Case, folder: Path) -> None:
    for name, content in case.make().items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def well_told(ended: Ended, code: str, exit: int = 1) -> None:
    """It ended by itself, touched nothing, and every finding has its code, its place and its next step."""
    assert ended.trespasses == ()
    assert ended.code == (exit if code else 0), ended.err[:1_000]
    assert len(ended.err) < 500_000
    if not code:
        assert ended.err == ""
        return
    findings = ended.err.rstrip("\n").split("\n\n")
    assert code in {finding[6:10] for finding in findings}, ended.err[:1_000]
    for finding in findings:
        assert re.match(r"error\[E\d{3}\]: .+\n  --> \S", finding), finding[:1_000]
        assert "\n  help: " in finding


def test_the_corpus_is_large() -> None:
    assert len(CASES) + len(paths.CASES) > 400
    assert not set(CASES) & set(paths.CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_strangers_file_is_told_what_is_wrong(name: str, cell: Cell, tmp_path: Path) -> None:
    """By `terms check` and by `terms eval`."""
    case = CASES[name]
    files(case, tmp_path)
    well_told(cell(tmp_path, ["check", "."]), case.code)
    said = cell(tmp_path, ["eval", "note.terms", "--date", case.day, "--json"])
    wrong = case.code or case.asked
    well_told(said, "" if wrong == SLOW and said.code == 0 else wrong)


@pytest.mark.parametrize("name", {**letters.CASES, **figures.CASES})
def test_a_strangers_file_is_laid_out_or_left_alone(name: str, cell: Cell, tmp_path: Path) -> None:
    """`terms fmt` twice changes nothing the second time, and nothing at all where the text is broken."""
    files({**letters.CASES, **figures.CASES}[name], tmp_path)
    before = (tmp_path / "note.terms").read_bytes()
    first = cell(tmp_path, ["fmt", "."])
    assert (first.code in (0, 1), first.trespasses) == (True, ())
    if first.code:
        assert (tmp_path / "note.terms").read_bytes() == before
    else:
        again = cell(tmp_path, ["fmt", "--check", "."])
        assert (again.code, again.out) == (0, "")


@pytest.mark.parametrize("name", paths.CASES)
def test_a_name_leads_nowhere_else(name: str, cell: Cell, tmp_path: Path) -> None:
    """What lies outside the folder is neither read nor shown, and no pipe is waited for."""
    (tmp_path / "secret.txt").write_text(paths.SECRET, "utf-8")
    folder = tmp_path / "sent"
    (folder / "sub").mkdir(parents=True)
    trap = paths.CASES[name]
    trap.lay(folder)
    for command in (
        ["check", "."],
        ["eval", "note.terms", "--date", "2019-08-26"],
        ["test", "."],
        ["fmt", "--check", "."],
    ):
        ended = cell(folder, command)
        assert ended.trespasses == ()
        assert ended.code in (0, 1, 2), ended.err[:1_000]
        assert paths.SECRET not in ended.out + ended.err
        assert all(char == "\n" or char == "\t" or char.isprintable() for char in ended.out + ended.err)
        if command[0] == "check":
            assert ended.code == (trap.exit if trap.code else 0), ended.err[:1_000]
            assert trap.code in ended.err


def test_nothing_in_the_folder_is_imported(tmp_path: Path) -> None:
    """The program, installed as `terms`, is started where files are called like modules that it needs."""
    program = tmp_path / "bin" / "terms"
    program.parent.mkdir()
    program.write_text("import sys; from tenor.terms.cli import main; sys.exit(main())", "utf-8")
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "note.terms").write_text(RIGHT, "utf-8")
    for name in ("attr", "attrs", "engine", "grammar", "json", "rich", "sitecustomize", "tenor", "terms", "textwrap"):
        (folder / f"{name}.py").write_text("open('owned', 'w')", "utf-8")
    for words in (
        ["eval", "note.terms", "--json"],
        ["eval", "note.terms"],
        ["check", "."],
        ["fmt", "."],
        ["test", "."],
    ):
        run = subprocess.run([sys.executable, program, *words], cwd=folder, capture_output=True, text=True)
        assert (run.returncode, run.stderr) == (0, "")
    assert not (folder / "owned").exists()
