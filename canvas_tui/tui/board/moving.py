"""Moving about on the board: arrows, cells by number and order, pages, the mouse.

Owns what each of these keys means; where they lead is in `cursor`, what is shown where is the screen's to say.
"""

from __future__ import annotations

from canvas_tui.tui.board.cursor import Cursor, Direction, cursor_on, next_in_order, step
from canvas_tui.tui.board.editing import BoardEditing
from canvas_tui.tui.board.layout import Grid
from canvas_tui.tui.board.paint import Painting

_END = 1_000_000  # further down than any cell reaches


class BoardMoving(BoardEditing):
    """What BoardScreen's cursor can do. Needs the last grid and painting."""

    _grid: Grid | None = None
    _painting: Painting | None = None
    _is_zoomed = False

    def _move_to(self, cursor: Cursor) -> None:
        if cursor != self.cursor:
            self.cursor = cursor
            self.repaint()

    def do_cursor_up(self) -> None:
        self._step("up")

    def do_cursor_down(self) -> None:
        self._step("down")

    def do_cursor_left(self) -> None:
        self._step("left")

    def do_cursor_right(self) -> None:
        self._step("right")

    def _step(self, direction: Direction) -> None:
        if self._contents is None or self._grid is None or self._painting is None:
            return
        spot = self._painting.spot_of(self.cursor.cell, self.cursor.place)
        y = spot.y if spot else 0
        row = 0 if self._is_zoomed else self._grid.row_at(y)
        self._move_to(step(self._contents, self.cursor, direction, row, self._painting.level_with(y, self._contents)))

    def do_first(self) -> None:
        self._move_to(cursor_on(self.contents, self.cursor.cell, 0, self.cursor.lane))

    def do_last(self) -> None:
        self._move_to(cursor_on(self.contents, self.cursor.cell, _END, self.cursor.lane))

    def do_page_up(self) -> None:
        self._page(-1)

    def do_page_down(self) -> None:
        self._page(1)

    def _page(self, by: int) -> None:
        if self._painting is not None and self.cursor.place is not None:
            seen = len({spot.place for spot in self._painting.spots if spot.cell == self.cursor.cell})
            place = max(0, self.cursor.place + by * max(1, seen))
            self._move_to(cursor_on(self.contents, self.cursor.cell, place, self.cursor.lane))

    def do_next_cell(self) -> None:
        self._go_to(next_in_order(self.contents, self.cursor.cell, 1))

    def do_previous_cell(self) -> None:
        self._go_to(next_in_order(self.contents, self.cursor.cell, -1))

    def do_go_to_cell(self) -> None:
        order, number = self.contents.template.order, int(self.canvas_app.keys.last_key)
        if number <= len(order):
            self._go_to(order[number - 1])
        else:
            self.show_message(f"No cell {number} here: they go from 1 to {len(order)}")

    def _go_to(self, cell: str) -> None:
        self._move_to(cursor_on(self.contents, cell, 0))

    # the mouse

    def clicked(self, x: int, y: int) -> None:
        if self._painting is None or self.is_typing:
            return
        spot = self._painting.spot_at(x, y)
        if spot is not None:
            self._move_to(cursor_on(self.contents, spot.cell, spot.place))

    def scrolled(self, by: int) -> None:
        if self._contents is not None and not self.is_typing:
            place = self.cursor.place
            if place is not None:
                cursor = cursor_on(self.contents, self.cursor.cell, place + by, self.cursor.lane)
                self._move_to(cursor._replace(lane=self.cursor.lane))
