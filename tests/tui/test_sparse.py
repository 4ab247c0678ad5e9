"""Fewer bytes, the same picture: what is written is enough to draw the screen, and a jump costs little.

The names private to Textual that `sparse` uses are used here as the app uses them, so that another Textual is caught.
"""

from __future__ import annotations

from pathlib import Path

import pyte
import pytest
from textual._compositor import Compositor

from canvas_tui.tui.terminal.terminal_diff import SHOWN, Pen, SparseCompositor
from tests.tui.golden import screen_text
from tests.tui.sessions import copy_of, editing_app, press, running, type_text


class Terminal:
    """What a terminal of this size would show of all that the app displayed."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.written = 0

    def feed(self, data: str) -> None:
        self.written += len(data.encode())
        self.stream.feed(data)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display) + "\n"


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_the_terminal_shows_what_the_app_means(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    SHOWN.forget()
    async with running(app, size) as pilot:
        terminal = Terminal(*size)
        driver = app._driver
        monkeypatch.setattr(driver, "write", terminal.feed)
        monkeypatch.setattr(type(driver), "is_headless", property(lambda self: False))
        app.redraw()
        await pilot.pause()
        for keys in ("j", "l", "l", "j", "h", "tab", "z", "z", "v", "v", "v", "?", "escape", "1", "f", "a", "escape"):
            await press(pilot, keys)
        await press(pilot, "e")
        await type_text(pilot, " 漢字 and 👍 more, over the line's end")
        await pilot.pause()
        assert terminal.text == screen_text(app)
        await press(pilot, "enter", "d", "u")
        await pilot.pause()
        assert terminal.text == screen_text(app)


async def test_every_screen_and_dialog_is_written_sparingly(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        for keys in (["?"], ["f", "a"], ["y"], [":"], ["i"]):
            await press(pilot, *keys)
            assert all(isinstance(screen._compositor, SparseCompositor) for screen in app.screen_stack), keys
            await press(pilot, "escape")


def test_what_is_shown_already_is_not_written_again() -> None:
    from rich.console import Console
    from rich.segment import Segment
    from textual.strip import Strip

    SHOWN.forget()
    console = Console(color_system="standard")
    pen = Pen(console)
    pen.write(0, 0, Strip([Segment("hello world, this is a line")]))
    assert pen.finish() == "\x1b[1Hhello world, this is a line"
    pen = Pen(console)
    pen.write(0, 0, Strip([Segment("hello world, this is A line")]))
    assert pen.finish() == "\x1b[1;22HA"
    pen = Pen(console)
    pen.write(0, 0, Strip([Segment("hello world, this is A line")]))
    assert pen.finish() == ""
    SHOWN.forget()
    pen = Pen(console)
    pen.write(5, 2, Strip([Segment("漢字")]))
    pen.write(5, 2, Strip([Segment("漢x ")]))
    assert pen.finish() == "\x1b[3;6H漢字\x1b[3;8Hx "


def test_the_names_of_textual_that_are_used_are_there() -> None:
    for name in ("render_partial_update", "render_full_update"):
        assert callable(getattr(Compositor, name))
