"""Locks a file by its own inode, and a folder for the moment of a swap. Never waits beyond a deadline.

There is no lock file that somebody could plant, own wrongly or commit to git: taking the lock needs exactly the right
to write the file. A save replaces the inode, so after taking the lock we check that the name still leads to that inode.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import random
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from canvas_tui.storage.read.safe_open import FilePlace, close_quietly, open_regular
from canvas_tui.storage.write.errors import save_error

_GONE_PATIENCE = 0.5  # seconds that a file may be missing: git removes it before it makes it again
_NO_LOCKS = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.ENOLCK, errno.EINVAL})
_patience: ContextVar[float] = ContextVar("patience", default=float("inf"))


@contextlib.contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Within this context, and on this thread, no deadline is further off than `seconds`.

    For a thread that must not wait long for a lock, such as the one that reads keys.
    """
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


@dataclass(frozen=True)
class Deadline:
    """A moment of the monotonic clock after which nobody waits any longer."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline in `seconds`, or earlier if `patience` says so."""
        return cls(time.monotonic() + min(seconds, _patience.get()))

    @property
    def passed(self) -> bool:
        """Whether the deadline is over."""
        return time.monotonic() >= self.at

    def pause(self, attempt: int) -> None:
        """Sleep: longer with each attempt, and for a random time, so that waiting processes do not move in step."""
        time.sleep(min(0.0005 * 2 ** min(attempt, 5), 0.01) * (0.5 + random.random()))


def lock(fd: int, deadline: Deadline) -> bool:
    """Lock the inode exclusively. False if the deadline passed first. True also if the file system has no locks."""
    attempt = 0
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if deadline.passed:
                return False
            deadline.pause(attempt)
            attempt += 1
        except OSError as problem:
            if problem.errno in _NO_LOCKS:
                return True
            raise


def try_lock(fd: int) -> bool:
    """Lock the inode unless somebody else holds its lock. Gives whether it is locked now."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def locked_file(place: FilePlace, deadline: Deadline) -> Iterator[int]:
    """Open the file for reading and writing and hold its lock; the name is sure to lead to this inode.

    Raises SaveError "busy", or OSError (no permission, or the file stays missing).
    """
    fd = _open_and_lock(place, deadline)
    try:
        yield fd
    finally:
        unlock_and_close(fd)


def unlock_and_close(fd: int) -> None:
    """Release the lock now, even if a process that was forked meanwhile still has the descriptor."""
    with contextlib.suppress(OSError):
        fcntl.flock(fd, fcntl.LOCK_UN)
    close_quietly(fd)


def _open_and_lock(place: FilePlace, deadline: Deadline) -> int:
    may_be_absent = Deadline.after(min(_GONE_PATIENCE, max(0.0, deadline.at - time.monotonic())))
    attempt = 0
    while True:
        try:
            fd = open_regular(place, os.O_RDWR)
        except FileNotFoundError:
            if may_be_absent.passed:
                raise
            deadline.pause(attempt)
            attempt += 1
            continue
        try:
            if not lock(fd, deadline):
                raise save_error(place.path, "busy")
            if leads_to(place, fd):
                return fd
        except BaseException:
            close_quietly(fd)
            raise
        close_quietly(fd)
        if deadline.passed:
            raise save_error(place.path, "busy")


def leads_to(place: FilePlace, fd: int) -> bool:
    """Whether the name still leads to the file that is open as `fd`."""
    try:
        named = place.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(fd)
    return (named.st_dev, named.st_ino) == (mine.st_dev, mine.st_ino)


@contextlib.contextmanager
def locked_folder(place: FilePlace, deadline: Deadline) -> Iterator[None]:
    """Keep other canvas-tui processes from renaming files in the folder, for the moment of a swap.

    Only one process at a time may hold a swapped-out version. Two could each take the other's version for that of
    another program, and lose the one that another program really wrote.
    """
    if not place.listable:
        yield
        return
    fd = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=place.folder)
    try:
        if not lock(fd, deadline):
            raise save_error(place.path, "busy", "its folder is locked")
        yield
    finally:
        unlock_and_close(fd)
