"""A file appears whole or not at all, whatever stops the program that writes it."""

import os
import random
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tenor.terms.cli import main
from tenor.terms.writing import replacing, write_atomically

# One megabyte of one letter: a torn file would hold two letters, or too few.
OLD, NEW = b"o" * 1_000_000, b"n" * 1_000_000

# Forks a writer again and again and kills it before the first line of `writing.py`, the second, and so on,
# until one lives to the end; says after each what the file holds.
KILLED_AT_EACH_LINE = """
import os, signal, sys
from tenor.terms import writing

path, lines = sys.argv[1], 0
while True:
    with open(path, "wb") as file:
        file.write(b"o" * 1_000_000)
    lines += 1
    child = os.fork()
    if not child:
        left = lines
        def trace(frame, event, argument):
            global left
            if frame.f_code.co_filename == writing.__file__ and event == "line":
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace
        sys.settrace(trace)
        writing.write_atomically(path, b"n" * 1_000_000)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    with open(path, "rb") as file:
        data = file.read()
    print(len(data), "".join(sorted({chr(each) for each in data})))
    if os.WIFEXITED(status):
        break
"""

WRITES_FOR_EVER = """
import sys
from tenor.terms.writing import write_atomically

letter = sys.argv[2].encode()
while True:
    write_atomically(sys.argv[1], letter * 1_000_000)
    print(flush=True)
"""


def test_a_writer_killed_at_any_line_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """Old up to some line, new from there on, and never a mixture."""
    path = tmp_path / "book.csv"
    run = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EACH_LINE, str(path)], capture_output=True, text=True, check=True
    )
    left = run.stdout.splitlines()
    assert left == sorted(left, reverse=True)  # `o` after `n` in the alphabet, before it in time
    assert set(left) == {"1000000 o", "1000000 n"}
    assert len(left) > 20


def test_writers_killed_at_any_moment_leave_whole_files(tmp_path: Path) -> None:
    """Two at once on one file, each killed at some moment: it is always one of the two texts."""
    path, chance = tmp_path / "book.csv", random.Random(1)
    for _ in range(10):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITES_FOR_EVER, str(path), letter], stdout=subprocess.PIPE)
            for letter in "on"
        ]
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        for writer in writers:
            time.sleep(chance.random() / 100)
            writer.kill()
            writer.communicate()
        assert path.read_bytes() in (OLD, NEW)


def test_what_is_written_keeps_the_mode_of_what_it_replaces(tmp_path: Path) -> None:
    path = tmp_path / "note.terms"
    path.write_bytes(OLD)
    path.chmod(0o640)
    write_atomically(str(path), NEW)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (NEW, 0o640)


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(NEW)
    write_atomically(str(tmp_path / "ours"), NEW)
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(OLD)

    def write() -> None:
        with replacing(str(path)) as file:
            file.write(NEW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert [each.name for each in tmp_path.iterdir()] == ["book.csv"]
    assert path.read_bytes() == OLD


def test_another_library_may_write_by_the_path(tmp_path: Path) -> None:
    """Some take no open file."""
    with replacing(str(tmp_path / "book.csv")) as file:
        Path(file.name).write_bytes(NEW)
    assert (tmp_path / "book.csv").read_bytes() == NEW


def test_what_is_no_plain_file_is_not_written(tmp_path: Path) -> None:
    """A link, a folder and a pipe are named in the error, and left as they are."""
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "loose").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(each.name for each in tmp_path.iterdir())
    for name, why in (
        ("link", "it is a link"),
        ("loose", "it is a link"),
        ("folder", "a folder"),
        ("pipe", "not a regular file"),
    ):
        with pytest.raises(OSError, match=why) as raised:
            write_atomically(str(tmp_path / name), NEW)
        assert raised.value.filename == str(tmp_path / name)
    assert sorted(each.name for each in tmp_path.iterdir()) == before
    assert (tmp_path / "file").read_bytes() == OLD


def test_a_file_in_the_folder_at_hand_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_atomically("book.csv", NEW)
    assert (tmp_path / "book.csv").read_bytes() == NEW


LAYS_OUT = """
import sys
from tenor.terms.cli import main
from tenor.terms.writing import write_atomically

path, neat = sys.argv[1:]
for _ in range(20):
    write_atomically(path, neat.replace(": ", ":   ").encode())
    assert main(["fmt", path]) == 0
"""

EVALUATES = """
import sys
from tenor.terms.cli import main

for _ in range(20):
    assert main(["eval", sys.argv[1], "--date", "2019-08-26", "--json", "--ask", "owed"]) == 0
"""


def test_those_who_write_and_those_who_read_do_not_disturb_each_other(examples: Path) -> None:
    """Two processes lay out one note again and again while two others evaluate it: all say the same."""
    note = str(examples / "gs-capital.terms")
    assert main(["fmt", note]) == 0
    neat = Path(note).read_text("utf-8")
    run = [
        subprocess.Popen(
            [sys.executable, "-c", code, note, neat], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for code in (LAYS_OUT, LAYS_OUT, EVALUATES, EVALUATES)
    ]
    ended = [(*each.communicate(), each.returncode) for each in run]
    assert [(err, code) for _, err, code in ended] == [("", 0)] * 4
    assert main(["fmt", note]) == 0
    assert Path(note).read_text("utf-8") == neat
    first, second = (said.split("\n{\n") for said, _, _ in ended[2:])
    assert len(first) == 20
    assert {each.removeprefix("{\n").rstrip() for each in first + second} == {first[1].rstrip()}
    assert sorted(each.name for each in examples.iterdir() if each.name.startswith(".")) == []


def test_a_temporary_file_that_is_gone_is_not_missed(tmp_path: Path) -> None:
    """Whoever took it away: that it cannot take the place of another is what is told."""
    with pytest.raises(FileNotFoundError), replacing(str(tmp_path / "note.terms")) as file:
        os.unlink(file.name)
    assert list(tmp_path.iterdir()) == []
