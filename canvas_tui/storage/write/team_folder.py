"""Makes folders in a workspace that give a team the same rights as the parent folder. Leaves existing ones alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def make_folders(folder: Path) -> None:
    """Make the folder and missing folders above it. Raises OSError.

    In a setgid folder, which is a team's, the group has the same rights in the new folders, whatever the umask says.
    """
    missing = []
    above = folder
    while not os.path.lexists(above):
        missing.append(above)
        above = above.parent
    folder.mkdir(parents=True, exist_ok=True)
    for each in reversed(missing):
        team = os.stat(each.parent).st_mode
        if team & stat.S_ISGID:
            os.chmod(each, stat.S_IMODE(os.stat(each).st_mode) | team & (stat.S_ISGID | stat.S_IRWXG))
