"""Screens as plain text, compared with files under goldens/.

`CANVAS_TUI_UPDATE_GOLDENS=1 pytest tests/tui` writes them anew: look at the diff before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_tui.tui.paint.style import Line, plain

if TYPE_CHECKING:
    from textual.app import App

FOLDER = Path(__file__).parent / "goldens"


def screen_text(app: App[Any]) -> str:
    """What the whole screen shows now, dialogs included, without colours; trailing spaces left out."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


def status(app: App[Any]) -> str:
    """The last line of the screen."""
    return screen_text(app).splitlines()[-1]


def lines_text(lines: Iterable[Line]) -> str:
    """Lines as text, trailing spaces left out."""
    return "\n".join(plain(line).rstrip() for line in lines) + "\n"


def assert_golden(name: str, text: str) -> None:
    """The text is what goldens/<name>.txt holds."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("CANVAS_TUI_UPDATE_GOLDENS") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden {path.name} - CANVAS_TUI_UPDATE_GOLDENS=1 writes it"
    assert text == path.read_text(encoding="utf-8")
