"""Makes and checks a person's own folders, for drafts, queued edits, receipts and reports.

Nobody else may read them, whatever the umask says, even if somebody else made the folder before. This module does not
know what is kept there, and makes no folder in a workspace.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from canvas_tui.storage.read.origin import Origin


def make_own(folder: Path) -> None:
    """Make the folder and missing folders above it, with mode 0700. Raises OSError if it cannot be the user's alone.

    A folder that exists must belong to the user: the owner of a folder can remove files in it, and plant others.
    """
    missing = []
    above = folder
    while not os.path.lexists(above) and above != above.parent:
        missing.append(above)
        above = above.parent
    for each in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(each, 0o700)
    check_own(folder)
    if os.stat(folder).st_mode & 0o077:
        os.chmod(folder, 0o700)


def check_own(folder: Path) -> None:
    """Raises OSError if the folder is missing, or belongs to somebody else, who may have planted files in it."""
    found = os.stat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "is no folder", str(folder))
    if found.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "the folder belongs to somebody else", str(folder))


def replace_own(path: Path, document: Mapping[str, Any]) -> None:
    """Write a JSON file in such a folder as a whole: a reader sees the old version or the new one.

    The file notes its own inode, so that `own_files.read_own` can tell it from a copy that was brought here.
    """
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        view = memoryview(json.dumps({**document, "own": Origin.of(descriptor)}).encode("ascii"))
        while view:
            view = view[os.write(descriptor, view) :]
        getattr(os, "fdatasync", os.fsync)(descriptor)
        os.replace(new, path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
    finally:
        os.close(descriptor)
