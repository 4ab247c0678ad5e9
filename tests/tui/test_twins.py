"""Two canvases of one id on the screen: what is shown is what is under the cursor, and no key writes into the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.board.screen import BoardScreen
from tests.tui.golden import screen_text
from tests.tui.sessions import editing_app, press, running, type_text

EU = 'model = "lean-canvas"\ntitle = "Lean"\nstatus = "active"\nchannels = ["Foo", "Bar"]\n'
US = 'model = "lean-canvas"\ntitle = "Lean US"\nstatus = "active"\nchannels = ["Mail", "Wire"]\nproblem = ["Slow"]\n'
CURE = 'Write id = "us-lean" at the top of us/lean.toml: '


def plan(folder: Path, eu: str = EU, us: str = US) -> Path:
    for name, text in {"strategy": 'format = 1\nname = "Two"\n', "eu/lean": eu, "us/lean": us}.items():
        path = folder / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def texts(folder: Path) -> tuple[str, str]:
    return (folder / "eu/lean.toml").read_text(), (folder / "us/lean.toml").read_text()


def header(app: CanvasApp) -> str:
    return screen_text(app).splitlines()[0]


async def to_us(app: CanvasApp, pilot: Pilot[None]) -> None:
    if "Lean US" not in header(app):
        await press(pilot, "v")
    assert "Lean US" in header(app)


@pytest.mark.parametrize("key", ["e", "i", "n", "d", "a", "O", "J", "m", "I", "f a"])
async def test_no_key_edits_either_and_the_cure_is_told(key: str, tmp_path: Path) -> None:
    before = texts(plan(tmp_path))
    app = editing_app(tmp_path)
    async with running(app, (120, 30)) as pilot:
        await to_us(app, pilot)
        for board in ("Lean US", "Lean"):
            await press(pilot, "g", "b", "5", *key.split())
            assert CURE in screen_text(app), board
            assert len(app.screen_stack) == 1  # no dialog is opened
            await type_text(pilot, "x")
            assert texts(tmp_path) == before
            await press(pilot, "v")
        assert app.crash is None


async def test_v_shows_each_of_them_with_its_own_entries_and_its_file(tmp_path: Path) -> None:
    app = editing_app(plan(tmp_path))
    async with running(app, (120, 30)) as pilot:
        seen = set()
        for _ in range(2):
            await press(pilot, "v", "5")
            shown = screen_text(app)
            is_us = "Lean US" in header(app)
            assert ("Mail" in shown, "Foo" in shown) == (is_us, not is_us)
            assert ("us/lean.toml" if is_us else "eu/lean.toml") in header(app)
            assert isinstance(app.navigator.here, BoardScreen)
            assert app.navigator.here.selected_item is not None
            assert app.navigator.here.selected_item.text == ("Mail" if is_us else "Foo")
            seen.add(is_us)
        assert seen == {True, False}


async def test_each_row_of_the_overview_names_its_file_and_opens_its_own_board(tmp_path: Path) -> None:
    app = editing_app(plan(tmp_path, us=US.replace("Lean US", "Lean")))
    async with running(app, (120, 30)) as pilot:
        for number, words in enumerate(("Foo", "Mail")):
            await press(pilot, "g", "o", "home", *["down"] * number)
            assert "eu/lean.toml" in screen_text(app)
            assert "us/lean.toml" in screen_text(app)
            await press(pilot, "enter")
            assert words in screen_text(app)


async def test_the_one_that_is_shown_stays_shown_when_it_gets_an_id_of_its_own(tmp_path: Path) -> None:
    app = editing_app(plan(tmp_path))
    async with running(app, (120, 30)) as pilot:
        await to_us(app, pilot)
        await press(pilot, "5")
        (tmp_path / "us/lean.toml").write_text(f'id = "us-lean"\n{US}', encoding="utf-8")
        app.disk.follow()
        await pilot.pause()
        assert "Lean US" in header(app)
        assert "us/lean.toml" not in header(app)
        await press(pilot, "d")
        assert texts(tmp_path)[0] == EU
        assert "Mail" not in texts(tmp_path)[1] or "Slow" not in texts(tmp_path)[1]
        await press(pilot, "u")
        assert texts(tmp_path)[0] == EU
        assert "Mail" in texts(tmp_path)[1]
        assert "Slow" in texts(tmp_path)[1]


async def test_a_second_one_that_appears_does_not_take_the_place_of_the_one_that_is_shown(tmp_path: Path) -> None:
    plan(tmp_path)
    us = (tmp_path / "us/lean.toml").rename(tmp_path / "kept")
    app = editing_app(tmp_path)
    async with running(app, (120, 30)) as pilot:
        await press(pilot, "g", "b", "5")
        us.rename(tmp_path / "us/lean.toml")
        app.disk.follow()
        await pilot.pause()
        assert "eu/lean.toml" in header(app)
        before = texts(tmp_path)
        await press(pilot, "d")
        assert CURE in screen_text(app)
        assert texts(tmp_path) == before


async def test_findings_are_counted_at_the_canvas_they_are_about(tmp_path: Path) -> None:
    app = editing_app(plan(tmp_path))
    async with running(app, (120, 30)) as pilot:
        await press(pilot, "g", "o")
        errors = [line for line in screen_text(app).splitlines() if "id used twice" in line]
        assert len(errors) == 2
        assert sum("! 1" in line for line in errors) == 1  # duplicate-id, at the one that is to change
