"""Undertakings: edits of several files that began and did not end. Tells which files have their part of the edit.

Each edit has one file in the person's own state folder: a line for the edit, and one for each of its steps. It counts
only if it notes its own inode and this workspace's. Reads only; the writer half writes it.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from canvas_tui.core.workspace import Problem
from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.leftovers import UNFINISHED
from canvas_tui.storage.read.origin import Origin, says_its_own
from canvas_tui.storage.read.own_files import prefix_of
from canvas_tui.storage.read.safe_open import FileProblem, read_file
from canvas_tui.storage.read.state_folder import state_folder

State = Literal["done", "undone", "other"]  # "other": somebody has written to the file since
_MOST_BYTES = 256 * 1024 * 1024
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def undertakings_folder() -> Path:
    """The folder of the undertakings. It may not exist."""
    return state_folder() / "edits"


@dataclass(frozen=True, slots=True)
class FileStep:
    """How the edit changes one file: `now` replaces `before`, `at` bytes from the start and `behind` from the end. The
    digests are of the whole file, "" if it does not exist."""

    file: str
    at: int
    behind: int
    now: bytes
    before: bytes
    digest_now: str
    digest_before: str

    def state_of(self, data: bytes | None) -> State:
        """Whether this step is done in a file that holds `data` (None: the file is missing)."""
        digest = "" if data is None else digest_of(data)
        return "done" if digest == self.digest_now else "undone" if digest == self.digest_before else "other"

    def before_of(self, data: bytes) -> bytes:
        """The bytes of the whole file before the edit, made from its bytes after the edit."""
        return data[: self.at] + self.before + data[len(data) - self.behind :]

    def as_data(self) -> dict[str, Any]:
        """The step as JSON data."""
        data = {name: getattr(self, name) for name in self.__slots__}
        return data | {name: base64.b64encode(data[name]).decode("ascii") for name in ("now", "before")}

    @classmethod
    def told(cls, data: dict[str, Any]) -> FileStep:
        """The step in parsed JSON. Raises ValueError, KeyError or TypeError if it is malformed."""
        words = [str(data[name]) for name in ("digest_now", "digest_before")]
        now, before = (base64.b64decode(data[name], validate=True) for name in ("now", "before"))
        return cls(str(data["file"]), int(data["at"]), int(data["behind"]), now, before, *words)


@dataclass(frozen=True)
class Undertaking:
    """One edit of several files. `planned` are all files that it was to change, `steps` the changes it had begun."""

    path: Path
    title: str
    planned: tuple[str, ...]
    steps: tuple[FileStep, ...]

    def is_half_done(self, states: dict[str, State]) -> bool:
        """Whether some files have their part of the edit and others do not, or that is unknown."""
        if all(states[step.file] == "undone" for step in self.steps):
            return False
        return any(states.get(file) != "done" for file in self.planned)


def undertakings(root: Path) -> Iterator[tuple[Undertaking, int]]:
    """The undertakings of this workspace whose process has ended, each with its open file, which we hold locked."""
    folder = undertakings_folder()
    try:
        if os.stat(folder).st_uid != os.geteuid():
            return
        names = sorted(name for name in os.listdir(folder) if name.startswith(prefix_of(root)))
    except OSError:
        return
    for name in names:
        try:
            fd = os.open(folder / name, _FLAGS)
        except OSError:
            continue
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if (found := _read(folder / name, fd, root)) is not None:
                yield found, fd
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue  # its process is still running, or it is not ours
        finally:
            os.close(fd)


def _read(path: Path, fd: int, root: Path) -> Undertaking | None:
    size = os.fstat(fd).st_size
    if size > _MOST_BYTES:
        return None
    head, *lines = os.pread(fd, size, 0).split(b"\n")[:-1]  # a last line without an end was cut
    told = json.loads(head)
    if not says_its_own(told["own"], fd) or not _is_about(told["root"], root):
        return None
    steps: dict[str, FileStep] = {}
    planned: tuple[str, ...] = ()
    for line in lines:
        data = json.loads(line)
        planned = tuple(map(str, data["planned"]))
        step = FileStep.told(data["step"])
        steps[step.file] = step
    return Undertaking(path, str(told["title"]), planned, tuple(steps.values()))


def _is_about(told: object, root: Path) -> bool:
    """Whether it is about the folder that is there now, and not about an earlier one of that name."""
    origin = Origin.told(told)
    return origin is not None and origin.is_same(origin_of(root))


def origin_of(root: Path) -> Origin:
    """The identity of the folder that a workspace is in. Raises OSError."""
    fd = os.open(root if root.is_dir() else root.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        return Origin.of(fd)
    finally:
        os.close(fd)


def content(path: Path, root: Path) -> bytes | None:
    """The bytes of a file of the workspace; None if it is missing. Raises FileProblem."""
    if not os.path.lexists(path):
        return None
    return read_file(path, root).data


def unfinished_edits(root: Path) -> Iterator[Problem]:
    """The problems about edits of several files that reached only some of them."""
    for found, _ in undertakings(root):
        states: dict[str, State] = {}
        for step in found.steps:
            try:
                states[step.file] = step.state_of(content(path_of(root, step.file), root))
            except FileProblem:
                states[step.file] = "other"
        if found.is_half_done(states):
            yield _problem(found, states)


def path_of(root: Path, file: str) -> Path:
    """The path on disk of a file of the workspace at `root`, which is a folder or one file."""
    return root / file if root.is_dir() else root


def _problem(found: Undertaking, states: dict[str, State]) -> Problem:
    named = {state: [file for file in found.planned if states.get(file, "undone") == state] for state in _WORDS}
    parts = [f"{_WORDS[state]} {', '.join(files[:3])}" for state, files in named.items() if files]
    what = f"an edit of several files was cut off ({found.title}): {', '.join(parts)}"
    hint = "open the workspace to take it back, as with `canvas-tui open`"
    if named["other"]:
        hint = f"finish it by hand, then delete {found.path}"
    at = next((file for state in ("done", "other") for file in named[state]), found.planned[0])
    return Problem(at, 0, what, hint, UNFINISHED)


_WORDS: dict[State, str] = {"done": "it is in", "undone": "not in", "other": "somebody has since changed"}
