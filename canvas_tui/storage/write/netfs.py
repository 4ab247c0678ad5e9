"""Lock files for file systems that several hosts share: one host's kernel locks may mean nothing on another host.

Only there a save also holds a lock file beside the data. It is made with O_EXCL, which every network file system
respects, and a heart-beat touches it, so that a lock file left by a crashed host can be told from a live one.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from canvas_tui.storage.read.mounts import is_network
from canvas_tui.storage.read.safe_open import FilePlace, close_quietly
from canvas_tui.storage.write.errors import save_error
from canvas_tui.storage.write.locking import Deadline

__all__ = ["HEART_BEAT", "STALE_AFTER", "is_network", "lock_beside"]

HEART_BEAT = 5.0  # seconds between touches of a lock file that is held
STALE_AFTER = 60.0  # seconds without a touch, by the file server's clock, after which a lock file is dead


@contextlib.contextmanager
def lock_beside(place: FilePlace, name: str, deadline: Deadline) -> Iterator[None]:
    """Hold the lock file `name` in the folder of `place`, with a heart-beat. Raises SaveError "busy"."""
    from filelock import SoftFileLock, Timeout

    path = place.path.parent / name
    held = SoftFileLock(str(path), mode=0o660, thread_local=False)
    while True:
        _break_if_stale(path)
        try:
            held.acquire(timeout=min(0.5, max(0.0, deadline.at - time.monotonic())), poll_interval=0.01)
            break
        except Timeout:
            if deadline.passed:
                raise save_error(place.path, "busy", "locked from another host") from None
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(path, stop), name="canvas-tui-lock-beat", daemon=True)
    beat.start()
    try:
        yield
    finally:
        stop.set()
        beat.join()
        with contextlib.suppress(OSError):
            held.release()


def _beat(path: Path, stop: threading.Event) -> None:
    while not stop.wait(HEART_BEAT):
        with contextlib.suppress(OSError):
            os.utime(path, follow_symlinks=False)  # it may have been replaced


def _break_if_stale(path: Path) -> None:
    """Remove a lock file that nobody has touched for long. It is renamed first, so that only one process removes it."""
    with contextlib.suppress(OSError):
        seen = os.lstat(path)
        if _server_time(path.parent) - seen.st_mtime < STALE_AFTER:
            return
        aside = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
        os.rename(path, aside)
        if os.lstat(aside).st_ino != seen.st_ino:  # another process has just made a new one: put it back
            with contextlib.suppress(FileExistsError):
                os.link(aside, path)
        os.unlink(aside)


def _server_time(folder: Path) -> float:
    """The file server's clock, from the time of a new file. The clocks of hosts may differ by minutes."""
    probe = folder / f".canvas-tui-clock-{secrets.token_hex(4)}"
    fd = os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.unlink(probe)
        return os.fstat(fd).st_mtime
    finally:
        close_quietly(fd)
