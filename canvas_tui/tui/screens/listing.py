"""What list-like screens share: rows with a cursor, the actions that move it, and those on the element under it.

A screen says what its rows are and what is told below them of the row under the cursor; the rest is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from canvas_tui.tui.deeds import Deed, Deeds
from canvas_tui.tui.dialogs.frame import Spot
from canvas_tui.tui.element_actions import ElementActions, UnderCursor
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.base import HEAD, CanvasScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.views.rows import Rows

Listed = tuple[Line, str | None]  # a row, and the key of what is on it (an address); None where the cursor does not go


class ListingScreen(CanvasScreen):
    """A screen that is one list. `key` of a row is what `selected` gives, where it is an address."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list = Rows()
        self.keys_of_rows: list[str | None] = []
        self._made_for = 0  # the columns that the rows were made for
        self.elements = ElementActions(shell, UnderCursor(lambda: self.selected, lambda: self.selected_item))
        to_board = Deed(lambda: shell.open_screen("board"), can=lambda: bool(self.session.workspace.canvases))
        self.list_deeds: Deeds = {
            "cursor-up": self.moving(lambda: self.list.move(-1)),
            "cursor-down": self.moving(lambda: self.list.move(1)),
            "first": self.moving(self.list.first),
            "last": self.moving(self.list.last),
            "page-up": self.moving(lambda: self.list.page(-1)),
            "page-down": self.moving(lambda: self.list.page(1)),
            "next-canvas": to_board,  # from a list, to the canvas that was looked at last
            "previous-canvas": to_board,
        }

    def offer(self, own: Deeds, *attached: Deeds) -> None:
        super().offer(own, *attached, self.elements.deeds, self.list_deeds)

    def make_rows(self, columns: int) -> Sequence[Listed]:
        """The rows, for a window this wide."""
        return ()

    def rows_and_keys(self, columns: int) -> tuple[Sequence[Line], list[str | None]]:
        """The rows and their keys apart: a screen of thousands of rows gives lines that are made when they are seen."""
        made = list(self.make_rows(columns))
        return [line for line, _ in made], [key for _, key in made]

    def waiting_rows(self) -> tuple[Sequence[Line], list[str | None]]:
        """What stands here for a moment, until graph and findings are made."""
        return [(("  Working it out ", "dim"), (self.marks.ellipsis, "dim"))], [None]

    def detail(self, columns: int, rows: int) -> list[Line]:
        """What is told below the list of the row under the cursor; at most `rows` lines."""
        return []

    def detail_height(self, rows: int) -> int:
        """The lines kept free for `detail`; 0 for none."""
        return 0

    @property
    def here_key(self) -> str | None:
        """The key of the row under the cursor."""
        cursor = self.list.cursor
        return self.keys_of_rows[cursor] if self.list.has_cursor and cursor < len(self.keys_of_rows) else None

    @property
    def selected(self) -> str | None:
        key = self.here_key
        return key if key is not None and self.session.workspace.find(key) is not None else None

    @property
    def spot(self) -> Spot | None:
        return (1, HEAD + self.list.cursor - self.list.top) if self.list.has_cursor else None

    def put_cursor(self, address: str) -> bool:
        if not self._made_for:
            self._make(self.app.size.width)
        if address not in self.keys_of_rows:
            return False
        self.list.go(self.keys_of_rows.index(address))
        return True

    def follow(self) -> None:
        self._made_for = 0

    def body(self, columns: int, rows: int) -> list[Line]:
        if self._made_for != columns:
            self._make(columns)
        below = self.detail_height(rows)
        if not below:
            return self.list.lines(columns, rows, self.marks)
        room = rows - below - 1
        listed = self.list.lines(columns, room, self.marks)
        listed += [()] * (room - len(listed))
        edge: Line = ((self.marks.box[0] * columns, "border"),)
        return [*listed, edge, *self.detail(columns, below)]

    def _make(self, columns: int) -> None:
        before = self.here_key
        lines, keys = self.rows_and_keys(columns)
        self._made_for = columns
        self.keys_of_rows = keys
        selectable = frozenset(row for row, key in enumerate(self.keys_of_rows) if key is not None)
        at = self.keys_of_rows.index(before) if before in self.keys_of_rows and before is not None else None
        self.list.set(lines, at, selectable)

    def remake(self) -> None:
        """Make the rows anew and show them."""
        self._made_for = 0
        self.repaint()

    @property
    def legend(self) -> Sequence[tuple[str, str, str]]:
        from canvas_tui.tui.views.help import legend_of_lists

        return legend_of_lists(self.marks)

    # the mouse

    def clicked(self, x: int, y: int) -> None:
        row = self.list.row_at(y) if y < self.list.height else None
        if row is None:
            return
        if row == self.list.cursor:
            self.run_action_by_id("open")
        elif self.list.go(row):
            self.repaint()

    def scrolled(self, by: int) -> None:
        self.list.move(by)
        self.repaint()

    def moving(self, move: Callable[[], object]) -> Deed:
        """An action that moves the cursor of the list."""

        def do() -> None:
            move()
            self.repaint()

        return Deed(do)
