"""A seccomp filter: the kernel refuses system calls of this process that a reader has no use for.

Owns the filter's program. It sees numbers and never paths, so no file at all can be opened to write from then on: the
terminal is open already. Refused calls fail with EPERM; nothing is killed. Which calls: `syscalls`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Iterator
from typing import Final

from canvas_tui.tui.sandbox import native, syscalls
from canvas_tui.tui.sandbox.native import NotHeld

_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SET_FILTER, _ALL_THREADS = 1, 1

_LOAD, _EQUAL, _AT_LEAST, _HAS_BITS, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_NO_SUCH_CALL = 0x00050000 | errno.ENOSYS
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # where they stand in what the filter is shown

_OPEN_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | 0o20000000  # the last: a file without a name
_THREAD = 0x10000  # CLONE_THREAD
_AF_UNIX, _STREAM, _KIND = 1, 1, 0xF
_LOCK_EXCLUSIVE = 2
# Leases and locks that would hold up who writes; whom signals of a file go to; seals; pipe and hint sizes stay
_FCNTL_REFUSED = (6, 7, 8, 15, 37, 38, 1024, 1033)
# All of a terminal save typing into it (TIOCSTI); whether a read would wait. Not chattr, clones, snapshots
_IOCTL_ALLOWED = (
    0x5401, 0x5402, 0x5403, 0x5404, 0x5409, 0x540A, 0x540B, 0x540F, 0x5413, 0x541B, 0x5421, 0x5429, 0x5450, 0x5451,
    0x802C542A, 0x402C542B, 0x402C542C, 0x402C542D,
)  # fmt: skip

Step = tuple[int, int, int, int]  # operation, steps to leave out if true, if false, operand


def hold() -> None:
    """Filter the calls of this process, in all of its threads, for good. Raises NotHeld."""
    machine = os.uname().machine
    if machine not in _ARCHITECTURES or sys.maxsize < 2**32:
        raise NotHeld(f"not made for {machine}")
    try:
        native.forbid_new_privileges()
        steps = program(machine, os.getpid())
        filter_ = _Program(len(steps), b"".join(struct.pack("=HBBI", *step) for step in steps))
        left_out = native.call(syscalls.JUDGED[machine]["seccomp"], _SET_FILTER, _ALL_THREADS, filter_)
    except OSError as error:
        raise NotHeld(native.reason(error)) from error
    if left_out:
        raise NotHeld("a thread has its own")
    if not native.is_refused(errno.EPERM):
        raise NotHeld("promised, but not kept")


def program(machine: str, own_pid: int) -> list[Step]:
    """The filter for x86_64 or aarch64, as steps of the kernel's little machine."""
    judged = syscalls.JUDGED[machine]
    steps = [
        *((_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, _ARCHITECTURES[machine]), _end(_REFUSE)),
        *((_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, syscalls.LAST_KNOWN + 1), _end(_NO_SUCH_CALL)),  # x32 among them
    ]
    for name, rule in _rules(own_pid):
        if name in judged:
            steps += [(_EQUAL, 0, len(rule), judged[name]), *rule]
    for number in syscalls.UNSEEN.values():
        steps += [(_EQUAL, 0, 1, number), _end(_NO_SUCH_CALL)]
    for number in sorted(syscalls.REFUSED[machine].values()):
        steps += [(_EQUAL, 0, 1, number), _end(_REFUSE)]
    return [*steps, _end(_ALLOW)]


def _rules(own_pid: int) -> Iterator[tuple[str, list[Step]]]:
    """What is allowed of the calls that are judged by their arguments. A rule ends in allowing or refusing."""
    refuse_if_true, refuse_if_false = [_end(_REFUSE), _end(_ALLOW)], [_end(_ALLOW), _end(_REFUSE)]
    yield "open", [_argument(1), (_HAS_BITS, 0, 1, _OPEN_TO_WRITE), *refuse_if_true]
    yield "openat", [_argument(2), (_HAS_BITS, 0, 1, _OPEN_TO_WRITE), *refuse_if_true]
    yield "clone", [_argument(0), (_HAS_BITS, 0, 1, _THREAD), *refuse_if_false]
    yield "flock", [_argument(1), (_HAS_BITS, 0, 1, _LOCK_EXCLUSIVE), *refuse_if_true]
    yield "kill", [_argument(0), (_EQUAL, 0, 1, own_pid), *refuse_if_false]
    yield "tgkill", [_argument(0), (_EQUAL, 0, 1, own_pid), *refuse_if_false]
    yield "fcntl", [_argument(1), *_one_of(_FCNTL_REFUSED), *refuse_if_true]
    yield "ioctl", [_argument(1), *_one_of(_IOCTL_ALLOWED), *refuse_if_false]
    yield "prlimit64", _is_null(2)  # asking is free
    yield "sendto", _is_null(4)  # to whom the pair is with, and nobody else
    is_local = [_argument(0), (_EQUAL, 1, 0, _AF_UNIX), _end(_REFUSE)]
    is_stream = [_argument(1), (_AND, 0, 0, _KIND), (_EQUAL, 0, 1, _STREAM)]
    yield "socketpair", [*is_local, *is_stream, *refuse_if_false]  # the event loop's own, which leads nowhere


def _argument(index: int) -> Step:
    """The low half of an argument; the kernel itself looks at no more of those we judge, save addresses."""
    return _LOAD, 0, 0, _FIRST_ARGUMENT + 8 * index


def _one_of(values: tuple[int, ...]) -> list[Step]:
    """Goes on with the next step where it is one of them, leaves one out where it is none."""
    return [
        (_EQUAL, len(values) - 1 - index, 1 if index == len(values) - 1 else 0, value)
        for index, value in enumerate(values)
    ]


def _is_null(index: int) -> list[Step]:
    low, high = _argument(index), (_LOAD, 0, 0, _FIRST_ARGUMENT + 8 * index + 4)
    return [low, (_EQUAL, 0, 2, 0), high, (_EQUAL, 1, 0, 0), _end(_REFUSE), _end(_ALLOW)]


def _end(answer: int) -> Step:
    return _RETURN, 0, 0, answer


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))
