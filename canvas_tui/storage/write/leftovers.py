"""The files that a save makes beside the data: their names, and what becomes of those a killed process left.

The name says how far the save had come, and that decides who may be thrown away:
- `.plan.toml.canvas-tui-1f2e3d4c`: still being written. Ours alone, never the only copy of anything.
- `.plan.toml.canvas-tui-1f2e3d4c.BASE-NEW`: about to be swapped, or swapped out. With the digest BASE it is the
  version that was replaced, with NEW the one that never got in. With any other it is what somebody wrote in
  between, perhaps its only copy: put back, or kept as `.rescued` and told.
- `.plan.toml.canvas-tui-1f2e3d4c.image`: both versions of a file being written in place (inplace.py).
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.safe_open import Place, close_quietly, open_regular, read_all
from canvas_tui.storage.write.locking import try_lock

STALE_AFTER = 60.0  # seconds; a file still being written is locked from its first instant on, this is for the instant
_MARK = ".canvas-tui-"
_DIGITS = 16
_KIND = re.compile(r"(?P<token>[0-9a-f]{8})(?:\.(?P<base>[0-9a-f]{16})-(?P<new>[0-9a-f]{16})|(?P<word>\.\w+))?")


def _stem(name: str) -> str:
    """`.NAME.canvas-tui-`, NAME shortened to its digest where the whole would be too long for a file name."""
    return f".{name if len(os.fsencode(name)) <= 150 else digest_of(os.fsencode(name))}{_MARK}"


def temporary_name(name: str) -> str:
    return f"{_stem(name)}{secrets.token_hex(4)}"


def swap_name(temporary: str, base: str, new: str) -> str:
    """The name under which `temporary` is swapped in; `base` and `new` are digests."""
    return f"{temporary}.{base[:_DIGITS]}-{new[:_DIGITS]}"


def image_name(temporary: str) -> str:
    return f"{temporary}.image"


def rescued_name(leftover: str) -> str:
    return f"{leftover.partition(_MARK)[0]}{_MARK}{secrets.token_hex(4)}.rescued"


def lock_name(name: str) -> str:
    return f"{_stem(name)}lock"


def is_ours(name: str) -> bool:
    """Whether a name in a folder is one of ours, and so nothing that a workspace or git should look at."""
    return name.startswith(".") and _MARK in name


def rescued(folder: Path) -> list[Path]:
    """Versions that somebody wrote during a save of ours that was killed, each perhaps the only copy."""
    try:
        return sorted(folder / name for name in os.listdir(folder) if is_ours(name) and name.endswith(".rescued"))
    except OSError:
        return []


def images(place: Place) -> list[str]:
    return [name for name in _mine(place) if name.endswith(".image")]


def any_of(place: Place) -> bool:
    """Whether something is there that `sweep` should look at."""
    return any(_KIND.fullmatch(name.removeprefix(_stem(place.name))) for name in _mine(place))


def _mine(place: Place) -> list[str]:
    if not place.listable:
        return []
    stem = _stem(place.name)
    try:
        return [name for name in os.listdir(place.folder) if name.startswith(stem)]
    except OSError:
        return []


@contextlib.contextmanager
def abandoned(place: Place, name: str) -> Iterator[int | None]:
    """The leftover, open and locked, if it is a regular file that no living process holds; else None."""
    fd: int | None = None
    try:
        with contextlib.suppress(OSError):
            fd = open_regular(Place(place.path, place.folder, name, place.listable), os.O_RDONLY)
            if not try_lock(fd):
                close_quietly(fd)
                fd = None
        yield fd
    finally:
        if fd is not None:
            close_quietly(fd)


def sweep(place: Place, current: bytes, *, now: float | None = None) -> bool:
    """Tidy what killed saves of this file left. The caller holds the locks of the file and of its folder.

    `current` is what the file holds now. True when a version was put back in its place: read it again.
    Never raises OSError: tidying must not keep anyone from saving.
    """
    for name in _mine(place):
        match = _KIND.fullmatch(name.removeprefix(_stem(place.name)))
        if match is None or match["word"] is not None:
            continue
        with contextlib.suppress(OSError), abandoned(place, name) as fd:
            if fd is None:
                continue
            if match["base"] is None:
                age = (time.time() if now is None else now) - os.fstat(fd).st_ctime
                if age > STALE_AFTER:
                    os.unlink(name, dir_fd=place.folder)
                continue
            if may_trust(place, fd) and _settle_swapped(place, name, fd, (match["base"], match["new"]), current):
                return True
    return False


def may_trust(place: Place, fd: int) -> bool:
    """In a sticky folder nobody may replace another's file, nor make us do it by planting a leftover."""
    sticky = os.fstat(place.folder).st_mode & stat.S_ISVTX
    return not sticky or os.fstat(fd).st_uid in (os.geteuid(), place.stat().st_uid)


def _settle_swapped(place: Place, name: str, fd: int, known: tuple[str, str], current: bytes) -> bool:
    """Throw away a version that is ours; put back or keep one that is somebody else's."""
    is_small = os.fstat(fd).st_size <= MAX_BYTES  # what we write is; much of anything else may have been planted
    if is_small and digest_of(read_all(fd))[:_DIGITS] in known:
        os.unlink(name, dir_fd=place.folder)
        return False
    if digest_of(current)[:_DIGITS] == known[1]:
        # Killed between the swap and the look at what came out: our edit was never acknowledged, theirs was.
        os.rename(name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
        return True
    os.rename(name, rescued_name(name), src_dir_fd=place.folder, dst_dir_fd=place.folder)
    return False
