"""Finishes saves of this account that were killed, file by file, when a workspace is opened for writing.

It starts from the receipts of those saves, not from names in the workspace, which anybody may have put there. For a
healthy workspace it only lists the person's own folder. A save that cannot be finished now is finished by the next save
of that file.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from canvas_tui.storage.read.receipts import image_key, names_in, receipts_folder, swap_key
from canvas_tui.storage.read.safe_open import FilePlace, place_of
from canvas_tui.storage.read.workspace import Loaded
from canvas_tui.storage.write import leftovers, receipts
from canvas_tui.storage.write.errors import SaveError
from canvas_tui.storage.write.inplace import recover
from canvas_tui.storage.write.locking import Deadline, locked_folder
from canvas_tui.storage.write.undertakings import take_back_interrupted

_PATIENCE = 2.0  # seconds to wait for a file that somebody is saving


def recover_all(loaded: Loaded) -> tuple[str, ...]:
    """Finish every interrupted save of the workspace. Gives the files that it changed. Never raises OSError."""
    changed = list(take_back_interrupted(loaded.root))
    left = names_in(receipts_folder())
    if not left:
        return tuple(changed)
    for file in sorted(_in_question(loaded, left)):
        with contextlib.suppress(OSError, SaveError):
            if recover(loaded.path_of(file), loaded.root, timeout=_PATIENCE):
                changed.append(file)
    for folder in {loaded.path_of(file).parent for file in loaded.files}:
        _tidy_unborn(folder, loaded.root)
    return tuple(changed)


def _in_question(loaded: Loaded, left: list[str]) -> Iterator[str]:
    """The files of the workspace with a save that began and did not end."""
    for file in loaded.files:
        path = Path(os.path.realpath(loaded.path_of(file)))
        with contextlib.suppress(OSError):
            starts = image_key(os.stat(path).st_ino), swap_key(os.stat(path.parent).st_ino, path.name)
            if any(name.startswith(starts) for name in left):
                yield file


def _tidy_unborn(folder: Path, root: Path) -> None:
    """Remove what is left of new files in this folder that never got their names."""
    with contextlib.suppress(OSError):
        start = swap_key(os.stat(folder).st_ino, "")[:-1]
        for name in {each.name for each in receipts.left(lambda each: each.startswith(start))}:
            path = folder / name
            if os.path.basename(name) != name or os.path.lexists(path):
                continue
            with contextlib.suppress(OSError, SaveError), _locked(path, root) as place:
                leftovers.sweep(place, None)


@contextlib.contextmanager
def _locked(path: Path, root: Path) -> Iterator[FilePlace]:
    with place_of(path, root) as place, locked_folder(place, Deadline.after(_PATIENCE)):
        yield place
