"""A file that another program has locked holds up no key: the edit is shown, kept, and saved when the lock goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.session import saving
from canvas_tui.storage.write import locking
from canvas_tui.tui.flows import unsaved_edits
from tests.plan_files import locked
from tests.tui.golden import screen_text
from tests.tui.sessions import editing_app, press, running, type_text


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each wait for a lock was to be at most, in seconds, whatever the clock made of it."""
    found: list[float] = []
    real = locking.Deadline.after

    def after(seconds: float) -> locking.Deadline:
        found.append(min(seconds, locking._patience.get()))
        return real(seconds)

    monkeypatch.setattr(locking.Deadline, "after", after)
    return found


async def test_an_edit_of_a_locked_file_is_shown_as_not_saved_and_saved_when_the_lock_goes(
    plan: Path, waits: list[float]
) -> None:
    file, app = plan / "lean-canvas.toml", editing_app(plan)
    async with running(app) as pilot:
        with locked(file):
            await press(pilot, "a")
            await type_text(pilot, "Brand new")
            await press(pilot, "enter")
            assert "1 edit not saved yet: another program holds it · R retries" in screen_text(app)
            assert "Brand new" in screen_text(app)
            assert max(waits) <= saving.EDIT_PATIENCE
            del waits[:]
            await press(pilot, "j", "k", "a")
            await type_text(pilot, "And one more")
            await press(pilot, "enter")
            assert "2 edits not saved yet" in screen_text(app)
            assert max(waits) <= saving.NEXT_PATIENCE, "the second does not wait as long again"
            del waits[:]
            app.unsaved.retry_quietly()
            assert max(waits) <= saving.QUIET_PATIENCE, "nobody asked: no key waits for it"
            assert app.unsaved.retry_seconds == unsaved_edits.LOCKED_SECONDS
            assert "Brand new" not in file.read_text(encoding="utf-8")
        app.unsaved.retry_quietly()
        await pilot.pause()
        saved = file.read_text(encoding="utf-8")
        assert "Brand new" in saved
        assert "And one more" in saved
        assert "Saved now 2 edits" in screen_text(app)
        assert app.unsaved.retry_seconds is None


async def test_what_waits_for_a_lock_is_saved_by_itself(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsaved_edits, "LOCKED_SECONDS", 0.05)
    file, app = plan / "lean-canvas.toml", editing_app(plan)
    async with running(app) as pilot:
        with locked(file):
            await press(pilot, "J")
            assert "not saved yet" in screen_text(app)
        for _ in range(200):
            if app.session.pending:
                await pilot.pause(0.05)
        assert app.session.pending == ()


async def test_an_error_stays_while_somebody_types_and_others_change_what_is_typed(plan: Path) -> None:
    file, app = plan / "lean-canvas.toml", editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "e")
        (plan / "goals.toml").write_text("", encoding="utf-8")
        app.disk.follow()
        await pilot.pause()
        assert "goals.toml" in screen_text(app).splitlines()[-1]
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("34 days late", "35 days late"), encoding="utf-8")
        app.disk.follow()
        await pilot.pause()
        assert "changed this entry" in screen_text(app).splitlines()[-1], "what is typed just now comes first"
        await press(pilot, "escape", "j")
        assert "goals.toml" in screen_text(app).splitlines()[-1], "and nothing is lost by it"
