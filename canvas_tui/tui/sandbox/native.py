"""System calls that Python has no function for, by number. Owns ctypes and errno; must not know what they are for."""

from __future__ import annotations

import ctypes
import errno
import os
from typing import Final

PR_SET_NO_NEW_PRIVS: Final = 38


class NotHeld(Exception):
    """A layer that cannot be had here. The message says why in a few words, for a status line."""


_libc = ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: int | bytes | ctypes.Structure | None) -> int:
    """The result of system call `number`; structures and bytes are passed by address. Raises OSError."""
    result: int = _syscall(number, *(_argument(each) for each in arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def forbid_new_privileges() -> None:
    """No program this process starts can gain rights by setuid; both layers of the kernel ask for that first."""
    arguments = [ctypes.c_ulong(each) for each in (1, 0, 0, 0)]
    if _libc.prctl(PR_SET_NO_NEW_PRIVS, *arguments) != 0:
        raise NotHeld("not in this kernel")


def reason(error: OSError) -> str:
    """Why the kernel did not give a layer, in a few words."""
    if error.errno == errno.ENOSYS:
        return "not in this kernel"
    if error.errno == errno.EOPNOTSUPP:
        return "off in this kernel"
    if error.errno == errno.EPERM:
        return "not allowed here"
    return (error.strerror or "refused").lower()


def is_refused(code: int) -> bool:
    """Whether opening a file to write is refused with this error right now; where there is no /dev/null, yes."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    except OSError as error:
        return error.errno in (code, errno.ENOENT)
    os.close(descriptor)
    return False


def _argument(value: int | bytes | ctypes.Structure | None) -> object:
    if isinstance(value, int):
        return ctypes.c_long(value)
    return ctypes.byref(value) if isinstance(value, ctypes.Structure) else value


_syscall = _libc.syscall
_syscall.restype = ctypes.c_long
