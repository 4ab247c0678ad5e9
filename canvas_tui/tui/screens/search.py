"""The search: what is typed is looked for as it is typed; Enter goes there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events

from canvas_tui.core.search import Hit, Searcher
from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.actions import Action
from canvas_tui.tui.deeds import Deed
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.listing import Listed, ListingScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.views.search import search_header, search_rows

_KEYS = {
    "up": "cursor-up", "down": "cursor-down", "ctrl+n": "cursor-down", "tab": "cursor-down",
    "shift+tab": "cursor-up", "pageup": "page-up", "pagedown": "page-down",
    "escape": "back", "enter": "open", "f1": "help",
}  # fmt: skip


class SearchScreen(ListingScreen):
    """Letters are typed into the field, so only keys without a letter do something here."""

    screen_name: ClassVar[str] = "search"
    takes_paste: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.offer({"open": Deed(self._open, can=lambda: self.here_key is not None)})
        self.buffer = Buffer()
        self._searcher = Searcher()
        self._start = 0
        self._hits: list[Hit] = []
        self._found: tuple[str, Workspace | None] = ("", None)

    def header(self, columns: int) -> Line:
        line, self._start = search_header(self.buffer, self._start, len(self._look()), columns, self.marks)
        return line

    def make_rows(self, columns: int) -> Sequence[Listed]:
        rows = search_rows(self._look(), self.buffer.text, self.session.workspace, columns, self.marks)
        return [(row.line, row.address) for row in rows]

    def actions_here(self, *, only_ranked: bool = False) -> Iterable[Action]:
        """Those whose key is no letter: the others are typed."""
        wanted = {"open", "back", "cursor-up", "cursor-down"}
        return [action for action in super().actions_here(only_ranked=only_ranked) if action.id in wanted]

    @property
    def legend(self) -> Sequence[tuple[str, str, str]]:
        return ()

    def on_key(self, event: events.Key) -> None:
        if event.key == "ctrl+c":
            return
        event.stop()
        event.prevent_default()
        if event.key in _KEYS:
            self.deed(_KEYS[event.key]).do()
        elif (changed := self.buffer.pressed(event.key, event.character)) is not None:
            self._type(changed)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._type(self.buffer.typed(event.text))

    def _open(self) -> None:
        if self.selected is not None:
            self.shell.goto(self.selected)

    def _type(self, buffer: Buffer) -> None:
        is_other = buffer.text != self.buffer.text
        self.buffer = buffer
        if is_other:
            self.list.cursor = self.list.top = 0
            self.keys_of_rows = []  # the best hit gets the cursor, not the one it was on
            self._made_for = 0
        self.repaint()

    def _look(self) -> list[Hit]:
        """The hits, looked for again when the words or the workspace are other ones."""
        now = (self.buffer.text, self.session.workspace)
        if self._found[0] != now[0] or self._found[1] is not now[1]:
            self._found = now
            self._hits = self._searcher.search(now[1], now[0])
        return self._hits
