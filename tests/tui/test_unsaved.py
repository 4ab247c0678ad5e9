"""An edit that cannot be saved is shown, kept, told and tried again; and nobody loses one by leaving."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.screens.base import CanvasScreen
from tests.plan_files import lean
from tests.refusing_disk import Disk
from tests.tui.golden import screen_text, status
from tests.tui.sessions import editing_app, press, running, type_text

FIRST = "Clients pay on average 34 days late"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def row_of(app: CanvasApp, text: str) -> str:
    return next(line for line in screen_text(app).splitlines() if text in line)


async def write(pilot: Any, text: str) -> None:
    await press(pilot, "a")
    await type_text(pilot, text)
    await press(pilot, "enter")


async def test_an_edit_that_cannot_be_saved_is_shown_with_a_mark_and_the_reason(plan: Path, disk: Disk) -> None:
    app, before = editing_app(plan), lean(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await write(pilot, "Brand new")
        assert lean(plan) == before
        assert "1 edit not saved yet: the disk is full · R retries" in status(app)
        assert "*" in row_of(app, "Brand new")
        assert "R save again" in screen_text(app).splitlines()[-2]
        assert len(app.shelf) == 0, "the journal has it"
        await press(pilot, "j")
        assert "not saved yet" in status(app), "going on does not hide it"
        await press(pilot, "R")
        assert "1 edit not saved yet" in status(app)
        disk.kind = ""
        await press(pilot, "R")
        assert "Brand new" in lean(plan)
        assert "not saved" not in screen_text(app)
        assert "R save again" not in screen_text(app)
        assert "*" not in row_of(app, "Brand new")


async def test_the_reason_is_told_in_words_of_its_own(plan: Path, disk: Disk) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        disk.kind = "read-only"
        await write(pilot, "Brand new")
        assert "you may not write there" in status(app)


async def test_undo_takes_a_waiting_edit_back_and_redo_brings_it_again(plan: Path, disk: Disk) -> None:
    app, before = editing_app(plan), lean(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await write(pilot, "Brand new")
        await press(pilot, "u")
        assert "Brand new" not in row_of(app, FIRST[:12]) + lean(plan)
        assert app.session.pending == ()
        assert "not saved" not in screen_text(app)
        await press(pilot, "U")
        assert len(app.session.pending) == 1
        disk.kind = ""
        await press(pilot, "u", "U")
        assert "Brand new" in lean(plan)
        await press(pilot, "u")
        assert lean(plan) == before


async def test_undo_after_a_late_save_restores_every_byte(plan: Path, disk: Disk) -> None:
    app, before = editing_app(plan), lean(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await write(pilot, "One")
        await write(pilot, "Two")
        disk.kind = ""
        await press(pilot, "R")
        assert "One" in lean(plan)
        await press(pilot, "u", "u")
        assert lean(plan) == before


async def test_undo_itself_may_have_to_wait(plan: Path, disk: Disk) -> None:
    app, before = editing_app(plan), lean(plan)
    async with running(app) as pilot:
        await write(pilot, "Saved at once")
        disk.kind = "full"
        await press(pilot, "u")
        assert "Saved at once" in lean(plan)
        assert "1 edit not saved yet" in status(app)
        disk.kind = ""
        await press(pilot, "R")
        assert lean(plan) == before


async def test_what_waits_is_tried_again_by_itself_but_not_while_somebody_types(plan: Path, disk: Disk) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await write(pilot, "Brand new")
        disk.kind = ""
        await press(pilot, "a")
        app.unsaved.retry_quietly()
        assert "Brand new" not in lean(plan)
        await press(pilot, "escape")
        app.unsaved.retry_quietly()
        await pilot.pause()
        assert "Brand new" in lean(plan)
        assert "Saved now: Added “Brand new”" in status(app)


async def test_a_draft_begun_after_a_late_save_outlives_the_next_save(plan: Path, disk: Disk) -> None:
    (plan.parent / "state").write_text("no folder: there can be no journal")
    app = editing_app(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await write(pilot, "First thought")
        assert "in memory only" in status(app)
        assert [text for _, text in app.shelf.items()] == ["First thought"], "the draft is all that is on disk"
        disk.kind = ""
        await press(pilot, "R")
        assert "First thought" in lean(plan)
        assert len(app.shelf) == 0
        await press(pilot, "a")
        await type_text(pilot, "Second thought")
        await press(pilot, "escape", "j", "d")
        assert "Deleted" in status(app)
        assert [text for _, text in app.shelf.items()] == ["Second thought"]


async def test_quitting_says_that_what_waits_is_kept(plan: Path, disk: Disk) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await write(pilot, "Brand new")
        await press(pilot, "q")
        text = screen_text(app)
        assert "1 edit not saved yet" in text
        assert "kept, and offered when this workspace is opened again" in text
        assert "+ Brand new" in text
        await press(pilot, "escape")
        assert isinstance(app.screen, CanvasScreen)
        await press(pilot, "q", "q")
        assert not app.is_running


async def leave_an_edit(plan: Path, disk: Disk, text: str = "Brand new") -> None:
    """A session that could not save, and was left."""
    app = editing_app(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await write(pilot, text)
        disk.kind = ""
    app.session._store.close()  # type: ignore[union-attr]


async def test_the_next_start_offers_it_as_a_diff_and_saves_it_when_asked(plan: Path, disk: Disk) -> None:
    await leave_an_edit(plan, disk)
    app = editing_app(plan)
    async with running(app) as pilot:
        app.unsaved.offer_left()
        await pilot.pause()
        text = screen_text(app)
        assert "1 edit from before is not saved" in text
        assert "+ Brand new" in text
        assert "Brand new" not in lean(plan)
        await press(pilot, "enter")
        assert "1 edit from before" in screen_text(app), "no habit answers for the person"
        await press(pilot, "s")
        assert "Brand new" in lean(plan)
        await press(pilot, "u")
        assert "Brand new" not in lean(plan)


async def test_what_is_left_for_later_is_there_later(plan: Path, disk: Disk) -> None:
    await leave_an_edit(plan, disk)
    app = editing_app(plan)
    async with running(app) as pilot:
        app.unsaved.offer_left()
        await press(pilot, "escape")
        assert "1 edit from before is kept, not saved · R shows it" in status(app)
        await press(pilot, "R", "d", "escape")
        assert "1 edit from before is not saved" in screen_text(app), "dropping is asked once more"
        await press(pilot, "d", "y")
        assert app.session.offered == ()
    app.session._store.close()  # type: ignore[union-attr]
    again = editing_app(plan)
    assert again.session.offered == ()


async def test_a_waiting_edit_that_met_somebody_elses_is_asked_about(plan: Path, disk: Disk) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await press(pilot, "e")
        await type_text(pilot, " mine")
        await press(pilot, "enter")
        (plan / "lean-canvas.toml").write_text(lean(plan).replace("34 days late", "35 days late"), encoding="utf-8")
        disk.kind = ""
        await press(pilot, "R")
        assert "34 days late mine" in screen_text(app)
        assert "35 days late" in screen_text(app)
        await press(pilot, "escape")
        assert len(app.session.pending) == 1, "nothing is dropped before somebody chose"
        await press(pilot, "R", "b")
        texts = [entry.text for entry in app.session.workspace.canvases[0].cell("problem").entries]
        assert texts[:2] == ["Clients pay on average 35 days late", f"{FIRST} mine"]
        assert app.session.pending == ()
        assert "34 days late mine" in lean(plan)


@pytest.mark.parametrize("choice", ["m", "t"])
async def test_what_loses_against_a_waiting_edit_or_to_it_is_kept(choice: str, plan: Path, disk: Disk) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        disk.kind = "full"
        await press(pilot, "e")
        await type_text(pilot, " mine")
        await press(pilot, "enter")
        theirs = lean(plan).replace("34 days late", "35 days late")
        (plan / "lean-canvas.toml").write_text(theirs, encoding="utf-8")
        disk.kind = ""
        await press(pilot, "R", choice)
        stays, lost = (f"{FIRST} mine", FIRST.replace("34", "35"))[:: 1 if choice == "m" else -1]
        assert f'text = "{stays}"\n' in lean(plan)
        assert f'conflict = [{{ field = "text", other = "{lost}"' in lean(plan)
        assert app.session.pending == ()
        await press(pilot, *["u"] * (1 if choice == "m" else 2))
        assert lean(plan) == theirs


async def test_an_edit_of_something_that_is_gone_waits_until_it_is_dropped(plan: Path, disk: Disk) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "j")
        disk.kind = "full"
        await press(pilot, "e")
        await type_text(pilot, " mine")
        await press(pilot, "enter")
        kept = [part for part in lean(plan).split("\n\n") if 'id = "begging"' not in part]
        (plan / "lean-canvas.toml").write_text("\n\n".join(kept), encoding="utf-8")
        disk.kind = ""
        await press(pilot, "R")
        assert "can no longer be made" in screen_text(app)
        await press(pilot, "escape", "R", "d")
        assert app.session.pending == ()
        assert "not saved" not in status(app)
