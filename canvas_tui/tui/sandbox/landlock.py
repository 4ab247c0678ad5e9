"""Landlock: the kernel refuses this process every way of writing that goes by a path, TCP, and programs.

Owns which rights are given up for which version of the kernel's interface. No path is excepted: the terminal is open
already. What Landlock cannot hold (modes, owners, times, attributes, local sockets) is `seccomp`'s.
"""

from __future__ import annotations

import ctypes
import errno
import os
from contextlib import suppress
from typing import Final

from canvas_tui.tui.sandbox import native
from canvas_tui.tui.sandbox.native import NotHeld

_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same on every architecture
_ASK_VERSION: Final = 1

_EXECUTE, _WRITE_FILE = 1 << 0, 1 << 1  # 1 << 2 and 1 << 3 are reading, which stays free
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))  # folders, files, devices, sockets, FIFOs, symbolic links
_SINCE_2 = 1 << 13  # renaming or linking into another folder; refused by version 1 in any case
_SINCE_3 = 1 << 14  # truncating
_SINCE_5 = 1 << 15  # device control of what is opened from now on
_TCP_SINCE_4 = 0b11  # bind, connect
_SCOPES_SINCE_6 = 0b11  # abstract local sockets of others, signals to others


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


def version() -> int:
    """Which version of the interface the kernel has; it says which rights can be refused. Raises NotHeld for none."""
    try:
        return native.call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError as error:
        raise NotHeld(native.reason(error)) from error


def hold() -> None:
    """Shut this process in, for good. Raises NotHeld.

    Holds for this thread and those it starts, so it is refused where others run already.
    """
    known = version()
    _refuse_other_threads()
    native.forbid_new_privileges()
    try:
        ruleset = native.call(_CREATE_RULESET, _rules(known), _size(known), 0)
        try:
            native.call(_RESTRICT_SELF, ruleset, 0)
        finally:
            os.close(ruleset)
    except OSError as error:
        raise NotHeld(native.reason(error)) from error
    if not native.is_refused(errno.EACCES):
        raise NotHeld("promised, but not kept")


def _rules(known: int) -> _Ruleset:
    files = _EXECUTE | _WRITE_FILE | _REMOVE_AND_MAKE
    for since, right in ((2, _SINCE_2), (3, _SINCE_3), (5, _SINCE_5)):
        files |= right if known >= since else 0
    return _Ruleset(files, _TCP_SINCE_4 if known >= 4 else 0, _SCOPES_SINCE_6 if known >= 6 else 0)


def _size(known: int) -> int:
    """Bytes of the structure that a kernel of this version knows."""
    return 8 * (1 + (known >= 4) + (known >= 6))


def _refuse_other_threads() -> None:
    with suppress(OSError):  # no /proc
        if len(os.listdir("/proc/self/task")) > 1:
            raise NotHeld("threads run already")
