"""What `new` writes is there to be written over: it is no content, and it is in nobody's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App

from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.new_workspace import start_workspace
from tests.tui.golden import assert_golden, screen_text
from tests.tui.sessions import editing_app, press, running, type_text

SIZES = [(80, 24), (140, 45)]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    start_workspace(tmp_path / "plan", "lean", "Plan", "2027-06-30")
    return tmp_path / "plan"


def text_of(plan: Path, address: str) -> str:
    return read_workspace(plan).workspace.get(address).text


def style_of(app: App[None], words: str) -> tuple[bool, bool]:
    """Whether what stands on the screen is dim and italic."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if words in segment.text and segment.style is not None:
                return bool(segment.style.dim), bool(segment.style.italic)
    raise AssertionError(f"{words} is not on the screen")


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_plan_looks_as_designed(size: tuple[int, int], plan: Path) -> None:
    async with running(editing_app(plan), size) as pilot:
        assert_golden(f"new-board-{size[0]}x{size[1]}", screen_text(pilot.app))
        await press(pilot, "g", "o")
        assert_golden(f"new-overview-{size[0]}x{size[1]}", screen_text(pilot.app))


async def test_placeholders_are_dim_on_every_screen(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        assert style_of(pilot.app, "<What hurts") == (True, True)
        for key in ("o", "s"):
            await press(pilot, "g", key)
            assert style_of(pilot.app, "<In one sentence") == (True, True)
            assert style_of(pilot.app, "<What must be true") == (True, True)


async def test_an_untouched_plan_counts_nothing_and_praises_nobody(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        head, *_ = screen_text(pilot.app).splitlines()
        assert "0/12 cells filled" in head
        for key in ("s", "o"):
            await press(pilot, "g", key)
            assert "nothing is written yet" in screen_text(pilot.app)
            assert "nothing is missing" not in screen_text(pilot.app)
        await press(pilot, "g", "b", "]")
        assert "No findings: nothing is written yet" in screen_text(pilot.app)


async def test_the_vision_is_the_first_thing_to_do_next(plan: Path) -> None:
    async with running(editing_app(plan), (100, 30)) as pilot:
        await press(pilot, "g", "o")
        assert " 1  Write the vision" in screen_text(pilot.app)
        await press(pilot, "1")
        await type_text(pilot, "Paid the same day")
        await press(pilot, "enter")
        assert text_of(plan, "vision") == "Paid the same day"
        await press(pilot, "g", "o")
        assert " 1  Write the first goal" in screen_text(pilot.app)
        await press(pilot, "1")
        await type_text(pilot, "Ten pay")
        await press(pilot, "enter")
        assert text_of(plan, "first-goal") == "Ten pay"
        await press(pilot, "g", "o")
        assert "Fill in “Lean canvas”" in screen_text(pilot.app)


async def test_enter_opens_an_empty_field_that_asks_the_same_question(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        await press(pilot, "enter")
        assert "▌  What hurts these customers" in screen_text(pilot.app)
        await type_text(pilot, "Late pay")
        assert "What hurts" not in "\n".join(screen_text(pilot.app).splitlines()[:10])
        await press(pilot, "enter")
        assert text_of(plan, "main-problem") == "Late pay"
        assert "1/1 cells linked" in screen_text(pilot.app)
        await press(pilot, "u")
        assert text_of(plan, "main-problem") == "<What hurts these customers most?>"


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_field_left_empty_leaves_the_placeholder(key: str, plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        before = (plan / "lean-canvas.toml").read_bytes()
        await press(pilot, "enter", key)
        assert (plan / "lean-canvas.toml").read_bytes() == before
        text = screen_text(pilot.app)
        assert "<What hurts these customers" in text
        assert "needs a text" not in text
        assert "enter edit" in text


async def test_a_form_may_be_saved_while_its_title_is_still_a_placeholder(plan: Path) -> None:
    async with running(editing_app(plan)) as pilot:
        await press(pilot, "g", "s", "down", "enter", "tab")
        await type_text(pilot, "s")
        await press(pilot, "enter")
        goal = read_workspace(plan).workspace.goals[0]
        assert (goal.title[0], goal.team) == ("<", "companys")


async def test_where_no_vision_is_the_tree_has_a_place_for_one(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "strategy.toml").write_text('format = 1\nname = "Plan"\n', encoding="utf-8")
    async with running(editing_app(tmp_path / "plan")) as pilot:
        await press(pilot, "1", "escape")
        assert "▌No vision is written yet" in screen_text(pilot.app)
        await press(pilot, "enter")
        await type_text(pilot, "Paid")
        await press(pilot, "enter")
        assert text_of(tmp_path / "plan", "vision") == "Paid"
