"""A draft whose element is gone is told, can be reached, and stays until the person decides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.session.drafts import Shelf
from canvas_tui.storage.write.drafts import Drafts
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.config import config_from
from tests.plan_files import lean_file, take_out
from tests.tui.golden import screen_text, status
from tests.tui.sessions import editing_app, press, running, type_text


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


def problems(workspace: Workspace) -> list[Any]:
    return list(workspace.canvases[0].cell("problem").entries)


def app_with(plan: Path, drafts: Drafts, **options: Any) -> CanvasApp:
    """A session as `launch` makes it: with the drafts that earlier ones left."""
    left = [(each.key, each.text, each.base, each.home, each.about) for each in drafts.pending()]
    return editing_app(plan, shelf=Shelf(drafts, left), **options)


async def leave_a_draft(plan: Path, state: Path, *keys: str) -> None:
    """A session in which something was typed, and not saved."""
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts)
    async with running(app) as pilot:
        await press(pilot, *keys)
        await type_text(pilot, " mine")
        await press(pilot, "escape")
    drafts.close()


async def test_a_draft_of_a_removed_entry_is_offered_and_becomes_a_new_entry_of_its_cell(
    plan: Path, state: Path
) -> None:
    await leave_a_draft(plan, state, "j", "e")
    take_out(plan, "begging")
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts)
    async with running(app) as pilot:
        assert "A draft was left, “Chasing money feels lik…” is gone · R shows it" in status(app)
        keys = screen_text(app).splitlines()[-2]
        assert "R draft " in keys
        assert "save again" not in keys, "the label says what the key does now"
        await press(pilot, "R")
        text = screen_text(app)
        assert "It was written on “Chasing money feels like begging”, which is gone" in text
        assert "Chasing money feels like begging mine" in text
        assert "p put it back as a new entry in Problem" in text
        await press(pilot, "enter")
        assert "which is gone" in screen_text(app), "no habit answers for the person"
        await press(pilot, "p")
        assert problems(app.session.workspace)[-1].text == "Chasing money feels like begging mine"
        assert "Put back in Problem · u undo" in status(app)
        assert len(app.shelf) == 0
        assert "R draft" not in screen_text(app)
        assert "R save again" not in screen_text(app)
    drafts.close()
    assert Drafts(state, plan).pending() == []


async def test_a_draft_of_a_removed_entry_stays_on_disk_until_it_is_thrown_away(plan: Path, state: Path) -> None:
    await leave_a_draft(plan, state, "j", "e")
    take_out(plan, "begging")
    for last in (False, True):
        drafts = Drafts(state, plan)
        app = app_with(plan, drafts)
        async with running(app) as pilot:
            await press(pilot, "j", "R", "escape")
            assert "Draft kept · R shows it again" in status(app)
            if last:
                await press(pilot, "R", "d")
                assert len(app.shelf) == 0
        drafts.close()
    assert Drafts(state, plan).pending() == []


async def test_a_draft_whose_file_is_gone_can_go_where_the_cursor_is(plan: Path, state: Path) -> None:
    await leave_a_draft(plan, state, "j", "e")
    lean_file(plan).unlink()
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts)
    async with running(app) as pilot:
        await press(pilot, "R")
        assert "where the cursor is" in screen_text(app)
        await press(pilot, "p")
        assert any("Chasing money feels like begging mine" in path.read_text() for path in plan.glob("*.toml"))
    drafts.close()


async def test_a_form_of_a_removed_entry_becomes_a_new_entry_with_its_fields(plan: Path, state: Path) -> None:
    drafts = Drafts(state, plan)
    drafts.keep("begging:fields", json.dumps({"importance": "2", "owner": "cy"}), "{}", "lean/problem", "Begging")
    drafts.keep("late-payment:note", "A note", "", "lean/problem", "Late")
    drafts.close()
    take_out(plan, "begging")
    take_out(plan, "late-payment")
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts)
    async with running(app) as pilot:
        assert "(+1)" in status(app)
        await press(pilot, "R")
        assert "1 more draft after this one" in screen_text(app)
        assert "importance: 2" in screen_text(app)
        await press(pilot, "p", "p")
        found = [dict(each.fields) for each in problems(app.session.workspace)[-2:]]
        assert {"text": "Begging", "importance": 2, "owner": "cy"} in found
        assert {"text": "Late", "note": "A note"} in found
        assert len(app.shelf) == 0
    drafts.close()


async def test_a_form_of_a_removed_goal_becomes_the_form_of_a_new_one(plan: Path, state: Path) -> None:
    drafts = Drafts(state, plan)
    drafts.keep("no-such-goal:fields", json.dumps({"owner": "cy"}), "{}", "goal", "A goal that was")
    drafts.close()
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts)
    async with running(app) as pilot:
        await press(pilot, "R", "p")
        assert "New goal" in screen_text(app)
        await press(pilot, "enter")
        goals = [goal for goal in app.session.workspace.goals if goal.title == "A goal that was"]
        assert [goal.fields["owner"] for goal in goals] == ["cy"]
        assert len(app.shelf) == 0
    drafts.close()


async def test_a_note_never_goes_to_another_entry_that_stands_where_its_own_stood(plan: Path, state: Path) -> None:
    nameless = "[[problem]]\ntext = "
    lean_file(plan).write_text(f'model = "lean-canvas"\nid = "lean"\n\n{nameless}"One"\n\n{nameless}"Two"\n')
    drafts = Drafts(state, plan)
    drafts.keep("lean/problem/1:note", "About one", "", "lean/problem", "One")
    drafts.close()
    lean_file(plan).write_text(f'model = "lean-canvas"\nid = "lean"\n\n{nameless}"Two"\n')
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts)
    async with running(app) as pilot:
        assert "“One” is gone" in status(app)
        await press(pilot, "R", "p")
        found = [dict(entry.fields) for entry in problems(app.session.workspace)]
        assert found == [{"text": "Two"}, {"text": "One", "note": "About one"}]
    drafts.close()


async def test_a_draft_that_loses_its_entry_while_the_app_runs_is_told(plan: Path, state: Path) -> None:
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts)
    async with running(app) as pilot:
        await press(pilot, "j", "e")
        await type_text(pilot, " mine")
        await press(pilot, "escape")
        take_out(plan, "begging")
        await press(pilot, "k")
        app.disk.follow()
        await pilot.pause()
        assert "Your draft is kept, “Chasing money feels lik…” is gone · R shows it" in status(app)
    drafts.close()


async def test_what_is_wrong_with_the_settings_and_a_draft_from_before_are_both_told(plan: Path, state: Path) -> None:
    await leave_a_draft(plan, state, "j", "e")
    drafts = Drafts(state, plan)
    app = app_with(plan, drafts, config=config_from({"colour": "red"}))
    async with running(app) as pilot:
        assert "nothing is called 'colour'" in status(app)
        await press(pilot, "j")
        assert "A draft from before is kept on “Chasing money" in status(app)
        await press(pilot, "j")
        assert "draft" not in status(app)
    drafts.close()
