"""Moving about on the board: arrows, cells by number and order, pages, the mouse.

Owns what each of these keys means; `cursor` knows where they lead, and `picture` what is shown where.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.tui.board.cursor import Cursor, Direction, cursor_on, next_in_order, step
from canvas_tui.tui.board.picture import Picture
from canvas_tui.tui.board.state import BoardState
from canvas_tui.tui.input.deeds import Deed, Deeds

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell

_END = 1_000_000  # further down than any cell reaches


class BoardMoving:
    """What the board's cursor can do."""

    def __init__(self, shell: Shell, state: BoardState, picture: Picture, repaint: Callable[[], None]) -> None:
        self._shell, self._state, self._picture, self._repaint = shell, state, picture, repaint
        self.deeds: Deeds = {
            "cursor-up": Deed(lambda: self._step("up")),
            "cursor-down": Deed(lambda: self._step("down")),
            "cursor-left": Deed(lambda: self._step("left")),
            "cursor-right": Deed(lambda: self._step("right")),
            "first": Deed(lambda: self._go_to_entry(0)),
            "last": Deed(lambda: self._go_to_entry(_END)),
            "page-up": Deed(lambda: self._page(-1)),
            "page-down": Deed(lambda: self._page(1)),
            "next-cell": Deed(lambda: self._go_to_neighbour(1)),
            "previous-cell": Deed(lambda: self._go_to_neighbour(-1)),
            "go-to-cell": Deed(self._go_to_number),
        }

    def _move_to(self, cursor: Cursor) -> None:
        if cursor != self._state.cursor:
            self._state.cursor = cursor
            self._repaint()

    def _step(self, direction: Direction) -> None:
        beside = self._picture.beside_cursor()
        if beside is not None:
            self._move_to(step(self._state.contents, self._state.cursor, direction, *beside))

    def _go_to_entry(self, place: int) -> None:
        cursor = self._state.cursor
        self._move_to(cursor_on(self._state.contents, cursor.cell, place, cursor.lane))

    def _page(self, by: int) -> None:
        cursor = self._state.cursor
        if cursor.place is not None:
            self._go_to_entry(max(0, cursor.place + by * max(1, self._picture.entries_seen(cursor.cell))))

    def _go_to_neighbour(self, by: int) -> None:
        self._go_to(next_in_order(self._state.contents, self._state.cursor.cell, by))

    def _go_to_number(self) -> None:
        order, key = self._state.contents.template.order, self._shell.keys.last_key
        if not key.isdigit():  # chosen from the palette
            self._shell.say(f"Press the number of a cell: 1 to {min(9, len(order))}")
        elif int(key) <= len(order):
            self._go_to(order[int(key) - 1])
        else:
            self._shell.say(f"No cell {key} here: they go from 1 to {len(order)}")

    def _go_to(self, cell: str) -> None:
        self._move_to(cursor_on(self._state.contents, cell, 0))

    # the mouse

    def clicked(self, x: int, y: int) -> None:
        """The mouse was pressed in the body, at these cells of it."""
        spot = self._picture.spot_at(x, y)
        if spot is not None:
            self._move_to(cursor_on(self._state.contents, spot.cell, spot.place))

    def scrolled(self, by: int) -> None:
        """The wheel was turned: -1 up, 1 down."""
        cursor = self._state.cursor
        if cursor.place is not None:
            found = cursor_on(self._state.contents, cursor.cell, cursor.place + by, cursor.lane)
            self._move_to(found._replace(lane=cursor.lane))
