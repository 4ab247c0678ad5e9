"""What happens to the files while somebody looks or writes: it is said, and nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_tui.tui.app import CanvasApp
from tests.plan_files import change, lean, lean_file, take_out
from tests.tui.golden import screen_text, status
from tests.tui.sessions import bea_is_at, editing_app, press, running, type_text

FIRST = "Clients pay on average 34 days late"


def title_line(app: CanvasApp) -> str:
    return screen_text(app).splitlines()[0]


async def follow(app: CanvasApp, pilot: Any) -> None:
    app.disk.follow()
    await pilot.pause()


async def test_a_field_says_who_changed_its_entry_and_keeps_what_is_typed(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " mine")
        bea_is_at(app, "late-payment")
        change(plan, "34 days late", "35 days late")
        await follow(app, pilot)
        assert "bea changed this entry · enter asks" in status(app)
        assert "late mine" in screen_text(app)
        await type_text(pilot, " still")
        await press(pilot, "enter", "m")
        assert "34 days late mine still" in lean(plan)
        assert len(app.shelf) == 0


async def test_theirs_gives_up_the_text_and_its_draft_and_esc_keeps_both(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " mine")
        change(plan, "34 days late", "35 days late")
        await press(pilot, "enter", "escape")
        assert "your text stays as a draft" in status(app)
        assert app.shelf.text_of("late-payment:text") == f"{FIRST} mine"
        await press(pilot, "e", "enter")
        assert "35 days late" in lean(plan), "a draft does not overwrite what came later"
        assert "Two versions" in screen_text(app)
        await press(pilot, "t")
        assert "35 days late" in lean(plan)
        assert len(app.shelf) == 0


async def test_who_kept_theirs_can_still_have_their_own_text(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " mine")
        change(plan, "34 days late", "35 days late")
        await press(pilot, "enter", "t")
        assert "u puts yours there" in status(app)
        await press(pilot, "u")
        assert "34 days late mine" in lean(plan)
        await press(pilot, "U")
        assert "35 days late" in lean(plan)


async def test_a_folder_that_is_back_is_not_said_to_be_gone(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        plan.rename(plan.with_name("away"))
        await follow(app, pilot)
        assert "is gone" in status(app)
        plan.with_name("away").rename(plan)
        await follow(app, pilot)
        assert "is gone" not in status(app)
        assert "The workspace is back" in status(app)


async def test_an_entry_that_is_moved_under_the_field_is_followed_and_said(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " mine")
        bea_is_at(app, "late-payment")
        change(plan, '[[problem]]\nid = "late-payment"', '[[unfair-advantage]]\nid = "late-payment"')
        await follow(app, pilot)
        assert "bea moved this entry to Unfair advantage" in status(app)
        await press(pilot, "enter")
        text = lean(plan)
        assert f'[[unfair-advantage]]\nid = "late-payment"\ntext = "{FIRST} mine"' in text


async def test_what_is_typed_for_a_canvas_that_is_gone_waits_for_it_and_for_its_entry(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " mine")
        lean_file(plan).rename(lean_file(plan).with_suffix(".away"))
        await follow(app, pilot)
        await press(pilot, "enter")
        assert "This canvas is gone · your text is kept until it is back" in status(app)
        assert app.shelf.text_of("late-payment:text") == f"{FIRST} mine"
        lean_file(plan).with_suffix(".away").rename(lean_file(plan))
        await follow(app, pilot)
        assert "gone" not in status(app)
        assert "is back" in status(app)
        await press(pilot, "e")
        assert "late mine" in screen_text(app)


async def test_a_canvas_that_is_back_under_the_field_is_not_said_to_be_gone(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " mine")
        lean_file(plan).rename(lean_file(plan).with_suffix(".away"))
        await follow(app, pilot)
        assert "This canvas is gone" in status(app)
        lean_file(plan).with_suffix(".away").rename(lean_file(plan))
        await follow(app, pilot)
        assert "gone" not in status(app)
        assert "late mine" in screen_text(app)


async def test_an_entry_that_is_removed_under_the_field_becomes_a_new_one(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "j", "e")
        await type_text(pilot, " mine")
        take_out(plan, "begging")
        await follow(app, pilot)
        assert "Somebody else removed this entry · enter adds your text as a new one" in status(app)
        await type_text(pilot, " still")
        await press(pilot, "enter")
        texts = [entry.text for entry in app.session.workspace.canvases[0].cell("problem").entries]
        assert texts == [FIRST, "Chasing money feels like begging mine still", "Nobody knows what is owed today"]
        assert len(app.shelf) == 0


async def test_an_entry_that_is_removed_under_the_field_and_brought_back_is_the_one_that_is_changed(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "j", "e")
        await type_text(pilot, " mine")
        held = lean_file(plan).read_bytes()
        take_out(plan, "begging")
        await follow(app, pilot)
        await type_text(pilot, " still")
        lean_file(plan).write_bytes(held)
        await follow(app, pilot)
        assert "The entry is back · enter changes it" in status(app)
        await press(pilot, "enter")
        texts = [entry.text for entry in app.session.workspace.canvases[0].cell("problem").entries]
        assert texts == [FIRST, "Chasing money feels like begging mine still", "Nobody knows what is owed today"]
        assert app.session.workspace.get("begging").text == texts[1], "with its id, links and evidence"
        assert len(app.shelf) == 0


async def test_an_entry_that_is_brought_back_otherwise_than_it_was_is_asked_about(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "j", "e")
        await type_text(pilot, " mine")
        held = lean_file(plan).read_bytes()
        take_out(plan, "begging")
        await follow(app, pilot)
        lean_file(plan).write_bytes(held.replace(b"feels like begging", b"is no fun"))
        await follow(app, pilot)
        assert "Somebody else changed this entry · enter asks what stays" in status(app)
        await press(pilot, "enter")
        assert "Chasing money is no fun" in screen_text(app)
        assert "Chasing money feels like begging mine" in screen_text(app)
        assert app.session.workspace.get("begging").text == "Chasing money is no fun"


async def test_a_canvas_that_goes_away_is_said_and_another_is_shown_until_it_is_back(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        assert "Fieldnote for consultants" in title_line(app)
        held = lean_file(plan).read_bytes()
        lean_file(plan).unlink()
        await follow(app, pilot)
        assert "Fieldnote for consultants" not in title_line(app)
        assert "“Fieldnote for consultan…” is gone: its file was deleted, renamed or" in status(app)
        lean_file(plan).write_bytes(held)
        await follow(app, pilot)
        assert "Fieldnote for consultants" in title_line(app)
        assert "is back" in status(app)
        assert app.navigator.here is not None
        assert app.navigator.here.selected == "late-payment"


async def test_who_turned_to_another_canvas_is_not_pulled_back(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        held = lean_file(plan).read_bytes()
        lean_file(plan).unlink()
        await follow(app, pilot)
        await press(pilot, "v")
        shown = title_line(app)
        lean_file(plan).write_bytes(held)
        await follow(app, pilot)
        assert title_line(app).split("  ")[:2] == shown.split("  ")[:2]


async def test_a_file_that_gets_another_name_keeps_its_canvas_on_the_screen(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "j")
        lean_file(plan).rename(plan / "other.toml")
        await follow(app, pilot)
        assert "Fieldnote for consultants" in title_line(app)
        assert app.navigator.here is not None
        assert app.navigator.here.selected == "begging"


async def test_no_key_meant_for_a_text_lands_on_another_board(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "a")
        await type_text(pilot, "ddd")
        held = lean_file(plan).read_bytes()
        before = {path.name: path.read_bytes() for path in plan.glob("*.toml")} | {lean_file(plan).name: held}
        lean_file(plan).unlink()
        await follow(app, pilot)
        assert "This canvas is gone from disk · your text is kept as a draft" in status(app)
        await type_text(pilot, "dd")
        assert "ddddd" in screen_text(app)
        await press(pilot, "enter")
        assert "your text is kept as a draft" in status(app)
        lean_file(plan).write_bytes(held)
        await follow(app, pilot)
        assert {path.name: path.read_bytes() for path in plan.glob("*.toml")} == before
        await press(pilot, "a", "enter")
        assert "ddddd" in lean(plan)


async def test_where_no_canvas_is_left_the_overview_is_shown(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        for path in plan.glob("*.toml"):
            if "model = " in path.read_text(encoding="utf-8"):
                path.unlink()
        await follow(app, pilot)
        await pilot.pause()
        assert app.navigator.here is not None
        assert app.navigator.here.screen_name == "overview"
        assert "is gone" in status(app)


@pytest.mark.parametrize("broken", ["", 'model = "lean-canvas"\n[[prob'])
async def test_an_empty_or_half_file_leaves_its_last_good_content_on_the_screen(broken: str, plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        held = lean(plan)
        lean_file(plan).write_text(broken, encoding="utf-8")
        await follow(app, pilot)
        text = screen_text(app)
        assert "Clients pay on average 34 days" in text
        assert "Shown as it last was · lean-canvas.toml" in status(app)
        assert "unreadable" in title_line(app)
        await press(pilot, "a")
        await type_text(pilot, "Brand new")
        await press(pilot, "enter")
        assert lean(plan) == broken
        assert "Nothing is written, lean-canvas.toml" in status(app)
        assert app.shelf.text_of("lean/problem:new") == "Brand new"
        lean_file(plan).write_text(held, encoding="utf-8")
        await follow(app, pilot)
        assert "unreadable" not in title_line(app)
        await press(pilot, "a", "enter")
        assert "Brand new" in lean(plan)


async def test_a_file_that_lost_most_of_itself_is_told(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        lean_file(plan).write_text("\n".join(lean(plan).splitlines()[:14]) + "\n", encoding="utf-8")
        await follow(app, pilot)
        assert "the file lost" in status(app)


async def test_a_note_that_is_written_says_that_it_was_changed_and_saving_asks(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "n")
        await type_text(pilot, "Mine")
        change(plan, f'text = "{FIRST}"', f'text = "{FIRST}"\nnote = "Theirs"')
        await follow(app, pilot)
        assert "Somebody else changed it, F2 asks what stays" in screen_text(app)
        await press(pilot, "f2")
        text = screen_text(app)
        assert "Mine" in text
        assert "Theirs" in text
        await press(pilot, "b")
        written = lean(plan)
        assert "Mine" in written
        assert "Theirs" in written


@pytest.mark.parametrize(("choice", "expected"), [("t", "importance = 3"), ("m", "importance = 4")])
async def test_a_form_says_which_field_was_changed_and_the_others_are_saved_with_any_choice(
    choice: str, expected: str, plan: Path
) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        form: Any = app.screen
        names = [field.spec.name for field in form.state.fields]
        for name, typed in (("importance", ("backspace", "4")), ("owner", (*["backspace"] * 9, "c", "y"))):
            while names[form.state.cursor] != name:
                await press(pilot, "down" if form.state.cursor < names.index(name) else "up")
            await press(pilot, *typed)
        change(plan, "importance = 5", "importance = 3")
        await follow(app, pilot)
        assert "Somebody else changed importance" in screen_text(app)
        await press(pilot, "f2", choice)
        written = lean(plan)
        assert expected in written
        assert 'owner = "cy"' in written
        assert len(app.shelf) == 0


async def test_a_form_that_is_opened_again_says_what_was_changed_since_it_was_left(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        await type_text(pilot, " mine")
        await press(pilot, "escape", "i")
        assert "what you typed last time is here again" in screen_text(app)
        await press(pilot, "escape")
        change(plan, "34 days late", "35 days late")
        await follow(app, pilot)
        await press(pilot, "i")
        assert "text is “Clients pay on average …” in the file now - enter asks what stays" in screen_text(app)
        assert "35 days late" in lean(plan)
