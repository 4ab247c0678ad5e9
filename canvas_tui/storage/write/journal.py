"""The journal: edits that could not be saved yet, kept in the person's own state folder until they can.

Each edit is one small file, written whole and synced before `keep` returns: a kill leaves all of it or nothing. Edits
of a session that has ended are offered to the next session, and to one at a time. Nothing here writes into a workspace,
and a read-only process must never import this.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from canvas_tui.core.commands import Command
from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.own_files import prefix_of, read_own
from canvas_tui.storage.read.state_folder import state_folder
from canvas_tui.storage.write.serial import from_data, to_data
from canvas_tui.storage.write.sessions import Sessions

RESERVE = 64 * 1024  # bytes set aside on the disk, to be used when it is full
_BLOCK = 4096
_OWN_WORDS = 100  # bytes at most that the note of the file's own inode takes
_FULL = (errno.ENOSPC, errno.EDQUOT)
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_ENTRY = re.compile(r"(?P<session>[0-9a-f]{20}-\d+-[0-9a-f]{8})\.(?P<number>\d{6})\.json")


def journal_folder() -> Path:
    """The person's own folder for edits that are not saved yet. It may not exist."""
    return state_folder() / "pending"


@dataclass(frozen=True)
class Pending:
    """An edit that is not saved yet. `title` is its name for people, `reason` says why it is not saved, `when` is in
    seconds since 1970. If it is not `is_durable`, it is only in memory and ends with this session.
    """

    id: str
    command: Command
    title: str
    reason: str
    when: float
    is_durable: bool


class Journal:
    """The queued edits of one person in one workspace.

    folder: where they are kept (created with mode 0700). root: the workspace, a folder or a file. `problem` says why
    the last edit could not be written into the journal; None if it could.
    """

    def __init__(self, folder: Path, root: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.problem: str | None = None
        self.unreadable: tuple[str, ...] = ()  # files that cannot be read as edits; they are left alone
        self._folder, self._clock = folder, clock
        self._workspace = os.path.realpath(root)
        self._entries: dict[str, Pending] = {}
        self._sessions = Sessions(folder, prefix_of(root))
        self._reserve = folder / f"{self._sessions.own}.reserve"
        self._count, self._latest = 0, 0.0

    @property
    def is_durable(self) -> bool:
        """Whether all queued edits survive the end of this session."""
        return all(each.is_durable for each in self._entries.values())

    def prepare(self) -> None:
        """Set some room aside for the time when the disk is full. Never raises: the journal works without it too."""
        with contextlib.suppress(OSError):
            self._sessions.begin()
            if hasattr(os, "posix_fallocate") and not self._reserve.exists():
                fd = os.open(self._reserve, _CREATE, 0o600)
                try:
                    os.posix_fallocate(fd, 0, RESERVE)
                finally:
                    os.close(fd)

    def keep(self, command: Command, title: str, reason: str) -> Pending:
        """Keep an edit until it is saved or dropped. It is on disk when this returns, unless `is_durable` is False."""
        self._count += 1
        self._latest = max(self._clock(), self._latest + 1e-6)  # a clock set back must not change their order
        pending = Pending(f"{self._sessions.own}.{self._count:06d}", command, title, reason, self._latest, True)
        return self._store(pending)

    def again(self, identity: str, reason: str) -> Pending:
        """Note that another try to save an edit failed, and why. Raises KeyError for an unknown edit."""
        pending = self._entries[identity]
        if pending.reason == reason and pending.is_durable:
            return pending
        return self._store(replace(pending, reason=reason, is_durable=True))

    def pending(self) -> tuple[Pending, ...]:
        """All queued edits, oldest first: our own, and those of ended sessions, which are ours from now on."""
        with contextlib.suppress(OSError):
            for session in self._sessions.take_over():
                self._take(session)
        return tuple(sorted(self._entries.values(), key=lambda each: (each.when, each.id)))

    def is_ours(self, identity: str) -> bool:
        """Whether the edit was made in this session, not in an earlier one."""
        return identity.startswith(f"{self._sessions.own}.")

    def drop(self, identity: str) -> None:
        """Forget an edit that was saved or given up. Does nothing for an unknown one."""
        if self._entries.pop(identity, None) is None:
            return
        with contextlib.suppress(OSError):
            os.unlink(self._folder / f"{identity}.json")
            self._sync_folder()
        self._end_session(identity.partition(".")[0])

    def close(self) -> None:
        """End the session. Edits that are still queued are offered to the next one."""
        with contextlib.suppress(OSError):
            os.unlink(self._reserve)
        for session in self._sessions.held:
            if any(self._left_of(session)):
                self._sessions.release(session)
            else:
                self._sessions.remove(session)

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
        try:
            self._sessions.begin()
            self._write(f"{pending.id}.json", document)
        except OSError as problem:
            self.problem = (problem.strerror or str(problem)).lower()
            earlier = self._entries.get(pending.id)
            is_there = earlier is not None and earlier.is_durable  # an earlier version of the file, with another reason
            pending = replace(pending, is_durable=is_there)
        self._entries[pending.id] = pending
        return pending

    def _write(self, name: str, document: dict[str, Any]) -> None:
        """Write a whole file; if the disk is full, use the room that was set aside."""
        needed = len(json.dumps(document, allow_nan=False)) + _OWN_WORDS
        while True:
            try:
                self._replace(name, document)
                return
            except OSError as problem:
                if problem.errno not in _FULL or not self._free_some(needed):
                    raise

    def _free_some(self, needed: int) -> bool:
        """Free as much of the room set aside as is needed (bytes). False if none is left."""
        try:
            size = self._reserve.stat().st_size
            os.truncate(self._reserve, max(0, size - _BLOCK * -(-needed // _BLOCK)))
        except OSError:
            return False
        return size > 0

    def _replace(self, name: str, document: dict[str, Any]) -> None:
        new = self._folder / f"{self._sessions.own}.{secrets.token_hex(4)}.new"
        fd = os.open(new, _CREATE, 0o600)
        try:
            view = memoryview(json.dumps({**document, "own": Origin.of(fd)}, allow_nan=False).encode("ascii"))
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

    # what ended sessions left

    def _take(self, session: str) -> None:
        """Read the edits of a session that has ended, and remove the files that it had not finished."""
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
        """Remove the lock of a session that has ended and has no edits left."""
        if session != self._sessions.own and not any(self._left_of(session)):
            self._sessions.remove(session)

    def _left_of(self, session: str) -> Iterator[str]:
        with contextlib.suppress(OSError):
            start = f"{session}."
            yield from (name for name in os.listdir(self._folder) if name.startswith(start) and _ENTRY.fullmatch(name))


def _read(path: Path) -> Pending | None:
    """The edit in this file; None if it cannot be read, has the format of another version, or was not written here."""
    try:
        document, is_own = read_own(path)
        if not is_own:
            return None
        title, reason, when = str(document["title"]), str(document["reason"]), float(document["when"])
        return Pending(path.name.removesuffix(".json"), from_data(document["command"]), title, reason, when, True)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None
