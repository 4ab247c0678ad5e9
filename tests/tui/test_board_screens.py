"""What a person sees on the board, at every size that is designed."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.storage.read.workspace import read_workspace
from tests.tui.golden import assert_golden, screen_text
from tests.tui.sessions import SAMPLES, copy_of, editing_app, press, running, viewing_app

SIZES = [(80, 24), (100, 30), (140, 45), (60, 20)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_lean_canvas_looks_as_designed(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
        assert_golden(f"board-lean-{size[0]}x{size[1]}", screen_text(pilot.app))


@pytest.mark.parametrize("size", SIZES)
async def test_the_marketing_mix_looks_as_designed(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
        await press(pilot, "v")
        assert_golden(f"board-mix-{size[0]}x{size[1]}", screen_text(pilot.app))


@pytest.mark.parametrize("size", SIZES)
async def test_the_swot_looks_as_designed(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
        await press(pilot, "V")
        assert_golden(f"board-swot-{size[0]}x{size[1]}", screen_text(pilot.app))


async def test_the_column_under_the_cursor_widens(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "l", "l", "l")
        assert_golden("board-lean-80x24-advantage", screen_text(pilot.app))


async def test_an_empty_cell_says_what_belongs_in_it(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "v", "7")
        assert_golden("board-mix-80x24-empty-cell", screen_text(pilot.app))


async def test_zoom_gives_one_cell_the_window(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "z")
        assert_golden("board-lean-80x24-zoom", screen_text(pilot.app))
        await press(pilot, "escape")
        assert_golden("board-lean-80x24", screen_text(pilot.app))


async def test_the_filter_says_what_it_hides(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "&")
        assert_golden("board-lean-80x24-orphans", screen_text(pilot.app))


async def test_ascii_shows_no_other_sign() -> None:
    from canvas_tui.session.session import Session
    from canvas_tui.tui.app import CanvasApp
    from tests.tui.sessions import TODAY

    workspace = read_workspace(SAMPLES / "fieldnote").workspace
    app = CanvasApp(Session(workspace, TODAY), is_ascii=True, environ={})
    async with running(app) as pilot:
        text = screen_text(pilot.app)
        assert_golden("board-lean-80x24-ascii", text)
        assert text.replace("“", "").replace("”", "").isascii()


async def test_a_small_window_gets_a_sentence() -> None:
    app = viewing_app(read_workspace(SAMPLES / "fieldnote").workspace)
    async with running(app, (50, 15)) as pilot:
        assert "This window is 50 x 15." in screen_text(pilot.app)
        await pilot.resize_terminal(20, 6)
        await pilot.pause()
        assert screen_text(pilot.app).split() == "This window is 20 x 6. The board needs 60 x 20. q quits.".split()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "1 Problem" in screen_text(pilot.app)


@pytest.mark.parametrize("model", ["customer-journey", "value-proposition-canvas", "business-model-canvas", "tows"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 45)])
async def test_every_kind_of_grid_shows_its_cells(model: str, size: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text('format = 1\nname = "Grid"\n', encoding="utf-8")
    (tmp_path / "one.toml").write_text(f'model = "{model}"\nid = "one"\n', encoding="utf-8")
    app = viewing_app(read_workspace(tmp_path).workspace)
    async with running(app, size) as pilot:
        template = app.session.workspace.template(app.session.workspace.canvases[0])
        for _ in range(len(template.cell_ids)):
            await press(pilot, "tab")
            cell = app.navigator.here.selected.split("/")[1]  # type: ignore[union-attr]
            title = template.cell(cell).title  # type: ignore[union-attr]
            assert title[:5] in screen_text(pilot.app)
        assert app.navigator.here.selected == f"one/{template.cell_ids[0]}"  # type: ignore[union-attr]
        if size == (80, 24):
            assert_golden(f"board-{model}-80x24", screen_text(pilot.app))
