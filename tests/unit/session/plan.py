"""A small plan on disk, sessions that edit it, and a disk that refuses when told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.session.saving import Saving
from canvas_tui.session.session import Session
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write import edit as edit_module
from canvas_tui.storage.write import locking
from canvas_tui.storage.write.commit import commit
from canvas_tui.storage.write.errors import save_error
from canvas_tui.storage.write.journal import Journal
from canvas_tui.storage.write.pending import PendingStore
from canvas_tui.storage.write.store import Store

TODAY = date(2026, 11, 21)
LEAN = """model = "lean-canvas"
id = "lean"

[[problem]]
id = "late"
text = "Clients pay late"
note = "12 interviews"

[[problem]]
text = "Nobody reads reminders"

[[channels]]
text = "Word of mouth"
"""
GOALS = """[[goals]]
id = "paid"
title = "Be paid"
"""

Begin = Callable[[], Session]


class Disk:
    """A disk that refuses to save the canvas while `kind` says why, and notes what is asked of it."""

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


def write_plan(folder: Path) -> Path:
    """The plan, in a new folder below this one."""
    root = folder / "plan"
    root.mkdir()
    (root / "strategy.toml").write_text('format = 1\nname = "Test"\nvision = "All is well."\n', encoding="utf-8")
    (root / "lean.toml").write_text(LEAN, encoding="utf-8")
    (root / "goals.toml").write_text(GOALS, encoding="utf-8")
    return root


def session_in(root: Path, state: Path) -> Session:
    """A session that edits the plan; what it cannot save is kept in `state`."""
    loaded = read_workspace(root)
    return Session(loaded.workspace, TODAY, lambda: Saving(PendingStore(Store(loaded), Journal(state, root))))


def lean(root: Path) -> str:
    """What the canvas's file holds."""
    return (root / "lean.toml").read_text(encoding="utf-8")


def somebody_else(root: Path, old: str, new: str, file: str = "lean.toml") -> None:
    """Somebody else's editor saves the file with other words in it."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def texts(workspace: Workspace, cell: str = "problem") -> list[str]:
    """The entries of a cell of the canvas."""
    return [entry.text for entry in workspace.canvases[0].cell(cell).entries]
