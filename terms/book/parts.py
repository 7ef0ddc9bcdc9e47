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
from ..writing import put_in_place, replaced_mode, replacing, write_atomically
from .inventory import PARTS
from .tally import Tally, as_tally
from .trouble import Unaskable

MANIFEST, LOCK = "question.json", "lock"
OURS = ("part-", ".tenor-", MANIFEST, LOCK)
DIGEST_LENGTH = 12


@frozen
class Piece:
    """A part that is done: its file; and where its body stands in the whole, and how long it is, if it stands there."""

    path: str
    at: int | None = None
    length: int = 0


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
        return self._named(f"{index:06d}") + self.suffix

    @property
    def whole(self) -> str:
        """What becomes the output: bodies of parts may stand in their places before all are there."""
        return self._named("whole") + self.suffix

    @property
    def lengths(self) -> str:
        """How long the bodies of parts are, as far as they are made."""
        return self._named("lengths")

    def _counts(self, index: int) -> str:
        return self._named(f"{index:06d}") + ".json"

    def save(self, index: int, data: Any, tally: Tally, at: int | None = None, length: int = 0) -> None:
        """Put a part in its place, its counts first, so that a part that is there has them.

        Of one whose body stands in the whole, `data` is the rest.
        """
        with open(self._counts(index), "w", encoding="utf-8") as file_of_counts:
            json.dump({"tally": tally.plain(), "at": at, "length": length}, file_of_counts)
        with replacing(self.path(index)) as file:
            file.write(data)

    def tally(self, index: int) -> Tally | None:
        """The counts of a part that is done, None for one that is not."""
        found = self._found(index)
        return None if found is None else found[1]

    def piece(self, index: int) -> Piece:
        """A part that is done, to be joined."""
        found = self._found(index)
        assert found is not None, f"part {index} is not done"
        return found[0]

    def _found(self, index: int) -> tuple[Piece, Tally] | None:
        path = self.path(index)
        if not os.path.exists(path):
            return None
        try:
            with open(self._counts(index), "rb") as file:
                said = json.load(file)
            piece, tally = Piece(path, said["at"], said["length"]), as_tally(said["tally"])
            if piece.at is not None and piece.at + piece.length > os.stat(self.whole).st_size:
                return None  # the whole is another one
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None  # the power went before the disk had it: the part is made again
        return piece, tally

    @contextmanager
    def joining(self) -> Iterator[BinaryIO]:
        """The whole, to be written where no body stands yet; at the end it takes the place of the output."""
        mode = replaced_mode(self.out)
        opened = os.open(self.whole, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666 if mode is None else 0o600)
        with os.fdopen(opened, "wb") as file:
            yield file
            file.truncate()
            put_in_place(file, self.whole, self.out, mode)

    def remove(self) -> None:
        """Remove the parts: the output is there."""
        _clear(self.folder, lambda name: True)
        with suppress(OSError):  # where something of another's stands in it
            os.rmdir(self.folder)

    def _named(self, name: str) -> str:
        return os.path.join(self.folder, f"part-{name}-{self.digest}")


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
