"""The keys of the screen that help was asked on, all of them, over the whole window."""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.tui.dialogs.listing import Listed, ListingDialog, Page
from canvas_tui.tui.keys import shown_key
from canvas_tui.tui.look import Marks
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.views.help import WORDS_ON_SCREEN, help_lines


class HelpScreen(ListingDialog):
    """Scrolls; Esc, q, ? and F1 close it."""

    def __init__(self, shell: Shell, below: str) -> None:
        """`below` is the name of the screen that help was asked on."""
        self._shell, self._below = shell, below
        page = Page(f"Keys on {WORDS_ON_SCREEN.get(below, 'this screen')}", self._rows)
        super().__init__((page,), is_whole=True, closing_keys=("?", "f1"))

    def _rows(self, columns: int) -> Sequence[Listed]:
        shell = self._shell
        actions = shell.keys.keymap.on(self._below, read_only=shell.session.is_read_only)
        lines = help_lines(
            actions,
            columns,
            self.app.size.height - 2,
            lambda key: shown_key(key, ascii_only=shell.is_ascii),
            legend_on(self._below, self.marks),
            self._below,
        )
        return [(line, None) for line in lines]


def legend_on(screen: str, marks: Marks) -> list[tuple[str, str, str]]:
    """The marks of a screen: the sign, what it means in a word, and in a few."""
    shared = [
        (marks.orphan, "orphan", "orphan: leads to no goal"),
        (marks.error, "error", "an error: look at the findings"),
        (marks.separator, "warning", "a warning"),
    ]
    if screen == "board":
        return [
            ("3", "links it has", "how many links the entry has"),
            *shared,
            (marks.assumption, "assumption", "an assumption"),
            (marks.future, "not so yet", "future: not so yet"),
            (marks.validated, "validated", "validated"),
            (marks.refuted, "refuted", "refuted"),
        ]
    if screen == "search":
        return []
    bar = f"{marks.full}{marks.empty}"
    return [*shared, (bar, "how far", "how far, or how full")]
