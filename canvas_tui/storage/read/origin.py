"""Tells a file that was written on this machine from one that was brought here. Opens nothing.

A repository, an archive or a sync client can bring any name and any content, but it cannot choose the inode that a file
gets here. So our own files note their inode, and a copy of one notes the wrong inode.
"""

from __future__ import annotations

import os
from typing import NamedTuple


class Origin(NamedTuple):
    """The identity of a file or folder: its inode, the number of its device, and the id of its file system.

    The number of a device may change when the machine is started again (btrfs, LVM); the id of the file system stays.
    """

    inode: int
    device: int
    system: int

    @classmethod
    def of(cls, fd: int) -> Origin:
        """The identity of an open file or folder. Raises OSError."""
        info = os.fstat(fd)
        return cls(info.st_ino, info.st_dev, os.fstatvfs(fd).f_fsid)

    @classmethod
    def told(cls, value: object) -> Origin | None:
        """The identity that a list of three numbers stands for; None for anything else."""
        if isinstance(value, list) and len(value) == 3 and all(type(number) is int for number in value):
            return cls(*value)
        return None

    def is_same(self, other: Origin | None) -> bool:
        """Whether both are the same file of the same file system."""
        if other is None or self.inode != other.inode:
            return False
        return self.device == other.device or self.system == other.system != 0


def says_its_own(told: object, fd: int) -> bool:
    """Whether the identity that a file notes (a list of three numbers) is its own: then it was written here."""
    origin = Origin.told(told)
    return origin is not None and origin.is_same(Origin.of(fd))
