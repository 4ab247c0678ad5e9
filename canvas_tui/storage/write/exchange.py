"""Swaps two names in one step of the kernel. Knows nothing of what the files hold.

`os.rename` throws away the file at the target, even if somebody put it there a moment ago. An exchange gives that file
to us, so nothing is lost unseen. Only Linux has it, and not on every file system.
"""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable

_NOREPLACE, _EXCHANGE = 1, 2
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


class NotSupported(OSError):
    """This system or file system has no such rename; the names are as they were."""


def exchange(folder: int, one: str, other: str) -> None:
    """Swap two existing names in the open folder. Raises NotSupported or OSError; then nothing has moved."""
    _renameat2(folder, one, other, _EXCHANGE)


def rename_new(folder: int, old: str, new: str) -> None:
    """Rename `old` to `new`. Raises FileExistsError if `new` exists, NotSupported, or another OSError."""
    _renameat2(folder, old, new, _NOREPLACE)


def _renameat2(folder: int, old: str, new: str, flags: int) -> None:
    call = _system_call()
    if call is None:
        raise NotSupported(errno.ENOSYS, "renameat2 is not there")
    number = call(folder, os.fsencode(old), folder, os.fsencode(new), flags)
    if number in _UNSUPPORTED:
        raise NotSupported(number, os.strerror(number))
    if number:
        raise OSError(number, os.strerror(number), new)


@functools.cache
def _system_call() -> Callable[[int, bytes, int, bytes, int], int] | None:
    """renameat2 as a function that returns an errno or 0; None if the C library has none."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # a few milliseconds, and only a process that writes needs it

    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None  # a C library older than glibc 2.28 or musl 1.2.4
    function.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    function.restype = ctypes.c_int

    def call(folder: int, old: bytes, into: int, new: bytes, flags: int) -> int:
        return ctypes.get_errno() if function(folder, old, into, new, flags) else 0

    return call
