"""Which file something is, beyond its name: what a file says of itself was written on this machine, or came from afar.

A repository, an archive or a sync client can bring any name and any content, but nobody can choose the inode that it
gets here. Opens nothing.
"""

from __future__ import annotations

import os
from typing import NamedTuple


class Origin(NamedTuple):
    """A file or folder: its inode, the number of its device, and the id of its file system.

    The number of a device may be another after the next start of the machine (btrfs, LVM); the id then still tells.
    """

    inode: int
    device: int
    system: int

    @classmethod
    def of(cls, fd: int) -> Origin:
        """Of an open file or folder. Raises OSError."""
        info = os.fstat(fd)
        return cls(info.st_ino, info.st_dev, os.fstatvfs(fd).f_fsid)

    @classmethod
    def told(cls, value: object) -> Origin | None:
        """As it was written down, a list of three numbers; None for anything else."""
        if isinstance(value, list) and len(value) == 3 and all(type(number) is int for number in value):
            return cls(*value)
        return None

    def is_same(self, other: Origin | None) -> bool:
        """Whether both are the same file of the same file system."""
        if other is None or self.inode != other.inode:
            return False
        return self.device == other.device or self.system == other.system != 0


def says_its_own(told: object, fd: int) -> bool:
    """Whether what a file says of itself (a list of three numbers) is true of it: then it was written here."""
    origin = Origin.told(told)
    return origin is not None and origin.is_same(Origin.of(fd))
