"""The canvas that was left last time, so that the next session begins where the last one ended.

Owns one small file a workspace in the user's own state folder. It is a convenience: what cannot be read or written is
as if nothing had been left. Must never be imported by a read-only process, and never write into a workspace.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from contextlib import suppress
from pathlib import Path

from canvas_tui.storage.write.own_folder import check_own, make_own, replace_own

_LIMIT = 10_000  # bytes; an id and a path
_CLOSE_SECONDS = 2.0
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, RecursionError)  # what a damaged file may raise


def left_folder() -> Path:
    """The user's state folder for it. Not created here."""
    import platformdirs

    return platformdirs.user_state_path("canvas-tui") / "left"


class Left:
    """What was left in one workspace: `canvas` is the id of the canvas, "" where nothing is known."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self._folder = folder
        self._workspace = str(workspace.resolve())
        self._file = folder / f"{hashlib.sha256(os.fsencode(self._workspace)).hexdigest()[:20]}.json"
        self.canvas = self._read()

    def keep(self, canvas: str) -> None:
        """Remember this one from now on. Takes no lock: of two sessions, the one that ends last is remembered."""
        if canvas in ("", self.canvas):
            return
        with suppress(OSError, ValueError):
            make_own(self._folder)
            document = {"workspace": self._workspace, "canvas": canvas}
            replace_own(self._file, json.dumps(document).encode("ascii"))
            self.canvas = canvas

    def keep_at_end(self, canvas: str) -> None:
        """As `keep`, and a disk that does not answer holds nobody up for long."""
        thread = threading.Thread(target=self.keep, args=(canvas,), name="canvas-left", daemon=True)
        thread.start()
        thread.join(_CLOSE_SECONDS)

    def _read(self) -> str:
        with suppress(*_UNREADABLE):
            check_own(self._folder)
            descriptor = os.open(self._file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with open(descriptor, "rb") as file:
                document = json.loads(file.read(_LIMIT))
            if document["workspace"] == self._workspace:
                return str(document["canvas"])
        return ""
