"""Opens a file of a workspace so that nothing planted in the folder can hang or mislead us.

Every step down from the workspace root is taken without following links (they are resolved first, and only
while they stay inside the root), so a link swapped in meanwhile is refused instead of followed. Only regular
files are opened: a FIFO cannot hang us, a device cannot be read. Nothing here opens a file for writing;
`FilePlace` and `open_regular` are shared with the writer half.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from canvas_tui.storage.read.fingerprint import Fingerprint

READ_LIMIT = 64 * 1024 * 1024
_PATIENCE = 0.05  # seconds that a reader waits for a writer that has locked this inode
_NO_PATIENCE = 2.0  # seconds after a wait in vain in which no reader waits: all files may be locked for ever
_SEARCH_ONLY: int = getattr(os, "O_PATH", os.O_RDONLY)  # for folders that we may pass through but not list
_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class FileProblem(Exception):
    """A file that cannot be read: `path`, what is wrong (`message`), and what to do (`hint`)."""

    def __init__(self, path: Path, message: str, hint: str) -> None:
        super().__init__(f"{path}: {message} - {hint}")
        self.path, self.message, self.hint = path, message, hint


class OutsideRoot(OSError):
    """The path leads out of the workspace, or to something that is not a regular file."""


class Snapshot(NamedTuple):
    """All bytes of a file, and the fingerprint of exactly these bytes."""

    data: bytes
    fingerprint: Fingerprint


class FilePlace(NamedTuple):
    """Where a file is, no link left on the way: an open folder (`folder`, a descriptor) and a name in it."""

    path: Path
    folder: int
    name: str
    listable: bool  # False: the folder may be passed through, but not listed, locked or synced

    def stat(self) -> os.stat_result:
        """What the system tells of the file now, links not followed. Raises OSError."""
        return os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)


def read_file(path: Path, root: Path) -> Snapshot:
    """Read a regular file inside `root` (a folder, or the file itself).

    Raises FileProblem, and nothing else, if the file is missing, forbidden, too large, not a regular file, or
    reached by a link that leaves the root.
    """
    try:
        with place_of(path, root) as place, _opened(place, os.O_RDONLY) as fd:
            _await_writer(fd)
            return _read_settled(fd)
    except OSError as problem:
        raise _explain(path, problem) from problem


def unchanged(path: Path, fingerprint: Fingerprint) -> bool:
    """Whether `stat` proves that the file is as it was when the fingerprint was made. False means: read it again."""
    try:
        return fingerprint.looks_like(os.stat(path))
    except OSError:
        return False


@contextlib.contextmanager
def place_of(path: Path, root: Path) -> Iterator[FilePlace]:
    """Resolve links, check that the target is inside `root`, and hold its folder open.

    Raises OutsideRoot if the path leads out of the root, or another OSError. The file itself need not exist.
    """
    place = _place_without_links(path, root) or _place_behind_links(path, root)
    try:
        yield place
    finally:
        close_quietly(place.folder)


def _place_without_links(path: Path, root: Path) -> FilePlace | None:
    """A faster way for the usual case, a path below the root without links; None if it has links."""
    whole, start = os.fspath(path), os.fspath(root) + os.sep
    steps = whole[len(start) :].split(os.sep) if whole.startswith(start) else [""]
    if not {"", ".", ".."}.isdisjoint(steps):
        return None
    try:
        folder, listable = _walk(os.fspath(root), steps[:-1])
    except OSError:
        return None
    place = FilePlace(path, folder, steps[-1], listable)
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISLNK(place.stat().st_mode):
            close_quietly(folder)
            return None
    return place


def _place_behind_links(path: Path, root: Path) -> FilePlace:
    real_root = os.path.realpath(root)
    real = os.path.realpath(path)
    base = real_root if os.path.isdir(real_root) else os.path.dirname(real_root)
    inside = os.path.commonpath([base, real]) == base and real != base
    if not inside or (base != real_root and real != real_root):
        raise OutsideRoot(errno.EXDEV, "leads out of the workspace")
    *steps, name = os.path.relpath(real, base).split(os.sep)
    folder, listable = _walk(base, steps)
    return FilePlace(Path(real), folder, name, listable)


def _walk(base: str, steps: list[str]) -> tuple[int, bool]:
    """Open the folder at the end of `steps` below `base`, following no link: (descriptor, whether it can be listed)."""
    at = os.open(base, os.O_DIRECTORY | os.O_CLOEXEC | _SEARCH_ONLY)
    try:
        for step in [*steps, "."]:
            last = step == "."
            try:
                below = os.open(step, _FOLDER | (os.O_RDONLY if last else _SEARCH_ONLY), dir_fd=at)
            except PermissionError:
                if not last:
                    raise
                return at, False
            close_quietly(at)
            at = below
    except OSError:
        close_quietly(at)
        raise
    return at, True


def open_regular(place: FilePlace, flags: int) -> int:
    """Open the file at `place`, which must be a regular file: no link, FIFO, device or folder."""
    fd = os.open(place.name, flags | _FILE, dir_fd=place.folder)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        close_quietly(fd)
        raise OutsideRoot(errno.EINVAL, "is not a regular file")
    return fd


def read_all(fd: int) -> bytes:
    """Every byte from the start, whatever the position. Raises OSError(EFBIG) above MAX_BYTES."""
    size = os.fstat(fd).st_size
    if size > READ_LIMIT:
        raise OSError(errno.EFBIG, "is too large")
    parts: list[bytes] = []
    at = 0
    while part := os.pread(fd, max(size + 1 - at, 65536), at):
        parts.append(part)
        at += len(part)
        if at > READ_LIMIT:
            raise OSError(errno.EFBIG, "is too large")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def close_quietly(fd: int) -> None:
    """Close the descriptor and ignore errors: all data was synced before, so nothing can be done about them."""
    with contextlib.suppress(OSError):
        os.close(fd)


@contextlib.contextmanager
def _opened(place: FilePlace, flags: int) -> Iterator[int]:
    fd = open_regular(place, flags)
    try:
        yield fd
    finally:
        close_quietly(fd)


class _WaitedInVain:
    """Remembers when a wait for a lock last failed. A lock that is held so long does not belong to a short write."""

    at = float("-inf")


_waited_in_vain = _WaitedInVain()


def _await_writer(fd: int) -> None:
    """Wait a moment if somebody is writing into this inode in place. In the end we read, locked or not."""
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            now = time.monotonic()
            if now > give_up:
                _waited_in_vain.at = now
            if now - _waited_in_vain.at < _NO_PATIENCE:
                return
            time.sleep(0.002)
        except OSError:
            return  # a file system without locks
        else:
            return


def _read_settled(fd: int) -> Snapshot:
    """Read again until the file did not change during the reading; after three tries, take what there is."""
    for _ in range(3):
        before, looked = os.fstat(fd), time.time_ns()
        data = read_all(fd)
        after = os.fstat(fd)
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            break
    return Snapshot(data, Fingerprint.of(after, data, looked))


def _explain(path: Path, problem: OSError) -> FileProblem:
    if isinstance(problem, OutsideRoot):
        if problem.errno == errno.EXDEV:
            return FileProblem(path, "leads out of the workspace", "put the file itself into the workspace")
        return FileProblem(path, "is not a regular file", "replace it by a text file, or remove it")
    match problem.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return FileProblem(path, "does not exist", "check the name, or bring the file back")
        case errno.EACCES | errno.EPERM:
            return FileProblem(path, "may not be read by you", "ask its owner for read permission")
        case errno.ELOOP:
            return FileProblem(path, "is a link that cannot be followed", "replace it by the file it should be")
        case errno.ENXIO | errno.ENODEV | errno.EISDIR:
            return FileProblem(path, "is not a regular file", "replace it by a text file, or remove it")
        case errno.EFBIG:
            limit = READ_LIMIT // (1024 * 1024)
            return FileProblem(path, f"is larger than {limit} MiB", "split it into several files")
    reason = (problem.strerror or "unknown reason").lower()
    return FileProblem(path, f"cannot be read ({reason})", "look at the disk or the mount it is on")
