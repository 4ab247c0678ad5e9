"""Boards of workspaces that are not as they should be: no key makes the session end."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.input.actions import ACTIONS
from tests.tui.golden import screen_text
from tests.tui.sessions import SAMPLES, copy_of, editing_app, press, running, viewing_app

WORKSPACES = {
    "no canvas": {"goals.toml": '[[goals]]\nid = "g"\ntitle = "G"\n'},
    "unknown model, no cells": {"c.toml": 'model = "nobody"\nid = "c"\n'},
    "unknown model": {"c.toml": 'model = "nobody"\nid = "c"\n\n[[whatever]]\ntext = "One"\n'},
    "unknown cell": {"c.toml": 'model = "swot"\nid = "c"\n\n[[stray]]\ntext = "One"\n'},
    "same id twice": {"a.toml": 'model = "swot"\nid = "c"\n', "b.toml": 'model = "swot"\nid = "c"\n'},
    "only archived": {"a.toml": 'model = "swot"\nid = "c"\nstatus = "archived"\n'},
}
KEYS = sorted({key for action in ACTIONS if action.id != "quit" for key in action.keys if "ctrl+" not in key})


def made(folder: Path, files: dict[str, str]) -> Path:
    (folder / "strategy.toml").write_text('format = 1\nname = "Odd"\n', encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", sorted(WORKSPACES))
async def test_every_key_can_be_pressed_on_an_odd_board(name: str, tmp_path: Path) -> None:
    app = editing_app(made(tmp_path, WORKSPACES[name]))
    async with running(app) as pilot:
        await press(pilot, "g", "b")
        for key in KEYS:
            await press(pilot, *key.split(" "))
            if len(app.screen_stack) > 1 or getattr(app.navigator.here, "is_typing", False):
                await press(pilot, "escape")
            if app.navigator.here is not None and app.navigator.here.screen_name != "board":
                await press(pilot, "g", "b")
        assert app.crash is None
        assert app.is_running


async def test_a_stray_cell_is_shown_rather_than_lost(tmp_path: Path) -> None:
    app = editing_app(made(tmp_path, WORKSPACES["unknown cell"]))
    async with running(app) as pilot:
        assert "Stray" in screen_text(app)
        await press(pilot, "g", "b")
        assert "One" in screen_text(app)


@pytest.mark.parametrize("sample", ["broken", "one-file.toml"])
async def test_the_samples_open_on_every_board(sample: str) -> None:
    app = viewing_app(read_workspace(SAMPLES / sample).workspace)
    async with running(app) as pilot:
        for _ in range(2 + len(app.session.workspace.canvases)):
            await press(pilot, "v", "j", "l", "]")
        assert app.crash is None


async def test_two_keys_at_once_are_two_keys(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        for keys in itertools.islice(itertools.permutations(["j", "l", "z", "&", "v", "u", "K", "]"], 3), 40):
            await press(pilot, *keys)
        assert app.crash is None
