"""What list-like screens share: rows with a cursor, and the actions that move it.

A screen says what its rows are and what is told below them of the row under the cursor; the rest is here.
"""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.session.session import Session
from canvas_tui.tui.fixing import FixingScreen
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.base import HEAD
from canvas_tui.tui.views.rows import Rows

Listed = tuple[Line, str | None]  # a row, and the key of what is on it (an address); None where the cursor does not go


class ListingScreen(FixingScreen):
    """A screen that is one list. `key` of a row is what `selected` gives, where it is an address."""

    def __init__(self, controller: Session) -> None:
        super().__init__(controller)
        self.list = Rows()
        self.keys_of_rows: list[str | None] = []
        self._made_for = 0  # the columns that the rows were made for

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
        return key if key is not None and self.controller.workspace.find(key) is not None else None

    @property
    def spot(self) -> tuple[int, ...] | None:
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

    # actions

    def do_cursor_up(self) -> None:
        self.list.move(-1)
        self.repaint()

    def do_cursor_down(self) -> None:
        self.list.move(1)
        self.repaint()

    def do_first(self) -> None:
        self.list.first()
        self.repaint()

    def do_last(self) -> None:
        self.list.last()
        self.repaint()

    def do_page_up(self) -> None:
        self.list.page(-1)
        self.repaint()

    def do_page_down(self) -> None:
        self.list.page(1)
        self.repaint()

    def can_next_canvas(self) -> bool:
        return bool(self.controller.workspace.canvases)

    can_previous_canvas = can_next_canvas

    def do_next_canvas(self) -> None:
        """From a list, to the canvas that was looked at last."""
        self.canvas_app.open_screen("board")

    do_previous_canvas = do_next_canvas

    def can_open(self) -> bool:
        return self.here_key is not None
