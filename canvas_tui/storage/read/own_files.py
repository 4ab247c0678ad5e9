"""Tells drafts and queued edits that were written in this state folder from those that came with a copied folder.

A home can be a clone, an image or a backup of another machine. A file that does not note its own inode was not written
here: it is not read, left alone, and reported. Reads only; the writer half writes these files.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from canvas_tui.core.workspace import Problem
from canvas_tui.storage.read.leftovers import FOREIGN
from canvas_tui.storage.read.origin import says_its_own
from canvas_tui.storage.read.state_folder import state_folder

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_MOST_BYTES = 256 * 1024 * 1024  # of one queued edit, however long its texts
_KINDS = {"drafts": "a draft", "pending": "an edit that waits to be saved"}


def prefix_of(workspace: Path) -> str:
    """How the names of all files about this workspace (a folder or a file) begin."""
    return hashlib.sha256(os.fsencode(os.path.realpath(workspace))).hexdigest()[:20]


def read_own(path: Path) -> tuple[dict[str, Any], bool]:
    """The file's data, and whether it was written here. Raises OSError, or ValueError if it is not a file of ours."""
    fd = os.open(path, _FLAGS)
    with os.fdopen(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise ValueError("not a regular file")
        document = json.loads(file.read(_MOST_BYTES))
        if not isinstance(document, dict):
            raise ValueError("not a table")
        return document, says_its_own(document.get("own"), fd)


def foreign_files(workspace: Path) -> Iterator[Problem]:
    """Problems about drafts, queued edits and presence files of this workspace that were not written where they are."""
    from canvas_tui.storage.read.presence_reader import FOLDER, foreign_sessions  # imported late: only `check` needs it

    for name in foreign_sessions(workspace):
        what = "this looks like a session that has the workspace open, but none wrote it here"
        hint = "it is left alone; if it came with the repository, take it out there"
        yield Problem(f"{FOLDER}/{name}", 0, what, hint, FOREIGN)
    for folder, kind in _KINDS.items():
        for path in _about(state_folder() / folder, prefix_of(workspace)):
            try:
                _, is_own = read_own(path)
            except (OSError, ValueError, RecursionError):
                continue
            if not is_own:
                what = f"this looks like {kind}, but it was not written on this machine"
                yield Problem(str(path), 0, what, "it is left alone; take from it what you know to be yours", FOREIGN)


def _about(folder: Path, prefix: str) -> list[Path]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.startswith(prefix))
    except OSError:
        return []
    return [folder / name for name in names if name.endswith((".json", ".last"))]
