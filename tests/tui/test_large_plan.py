"""In a large plan what is asked comes a moment later: a key that was pressed meanwhile means what is then there."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.tui.aside import Waited
from canvas_tui.tui.dialogs import choices
from canvas_tui.tui.dialogs.matching import Item
from tests.tui.golden import screen_text
from tests.tui.sessions import editing_app, press, running, type_text
from tests.tui.test_every_key import SMALL, plan, settled


async def test_enter_goes_to_the_best_hit_though_it_was_pressed_before_anything_was_found(tmp_path: Path) -> None:
    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        await pilot.press("slash", *"work", "space", *"317", "enter")
        await settled(pilot)
        assert app.navigator.here is not None
        assert (app.navigator.here.screen_name, app.navigator.here.selected) == ("tree", "i317")


async def test_enter_links_with_the_best_match_though_it_was_pressed_before_it_was_found(tmp_path: Path) -> None:
    path = plan(tmp_path / "plan", SMALL)
    app = editing_app(path)
    async with running(app) as pilot:
        assert app.navigator.here is not None
        assert app.navigator.here.selected == "e0"
        await pilot.press("f", "a", *"Goal", "space", *"317", "enter")
        await settled(pilot)
        assert 'links = ["g317"]' in (path / "lean.toml").read_text().partition('id = "e1"')[0]


async def test_the_picker_says_that_it_looks_takes_letters_and_is_closed_by_esc_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, real = threading.Event(), choices.link_items

    def slow_items(*arguments: Any) -> Sequence[Item]:
        assert may_end.wait(60)
        return real(*arguments)

    monkeypatch.setattr(choices, "link_items", slow_items)
    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        await press(pilot, "f", "a", "e", "3")
        assert "looking what there is" in screen_text(app)
        assert "e3" in screen_text(app)
        await press(pilot, "escape")
        assert app.screen is app.navigator.here
        may_end.set()
        await settled(pilot)
        assert app.screen is app.navigator.here


async def test_a_new_goal_has_the_cursor_when_it_is_shown_and_no_key_means_another_one_till_then(
    tmp_path: Path,
) -> None:
    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        await press(pilot, "g", "s")
        await settled(pilot)
        await press(pilot, "down", "down", "a", "g")
        await type_text(pilot, "Quite another goal")
        await press(pilot, "enter")
        assert app.navigator.here is not None
        assert app.navigator.here.selected in (None, "quite-another-goal")
        await settled(pilot)
        assert app.navigator.here.selected == "quite-another-goal"


async def test_control_the_rows_of_such_a_plan_do_come_later(tmp_path: Path) -> None:
    begun = []
    result = Waited.result

    async def noted(self: Waited[object]) -> object:
        begun.append(self)
        return await result(self)

    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        Waited.result = noted  # type: ignore[method-assign, assignment]
        try:
            await press(pilot, "g", "s")
            await settled(pilot)
        finally:
            Waited.result = result  # type: ignore[method-assign]
    assert begun
