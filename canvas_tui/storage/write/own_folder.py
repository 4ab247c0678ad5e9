"""Folders of a person's own, in which what they type, what waits and what went wrong is kept.

Owns who may look into them: nobody else, whatever the umask says, and whoever made the folder before us. Knows nothing
of what is kept there, and makes no folder of a workspace.
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
    """Make the folder and all that is missing above it, 0700. Raises OSError where it cannot be only the user's.

    A folder that is there must be the user's: in one of somebody else's, texts could be taken away, and others planted.
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
    """Raises OSError where the folder is not there, or is somebody else's: what lies in it may be planted."""
    found = os.stat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "is no folder", str(folder))
    if found.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "the folder belongs to somebody else", str(folder))


def replace_own(path: Path, document: Mapping[str, Any]) -> None:
    """Write a file of such a folder whole: a reader, or the next session, sees the old or the new one.

    It says which file it is (`own_files.read_own` looks): a copy of it, brought by somebody, says so untruly.
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
