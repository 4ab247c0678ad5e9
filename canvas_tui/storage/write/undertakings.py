"""Keeps edits of several files whole: if not all files are written, those that were are taken back, if need be later.

Before each file is written, its old and new contents are put on the disk, in the person's own state folder. A file is
taken back only if it still is, byte for byte, what the edit made of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from pathlib import Path

from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.own_files import prefix_of
from canvas_tui.storage.read.safe_open import FileProblem
from canvas_tui.storage.read.undertakings import (
    FileStep,
    State,
    Undertaking,
    content,
    origin_of,
    path_of,
    undertakings,
    undertakings_folder,
)
from canvas_tui.storage.write.commit import commit, create
from canvas_tui.storage.write.errors import SaveError, save_error
from canvas_tui.storage.write.own_folder import make_own
from canvas_tui.storage.write.removal import remove_file
from canvas_tui.storage.write.undo_text import record

_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_APPEND


class Begun:
    """An edit of several files that is being written. An edit of a single file leaves no note on the disk."""

    def __init__(self, root: Path, title: str) -> None:
        self._root, self._title = root, title
        self._taken: dict[str, tuple[bytes | None, bytes | None]] = {}  # file -> its bytes before and after the edit
        self._is_of_several = False
        self._path: Path | None = None
        self._fd = -1

    def will_write(self, file: str, before: bytes | None, now: bytes | None, planned: list[str]) -> None:
        """Note that `file` will be changed from `before` to `now` (None: no file). The note is on the disk when this
        returns. If the disk refuses it, the edit goes on, and can be taken back from memory."""
        self._taken[file] = before, now
        self._is_of_several |= len(planned) > 1
        if not self._is_of_several:
            return
        with contextlib.suppress(OSError):
            self._begin()
            self._append({"planned": planned, "step": step_of(file, before, now).as_data()})

    def end(self) -> None:
        """End the edit: all its files are written, so the note is removed."""
        self._close(keep=False)

    def take_back(self) -> tuple[str, ...]:
        """Undo the files that were written. Gives those that could not be undone; for their sake the note stays."""
        left: tuple[str, ...] = ()
        if self._is_of_several:
            steps = tuple(step_of(file, *versions) for file, versions in self._taken.items())
            left = tuple(_take_back(self._root, steps))
        self._close(keep=bool(left))
        return left

    def _begin(self) -> None:
        if self._path is not None:
            return
        folder = undertakings_folder()
        make_own(folder)
        path = folder / f"{prefix_of(self._root)}-{os.getpid()}-{secrets.token_hex(4)}.edit"
        self._fd = os.open(path, _CREATE, 0o600)
        self._path = path
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        self._append({"own": Origin.of(self._fd), "root": origin_of(self._root), "title": self._title})
        there = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(there)
        finally:
            os.close(there)

    def _append(self, line: dict[str, object]) -> None:
        view = memoryview(json.dumps(line).encode("ascii") + b"\n")
        while view:
            view = view[os.write(self._fd, view) :]
        getattr(os, "fdatasync", os.fsync)(self._fd)

    def _close(self, *, keep: bool) -> None:
        if self._path is not None and not keep:
            with contextlib.suppress(OSError):
                os.unlink(self._path)
        if self._fd >= 0:
            os.close(self._fd)
        self._path, self._fd = None, -1


def step_of(file: str, before: bytes | None, now: bytes | None) -> FileStep:
    """The step from `before` to `now`; None means that the file does not exist."""
    diff = record(file, before or b"", now or b"")
    digests = ["" if data is None else digest_of(data) for data in (now, before)]
    return FileStep(file, diff.at, diff.behind, diff.now or b"", diff.before or b"", *digests)


def take_back_interrupted(root: Path) -> tuple[str, ...]:
    """Take back interrupted edits that reached only a part of their files. Gives the files that this changed.

    A file that somebody has written to since stays as it is, and `check` reports it. Never raises OSError or SaveError.
    """
    changed: list[str] = []
    for found, fd in undertakings(root):
        with contextlib.suppress(OSError):
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            changed += _settle(root, found)
    return tuple(changed)


def _settle(root: Path, found: Undertaking) -> list[str]:
    states = {step.file: _state(root, step) for step in found.steps}
    if not found.is_half_done(states):
        os.unlink(found.path)
        return []
    if "other" in states.values():
        return []  # somebody changed a file since: a person has to decide
    left = _take_back(root, found.steps)
    if not left:
        os.unlink(found.path)
    return [file for file, state in states.items() if state == "done" and file not in left]


def _state(root: Path, step: FileStep) -> State:
    try:
        return step.state_of(content(path_of(root, step.file), root))
    except FileProblem:
        return "other"


def _take_back(root: Path, steps: tuple[FileStep, ...]) -> list[str]:
    """Undo the steps, the last one first. Gives the files that could not be undone."""
    left = []
    for step in reversed(steps):
        try:
            _undo(path_of(root, step.file), root, step)
        except (SaveError, FileProblem):
            if _state(root, step) != "undone":
                left.append(step.file)
    return left


def _undo(path: Path, root: Path, step: FileStep) -> None:
    """Bring one file back to what it was. Raises SaveError if it is no longer what the edit made of it."""
    data = content(path, root)
    if step.state_of(data) == "undone":
        return
    if data is None and not step.digest_now:
        create(path, root, step.before)
    elif data is not None and not step.digest_before:
        remove_file(path, root, data if step.state_of(data) == "done" else b"")
    else:
        commit(path, root, lambda found: _before(path, step, found))


def _before(path: Path, step: FileStep, data: bytes) -> bytes:
    if step.state_of(data) != "done":
        raise save_error(path, "changed")
    return step.before_of(data)
