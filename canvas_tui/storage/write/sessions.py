"""Tells by lock files which sessions of a person still run: only what an ended session left may be taken over.

The lock files are in one of the person's own folders. A lock is held as long as its process runs, however that ends. A
session that takes over from an ended one holds its lock too, so that no two take over the same.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from canvas_tui.storage.write.own_folder import check_own, make_own

_LOCK = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


class Sessions:
    """The sessions whose names begin with `prefix`, with files `NAME.lock` in `folder`. `own` is this one's name."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self._folder, self._prefix = folder, prefix
        self.own = f"{prefix}-{os.getpid()}-{secrets.token_hex(4)}"
        self._locks: dict[str, int] = {}

    @property
    def held(self) -> tuple[str, ...]:
        """The names of the sessions whose locks we hold: our own once it began, and those that we took over."""
        return tuple(self._locks)

    def begin(self) -> None:
        """Make the folder and our lock. Raises OSError."""
        make_own(self._folder)
        path = self._path(self.own)
        while self.own not in self._locks:
            fd = os.open(path, _LOCK, 0o600)
            fcntl.flock(fd, fcntl.LOCK_EX)
            if _leads_to(path, fd):  # if not, another session that is starting removed it
                self._locks[self.own] = fd
            else:
                os.close(fd)

    def take_over(self) -> Iterator[str]:
        """The names of ended sessions, each locked by us when it is given. Raises OSError if there is no folder."""
        check_own(self._folder)
        names = {name.partition(".")[0] for name in os.listdir(self._folder) if name.startswith(f"{self._prefix}-")}
        for session in sorted(names - self._locks.keys() - {self.own}):
            if (fd := self._lock_of_gone(session)) is not None:
                self._locks[session] = fd
                yield session

    def release(self, session: str) -> None:
        """Leave a session to the next one: release its lock; its files stay."""
        if (fd := self._locks.pop(session, None)) is not None:
            os.close(fd)

    def remove(self, session: str) -> None:
        """Remove the lock file of a session of which nothing is left."""
        if session in self._locks:
            with contextlib.suppress(OSError):
                os.unlink(self._path(session))
            self.release(session)

    def _path(self, session: str) -> Path:
        return self._folder / f"{session}.lock"

    def _lock_of_gone(self, session: str) -> int | None:
        """The lock of an ended session, now held by us; None if it still runs, or another session was quicker."""
        path = self._path(session)
        try:
            fd = os.open(path, _LOCK, 0o600)
        except OSError:
            return None
        with contextlib.suppress(OSError):
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _leads_to(path, fd):
                return fd
        os.close(fd)
        return None


def _leads_to(path: Path, fd: int) -> bool:
    try:
        there, held = os.stat(path, follow_symlinks=False), os.fstat(fd)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)
