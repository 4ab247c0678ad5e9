"""A small plan on disk, and sessions that edit it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from canvas_tui.core.workspace import Workspace
from canvas_tui.session.saving import Saving
from canvas_tui.session.session import Session
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.queue.journal import Journal
from canvas_tui.storage.write.queue.pending import PendingStore
from canvas_tui.storage.write.store import Store
from tests.plan_files import change

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
    change(root, old, new, file)


def texts(workspace: Workspace, cell: str = "problem") -> list[str]:
    """The entries of a cell of the canvas."""
    return [entry.text for entry in workspace.canvases[0].cell(cell).entries]
