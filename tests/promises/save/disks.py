"""Disks with little room: a tmpfs of its own for a test, and a way to leave it just so many pages.

Only root may mount one; `small_disk` says so, and the caller decides what that means.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PAGE = 4096  # bytes; a tmpfs gives room by the page


class CannotMount(Exception):
    """No file system can be mounted here."""


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A tmpfs of that size (`64k`, `1m`). Raises CannotMount."""
    point = Path(tempfile.mkdtemp(prefix="canvas-tui-tmpfs-"))
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", point], capture_output=True)
        if done.returncode != 0:
            raise CannotMount("no tmpfs can be mounted here")
        try:
            yield point
        finally:
            subprocess.run(["umount", "-l", point], check=True)
    finally:
        point.rmdir()


def fill(disk: Path, leaving: int = 0) -> Path:
    """Leave no room, or room for so many pages. The file that takes the rest."""
    path = disk / "filling"
    with path.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * PAGE)
    os.truncate(path, max(0, path.stat().st_size // PAGE - leaving) * PAGE)
    return path
