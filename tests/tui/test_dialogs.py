"""Dialogs by keys: picker, line editor, note editor, form, questions, chains, keys and palette."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from canvas_tui.core.places import Conflict
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.config import Config
from canvas_tui.tui.dialogs.choice import ChoiceScreen, Option, confirm_screen, conflict_screen
from canvas_tui.tui.dialogs.form import FormScreen
from canvas_tui.tui.dialogs.matching import Item
from canvas_tui.tui.dialogs.note_editor import NoteEditor
from canvas_tui.tui.dialogs.picker import Choice, PickerScreen
from canvas_tui.tui.dialogs.picker_view import Wording
from canvas_tui.tui.screens.base import CanvasScreen
from tests.tui.golden import assert_golden, screen_text
from tests.tui.sessions import copy_of, editing_app, press, running, type_text

SIZES = [(80, 24), (100, 30), (140, 45)]
KEYS = {
    "picker": ("f", "a"),
    "why": ("y",),
    "how": ("g", "s", "Y"),
    "help": ("?",),
    "palette": (":",),
    "form": ("g", "s", "down", "down", "enter"),
    "note": ("n",),
    "move": ("m",),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", list(KEYS))
async def test_a_dialog_looks_as_designed(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
        await press(pilot, *KEYS[name])
        assert_golden(f"dialog-{name}-{size[0]}x{size[1]}", screen_text(pilot.app))


@pytest.mark.parametrize("name", list(KEYS))
async def test_a_session_with_ascii_signs_has_dialogs_with_ascii_signs(name: str, tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path), Config(is_ascii=True))) as pilot:
        await press(pilot, *KEYS[name])
        assert not isinstance(pilot.app.screen, CanvasScreen)
        assert screen_text(pilot.app).isascii()


@pytest.mark.parametrize("name", list(KEYS))
async def test_esc_closes_every_dialog_and_changes_nothing(name: str, tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = {each.name: each.read_bytes() for each in path.glob("*.toml")}
    async with running(editing_app(path)) as pilot:
        await press(pilot, *KEYS[name])
        assert not isinstance(pilot.app.screen, CanvasScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CanvasScreen)
    assert {each.name: each.read_bytes() for each in path.glob("*.toml")} == before


async def test_the_entry_stays_in_sight_under_the_picker(tmp_path: Path) -> None:
    for keys in ((), ("7",), ("6",), ("2",)):
        for size in SIZES:
            async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
                await press(pilot, *keys)
                before = screen_text(pilot.app).splitlines()
                await press(pilot, "f", "a")
                after = screen_text(pilot.app).splitlines()
                row = next(number for number, line in enumerate(before) if "▌" in line)
                at = before[row].index("▌")
                assert after[row][at : at + 8] == before[row][at : at + 8]


async def test_a_picker_is_as_high_as_what_there_is_to_choose_from_though_the_plan_is_large(tmp_path: Path) -> None:
    for offered, height in ((0, 8), (1, 9), (40, 14)):
        items = [Item(str(number), f"Entry {number}") for number in range(offered)]
        async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
            pilot.app.push_screen(PickerScreen(partial(list, items), Wording("One of them"), size=200))
            await press(pilot)
            lines = screen_text(pilot.app).splitlines()
            title = next(number for number, line in enumerate(lines) if "One of them" in line)
            assert 24 - title == height


async def test_linking_and_unlinking_by_the_picker(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "f", "a")
        await type_text(pilot, "500 pay")
        await press(pilot, "enter")
        assert "consultants-500" in read_workspace(path).workspace.get("late-payment").element.links
        await press(pilot, "f", "a")
        await type_text(pilot, "500 pay")
        assert "enter unlink" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "consultants-500" not in read_workspace(path).workspace.get("late-payment").element.links


async def test_a_goal_is_created_and_linked_on_the_spot_as_one_step(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "f", "a")
        await type_text(pilot, "No late payers by spring")
        await press(pilot, "enter")
        workspace = read_workspace(path).workspace
        assert "no-late-payers-by-spring" in workspace.get("late-payment").element.links
        assert workspace.get("no-late-payers-by-spring").text == "No late payers by spring"
        await press(pilot, "u")
        assert "no-late-payers-by-spring" not in read_workspace(path).workspace


async def test_ten_thousand_elements_are_narrowed_by_a_few_letters(tmp_path: Path) -> None:
    items = [Item(str(number), f"Entry {number} of the plan", "Entries") for number in range(10_000)]
    found: list[Choice | None] = []
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        pilot.app.push_screen(PickerScreen(items, Wording("One of many")), found.append)
        await pilot.pause()
        await type_text(pilot, "9876")
        await press(pilot, "enter")
        await pilot.pause()
    assert [choice.value for choice in found if choice is not None] == ["9876"]


async def test_a_paste_into_the_picker_is_cleaned(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "f", "a")
        screen = pilot.app.screen
        assert isinstance(screen, PickerScreen)
        screen.post_message(Paste("late\x1b]0;owned\x07\npay\u202e"))
        await pilot.pause()
        assert screen.state.buffer.text == "late pay<U+202E>"


async def test_a_note_is_saved_by_f2_with_its_lines(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "n")
        await type_text(pilot, "First")
        await press(pilot, "enter")
        await type_text(pilot, "second")
        await press(pilot, "f2")
        assert read_workspace(path).workspace.get("late-payment").element.note == "First\nsecond\n"


async def test_a_note_left_by_esc_is_there_again(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "n")
        await type_text(pilot, "half a thought")
        await press(pilot, "escape")
        assert read_workspace(path).workspace.get("late-payment").element.note == ""
        await press(pilot, "n")
        assert "half a thought" in screen_text(pilot.app)
        assert "draft, not saved" in screen_text(pilot.app)
        await press(pilot, "ctrl+s")
        assert read_workspace(path).workspace.get("late-payment").element.note == "half a thought"


async def test_a_paste_into_a_note_keeps_its_lines_and_loses_its_escapes(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "n")
        screen = pilot.app.screen
        assert isinstance(screen, NoteEditor)
        screen.area.post_message(Paste("one\r\n\x1b[31mtwo\x9b\u202e"))
        await pilot.pause()
        assert screen.area.text == "one\ntwo<9B><U+202E>"


async def test_a_form_with_a_mistake_is_not_saved_and_says_where(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = (path / "goals.toml").read_bytes()
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "s", "down", "enter", "down", "down", "down", "down")
        await type_text(pilot, "x")
        await press(pilot, "up", "up", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        assert screen.state.here.spec.name == "due"
        assert "no date" in screen_text(pilot.app)
    assert (path / "goals.toml").read_bytes() == before


async def test_a_form_left_by_esc_keeps_what_was_typed(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "s", "down", "enter")
        await type_text(pilot, " or so")
        await press(pilot, "escape")
        assert "Draft kept · enter to go on" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "Profitable by 2027 or so" in screen_text(pilot.app)
        await press(pilot, "f2")
        assert read_workspace(path).workspace.get("profitable").text == "Profitable by 2027 or so"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.state.draft == {}


async def test_why_turns_to_how_and_enter_goes_there(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "y", "Y")
        assert "How “Clients pay" in screen_text(pilot.app)
        await press(pilot, "y", "down", "enter")
        await pilot.pause()
        here = pilot.app.navigator.here if isinstance(pilot.app, CanvasApp) else None
        assert isinstance(here, CanvasScreen)
        assert (here.screen_name, here.selected) == ("tree", "paid-in-10-days")


async def test_the_palette_does_what_is_chosen(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, ":")
        await type_text(pilot, "findings")
        await press(pilot, "enter")
        await pilot.pause()
        here = pilot.app.navigator.here if isinstance(pilot.app, CanvasApp) else None
        assert isinstance(here, CanvasScreen)
        assert here.screen_name == "findings"


@pytest.mark.parametrize(
    ("keys", "name", "here"), [("gs", "left", "Fold"), ("gf", "open", "What to do"), ("gf", "filter", "Waived")]
)
async def test_the_palette_finds_an_action_by_the_name_it_has_elsewhere_too(
    keys: str, name: str, here: str, tmp_path: Path
) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, *keys, "down", ":")
        await type_text(pilot, name)
        assert any(line.lstrip("▌ ").startswith(here) for line in screen_text(pilot.app).splitlines())


@pytest.mark.parametrize(("screen", "action"), [("board", "Go to cell"), ("overview", "Next")])
async def test_what_needs_a_number_says_so_when_the_palette_is_asked_for_it(
    screen: str, action: str, tmp_path: Path
) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        app.navigator.open_screen(screen)
        await pilot.pause()
        await press(pilot, ":")
        await type_text(pilot, action)
        await press(pilot, "enter")
        await pilot.pause()
        assert "Press the number of a" in screen_text(app)


async def test_keys_typed_ahead_reach_the_dialog_they_were_meant_for(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        for key in ("f", "a", "5", "0", "0"):
            pilot.app.screen.post_message(Key(key, key))
        await pilot.pause()
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, PickerScreen)
        assert screen.state.buffer.text == "500"


async def test_a_note_typed_ahead_is_whole_and_what_follows_is_no_part_of_it(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        for text in ("first line", " and more"):
            typed = [(letter, letter) for letter in f"n{text}"]
            for name, letter in (*typed, ("left", None), ("!", "!"), ("f2", None), ("j", "j"), ("j", "j"), ("k", "k")):
                app.post_message(Key(name, letter))
            for _ in range(20):
                await pilot.pause()
            assert isinstance(app.screen, CanvasScreen), "neither a dialog nor a conflict is left"
            assert app.screen.selected == "begging", "the keys after F2 are the board's"
            app.screen.put_cursor("late-payment")
        note = app.session.workspace.get("late-payment").element.fields["note"]
        assert note == "first lin!e and mor!e"
        assert len(app.shelf) == 0


async def answer(pilot: Pilot[None], screen: ChoiceScreen, *keys: str) -> list[str | None]:
    found: list[str | None] = []
    pilot.app.push_screen(screen, found.append)
    await pilot.pause()
    await press(pilot, *keys)
    await pilot.pause()
    return found


async def test_a_conflict_shows_both_texts_and_is_chosen_by_one_key(tmp_path: Path) -> None:
    conflict = Conflict("late-payment", "text", "Clients pay late", "Clients pay 34 days late")
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        for key, value in (("m", "mine"), ("t", "theirs"), ("b", "both"), ("escape", None)):
            assert await answer(pilot, conflict_screen(conflict), "enter", "x", key) == [value]
        pilot.app.push_screen(conflict_screen(conflict))
        await pilot.pause()
        assert_golden("dialog-conflict-80x24", screen_text(pilot.app))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_a_question_shows_every_key_and_says_when_there_is_more_to_see(
    size: tuple[int, int], tmp_path: Path
) -> None:
    short, long = Conflict("late-payment", "text", "Mine", "Theirs"), " ".join(f"word{n}" for n in range(120))
    async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
        pilot.app.push_screen(conflict_screen(short))
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert all(each in shown for each in ("m mine", "t theirs", "b both", "esc leave it as it is"))
        assert "Theirs" in shown
        assert "more line" not in shown
        await press(pilot, "escape")
        pilot.app.push_screen(conflict_screen(Conflict("late-payment", "text", f"Mine {long}", f"Theirs {long}")))
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "esc leave it as it is" in shown
        assert ("word119" in shown.partition("Theirs word0")[2]) != ("more lines" in shown)


async def test_both_is_not_offered_where_one_was_removed_or_a_line_cannot_hold_both(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        for conflict in (Conflict("g", "title", "Mine", "Theirs"), Conflict("late-payment", "text", "Mine", None)):
            screen = conflict_screen(conflict)
            assert [option.key for option in screen.options] == ["m", "t"]
        assert await answer(pilot, screen, "b", "t") == ["theirs"]


async def test_an_answer_that_gives_nothing_up_is_chosen_by_arrows_and_enter(tmp_path: Path) -> None:
    options = [Option("i", "an initiative", "work"), Option("g", "a goal", "aim")]
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        for keys, value in ((["enter"], "work"), (["down", "enter"], "aim"), (["g"], "aim"), (["escape"], None)):
            screen = ChoiceScreen("Add", "What is the new one?", options, is_list=True)
            assert await answer(pilot, screen, *keys) == [value]


async def test_a_confirmation_needs_its_key(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        assert await answer(pilot, confirm_screen("Delete?", "All of it.", "delete"), "enter", "y") == ["yes"]
        assert await answer(pilot, confirm_screen("Delete?", "All of it.", "delete"), "escape") == [None]


@pytest.mark.parametrize("name", ["picker", "why", "palette", "form", "move", "help", "note"])
async def test_a_key_pressed_twice_in_a_hurry_does_no_harm(name: str, tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, *KEYS[name])
        for key in ("escape", "escape", "down", "down"):
            pilot.app.screen.post_message(Key(key, None))
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, CanvasScreen)


async def test_a_form_whose_edit_could_not_be_saved_keeps_what_was_typed(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "s", "down", "enter")
        await type_text(pilot, " at last")
        goals = path / "goals.toml"
        goals.write_text(goals.read_text("utf-8").replace("Profitable by 2027", "Profitable by 2028"), "utf-8")
        await press(pilot, "f2")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await press(pilot, "escape")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.state.draft == {"title": "Profitable by 2027 at last"}
