"""Parts: what a run finds of an earlier one, cut short or gone."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tenor.terms.book.inventory import PARTS
from tenor.terms.book.parts import Parts, parts_of
from tenor.terms.book.tally import Tally


@pytest.mark.parametrize(
    "text", [None, "{", "{}", "[]"], ids=["not there", "cut short", "without any", "of another kind"]
)
def test_a_part_without_its_counts_is_made_again(tmp_path: Path, text: str | None):
    """The power went before the disk had them."""
    parts = Parts(str(tmp_path / "book.csv"), str(tmp_path), "digest", ".csv")
    parts.save(0, b"a row", Tally(1, 1, {}, {}, 0, ()))
    assert parts.tally(0) is not None
    counts = tmp_path / "part-000000-digest.json"
    counts.unlink() if text is None else counts.write_text(text)
    assert parts.tally(0) is None


@pytest.mark.parametrize("when", ["before the lock is opened", "before it is held"])
def test_a_run_that_ends_meanwhile_takes_its_folder_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str):
    """Then this run makes one of its own."""
    out = str(tmp_path / "book.csv")
    module, name = (os, "mkdir") if when == "before the lock is opened" else (fcntl, "flock")
    act, ended = getattr(module, name), []

    def ends(*asked: object) -> None:
        act(*asked)
        if not ended:
            ended.append(shutil.rmtree(out + PARTS))

    with monkeypatch.context() as patched:
        patched.setattr(module, name, ends)
        with parts_of(out, ".csv", {}) as parts:
            assert os.path.isdir(parts.folder)
    assert len(ended) == 1
