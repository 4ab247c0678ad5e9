"""Overview, tree, findings and search by keys on real files, and what they look like at four sizes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.dialogs.choice import ChoiceScreen
from canvas_tui.tui.input.actions import BOARD, SCREENS, SEARCH
from canvas_tui.tui.screens.base import CanvasScreen
from tests.tui.golden import assert_golden, screen_text
from tests.tui.sessions import SAMPLES, copy_of, editing_app, press, running, type_text, viewing_app

SIZES = [(80, 24), (100, 30), (140, 45), (60, 20)]
OPEN = {each.name: each.go.keys[0].split() for each in SCREENS if each.name != BOARD}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", sorted(OPEN.keys() - {SEARCH}))
async def test_a_screen_looks_as_designed(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
        await press(pilot, *OPEN[name])
        if name == "tree":
            await press(pilot, "down", "down")
        assert_golden(f"{name}-{size[0]}x{size[1]}", screen_text(pilot.app))


@pytest.mark.parametrize("size", SIZES)
async def test_a_search_looks_as_designed(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), size) as pilot:
        await press(pilot, "/")
        await type_text(pilot, "invoice")
        assert_golden(f"search-{size[0]}x{size[1]}", screen_text(pilot.app))


async def test_each_screen_opens_on_one_key_and_esc_goes_back(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        for name, keys in OPEN.items():
            await press(pilot, *keys)
            assert _name(pilot.app) == name
            await press(pilot, "escape")
            assert _name(pilot.app) == "board"


async def test_files_that_cannot_be_read_are_told_on_the_overview() -> None:
    async with running(viewing_app(read_workspace(SAMPLES / "broken").workspace), (100, 45)) as pilot:
        await press(pilot, "g", "o")
        text = screen_text(pilot.app)
        assert "invalid-utf8.toml, line" in text
        assert "merge-conflict.toml, line" in text


async def test_every_unreadable_file_can_be_reached_at_80x24() -> None:
    workspace = read_workspace(SAMPLES / "broken").workspace
    unreadable = [document.path for document in workspace.documents if not document.is_readable]
    async with running(viewing_app(workspace)) as pilot:
        await press(pilot, "g", "o", "G", "up")
        seen = ""
        while True:
            text = screen_text(pilot.app)
            if text in seen:
                break
            seen += text
            await press(pilot, "up")
        assert [path for path in unreadable if f"{path}" not in seen] == []
        await press(pilot, "g", "g", *["down"] * len(workspace.canvases), "enter")
        assert "is never written to" in screen_text(pilot.app)


async def test_enter_on_a_canvas_shows_its_board(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "o", "down", "enter")
        assert _name(pilot.app) == "board"
        assert "Marketing mix 2027" in screen_text(pilot.app)


async def test_a_number_on_the_overview_goes_to_what_is_next(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "o", "1")
        assert _name(pilot.app) in ("board", "tree")
        assert _here(pilot.app).selected == _here(pilot.app).session.report.findings[0].about.id
        assert isinstance(pilot.app.screen, ChoiceScreen), "what can be done is asked there"


async def test_enter_on_what_is_next_does_what_its_number_does(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "o", "G")
        assert "enter what to do" in screen_text(pilot.app).splitlines()[-2]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        assert _here(pilot.app).selected == "stop-chasing"


async def test_a_canvas_is_started_from_the_overview(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "o", "a")
        await type_text(pilot, "persona")
        await press(pilot, "enter")
        await type_text(pilot, "Ana, who bills by the day")
        await press(pilot, "enter")
        assert _name(pilot.app) == "board"
        written = tomllib.loads((path / "ana-who-bills-by-the-day.toml").read_text("utf-8"))
        assert (written["model"], written["title"]) == ("persona", "Ana, who bills by the day")
        await press(pilot, "u")
        assert not (path / "ana-who-bills-by-the-day.toml").exists()


@pytest.mark.parametrize(("keys", "action"), [("gb", "go-board"), ("gs", "go-strategy"), ("gf", "go-findings")])
async def test_a_screen_does_not_offer_to_go_to_itself(keys: str, action: str, tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), (140, 45)) as pilot:
        await press(pilot, *keys)
        offered = {each.id for each in _here(pilot.app).actions_here()}
        assert action not in offered
        assert "go-overview" in offered
        await press(pilot, *keys)
        assert "That is what is shown here" in screen_text(pilot.app)


async def test_left_folds_and_right_unfolds(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "s", "down", "down", "left")
        text = screen_text(pilot.app)
        assert "Eight of ten" not in text
        assert "+8" in text
        await press(pilot, "right")
        assert "Eight of ten" in screen_text(pilot.app)
        await press(pilot, "right")
        assert _here(pilot.app).selected == "payments-matched"


async def test_the_filter_shows_what_hangs_in_the_air(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "s", "&")
        assert_golden("tree-80x24-orphans", screen_text(pilot.app))
        await press(pilot, "&", "&")
        assert "Six of ten" in screen_text(pilot.app)


async def test_a_new_initiative_stands_below_the_goal_it_was_added_on(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        app = pilot.app
        await press(pilot, "g", "s")
        assert _here(app).put_cursor("consultants-500")
        await press(pilot, "a", "i")
        await type_text(pilot, "Trial without a card")
        await press(pilot, "enter")
        here = _here(app)
        assert here.selected == "trial-without-a-card"
        assert here.session.workspace.get("trial-without-a-card").element.links == ("consultants-500",)
        await press(pilot, "u")
        assert "trial-without-a-card" not in here.session.workspace


async def test_editing_all_fields_of_a_goal_is_one_step(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = (path / "goals.toml").read_bytes()
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "s", "down", "enter")
        await type_text(pilot, " for good")
        await press(pilot, "tab", "tab")
        await press(pilot, "right")
        await press(pilot, "f2")
        assert "Changed “Profitable by 2027 for good”" in screen_text(pilot.app)
        goal = read_workspace(path).workspace.get("profitable")
        assert (goal.text, goal.element.status) == ("Profitable by 2027 for good", "achieved")
        await press(pilot, "u")
        assert (path / "goals.toml").read_bytes() == before


async def test_right_on_a_finding_goes_there_and_backspace_comes_back(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "f")
        assert _here(pilot.app).put_cursor("owed-today")
        await press(pilot, "right")
        assert (_name(pilot.app), _here(pilot.app).selected) == ("board", "owed-today")
        await press(pilot, "backspace")
        assert _name(pilot.app) == "findings"


async def test_a_finding_is_waived_with_a_reason_and_comes_back_by_undo(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "f")
        assert _here(pilot.app).put_cursor("owed-today")
        await press(pilot, "W", "enter")
        assert "needs a reason" in screen_text(pilot.app)
        await type_text(pilot, "The count doubles by itself")
        await press(pilot, "enter", "escape", "W")
        assert "The count doubles by itself" in screen_text(pilot.app)
        await press(pilot, "enter")
        await type_text(pilot, "2026-01-01")
        await press(pilot, "enter")
        assert "that day is past" in screen_text(pilot.app)
        await press(pilot, "ctrl+u")
        await type_text(pilot, "2027-1-31")
        await press(pilot, "enter")
        waivers = tomllib.loads((path / "strategy.toml").read_text("utf-8"))["waivers"]
        assert (waivers[-1]["rule"], waivers[-1]["element"]) == ("problem-unsolved", "owed-today")
        assert waivers[-1]["reason"] == "The count doubles by itself"
        assert "2 waived" in screen_text(pilot.app)
        await press(pilot, "u")
        assert "1 waived" in screen_text(pilot.app)


async def test_results_come_as_one_types_and_enter_goes_there(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "/")
        await type_text(pilot, "podcasts")
        assert "1 hit" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert _name(pilot.app) == "board"
        assert "podcasts" in (_here(pilot.app).session.workspace.get(_here(pilot.app).selected or "").text)


async def test_letters_are_typed_into_a_search_and_do_nothing_else(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "/")
        await type_text(pilot, "gquad?&:u")
        assert _name(pilot.app) == "search"
        assert "gquad?&:u" in screen_text(pilot.app)


async def test_nothing_that_writes_is_offered_in_a_read_only_session() -> None:
    async with running(viewing_app(read_workspace(SAMPLES / "fieldnote").workspace)) as pilot:
        for name, keys in OPEN.items():
            if name != "search":
                await press(pilot, *keys)
                assert not [action.id for action in _here(pilot.app).actions_here() if action.mutates]
                await press(pilot, "a", "W", "d", "e")
                assert _name(pilot.app) == name or name == "search"


async def test_a_resize_keeps_the_cursor_on_its_element(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path)), (140, 45)) as pilot:
        await press(pilot, "g", "s", "G")
        before = _here(pilot.app).selected
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert _here(pilot.app).selected == before
        text = screen_text(pilot.app)
        assert "▌" in text
        assert _here(pilot.app).selected == "other-currencies"


@pytest.mark.parametrize("name", ["overview", "tree", "findings", "search"])
async def test_an_empty_workspace_is_no_error(name: str) -> None:
    async with running(viewing_app(Workspace())) as pilot:
        await press(pilot, *OPEN[name])
        await press(pilot, "down", "up", "G", "g", "g", "pagedown", "left", "right", "&")
        assert _name(pilot.app) == name


def _here(app: object) -> CanvasScreen:
    here = app.navigator.here if isinstance(app, CanvasApp) else None
    assert isinstance(here, CanvasScreen)
    return here


def _name(app: object) -> str:
    return _here(app).screen_name


async def test_what_is_waived_can_be_looked_at(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "f", "&")
        assert "waived findings" in screen_text(pilot.app)
        assert "problem-unsolved" in screen_text(pilot.app)
        assert "waive" not in {action.id for action in _here(pilot.app).actions_here()}
        await press(pilot, "escape")
        assert "Plan work for it" in screen_text(pilot.app)
