"""A disk that refuses to save when a test says so, and tells how long each save might have waited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_tui.storage.write import edit as edit_module
from canvas_tui.storage.write.save import locking
from canvas_tui.storage.write.save.commit import commit
from canvas_tui.storage.write.save.errors import save_error


class Disk:
    """Refuses every save while `kind` says why ("full", "locked", ...)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kind: Any = ""
        self.patience: list[float] = []  # how long each save might wait for a lock, in seconds
        self._commit = commit
        monkeypatch.setattr(edit_module, "commit", self._maybe)

    def _maybe(self, path: Path, *arguments: Any, **options: Any) -> Any:
        self.patience.append(locking._patience.get())
        if self.kind:
            raise save_error(path, self.kind)
        return self._commit(path, *arguments, **options)
