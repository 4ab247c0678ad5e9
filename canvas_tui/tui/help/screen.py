"""The keys of the screen that help was asked on, all of them, over the whole window."""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.tui.dialogs.listing import Listed, ListingDialog, Page
from canvas_tui.tui.help.view import help_lines
from canvas_tui.tui.input.actions import screen_entry
from canvas_tui.tui.input.keymap import shown_key
from canvas_tui.tui.screens.base import CanvasScreen


class HelpScreen(ListingDialog):
    """Scrolls; Esc, q, ? and F1 close it."""

    def __init__(self, below: CanvasScreen) -> None:
        """`below` is the screen that help was asked on."""
        self._below = below
        page = Page(f"Keys on {screen_entry(below.screen_name).words}", self._rows)
        super().__init__((page,), is_whole=True, closing_keys=("?", "f1"))

    def _rows(self, columns: int) -> Sequence[Listed]:
        below, shell = self._below, self._below.shell
        actions = shell.keys.keymap.on(below.screen_name, read_only=shell.session.is_read_only)
        rows = self.app.size.height - 2
        lines = help_lines(actions, columns, rows, lambda key: shown_key(key, ascii_only=shell.is_ascii), below.legend)
        return [(line, None) for line in lines]
