"""Tells whether a folder is on a file system that several hosts share, or on this machine's own. Opens nothing."""

from __future__ import annotations

import functools
import struct
import sys
from collections.abc import Callable

# f_type of statfs(2): NFS, SMB (three generations), FUSE (sshfs among them), 9p, Ceph, AFS (two), Coda, GFS2,
# OCFS2, Lustre, GPFS, NCP, VirtualBox shared folders.
_MAGIC = frozenset(
    {
        0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x65735546, 0x01021997, 0x00C36400, 0x5346414F, 0x6B414653,
        0x73757245, 0x01161970, 0x7461636F, 0x0BD00BD0, 0x47504653, 0x564C, 0x786F4256,
    }
)  # fmt: skip
_DARWIN_LOCAL = 0x1000  # MNT_LOCAL


def is_network(folder: int) -> bool:
    """Whether other hosts may write to the open folder (a file descriptor). False if that is unknown."""
    call = _statfs_call()
    raw = call(folder) if call else b""
    if not raw:
        return False
    if sys.platform == "darwin":  # f_flags stands behind two 32-bit, five 64-bit, and four 32-bit fields
        return not int.from_bytes(raw[64:68], sys.byteorder) & _DARWIN_LOCAL
    word = struct.calcsize("l")
    return int.from_bytes(raw[:word], sys.byteorder) & 0xFFFFFFFF in _MAGIC


@functools.cache
def _statfs_call() -> Callable[[int], bytes] | None:
    """fstatfs(2) as a function: descriptor in, the raw struct out (empty if the call fails)."""
    if sys.platform not in ("linux", "darwin"):
        return None
    import ctypes  # imported late: not every process needs it

    try:
        library = ctypes.CDLL(None)
        function = getattr(library, "fstatfs$INODE64", None) if sys.platform == "darwin" else None
        function = function or library.fstatfs
    except (OSError, AttributeError):
        return None

    def call(folder: int) -> bytes:
        buffer = ctypes.create_string_buffer(4096)
        return buffer.raw if function(folder, buffer) == 0 else b""

    return call
