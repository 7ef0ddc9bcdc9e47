"""Full disks: what a run leaves, and what it says, where there is no room for its parts or for the whole."""

import errno
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from book.in_parts import PARTS, write

from tenor.terms.book import running
from tenor.terms.book.parts import Parts, Piece
from tenor.terms.book.trouble import Stopped


def test_a_full_disk_leaves_the_old_file(folder: Path, tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch):
    """While a part is written, and while all are joined: the words say what is done and what to do."""
    out = tmp_path / "book.parquet"
    out.write_bytes(b"old")
    save = Parts.save

    def full(parts: Parts, index: int, *of_it: Any) -> None:
        if index == 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        save(parts, index, *of_it)

    monkeypatch.setattr(Parts, "save", full)
    with pytest.raises(Stopped) as raised:
        write(folder, out)
    assert str(raised.value).startswith(f"`{out}`: the disk is full\n  help: make room; 4 of 24 parts are done")
    monkeypatch.undo()

    def no_room(parts: Iterable[Piece], *_: object) -> None:
        assert len(list(parts)) == PARTS
        raise OSError(errno.ENOSPC, "No space left on device")

    found = running.format_of(str(out))
    assert found is not None
    monkeypatch.setattr(running, "format_of", lambda out: evolve(found, join=no_room))
    with pytest.raises(Stopped, match="24 of 24 parts are done"):
        write(folder, out)
    monkeypatch.undo()
    assert out.read_bytes() == b"old"
    assert write(folder, out).kept == PARTS
    assert out.read_bytes() == whole


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".csv"])
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a small disk wants root")
def test_a_disk_that_is_really_full(folder: Path, tmp_path: Path, suffix: str):
    """A disk of 64 kB, and no room for the parts or for the whole: each time nothing stands under the name."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        out = disk / f"book{suffix}"
        with pytest.raises(Stopped, match="the disk is full"):
            write(folder, out)
        assert not out.exists()
        subprocess.run(["mount", "-o", "remount,size=4m", disk], check=True)
        assert write(folder, out).kept > 0
    finally:
        subprocess.run(["umount", disk], check=True)
