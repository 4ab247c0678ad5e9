"""Sessions of the app for Pilot tests: on a copy of a sample, with the real store or none."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from textual.pilot import Pilot

from canvas_tui.core.workspace import Workspace
from canvas_tui.session.drafts import Shelf
from canvas_tui.session.saving import Saving
from canvas_tui.session.session import Session
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.journal import Journal
from canvas_tui.storage.write.pending import PendingStore
from canvas_tui.storage.write.store import Store
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.config import Config

SAMPLES = Path(__file__).parents[2] / "samples"
TODAY = date(2026, 11, 21)
_TOKENS = {
    "?": "question_mark", "/": "slash", "]": "right_square_bracket", "[": "left_square_bracket", "&": "ampersand",
    ":": "colon", " ": "space", "“": "“", ".": "full_stop", ",": "comma", "-": "minus",
}  # fmt: skip


def copy_of(sample: str, folder: Path) -> Path:
    """A copy of a sample to edit."""
    target = folder / sample
    if not target.exists():
        # a killed session may have left its own file in the sample
        shutil.copytree(SAMPLES / sample, target, ignore=shutil.ignore_patterns(".canvas-tui"))
    return target


def editing_app(path: Path, config: Config | None = None, shelf: Shelf | None = None) -> CanvasApp:
    """An app that writes through to the files at `path`; its journal is kept beside them."""
    loaded = read_workspace(path)
    journal = path.parent / "state" / "pending"
    session = Session(loaded.workspace, TODAY, lambda: Saving(PendingStore(Store(loaded), Journal(journal, path))))
    session.prepare()
    return CanvasApp(session, config=config, shelf=shelf, environ={"TERM": "xterm-256color"})


def viewing_app(workspace: Workspace) -> CanvasApp:
    """A read-only app over a workspace in memory."""
    return CanvasApp(Session(workspace, TODAY), environ={"TERM": "xterm-256color"})


@asynccontextmanager
async def running(app: CanvasApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The app on a screen of this size, after graph and findings were made."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.analysis.update()
        await pilot.pause()
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, named as in the action registry ("?", "enter", "fa" as "f", "a")."""
    await pilot.press(*(_TOKENS.get(key, key) for key in keys))
    await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type a text, letter by letter."""
    await press(pilot, *text)


class _Person(NamedTuple):
    name: str
    where: str
    is_editing: bool = True


class _People(tuple[_Person, ...]):
    def others(self) -> Sequence[_Person]:
        return self


def bea_is_at(app: CanvasApp, where: str) -> None:
    """Somebody else types at this element."""
    app.company.meet(_People([_Person("bea", where)]))
    app.company.look()


def nobody_else_is_here(app: CanvasApp) -> None:
    """Whoever was there is gone."""
    app.company.meet(_People())
    app.company.look()
