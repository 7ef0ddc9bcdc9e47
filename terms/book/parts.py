"""Parts: what of a book is done, in a folder beside the file to be, so that a run that was killed goes on.

Each part appears whole or not at all, and carries in its name the digest of the question it answers. The run
that works in the folder holds a lock on it, which goes with the process however that ends.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from ...grammar.classes import frozen
from ..writing import replaced_mode, replacing, write_atomically
from .question import PARTS
from .tally import Tally, as_tally
from .trouble import Unaskable

MANIFEST, LOCK = "question.json", "lock"
OURS = ("part-", ".tenor-", MANIFEST, LOCK)
DIGEST_LENGTH = 12


@frozen
class Parts:
    """The folder of one output and one question."""

    out: str
    folder: str
    digest: str
    suffix: str
    dropped: str = ""  # what an earlier question in this folder had otherwise

    def path(self, index: int) -> str:
        """Where a part stands."""
        return self._named(index) + self.suffix

    def save(self, index: int, data: Any, tally: Tally) -> None:
        """Put a part in its place, its counts first, so that a part that is there has them."""
        counts = self._named(index) + ".json"
        with open(counts, "w", encoding="utf-8") as file_of_counts:
            json.dump(tally.plain(), file_of_counts)
        with replacing(self.path(index)) as file:
            file.write(data)

    def tally(self, index: int) -> Tally | None:
        """The counts of a part that is done, None for one that is not."""
        if not os.path.exists(self.path(index)):
            return None
        try:
            with open(self._named(index) + ".json", "rb") as file:
                return as_tally(json.load(file))
        except (FileNotFoundError, ValueError):
            return None  # the power went before the disk had it: the part is made again

    @contextmanager
    def joining(self) -> Iterator[BinaryIO]:
        """The file that takes the place of the output once it is whole."""
        with replacing(self.out, self.folder) as file:
            yield file

    def remove(self) -> None:
        """Remove the parts: the output is there."""
        _clear(self.folder, lambda name: True)
        with suppress(OSError):  # where something of another's stands in it
            os.rmdir(self.folder)

    def _named(self, index: int) -> str:
        return os.path.join(self.folder, f"part-{index:06d}-{self.digest}")


@contextmanager
def parts_of(out: str, suffix: str, described: Mapping[str, str]) -> Iterator[Parts]:
    """The folder for an output, locked; parts of another question are removed.

    Raises OSError where the output may not be written, and Unaskable where another run works on it.
    """
    replaced_mode(out)
    folder = out + PARTS
    digest = hashlib.sha256(json.dumps(described).encode()).hexdigest()[:DIGEST_LENGTH]
    with _locked(folder, out):
        dropped = _other_question(folder, described)
        _clear(folder, lambda name: name.startswith(".tenor-") or (name.startswith("part-") and digest not in name))
        write_atomically(os.path.join(folder, MANIFEST), json.dumps(described, indent=2).encode())
        yield Parts(out, folder, digest, suffix, dropped)


@contextmanager
def _locked(folder: str, out: str) -> Iterator[None]:
    while True:
        with suppress(FileExistsError):
            os.mkdir(folder)
        path = os.path.join(folder, LOCK)
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue  # the run before has just removed the folder
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.exists(path) and os.path.samestat(os.fstat(lock), os.stat(path)):
                yield
                return
        except BlockingIOError:
            help = "wait for it, or name another `--out`"
            raise Unaskable(f"another run is writing `{out}`", help) from None
        finally:
            os.close(lock)


def _other_question(folder: str, described: Mapping[str, str]) -> str:
    """In what an earlier question differs; empty where there is none, or it is the same."""
    try:
        with open(os.path.join(folder, MANIFEST), "rb") as file:
            earlier = json.load(file)
    except (FileNotFoundError, ValueError):
        return ""
    return ", ".join(name for name, value in described.items() if earlier.get(name) != value)


def _clear(folder: str, unwanted: Any) -> None:
    for name in os.listdir(folder):
        if name.startswith(OURS) and unwanted(name):
            os.unlink(os.path.join(folder, name))
