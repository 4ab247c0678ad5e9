"""On opening a workspace for writing: what killed saves left half done is finished, file by file.

Looks first and locks only files of which something is left: opening a healthy workspace costs one look into each
of its folders. What cannot be finished now is finished by the next save, which does the same.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from canvas_tui.storage.read.workspace import Loaded
from canvas_tui.storage.write import leftovers
from canvas_tui.storage.write.errors import SaveError
from canvas_tui.storage.write.inplace import own_images, recover

_PATIENCE = 2.0  # seconds to wait for a file that somebody is saving


def recover_all(loaded: Loaded) -> tuple[str, ...]:
    """Finish every save of the workspace that was cut; the files that were changed by it. Never raises OSError."""
    changed = []
    for file in sorted(_in_question(loaded)):
        with contextlib.suppress(OSError, SaveError):
            if recover(loaded.path_of(file), loaded.root, timeout=_PATIENCE):
                changed.append(file)
    return tuple(changed)


def _in_question(loaded: Loaded) -> Iterator[str]:
    """The files of which something may be left: all where the person has images of their own, as of any folder."""
    everywhere = any(_names_in(own_images()))
    left: dict[Path, bool] = {}
    for file in loaded.files:
        folder = loaded.path_of(file).parent
        if folder not in left:
            left[folder] = any(map(leftovers.is_ours, _names_in(folder)))
        if everywhere or left[folder]:
            yield file


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
