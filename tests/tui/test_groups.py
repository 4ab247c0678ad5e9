"""Groups on the board: the cursor skips headings, and what is written beside an entry comes under its heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.storage.read.workspace import read_workspace
from tests.tui.golden import assert_golden, screen_text
from tests.tui.sessions import editing_app, press, running, type_text

CANVAS = """
model = "lean-canvas"
id = "lean"
title = "Fieldnote"
status = "active"

[[problem]]
text = "Clients pay late"
group = "Cash"

[[problem]]
text = "Nobody knows what is owed"
group = "Cash"

[[problem]]
text = "Chasing feels like begging"
group = "Nerves"

[[problem]]
text = "Banks will ask for it"
status = "future"

[[key-metrics]]
text = "Median days to payment"
target = 10

[[customer-segments]]
text = "Accountants"
pays = false
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "strategy.toml").write_text('format = 1\nname = "Plan"\nvision = "Paid"\n', encoding="utf-8")
    (tmp_path / "plan" / "lean.toml").write_text(CANVAS, encoding="utf-8")
    return tmp_path / "plan"


def problems(plan: Path) -> list[tuple[str, str]]:
    canvas = read_workspace(plan).workspace.canvases[0]
    return [(entry.text, entry.group) for entry in canvas.cell("problem").entries]


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_groups_look_as_designed(size: tuple[int, int], plan: Path) -> None:
    async with running(editing_app(plan), size) as pilot:
        assert_golden(f"groups-{size[0]}x{size[1]}", screen_text(pilot.app))


async def test_the_cursor_goes_from_entry_to_entry(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        seen = []
        for _ in range(4):
            assert pilot.app.screen.selected is not None  # type: ignore[attr-defined]
            seen.append(pilot.app.screen.selected)  # type: ignore[attr-defined]
            await press(pilot, "down")
        assert seen == [f"lean/problem/{number}" for number in (1, 2, 3, 4)]


async def test_a_click_on_a_heading_means_the_entry_below_it(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        lines = screen_text(pilot.app).splitlines()
        y = next(number for number, line in enumerate(lines) if "Nerves" in line)
        await pilot.click(offset=(5, y))
        await pilot.pause()
        assert pilot.app.screen.selected == "lean/problem/3"  # type: ignore[attr-defined]


async def test_a_new_entry_comes_under_the_heading_of_the_one_it_is_written_beside(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        await press(pilot, "a")
        assert screen_text(pilot.app).count("Cash:") == 1
        await type_text(pilot, "Two")
        await press(pilot, "enter")
        assert problems(plan)[:3] == [
            ("Clients pay late", "Cash"),
            ("Two", "Cash"),
            ("Nobody knows what is owed", "Cash"),
        ]
        await press(pilot, "down", "down", "down", "a")
        await type_text(pilot, "Loose")
        await press(pilot, "enter")
        assert problems(plan)[-1] == ("Loose", "")


async def test_editing_and_moving_keep_the_group(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        await press(pilot, "down", "J")
        assert problems(plan)[2] == ("Nobody knows what is owed", "Cash")
        await press(pilot, "enter", "ctrl+u")
        await type_text(pilot, "Owed")
        await press(pilot, "enter")
        assert problems(plan)[2] == ("Owed", "Cash")


async def test_the_form_has_group_status_target_and_pays(plan: Path) -> None:
    async with running(editing_app(plan), (140, 45)) as pilot:
        await press(pilot, "8", "i")
        text = screen_text(pilot.app)
        assert all(label in text for label in ("Group", "Status", "Target"))
        await press(pilot, "escape", "2", "i")
        assert "Pays" in screen_text(pilot.app)
