"""Tells whether a file changed since it was read, by its inode, times and size, and by a digest. Opens no file itself.

It also decides when `stat` cannot be trusted: while the clock that stamps files may not have ticked since the reading.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

DIGEST_BYTES = 16
_TICK = 20_000_000  # ns; a kernel's clock for files ticks every 1 to 10 ms
_LONG_TICK = 2_000_000_000  # ns; for file systems that store whole seconds only


def digest_of(data: bytes) -> str:
    """BLAKE2b of the bytes, as 32 hexadecimal characters."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def is_too_new(ctime_ns: int, looked_ns: int) -> bool:
    """Whether a file with this ctime may have been written again after it was looked at, without `stat` showing it.

    `looked_ns` is the wall clock when it was looked at. ctime, not mtime: every write sets it, nobody can set it back.
    """
    tick = _TICK if ctime_ns % 1_000_000_000 else _LONG_TICK
    return looked_ns - ctime_ns < tick


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One version of one file. The numbers are only a hint that it changed; the digest decides.

    `is_racy`: the file was so new when it was read that the same numbers prove nothing (as git calls it, racily clean).
    """

    dev: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    digest: str
    is_racy: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, info: os.stat_result, data: bytes, looked_ns: int = 0) -> Fingerprint:
        """The fingerprint of a file that holds `data`. `info` and `looked_ns` as for `with_digest`."""
        return cls.with_digest(info, digest_of(data), looked_ns)

    @classmethod
    def with_digest(cls, info: os.stat_result, digest: str, looked_ns: int = 0) -> Fingerprint:
        """The fingerprint of a file whose digest is known. `looked_ns` is the wall clock when its bytes were read.

        Without it the numbers of `stat` are not trusted until the file is read again: after our own write, somebody
        else may have written before `info` was taken.
        """
        racy = is_too_new(info.st_ctime_ns, looked_ns)
        return cls(info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns, digest, racy)

    def looks_like(self, info: os.stat_result) -> bool:
        """Whether `stat` proves that the file is unchanged. False means: read it again."""
        return not self.is_racy and (self.dev, self.inode, self.size, self.mtime_ns, self.ctime_ns) == (
            info.st_dev,
            info.st_ino,
            info.st_size,
            info.st_mtime_ns,
            info.st_ctime_ns,
        )

    def same_content(self, other: Fingerprint) -> bool:
        """Whether both are fingerprints of the same bytes."""
        return self.digest == other.digest
