"""Copying: the bytes of one file to the end of another, by the system itself where it can."""

import errno
import os
from io import UnsupportedOperation
from typing import BinaryIO

from .parts import Piece
from .trouble import Stopped

AT_ONCE = 1 << 20
# No such call, or not between these disks: then the bytes go through this program.
NOT_HERE = (errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM, errno.EBADF)


def copied(part: BinaryIO, file: BinaryIO, count: int) -> int:
    """Copy the next `count` bytes, and say how many they are; raises Stopped where there are fewer."""
    left = _by_the_system(part, file, count)
    while left:
        data = part.read(min(left, AT_ONCE))
        if not data:
            raise Stopped("a part ended while it was copied", "run the same command again")
        file.write(data)
        left -= len(data)
    return count


def in_its_place(piece: Piece, part: BinaryIO, file: BinaryIO, count: int) -> int:
    """Copy the body of a part, unless it stands there already, and say how long it is; raises Stopped."""
    if piece.at is None:
        return copied(part, file, count)
    if piece.at != file.tell():
        raise Stopped(f"`{piece.path}` belongs to another place", "remove it, and run the same command again")
    file.seek(piece.length, os.SEEK_CUR)
    return piece.length


def _by_the_system(part: BinaryIO, file: BinaryIO, count: int) -> int:
    """How many bytes are left to copy."""
    if not hasattr(os, "copy_file_range"):
        return count
    left = count
    try:
        file.flush()
        source, sink = part.fileno(), file.fileno()
        at = part.tell()
        while left:
            done = os.copy_file_range(source, sink, left, at)
            if not done:
                break
            left -= done
            at += done
        part.seek(at)
        file.seek(0, os.SEEK_CUR)
    except UnsupportedOperation:
        return count  # no file of the system
    except OSError as error:
        if error.errno not in NOT_HERE or left != count:
            raise
    return left
