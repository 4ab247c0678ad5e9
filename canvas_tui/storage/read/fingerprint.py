"""What a file was when we read it: which inode, and a digest of every byte. Opens no file itself."""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple

DIGEST_BYTES = 16


def digest_of(data: bytes) -> str:
    """BLAKE2b of the bytes, as 32 hexadecimal characters."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


class Fingerprint(NamedTuple):
    """One version of one file. The numbers are only a hint that it changed; the digest decides."""

    dev: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    digest: str

    @classmethod
    def of(cls, info: os.stat_result, data: bytes) -> Fingerprint:
        return cls.with_digest(info, digest_of(data))

    @classmethod
    def with_digest(cls, info: os.stat_result, digest: str) -> Fingerprint:
        return cls(info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns, digest)

    def looks_like(self, info: os.stat_result) -> bool:
        """Whether nothing that `stat` tells has changed. Clocks tick in milliseconds: only a hint."""
        return (self.dev, self.inode, self.size, self.mtime_ns, self.ctime_ns) == (
            info.st_dev,
            info.st_ino,
            info.st_size,
            info.st_mtime_ns,
            info.st_ctime_ns,
        )

    def same_content(self, other: Fingerprint) -> bool:
        return self.digest == other.digest
