"""In a large plan what is asked comes a moment later: a key that was pressed meanwhile means what is then there."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.tui.aside import Waited
from canvas_tui.tui.dialogs import choices
from canvas_tui.tui.dialogs.matching import Item, Matcher
from canvas_tui.tui.search import screen as search
from canvas_tui.tui.search import view as search_view
from canvas_tui.tui.strategy import nodes as tree_nodes
from canvas_tui.tui.strategy import screen as tree
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


async def test_the_cursor_of_a_picker_moves_though_the_key_was_pressed_before_it_was_known_what_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, real = threading.Event(), choices.link_items

    def slow_items(*arguments: Any) -> Sequence[Item]:
        assert may_end.wait(60)
        return real(*arguments)

    monkeypatch.setattr(choices, "link_items", slow_items)
    path = plan(tmp_path / "plan", SMALL)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "f", "a", *"Goal", "space", *"31", "down", "enter")
        may_end.set()
        await settled(pilot)
        await press(pilot)
        assert 'links = ["g310"]' in (path / "lean.toml").read_text().partition('id = "e1"')[0]


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
        title = next(
            number for number, line in enumerate(screen_text(app).splitlines()) if "Link “Entry 0” with" in line
        )
        assert title == 10  # as high as for a list that is long
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


async def test_a_picker_is_high_while_it_looks_what_fits_in_a_large_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end, real = threading.Event(), threading.Event(), Matcher.fitting

    def slow_fitting(*arguments: Any) -> list[Item]:
        begun.set()
        assert may_end.wait(60)
        return real(*arguments)

    monkeypatch.setattr(Matcher, "fitting", slow_fitting)
    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        await press(pilot, "f", "a")
        assert begun.wait(60)
        await pilot.resize_terminal(80, 25)  # its place is looked for again
        await press(pilot)
        title = next(row for row, line in enumerate(screen_text(app).splitlines()) if "Link “Entry 0” with" in line)
        assert title == 10
        may_end.set()
        await settled(pilot)


@pytest.fixture
def slow_rows(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The rows of the tree do not come while this is cleared."""
    may_end, real = threading.Event(), tree_nodes.rows_of
    may_end.set()

    def slow(*arguments: Any) -> Any:
        assert may_end.wait(60)
        return real(*arguments)

    monkeypatch.setattr(tree, "rows_of", slow)
    return may_end


async def test_keys_that_move_and_enter_wait_for_the_rows_that_were_asked_for(
    tmp_path: Path, slow_rows: threading.Event
) -> None:
    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        slow_rows.clear()
        await press(pilot, "g", "s", "down", "down", "enter")
        assert app.screen is app.navigator.here
        slow_rows.set()
        await settled(pilot)
        await press(pilot)
        assert app.navigator.here is not None
        assert app.navigator.here.selected == "g1"
        assert "Goal “Goal 1”" in screen_text(app)
        await press(pilot, "escape")


async def test_another_key_takes_back_an_enter_that_waits(tmp_path: Path, slow_rows: threading.Event) -> None:
    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        slow_rows.clear()
        await press(pilot, "g", "s", "down", "enter", "down")
        slow_rows.set()
        await settled(pilot)
        assert app.navigator.here is not None
        assert app.screen is app.navigator.here
        assert app.navigator.here.selected == "g1"


async def test_no_key_means_a_row_that_the_cursor_has_not_reached(tmp_path: Path, slow_rows: threading.Event) -> None:
    path = plan(tmp_path / "plan", SMALL)
    files = {each.name: each.read_bytes() for each in path.glob("*.toml")}
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "g", "s")
        await settled(pilot)
        await press(pilot, "down", "down")
        assert app.navigator.here is not None
        assert app.navigator.here.selected == "g1"
        slow_rows.clear()
        await press(pilot, "left", "down", "d")  # folded: what is below is another one than before
        assert "Delete: nothing to do here" in screen_text(app)
        slow_rows.set()
        await settled(pilot)
        assert app.navigator.here.selected == "g2"
        assert {each.name: each.read_bytes() for each in path.glob("*.toml")} == files


async def test_the_cursor_moves_to_the_hit_below_though_it_was_pressed_before_anything_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, real = threading.Event(), search_view.search_rows
    may_end.set()

    def slow_rows(*arguments: Any) -> Any:
        assert may_end.wait(60)
        return real(*arguments)

    monkeypatch.setattr(search, "search_rows", slow_rows)
    app = editing_app(plan(tmp_path / "plan", SMALL))
    async with running(app) as pilot:
        await press(pilot, "slash")
        may_end.clear()
        await press(pilot, *"Goal", "space", *"31", "down", "enter")
        may_end.set()
        await settled(pilot)
        assert app.navigator.here is not None
        assert (app.navigator.here.screen_name, app.navigator.here.selected) == ("tree", "g310")
        await press(pilot, "slash", "x", "y", "z", "enter")
        await settled(pilot)
        await press(pilot)
        assert "Nothing has all these words" in screen_text(app)
        assert "nothing to do here" not in screen_text(app)
