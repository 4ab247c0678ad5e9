"""Deletes a file, but only if it still holds what the person saw. Bytes only: nothing here knows TOML."""

from __future__ import annotations

import os
from pathlib import Path

from canvas_tui.storage.read.safe_open import place_of, read_all
from canvas_tui.storage.write.commit import LOCK_TIMEOUT
from canvas_tui.storage.write.errors import explain, save_error
from canvas_tui.storage.write.locking import Deadline, leads_to, locked_file, locked_folder


def remove_file(path: Path, root: Path, expected: bytes) -> bool:
    """Delete `path` (inside `root`), which must hold `expected`. Returns whether the disk confirmed.

    Raises SaveError ("changed" if it holds something else), with the file untouched.
    """
    try:
        deadline = Deadline.after(LOCK_TIMEOUT)
        with place_of(path, root) as place, locked_file(place, deadline) as fd, locked_folder(place, deadline):
            if read_all(fd) != expected or not leads_to(place, fd):
                raise save_error(path, "changed")
            os.unlink(place.name, dir_fd=place.folder)
            try:
                os.fsync(place.folder)
            except OSError:
                return False
            return True
    except OSError as problem:
        raise explain(path, problem) from problem
