"""Why a save did not happen, in words a person can act on. The file is untouched, with one exception: see the message
that inplace.py gives."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from canvas_tui.storage.read.safe_open import OutsideRoot

ErrorKind = Literal["read-only", "full", "gone", "busy", "refused", "io", "changed"]

_KINDS: dict[int, ErrorKind] = {
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
    errno.ESTALE: "gone",
    errno.ELOOP: "refused",
    errno.EFBIG: "refused",
    errno.EISDIR: "refused",
    errno.ENXIO: "refused",
    errno.EEXIST: "refused",
    errno.ENAMETOOLONG: "refused",
}

_WORDS: dict[ErrorKind, tuple[str, str]] = {
    "read-only": ("may not be written by you", "ask its owner for write permission, or work on a copy"),
    "full": ("cannot be saved, the disk or your quota is full", "free some space and save again"),
    "gone": ("is no longer there", "bring the file or its folder back, or write under a new name"),
    "busy": ("is locked or keeps changing", "wait for the other program, then save again"),
    "refused": ("is not a file that is safe to write", "put a regular file inside the workspace"),
    "io": ("cannot be saved, the disk reported an error", "look at the disk or the mount, then save again"),
    "changed": ("changed in a way that cannot be merged", "look at both versions and choose"),
}


class SaveError(Exception):
    """Nothing was written. `message` says what is wrong with `path`, `hint` what to do; `kind` is for the code."""

    def __init__(self, path: Path, message: str, hint: str, kind: ErrorKind) -> None:
        super().__init__(f"{path}: {message} - {hint}")
        self.path, self.message, self.hint, self.kind = path, message, hint, kind


def save_error(path: Path, kind: ErrorKind, detail: str = "") -> SaveError:
    """The error of that kind, in its standard words."""
    message, hint = _WORDS[kind]
    return SaveError(path, f"{message} ({detail})" if detail else message, hint, kind)


def half_done(problem: SaveError, files: Sequence[str]) -> SaveError:
    """The same error for an edit that is in a part of its files, `files`, and could not be taken back there."""
    part = f"{problem.message}; a part of the edit is in {', '.join(files[:3])}, and will be taken back"
    return SaveError(problem.path, part, problem.hint, problem.kind)


def explain(path: Path, problem: OSError) -> SaveError:
    """The SaveError for an error of the system before the commit point."""
    if isinstance(problem, OutsideRoot):
        return save_error(path, "refused", problem.strerror or "")
    if problem.errno == errno.EFBIG:
        wrong = "is too large, or would be larger than your limit on files (ulimit -f)"
        return SaveError(path, wrong, "split it into several, or raise the limit", "refused")
    if problem.errno == errno.EROFS:
        hint = "have it mounted for writing, or work on a copy"
        return SaveError(path, "is on a read-only file system", hint, "read-only")
    kind = _KINDS.get(problem.errno or 0, "io")
    return save_error(path, kind, (problem.strerror or "").lower())
