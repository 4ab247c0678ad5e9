"""The search: what is typed is looked for as it is typed; Enter goes there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events

from canvas_tui.core.search import Hit, Searcher
from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.input.actions import Action
from canvas_tui.tui.input.deeds import Deed
from canvas_tui.tui.paint.rows import LazyLines
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.listing import Listing, ListingScreen
from canvas_tui.tui.search.view import search_header, search_rows
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.worked_out import Recipe

_KEYS = {
    "up": "cursor-up", "down": "cursor-down", "ctrl+n": "cursor-down", "tab": "cursor-down",
    "shift+tab": "cursor-up", "pageup": "page-up", "pagedown": "page-down",
    "escape": "back", "enter": "open", "f1": "help",
}  # fmt: skip


class SearchScreen(ListingScreen[Hit]):
    """Letters are typed into the field, so only keys without a letter do something here."""

    screen_name: ClassVar[str] = "search"
    takes_paste: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        # that nothing was found is told already
        self.offer({"open": Deed(self._open, can=lambda: self.here_key is not None, none=lambda: None)})
        self.buffer = Buffer()
        self._searcher = Searcher()
        self._start = 0

    def header(self, columns: int) -> Line:
        """The line on top: the field, and how many hits there are."""
        found = None if self._worked_out.is_waiting else len(self.listing.rows)
        line, self._start = search_header(self.buffer, self._start, found, columns, self.marks)
        return line

    def recipe(self, columns: int) -> Recipe[Listing[Hit]]:
        """How to make the rows for what is typed now."""
        workspace, words, marks = self.session.workspace, self.buffer.text, self.marks

        def make(go_on: GoOn) -> Listing[Hit]:
            hits = self._searcher.search(workspace, words, go_on)
            rows = search_rows(hits, words, workspace, columns, marks)
            return Listing.of(LazyLines(len(rows), lambda at: rows[at].line), [row.address for row in rows], hits)

        return Recipe((workspace,), (columns, words), workspace.size if words.strip() else 0, make)

    def actions_here(self, *, only_ranked: bool = False) -> Iterable[Action]:
        """The actions whose key is not a letter: letters are typed into the field."""
        wanted = {"open", "back", "cursor-up", "cursor-down"}
        return [action for action in super().actions_here(only_ranked=only_ranked) if action.id in wanted]

    @property
    def legend(self) -> Sequence[tuple[str, str, str]]:
        """No marks: the search shows none."""
        return ()

    def on_key(self, event: events.Key) -> None:
        if event.key == "ctrl+c":
            return
        event.stop()
        event.prevent_default()
        if (action := _KEYS.get(event.key)) is not None:
            self.run_action_by_id(action)
        elif (changed := self.buffer.pressed(event.key, event.character)) is not None:
            self._type(changed)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._type(self.buffer.typed(event.text))

    def _open(self) -> None:
        """Go to the hit under the cursor."""
        if self.selected is not None:
            self.shell.goto(self.selected)

    def _type(self, buffer: Buffer) -> None:
        is_other = buffer.text != self.buffer.text
        self.buffer = buffer
        if is_other:
            # the cursor goes to the best hit, not back to its old row; until hits are found it is nowhere
            self.forget_keys()
            self.listing = Listing(self.listing.lines)
            self.list.set(self.listing.lines, 0, frozenset())
            self.list.cursor = self.list.top = 0
            self._made_for = 0
        self.repaint()
