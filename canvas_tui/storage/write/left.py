"""Remembers which canvas was open last, so that the next session begins there.

It is one small file for each workspace, in the person's own state folder. Errors are ignored, because it is only a
convenience. A read-only process must never import this, and nothing here writes into a workspace.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

from canvas_tui.storage.read.own_files import prefix_of, read_own
from canvas_tui.storage.read.state_folder import state_folder
from canvas_tui.storage.write.own_folder import check_own, make_own, replace_own

_CLOSE_SECONDS = 2.0
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, RecursionError)  # what a damaged file may raise


def left_folder() -> Path:
    """The person's own folder for these files. It may not exist."""
    return state_folder() / "left"


class Left:
    """The last open canvas of one workspace: `canvas` is its id, "" if unknown."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self._folder = folder
        self._workspace = os.path.realpath(workspace)
        self._file = folder / f"{prefix_of(workspace)}.json"
        self.canvas = self._read()

    def keep(self, canvas: str) -> None:
        """Remember this canvas. Takes no lock: of two sessions, the one that ends last is remembered."""
        if canvas in ("", self.canvas):
            return
        with suppress(OSError, ValueError):
            make_own(self._folder)
            document = {"workspace": self._workspace, "canvas": canvas}
            replace_own(self._file, document)
            self.canvas = canvas

    def keep_at_end(self, canvas: str) -> None:
        """As `keep`, but waits at most two seconds for a disk that does not answer."""
        thread = threading.Thread(target=self.keep, args=(canvas,), name="canvas-left", daemon=True)
        thread.start()
        thread.join(_CLOSE_SECONDS)

    def _read(self) -> str:
        with suppress(*_UNREADABLE):
            check_own(self._folder)
            document, is_own = read_own(self._file)
            if is_own and document["workspace"] == self._workspace:
                return str(document["canvas"])
        return ""
