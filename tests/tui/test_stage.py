"""A canvas begins as a draft, says so, and counts from the moment somebody says that it does."""

from __future__ import annotations

from pathlib import Path

from canvas_tui.core.elements import Canvas
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.app import CanvasApp
from tests.tui.golden import screen_text
from tests.tui.sessions import copy_of, editing_app, press, running, type_text, viewing_app


def canvas_named(path: Path, name: str) -> Canvas:
    return next(each for each in read_workspace(path).workspace.canvases if each.id == name)


async def add_canvas(pilot, title: str) -> None:  # type: ignore[no-untyped-def]
    await press(pilot, "g", "o", "a")
    await type_text(pilot, "tows")
    await press(pilot, "enter")
    await type_text(pilot, title)
    await press(pilot, "enter")


async def test_a_canvas_made_in_the_app_is_a_draft_until_one_key_says_otherwise(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        assert "make active" not in screen_text(pilot.app)
        await add_canvas(pilot, "Plays")
        assert canvas_named(path, "plays").is_draft
        head, *_, foot, _ = screen_text(pilot.app).splitlines()
        assert "Plays  draft" in head
        assert "A make active" in foot
        await press(pilot, "A")
        assert canvas_named(path, "plays").status == "active"
        assert "“Plays” is active now" in screen_text(pilot.app)
        assert "Plays  draft" not in screen_text(pilot.app)
        await press(pilot, "u")
        assert canvas_named(path, "plays").is_draft


async def test_the_overview_tells_drafts_behind_what_counts(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await add_canvas(pilot, "A first sketch")
        await press(pilot, "g", "o")
        lines = screen_text(pilot.app).splitlines()
        at = next(number for number, line in enumerate(lines) if "A first sketch" in line)
        assert "draft" in lines[at]
        assert at > next(number for number, line in enumerate(lines) if "Where we stand" in line)


async def test_the_form_of_a_canvas_has_its_stage_and_title(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "I")
        await type_text(pilot, " 2")
        await press(pilot, "tab", "tab", "d", "enter")
        assert canvas_named(path, "lean").title.endswith(" 2")
        assert canvas_named(path, "lean").is_draft


async def test_a_reader_sees_that_it_is_a_draft_and_is_offered_no_key(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    file = path / "lean-canvas.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('status = "active"', 'status = "draft"'), encoding="utf-8")
    app: CanvasApp = viewing_app(read_workspace(path).workspace)
    async with running(app) as pilot:
        await press(pilot, *"v" * 8)
        while "draft" not in screen_text(pilot.app).splitlines()[0]:
            await press(pilot, "v")
        assert "make active" not in screen_text(pilot.app)
