"""A draft that is opened again never overwrites what somebody wrote since: it settles as any conflict does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.plan_files import change, lean
from tests.tui.golden import screen_text
from tests.tui.sessions import editing_app, press, running, type_text

FIRST = "Clients pay on average 34 days late"
LATER = "Clients pay on average 35 days late"


async def to_field(app: Any, pilot: Any, name: str) -> None:
    state = app.screen.state
    while state.here.spec.name != name:
        at = [each.spec.name for each in state.fields].index(name)
        await press(pilot, "down" if state.cursor < at else "up")


@pytest.mark.parametrize(
    ("choice", "kept", "lost"),
    [
        ("m", [f'text = "{FIRST} mine"', f'other = "{LATER}"'], [f'text = "{LATER}"']),
        ("t", [f'text = "{LATER}"', f'other = "{FIRST} mine"'], [f'text = "{FIRST} mine"']),
        ("b", [f'text = "{LATER}"', f'text = "{FIRST} mine"', f'other = "{LATER}"'], []),
    ],
)
async def test_a_draft_of_the_details_asks_before_it_overwrites(
    choice: str, kept: list[str], lost: list[str], plan: Path
) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        await type_text(pilot, " mine")
        await press(pilot, "escape")
        change(plan, "34 days late", "35 days late")
        app.disk.follow()
        await press(pilot, "i", "enter")
        assert "Two versions" in screen_text(app)
        assert "34 days late mine" in screen_text(app)
        assert "35 days late" in lean(plan), "nothing is written before somebody chose"
        await press(pilot, choice)
        assert all(text in lean(plan) for text in kept)
        assert not any(text in lean(plan) for text in lost)
        assert len(app.shelf) == 0


async def test_typing_on_in_a_draft_of_the_details_does_not_forget_what_it_was_begun_from(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        await to_field(app, pilot, "importance")
        await press(pilot, "backspace", "4", "escape")
        change(plan, "importance = 5", "importance = 3")
        app.disk.follow()
        await press(pilot, "i")
        assert "importance is “3” in the file now - enter asks what stays" in screen_text(app)
        await to_field(app, pilot, "importance")
        await press(pilot, "backspace", "2", "enter")
        assert "Two versions" in screen_text(app)
        await press(pilot, "escape")
        assert app.shelf.text_of("late-payment:fields") == '{"importance": "2"}', "left open: nothing is lost"
        assert "importance = 3" in lean(plan)
        await press(pilot, "i", "enter", "m")
        assert "importance = 2" in lean(plan)


async def test_two_fields_that_somebody_changed_are_asked_about_one_after_the_other(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        await type_text(pilot, " mine")
        await to_field(app, pilot, "importance")
        await press(pilot, "backspace", "2", "escape")
        change(plan, "34 days late", "35 days late")
        change(plan, "importance = 5", "importance = 1")
        app.disk.follow()
        await press(pilot, "i", "enter", "t")
        assert "Two versions" in screen_text(app), "the second one"
        await press(pilot, "m")
        assert f'text = "{FIRST} mine"' in lean(plan)
        assert f'text = "{LATER}"' not in lean(plan)
        assert "importance = 1" in lean(plan)
        assert all(f'field = "{name}", other = {other}' in lean(plan) for name, other in
                   (("text", f'"{LATER}"'), ("importance", "2")))  # fmt: skip
        assert len(app.shelf) == 0


async def test_a_field_that_nobody_else_changed_is_saved_without_a_question(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        await type_text(pilot, " mine")
        await press(pilot, "escape")
        change(plan, "importance = 5", "importance = 3")
        app.disk.follow()
        await press(pilot, "i", "enter")
        assert f"{FIRST} mine" in lean(plan)
        assert "importance = 3" in lean(plan)


async def test_typing_on_in_a_draft_of_a_note_does_not_forget_what_it_was_begun_from(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "n")
        await type_text(pilot, "Mine")
        await press(pilot, "escape")
        change(plan, 'id = "late-payment"', 'id = "late-payment"\nnote = "Theirs"')
        app.disk.follow()
        await press(pilot, "n")
        await type_text(pilot, " still")
        await press(pilot, "f2")
        assert "Two versions" in screen_text(app)
        assert 'note = "Theirs"' in lean(plan)
        await press(pilot, "b")
        assert "Theirs" in lean(plan)
        assert "Mine still" in lean(plan)


async def test_a_draft_of_a_fix_names_the_key_that_opens_its_form_again(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "g", "f")
        assert app.navigator.here is not None
        assert app.navigator.here.put_cursor("stop-chasing")
        await press(pilot, "f", "1")
        await press(pilot, "backspace", "8", "escape")
        assert "Draft kept · R to go on" in screen_text(app)
        assert "R draft" in screen_text(app).splitlines()[-2]
        await press(pilot, "R")
        assert "2026-12-08" in screen_text(app)
        assert "what you typed last time is here again" in screen_text(app)
        await press(pilot, "escape")
        assert "Draft kept · enter to go on" in screen_text(app), "the tree has the cursor on it now"


async def test_a_draft_elsewhere_is_opened_by_the_key_that_is_told(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        app.navigator.goto("begging")
        await press(pilot, "n")
        await type_text(pilot, "mine")
        await press(pilot, "escape")
        assert "n to go on" in screen_text(app)
        app.navigator.goto("late-payment")
        app.shell.say("")
        app.drafts.tell()
        await pilot.pause()
        assert "A draft from before is kept on “Chasing money" in screen_text(app)
        assert "R to go on" in screen_text(app)
        await press(pilot, "R")
        assert "Note on “Chasing money" in screen_text(app)
        assert "mine" in screen_text(app)
        await press(pilot, "f2")
        assert app.navigator.here is not None
        assert app.navigator.here.selected == "begging"
        assert "R draft" not in screen_text(app)


async def test_the_draft_of_a_new_goal_and_that_of_a_canvas_are_opened_from_anywhere(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "I")
        await type_text(pilot, " again")
        await press(pilot, "escape")
        assert "Draft kept · I to go on" in screen_text(app)
        await press(pilot, "g", "s", "R")
        assert " again" in screen_text(app)
        await press(pilot, "f2", "g", "s", "a")
        await type_text(pilot, "A goal")
        await press(pilot, "escape")
        assert "Draft kept · a to go on" in screen_text(app)
        await press(pilot, "g", "f", "R")
        assert "New goal" in screen_text(app)
        assert "A goal" in screen_text(app)
