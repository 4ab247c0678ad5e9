"""Tells the others that this session has the workspace open, and where its cursor is, by one small file.

A heart-beat touches the file. It is in the workspace's folder `.canvas-tui`, which git ignores. All this is advice and
best effort: it runs on a thread, is not synced to disk, and failures are ignored. A read-only process never imports
this; it uses the reader half's `people.py`.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.presence_reader import (
    FOLDER,
    People,
    Person,
    Seen,
    host_name,
    is_session,
    opened_folder,
    sessions_in,
)

__all__ = ["Person", "Presence"]

_BEAT = 10.0  # seconds between two heart-beats
_MOVE = 1.0  # the least seconds between two writes of our place
_IGNORE = ".gitignore"
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_ROOM = 512  # the least bytes of our file, so that a new text seldom needs more
_LONGEST = 200  # characters of a name or an address


class Presence(People):
    """Shows this session to the others, under the name `name`, and knows the others.

    `start()` begins both, `at()` says where the cursor is, `stop()` removes our file. `others()` never includes this
    session.
    """

    def __init__(
        self,
        root: Path,
        name: str,
        *,
        on_change: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(root, on_change=on_change, clock=clock)
        self._name, self._since, self._ticks = name[:_LONGEST], clock(), ticks
        self._told: tuple[str, bool] | None = None
        self._place: tuple[str, bool] = ("", False)
        self._mine, self._fd = "", -1
        self._beat_at = self._told_at = float("-inf")

    def at(self, where: str, *, is_editing: bool = False) -> None:
        """Note that the cursor is on this address. Cheap: the thread writes it, at most once a second."""
        place = (where[:_LONGEST], is_editing)
        if place != self._place:
            self._place = place
            self._wake.set()

    def stop(self) -> None:
        """End the thread and remove our file; the last session also removes the folder."""
        super().stop()
        if self._thread is None or not self._thread.is_alive():
            self._leave()

    def look(self) -> None:
        """Write where we are if that is due, then look who else is here."""
        with contextlib.suppress(OSError):
            self._tell()
        super().look()

    def _follow(self) -> None:
        super()._follow()
        self._leave()  # stop() may have given up waiting for this thread

    # our own file

    def _tell(self) -> None:
        tick, place = self._ticks(), self._place
        has_moved = place != self._told and tick - self._told_at >= _MOVE
        if not has_moved and tick - self._beat_at < _BEAT and self._is_there():
            return
        if not self._is_there():
            self._begin()
        if place != self._told:
            self._write(place)
        os.utime(self._fd)
        self._beat_at = tick

    def _is_there(self) -> bool:
        """Whether our file still has a name: git clean or a colleague's tidying may have taken it."""
        return self._fd >= 0 and os.fstat(self._fd).st_nlink > 0

    def _begin(self) -> None:
        """Make the folder, with the group's rights of the workspace's own folder, and our file in it."""
        self._close()
        self._told = None
        with _made_folder(self._folder) as folder:
            mode = stat.S_IMODE(os.stat(self._folder).st_mode) & 0o044 | 0o600
            _put_ignore(folder, mode)
            self._mine = f"session-{os.getpid()}-{secrets.token_hex(4)}.json"
            self._fd = os.open(self._mine, _CREATE, mode, dir_fd=folder)
            os.fchmod(self._fd, mode)  # the umask may hide it from the others

    def _write(self, place: tuple[str, bool]) -> None:
        """Write our file by one write that is never shorter than before, so that nobody reads half of it."""
        told: dict[str, Any] = {
            "pid": os.getpid(),
            "host": host_name(),
            "name": self._name,
            "since": self._since,
            "file": self._file,
            "where": place[0],
            "editing": place[1],
            "own": Origin.of(self._fd),
        }
        data = json.dumps(told).encode("ascii")
        os.pwrite(self._fd, data.ljust(max(_ROOM, os.fstat(self._fd).st_size)), 0)
        self._told, self._told_at = place, self._ticks()

    def _leave(self) -> None:
        mine, self._mine = self._mine, ""
        self._close()
        if not mine:
            return
        with opened_folder(self._folder) as folder:
            if folder is not None:
                _unlink(mine, folder)
                self._remove_empty_folder(folder)

    def _remove_empty_folder(self, folder: int) -> None:
        """Remove the folder if we are the last. A session that starts just now makes it again at its next beat."""
        try:
            if set(os.listdir(folder)) - {_IGNORE}:
                return
            mode = stat.S_IMODE(os.stat(self._folder).st_mode) & 0o044 | 0o600
            if not _is_our_ignore(folder):
                return
            _unlink(_IGNORE, folder)
            try:
                os.rmdir(os.path.join(self._folder, FOLDER))
            except OSError:
                _put_ignore(folder, mode)
        except OSError:
            return

    def _close(self) -> None:
        if self._fd >= 0:
            with contextlib.suppress(OSError):
                os.close(self._fd)
            self._fd = -1

    # the others

    def _seen(self, now: float) -> list[Seen]:
        """The other sessions. The time is the disk's, from our own heart-beat; stale files are removed."""
        with contextlib.suppress(OSError):
            if self._fd >= 0:
                now = os.fstat(self._fd).st_mtime + (self._ticks() - self._beat_at)
        with opened_folder(self._folder) as folder:
            if folder is None:
                return []
            seen = list(sessions_in(folder, self._file, now, skip=self._mine))
            for each in seen:
                if each.is_stale and self._fd >= 0:
                    _unlink(each.file, folder)
            return seen


@contextlib.contextmanager
def _made_folder(workspace: str) -> Iterator[int]:
    """The presence folder, made if it is missing. Raises OSError, also if something else has its name."""
    path = os.path.join(workspace, FOLDER)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)
    with opened_folder(workspace) as folder:
        if folder is None:
            raise OSError("the presence folder cannot be opened")
        info, outer = os.fstat(folder), os.stat(workspace)
        mode = stat.S_IMODE(outer.st_mode) & 0o3777
        if info.st_uid == os.geteuid() and stat.S_IMODE(info.st_mode) != mode and _is_only_ours(folder):
            with contextlib.suppress(OSError):
                os.fchown(folder, -1, outer.st_gid)
            os.fchmod(folder, mode)
        yield folder


def _is_only_ours(folder: int) -> bool:
    """Whether only session files are in the open folder. Somebody may have given its name to a private folder, to make
    us open that to the group."""
    return all(name == _IGNORE or is_session(name) for name in os.listdir(folder))


def _put_ignore(folder: int, mode: int) -> None:
    """Make git ignore everything in the folder, by a .gitignore that ignores itself too."""
    with contextlib.suppress(FileExistsError):
        fd = os.open(_IGNORE, _CREATE, mode, dir_fd=folder)
        try:
            os.write(fd, _ignore_of(fd))
            os.fchmod(fd, mode)
        finally:
            os.close(fd)


def _ignore_of(fd: int) -> bytes:
    """The text of our .gitignore. It notes its own inode, so that one that came with a repository is left alone."""
    return f"*\n# {os.fstat(fd).st_ino}\n".encode("ascii")


def _is_our_ignore(folder: int) -> bool:
    try:
        fd = os.open(_IGNORE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        return True
    try:
        return os.read(fd, 64) == _ignore_of(fd)
    finally:
        os.close(fd)


def _unlink(name: str, folder: int) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)
