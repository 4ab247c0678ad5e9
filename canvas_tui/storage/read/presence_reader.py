"""Who else has this workspace open. This is advice only: nothing may rely on it.

Reads the folder `.canvas-tui` of the workspace, in which each session that edits keeps one small file (the writer
half's `presence.py`). Other people write those files, so their number and size are limited, no link is followed, all
text is cleaned, and malformed files are skipped. Writes nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from canvas_tui.core.text import clean, clip
from canvas_tui.storage.read.origin import Origin

FOLDER = ".canvas-tui"
STALE_AFTER = 45.0  # seconds without a heart-beat
_LOOK = 2.0  # seconds between two looks
_PAUSE = 1.0  # the least seconds between two looks
_MOST_NAMES, _MOST_FILES, _MOST_BYTES = 512, 64, 4096
_NAME_CELLS, _WHERE_CELLS = 40, 120
_OURS = re.compile(r"session-[0-9]{1,10}-[0-9a-f]{8}\.json")
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody else's session. `where` is the address under their cursor ("" if unknown); `since` is when they came, in
    seconds since 1970. The texts are clean and short.
    """

    name: str
    where: str
    is_editing: bool
    since: float


@dataclass(frozen=True, slots=True)
class Seen:
    """One session's file. `person` is None if it is malformed; `is_stale` if the session is gone.

    `is_foreign`: no session wrote the file where it is; it came with a repository or an archive. Then nobody is here,
    and the file is not ours to remove.
    """

    file: str
    person: Person | None
    is_stale: bool
    is_foreign: bool = False


class People:
    """Looks every two seconds, on a thread of its own, who has the workspace open.

    root: the workspace, a folder or one file. on_change: called on that thread when the others changed.
    """

    def __init__(
        self, root: Path, *, on_change: Callable[[], None] | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder, self._file = where_of(root)
        self._on_change, self._clock = on_change, clock
        self._others: tuple[Person, ...] = ()
        self._wake, self._ending = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def others(self) -> tuple[Person, ...]:
        """The others as last seen, the earliest first. Never waits for the disk."""
        return self._others

    def start(self) -> None:
        """Start the thread, once. Returns immediately."""
        if self._thread is None and not self._ending.is_set():
            self._thread = threading.Thread(target=self._follow, name="canvas-people", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread. One that hangs on a dead mount is left behind."""
        self._ending.set()
        self._wake.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(0.5)

    def look(self) -> None:
        """Look once, on this thread. Never raises, because all this is only advice."""
        now = self._clock()
        seen = [each for each in self._seen(now) if not each.is_stale and each.person is not None]
        people = sorted((each.person for each in seen if each.person), key=lambda person: (person.since, person.name))
        if (found := tuple(people)) != self._others:
            self._others = found
            if self._on_change is not None and not self._ending.is_set():
                with contextlib.suppress(Exception):  # a screen that is closing must not end the thread
                    self._on_change()

    def _seen(self, now: float) -> list[Seen]:
        with opened_folder(self._folder) as folder:
            return [] if folder is None else list(sessions_in(folder, self._file, now))

    def _follow(self) -> None:
        while not self._ending.is_set():
            self._wake.clear()
            self.look()
            if self._wake.wait(_LOOK):
                self._ending.wait(_PAUSE)  # a cursor that moves quickly is not followed step by step


def is_session(name: str) -> bool:
    """Whether a file of this name is a session's."""
    return _OURS.fullmatch(name) is not None


def where_of(root: Path) -> tuple[str, str]:
    """(folder, file) of a workspace; `file` is "" unless the workspace is one file."""
    real = os.path.realpath(root)
    return (os.path.dirname(real), os.path.basename(real)) if os.path.isfile(real) else (real, "")


def host_name() -> str:
    """A name for this machine or container: within it, a process number means one process."""
    space = ""
    with contextlib.suppress(OSError):
        space = os.readlink("/proc/self/ns/pid")
    return f"{os.uname().nodename} {space}".strip()


@contextlib.contextmanager
def opened_folder(workspace: str) -> Iterator[int | None]:
    """The presence folder as an open descriptor; None if it is missing, a link, or not a folder."""
    folder: int | None = None
    with contextlib.suppress(OSError):
        folder = os.open(os.path.join(workspace, FOLDER), _FOLDER_FLAGS)
    try:
        yield folder
    finally:
        if folder is not None:
            os.close(folder)


def sessions_in(folder: int, file: str, now: float, *, skip: str = "") -> Iterator[Seen]:
    """Every session's file in the open folder but `skip`; at most 64 of them."""
    host = host_name()
    for name in _names_in(folder):
        if name == skip:
            continue
        with contextlib.suppress(OSError):
            data, beat, origin = _read(folder, name)
            told = _parse(data)
            if not _is_written_here(told, origin, host):
                yield Seen(name, None, is_stale=False, is_foreign=bool(data) or abs(now - beat) > STALE_AFTER)
                continue
            is_stale = abs(now - beat) > STALE_AFTER or _is_dead(told, host)
            person = _person(told) if told is not None and told.get("file", "") == file else None
            yield Seen(name, person, is_stale)


def _names_in(folder: int) -> list[str]:
    names: list[str] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count >= _MOST_NAMES or len(names) >= _MOST_FILES:
                break
            if is_session(entry.name):
                names.append(entry.name)
    return sorted(names)


def foreign_sessions(root: Path) -> list[str]:
    """The names of presence files that no session wrote where they are."""
    with opened_folder(where_of(root)[0]) as folder:
        if folder is None:
            return []
        return [each.file for each in sessions_in(folder, "", time.time()) if each.is_foreign]


def _is_written_here(told: dict[str, Any] | None, origin: Origin, host: str) -> bool:
    """Whether the file notes its own inode. For a session of another host the device's number may differ."""
    own = Origin.told(told.get("own")) if told is not None else None
    if told is None or own is None:
        return False
    return own.is_same(origin) if told.get("host") == host else own.inode == origin.inode


def _read(folder: int, name: str) -> tuple[bytes, float, Origin]:
    """(bytes, time of last change, identity) of a file; no bytes if it is too large. Raises OSError."""
    fd = os.open(name, _FILE_FLAGS, dir_fd=folder)
    try:
        info = os.fstat(fd)
        if not stat.S_ISREG(info.st_mode):
            raise OSError("not a regular file")
        return os.read(fd, _MOST_BYTES) if info.st_size <= _MOST_BYTES else b"", info.st_mtime, Origin.of(fd)
    finally:
        os.close(fd)


def _parse(data: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _person(told: dict[str, Any]) -> Person | None:
    name, where, since = told.get("name"), told.get("where"), told.get("since")
    if not isinstance(name, str) or not isinstance(where, str) or not isinstance(since, (int, float)):
        return None
    if not name.strip() or not 0 <= since < 1e11:
        return None
    return Person(
        clip(clean(name.strip()), _NAME_CELLS),
        clip(clean(where), _WHERE_CELLS),
        told.get("editing") is True,
        float(since),
    )


def _is_dead(told: dict[str, Any] | None, host: str) -> bool:
    """Whether the session's process is known to have ended. Only its own host can tell."""
    if told is None or told.get("host") != host:
        return False
    pid = told.get("pid")
    if not isinstance(pid, int) or isinstance(pid, bool) or not 0 < pid < 2**31:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
