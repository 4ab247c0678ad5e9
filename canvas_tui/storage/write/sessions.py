"""Which sessions of a person still live, told by locks: what a session left is another's only when it is gone.

Owns the lock files in a folder of the person's own state. A lock is held as long as its process lives, however that
ends; whoever takes over from a session that is gone holds its lock too, so that two never take over the same.
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
        """The sessions in our care: ours once it began, and those taken over."""
        return tuple(self._locks)

    def begin(self) -> None:
        """Make the folder and our lock. Raises OSError."""
        make_own(self._folder)
        path = self._path(self.own)
        while self.own not in self._locks:
            fd = os.open(path, _LOCK, 0o600)
            fcntl.flock(fd, fcntl.LOCK_EX)
            if _leads_to(path, fd):  # else one that starts too took it for left
                self._locks[self.own] = fd
            else:
                os.close(fd)

    def take_over(self) -> Iterator[str]:
        """The sessions found gone now, each locked by us when it is given. Raises OSError where nothing is there."""
        check_own(self._folder)
        names = {name.partition(".")[0] for name in os.listdir(self._folder) if name.startswith(f"{self._prefix}-")}
        for session in sorted(names - self._locks.keys() - {self.own}):
            if (fd := self._lock_of_gone(session)) is not None:
                self._locks[session] = fd
                yield session

    def release(self, session: str) -> None:
        """Leave it to the next: its lock is free, its files stay."""
        if (fd := self._locks.pop(session, None)) is not None:
            os.close(fd)

    def remove(self, session: str) -> None:
        """Nothing is left of it: its lock goes."""
        if session in self._locks:
            with contextlib.suppress(OSError):
                os.unlink(self._path(session))
            self.release(session)

    def _path(self, session: str) -> Path:
        return self._folder / f"{session}.lock"

    def _lock_of_gone(self, session: str) -> int | None:
        """The lock of a session that is no more, now held by us; None where it lives, or somebody was quicker."""
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
