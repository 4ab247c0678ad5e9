"""Editing on the board, by keys, on real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from canvas_tui.core.elements import Canvas
from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.board import state
from canvas_tui.tui.board.contents import Contents, Signs, contents_of
from canvas_tui.tui.board.screen import BoardScreen
from tests.plan_files import lean
from tests.tui.golden import screen_text
from tests.tui.sessions import copy_of, editing_app, press, running, type_text


def board_of(app: object) -> BoardScreen:
    screen = app.navigator.here  # type: ignore[attr-defined]
    assert isinstance(screen, BoardScreen)
    return screen


async def test_enter_edits_in_place_and_writes_the_file(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "enter")
        await type_text(pilot, " still")
        await press(pilot, "enter")
        assert 'text = "Clients pay on average 34 days late still"' in lean(path)
        assert app.navigator.here.selected == "late-payment"  # type: ignore[union-attr]
        assert "Changed to “Clients pay" in screen_text(app)


async def test_an_edit_makes_the_contents_of_its_board_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    made: list[Signs] = []

    def counted(workspace: Workspace, canvas: Canvas, signs: Signs, *more: Any) -> Contents:
        made.append(signs)
        return contents_of(workspace, canvas, signs, *more)

    monkeypatch.setattr(state, "contents_of", counted)
    async with running(app) as pilot:
        await press(pilot, "enter")
        await type_text(pilot, " still")
        made.clear()
        await press(pilot, "enter")
        assert "34 days late still" in screen_text(app)
        assert 1 <= len(made) <= 2  # once more where graph and findings come later


async def test_add_puts_the_new_entry_below_and_the_cursor_on_it(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "a")
        await type_text(pilot, "Brand new")
        await press(pilot, "enter")
        cell = app.session.workspace.canvases[0].cell("problem")
        assert [entry.text for entry in cell.entries][:2] == ["Clients pay on average 34 days late", "Brand new"]
        assert board_of(app).cursor.text == "Brand new"
        await press(pilot, "O")
        await type_text(pilot, "Before it")
        await press(pilot, "enter")
        texts = [entry.text for entry in app.session.workspace.canvases[0].cell("problem").entries]
        assert texts[1:3] == ["Before it", "Brand new"]


async def test_enter_on_nothing_typed_adds_nothing(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = lean(path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "a", "enter")
        assert lean(path) == before
        assert app.navigator.here.selected == "late-payment"  # type: ignore[union-attr]


async def test_enter_in_an_empty_cell_writes_its_first_entry(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "7", "enter")
        await type_text(pilot, "Two people")
        await press(pilot, "enter")
        assert [entry.text for entry in app.session.workspace.canvases[0].cell("cost-structure").entries] == [
            "Two people"
        ]


async def test_esc_never_loses_what_was_typed(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = lean(path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " unsaved")
        await press(pilot, "escape")
        assert "Draft kept · enter to go on" in screen_text(app)
        assert lean(path) == before
        await press(pilot, "j", "k", "e")
        assert "late unsaved" in screen_text(app)
        await press(pilot, "enter")
        assert "34 days late unsaved" in lean(path)
        assert len(app.shelf) == 0


async def test_delete_is_taken_back_by_undo_to_the_byte(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = {file.name: file.read_bytes() for file in path.glob("*.toml")}
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "d")
        status = screen_text(app).splitlines()[-1]
        assert status.startswith(" Deleted “Clients pay on averag…” and 4 links to it · u undo")
        assert "· u undo" in status
        assert app.session.workspace.find("late-payment") is None
        await press(pilot, "u")
        assert {file.name: file.read_bytes() for file in path.glob("*.toml")} == before
        assert app.navigator.here.selected == "late-payment"  # type: ignore[union-attr]
        await press(pilot, "U")
        assert app.session.workspace.find("late-payment") is None


async def test_moving_an_entry_keeps_the_cursor_on_it(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        await press(pilot, "J")
        assert [e.id for e in app.session.workspace.canvases[0].cell("problem").entries][1] == "late-payment"
        assert app.navigator.here.selected == "late-payment"  # type: ignore[union-attr]
        await press(pilot, "K")
        assert app.session.workspace.canvases[0].cell("problem").entries[0].id == "late-payment"


async def test_m_moves_an_entry_to_another_cell(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        await press(pilot, "m")
        await type_text(pilot, "Channels")
        await press(pilot, "enter")
        await pilot.pause()
        texts = [entry.id for entry in app.session.workspace.canvases[0].cell("channels").entries]
        assert texts[-1] == "late-payment"
        assert app.navigator.here.selected == "late-payment"  # type: ignore[union-attr]


async def test_a_change_on_disk_is_shown_and_the_cursor_stays(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "j")
        text = lean(path).replace(
            '[[problem]]\nid = "late', '[[problem]]\ntext = "From vim"\n\n[[problem]]\nid = "late'
        )
        (path / "lean-canvas.toml").write_text(text, encoding="utf-8")
        app.disk.follow()
        await pilot.pause()
        assert "From vim" in screen_text(app)
        assert app.navigator.here.selected == "begging"  # type: ignore[union-attr]


async def test_somebody_elses_change_of_the_same_entry_is_shown_beside_mine(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " mine")
        text = lean(path).replace("34 days late", "35 days late")
        (path / "lean-canvas.toml").write_text(text, encoding="utf-8")
        await press(pilot, "enter")
        await pilot.pause()
        assert "Clients pay on average 35 days late" in screen_text(app)
        assert "34 days late mine" in screen_text(app)
        await press(pilot, "b")
        await pilot.pause()
        texts = [entry.text for entry in app.session.workspace.canvases[0].cell("problem").entries]
        assert texts[:2] == ["Clients pay on average 35 days late", "Clients pay on average 34 days late mine"]


async def test_what_was_typed_on_a_removed_entry_is_kept_for_a_new_one(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "j", "e")
        await type_text(pilot, " mine")
        lines = lean(path).split("\n\n")
        kept = "\n\n".join(part for part in lines if 'id = "begging"' not in part)
        (path / "lean-canvas.toml").write_text(kept, encoding="utf-8")
        await press(pilot, "enter")
        assert "Somebody else removed it; your text is kept" in screen_text(app)
        await press(pilot, "a")
        await press(pilot, "enter")
        texts = [entry.text for entry in app.session.workspace.canvases[0].cell("problem").entries]
        assert "Chasing money feels like begging mine" in texts


async def test_a_change_on_disk_while_typing_takes_nothing_of_it(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "7", "a")
        await type_text(pilot, "Half")
        text = lean(path).replace(
            '[[problem]]\nid = "late', '[[problem]]\ntext = "From vim"\n\n[[problem]]\nid = "late'
        )
        (path / "lean-canvas.toml").write_text(text, encoding="utf-8")
        app.disk.follow()
        await type_text(pilot, " way")
        assert "Half way" in screen_text(app)
        await press(pilot, "enter")
        assert [e.text for e in app.session.workspace.canvases[0].cell("cost-structure").entries] == ["Half way"]


async def test_leaving_a_field_puts_the_cursor_on_its_entry_wherever_that_is_now(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "j", "e")
        text = lean(path).replace(
            '[[problem]]\nid = "late', '[[problem]]\ntext = "From vim"\n\n[[problem]]\nid = "late'
        )
        (path / "lean-canvas.toml").write_text(text, encoding="utf-8")
        app.disk.follow()
        await press(pilot, "escape")
        assert app.navigator.here.selected == "begging"  # type: ignore[union-attr]


async def test_a_paste_is_one_clean_line(tmp_path: Path) -> None:
    from textual import events

    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        await press(pilot, "a")
        app.post_message(events.Paste("two\nlines \x1b[31mred\x1b[0m"))
        await pilot.pause()
        await press(pilot, "enter")
        assert board_of(app).cursor.text == "two lines red"


async def test_while_an_entry_is_written_the_inspector_says_what_belongs_in_the_cell(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        await press(pilot, "2", "a")
        text = screen_text(app)
        assert "Who uses it, and who pays?" in text
        assert "enter save" in text
        await press(pilot, "escape")
        assert "Who uses it, and who pays?" not in screen_text(app)


async def test_deleting_says_how_many_links_went_with_it(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "d")
        assert "Deleted “Clients pay on averag…” and 4 links to it · u undo" in screen_text(pilot.app)


async def test_the_inspector_says_how_many_entries_a_cell_has_as_a_rule(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "a")
        assert "up to 3 as a rule" in screen_text(pilot.app)
        await press(pilot, "escape", "v", "7", "a")
        text = screen_text(pilot.app)
        assert "What can people see or touch that proves it?" in text
        assert "is empty, and no note says why" not in text


async def test_a_text_that_is_full_says_so_instead_of_swallowing_what_is_typed(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "a")
        pilot.app.screen.post_message(Paste("word " * 3000))
        await pilot.pause()
        assert "Full: a text has at most 10000 characters" in screen_text(pilot.app)


async def test_a_file_that_was_emptied_is_told_and_not_taken_for_an_edit(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    app = editing_app(path)
    async with running(app) as pilot:
        (path / "lean-canvas.toml").write_text("", encoding="utf-8")
        app.disk.follow()
        await pilot.pause()
        status = screen_text(app).splitlines()[-1]
        assert "lean-canvas.toml" in status
        assert "empty" in status


async def test_a_message_goes_when_the_person_goes_on(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        await press(pilot, "]")
        assert "Finding 1 of" in screen_text(app)
        await press(pilot, "j")
        assert "Finding 1 of" not in screen_text(app)


async def test_a_paste_where_no_field_is_open_does_nothing_and_says_so(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = lean(path)
    app = editing_app(path)
    async with running(app) as pilot:
        app.screen.post_message(Paste("dd\ra\rq"))
        await pilot.pause()
        assert "Nothing was pasted" in screen_text(app)
        await press(pilot, "/")
        app.screen.post_message(Paste("late"))
        await pilot.pause()
        assert "Search ▸ late" in screen_text(app)
        assert "Nothing was pasted" not in screen_text(app)
        assert lean(path) == before
