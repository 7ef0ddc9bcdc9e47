"""Writing: a file appears whole or not at all, whatever stops the program.

What is to be written goes to a temporary file in the same folder, is forced onto the disk, takes the place of
the old file in one step, and then the folder itself is forced. Whoever reads meanwhile, or after a crash, finds
the old file or the new one. A program killed in between leaves `.tenor-….new` behind, which nobody reads.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO


def write_atomically(path: str, data: bytes) -> None:
    """Put `data` in the place of the file at `path`, which need not be there yet; raises OSError."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: str, aside: str = "") -> Iterator[BinaryIO]:
    """A new file to write, whose path is its `name`; on success it takes the place of `path`, else it is removed.

    It is written in the same folder, or in the folder `aside` of the same disk.
    Keeps the old file's mode. Raises OSError, and writes nothing, where `path` is a link, a folder, a device, or
    a file that may not be written: what it points to is for the user to name.
    """
    folder, _ = os.path.split(path)
    mode = replaced_mode(path)
    temporary = os.path.join(aside or folder, f".tenor-{os.urandom(8).hex()}.new")
    with open(temporary, "xb", opener=_private if mode is not None else None) as file:
        try:
            yield file
            put_in_place(file, temporary, path, mode)
        except BaseException:
            if os.path.lexists(temporary):
                os.unlink(temporary)
            raise


def put_in_place(file: BinaryIO, written: str, path: str, mode: int | None) -> None:
    """Let an open file, whose path is `written`, take the place of `path`, with the old one's mode if there was one."""
    file.flush()
    if mode is not None:
        os.fchmod(file.fileno(), mode)
    os.fsync(file.fileno())
    os.replace(written, path)
    _force(os.path.dirname(path) or ".")


def replaced_mode(path: str) -> int | None:
    """The mode of the file to be replaced, None where there is none yet; raises OSError where it may not be."""
    try:
        old = os.lstat(path).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(old):
        raise OSError(errno.ELOOP, "it is a link, which is not written through: name the file itself", path)
    if stat.S_ISDIR(old):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", path)
    if not stat.S_ISREG(old):
        raise OSError(errno.EINVAL, "it is not a regular file", path)
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "it may not be written", path)
    return stat.S_IMODE(old)


def down_to_the_disk(descriptor: int) -> None:
    """Force what was written of a large file onto the disk, and let the memory go that the system keeps it in.

    Pages that are let go are there for what is written next; new ones for a whole file cost more than to write it.
    Raises OSError where the disk does not take it.
    """
    os.fsync(descriptor)
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):  # it was advice
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _private(path: str, flags: int) -> int:
    """Nobody else reads the new text before it has the old one's mode."""
    return os.open(path, flags, 0o600)


def _force(folder: str) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
