"""Edits that could not be saved yet, kept in the user's own state folder until they can.

Owns one small file an edit, written whole and synced before `keep` returns, so that a kill at any point leaves it or
does not, and a lock file a session: what a session left is offered to the next one only when the session is gone, and
to one at a time. Must never write into a workspace, nor be imported by a read-only process.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from canvas_tui.core.commands import Command
from canvas_tui.storage.write.serial import from_data, to_data

RESERVE = 64 * 1024  # bytes set aside while there is room, for the time when there is none
_BLOCK = 4096
_FULL = (errno.ENOSPC, errno.EDQUOT)
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_ENTRY = re.compile(r"(?P<session>[0-9a-f]{20}-\d+-[0-9a-f]{8})\.(?P<number>\d{6})\.json")


def journal_folder() -> Path:
    """The user's state folder for edits not saved yet. Not created here."""
    import platformdirs

    return platformdirs.user_state_path("canvas-tui") / "pending"


@dataclass(frozen=True)
class Pending:
    """An edit that is not saved yet: `title` names it to the person, `reason` says why, `when` is in seconds since
    1970. `is_durable` is False where it is in memory only and will not survive this session.
    """

    id: str
    command: Command
    title: str
    reason: str
    when: float
    is_durable: bool


class Journal:
    """The edits of one person in one workspace that wait to be saved.

    folder: where they are kept (created 0700). root: the workspace, a folder or a file. `problem` says why the last
    edit could not be written down, None while all could.
    """

    def __init__(self, folder: Path, root: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.problem: str | None = None
        self.unreadable: tuple[str, ...] = ()  # files of edits that nobody can read; they are left where they are
        self._folder, self._clock = folder, clock
        self._workspace = os.path.realpath(root)
        self._prefix = hashlib.sha256(os.fsencode(self._workspace)).hexdigest()[:20]
        self._entries: dict[str, Pending] = {}
        self._session = f"{self._prefix}-{os.getpid()}-{secrets.token_hex(4)}"
        self._locks: dict[str, int] = {}  # sessions in our care: ours, and those that are gone
        self._count, self._latest = 0, 0.0

    @property
    def is_durable(self) -> bool:
        """Whether all that waits survives this session."""
        return all(each.is_durable for each in self._entries.values())

    def prepare(self) -> None:
        """Set some room aside for the time when the disk is full. Never raises; without it nothing is lost but that."""
        with contextlib.suppress(OSError):
            self._begin()
            path = self._path(self._session, ".reserve")
            if hasattr(os, "posix_fallocate") and not path.exists():
                fd = os.open(path, _CREATE, 0o600)
                try:
                    os.posix_fallocate(fd, 0, RESERVE)
                finally:
                    os.close(fd)

    def keep(self, command: Command, title: str, reason: str) -> Pending:
        """Keep an edit until it is saved or dropped; on disk when this returns, or `is_durable` is False."""
        self._count += 1
        self._latest = max(self._clock(), self._latest + 1e-6)  # a clock set back must not change their order
        pending = Pending(f"{self._session}.{self._count:06d}", command, title, reason, self._latest, True)
        return self._store(pending)

    def again(self, identity: str, reason: str) -> Pending:
        """The edit could not be saved once more, for this reason. Raises KeyError for an unknown one."""
        pending = self._entries[identity]
        if pending.reason == reason and pending.is_durable:
            return pending
        return self._store(Pending(identity, pending.command, pending.title, reason, pending.when, True))

    def pending(self) -> tuple[Pending, ...]:
        """All that waits, oldest first: our own, and what sessions left that are gone. The latter are ours from now."""
        with contextlib.suppress(OSError):
            self._adopt()
        return tuple(sorted(self._entries.values(), key=lambda each: (each.when, each.id)))

    def is_ours(self, identity: str) -> bool:
        """Whether the edit was made in this session, not left by one that is gone."""
        return identity.startswith(f"{self._session}.")

    def drop(self, identity: str) -> None:
        """Forget an edit: it is saved, or given up. Unknown ones are forgotten already."""
        if self._entries.pop(identity, None) is None:
            return
        with contextlib.suppress(OSError):
            os.unlink(self._folder / f"{identity}.json")
            self._sync_folder()
        self._end_session(identity.partition(".")[0])

    def close(self) -> None:
        """The session ends; what still waits is offered to the next one."""
        for session in list(self._locks):
            if any(self._left_of(session)):
                with contextlib.suppress(OSError):
                    os.unlink(self._path(session, ".reserve"))
                os.close(self._locks.pop(session))
            else:
                self._remove_session(session)

    # writing

    def _store(self, pending: Pending) -> Pending:
        self.problem = None
        document = {
            "workspace": self._workspace,
            "title": pending.title,
            "reason": pending.reason,
            "when": pending.when,
            "command": to_data(pending.command),
        }
        data = json.dumps(document, allow_nan=False).encode("ascii")
        try:
            self._begin()
            self._write(f"{pending.id}.json", data)
        except OSError as problem:
            self.problem = (problem.strerror or str(problem)).lower()
            pending = Pending(pending.id, pending.command, pending.title, pending.reason, pending.when, False)
        self._entries[pending.id] = pending
        return pending

    def _write(self, name: str, data: bytes) -> None:
        """Put a whole file there; where the disk is full, in the room that was set aside."""
        while True:
            try:
                self._replace(name, data)
                return
            except OSError as problem:
                if problem.errno not in _FULL or not self._free_some(len(data)):
                    raise

    def _free_some(self, needed: int) -> bool:
        """Give the disk back a part of what was set aside, no more than needed; False where none is left."""
        path = self._path(self._session, ".reserve")
        try:
            size = path.stat().st_size
            os.truncate(path, max(0, size - _BLOCK * -(-needed // _BLOCK)))
        except OSError:
            return False
        return size > 0

    def _replace(self, name: str, data: bytes) -> None:
        new = self._folder / f"{self._session}.{secrets.token_hex(4)}.new"
        fd = os.open(new, _CREATE, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
            os.fsync(fd)
            os.replace(new, self._folder / name)
            self._sync_folder()
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(new)
            raise
        finally:
            os.close(fd)

    def _sync_folder(self) -> None:
        fd = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    # sessions

    def _path(self, session: str, suffix: str) -> Path:
        return self._folder / f"{session}{suffix}"

    def _begin(self) -> None:
        """Make this session's lock file: while it is locked, nobody takes what waits here for left."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(self._session, ".lock")
        while self._session not in self._locks:
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            fcntl.flock(fd, fcntl.LOCK_EX)
            if _leads_to(path, fd):  # else one that starts too took it for left
                self._locks[self._session] = fd
            else:
                os.close(fd)

    def _adopt(self) -> None:
        """Take over what sessions left that are gone, by their locks: one who dies then leaves it to the next."""
        sessions = {name.partition(".")[0] for name in os.listdir(self._folder) if name.startswith(f"{self._prefix}-")}
        for session in sorted(sessions - self._locks.keys()):
            fd = _lock_of_gone(self._path(session, ".lock"))
            if fd is not None:
                self._locks[session] = fd
                self._take(session)

    def _take(self, session: str) -> None:
        """Read what a gone session left, and tidy what it was in the middle of."""
        for name in sorted(os.listdir(self._folder)):
            if not name.startswith(f"{session}."):
                continue
            path = self._folder / name
            if name.endswith((".new", ".reserve")):
                path.unlink(missing_ok=True)
            elif (match := _ENTRY.fullmatch(name)) is not None and match["session"] == session:
                pending = _read(path)
                if pending is None:
                    self.unreadable += (str(path),)
                else:
                    self._entries[pending.id] = pending
        self._end_session(session)

    def _end_session(self, session: str) -> None:
        """Remove a gone session of which nothing is left."""
        if session != self._session and session in self._locks and not any(self._left_of(session)):
            self._remove_session(session)

    def _left_of(self, session: str) -> Iterator[str]:
        with contextlib.suppress(OSError):
            yield from (
                name for name in os.listdir(self._folder) if _ENTRY.fullmatch(name) and name.startswith(f"{session}.")
            )

    def _remove_session(self, session: str) -> None:
        for suffix in (".reserve", ".lock"):
            with contextlib.suppress(OSError):
                os.unlink(self._path(session, suffix))
        os.close(self._locks.pop(session))


def _lock_of_gone(path: Path) -> int | None:
    """The lock of a session that is no more, now held by us; None where it lives, or somebody was quicker."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _leads_to(path, fd):
            return fd
    except OSError:
        pass
    os.close(fd)
    return None


def _leads_to(path: Path, fd: int) -> bool:
    try:
        there, held = os.stat(path, follow_symlinks=False), os.fstat(fd)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)


def _read(path: Path) -> Pending | None:
    """The edit in this file; None where it cannot be read, or is of a version that wrote other things."""
    try:
        document: dict[str, Any] = json.loads(path.read_bytes())
        title, reason, when = str(document["title"]), str(document["reason"]), float(document["when"])
        return Pending(path.name.removesuffix(".json"), from_data(document["command"]), title, reason, when, True)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
