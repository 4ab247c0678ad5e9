"""The board as it was painted last: which cell is how large, and which entry stands where.

Owns the grid and the zoom. How a board is laid out and painted is in the pure `layout` and `paint`.
"""

from __future__ import annotations

from collections.abc import Mapping

from canvas_tui.tui.board.cell import Spot, lines_needed
from canvas_tui.tui.board.contents import Contents
from canvas_tui.tui.board.layout import Grid, arrange, top_cell, widens, zoomed
from canvas_tui.tui.board.paint import Painting, paint_board
from canvas_tui.tui.board.state import BoardState, View
from canvas_tui.tui.paint.style import Line, Marks


class Picture:
    """The last picture of the canvas that is shown; nothing is known before the first."""

    def __init__(self, state: BoardState, marks: Marks) -> None:
        self._state, self._marks = state, marks
        self.is_zoomed = False
        self._grid: Grid | None = None
        self._painting: Painting | None = None

    def lines(self, shown: Contents, columns: int, rows: int) -> list[Line]:
        """The board, painted anew. `shown` is the contents, with what is being typed."""
        view = self._state.view
        self._grid = self._arranged(self._state.contents, view, columns, rows)
        self._painting = paint_board(shown, self._grid, view.cursor.cell, view.cursor.place, view.tops, self._marks)
        view.tops.update(self._painting.tops)
        return self._painting.lines

    @property
    def spot(self) -> Spot | None:
        """Where the entry under the cursor is, in cells of the body."""
        cursor = self._state.cursor
        return self._painting.spot_of(cursor.cell, cursor.place) if self._painting is not None else None

    def spot_at(self, x: int, y: int) -> Spot | None:
        """What stands at these cells of the body."""
        return self._painting.spot_at(x, y) if self._painting is not None else None

    def entries_seen(self, cell: str) -> int:
        """How many entries of a cell are in sight."""
        spots = self._painting.spots if self._painting is not None else ()
        return len({spot.place for spot in spots if spot.cell == cell})

    def beside_cursor(self) -> tuple[int, Mapping[str, tuple[str, int | None]]] | None:
        """For a step to the left or right: the grid row of the cursor, and each cell's entry at the same height."""
        if self._grid is None or self._painting is None:
            return None
        y = spot.y if (spot := self.spot) else 0
        row = 0 if self.is_zoomed else self._grid.row_at(y)
        return row, self._painting.level_with(y, self._state.contents)

    def _arranged(self, contents: Contents, view: View, columns: int, rows: int) -> Grid:
        top = top_cell(contents.template, view.cursor.cell)
        if self.is_zoomed:
            return zoomed(top, columns, rows)
        if not view.wide or widens(contents.template, top, columns):
            view.wide = top

        def need(cell: str, width: int) -> int:
            chain = [contents.cells[identity] for identity in contents.chain(cell)]
            return sum(lines_needed(each, width) for each in chain) + len(chain) - 1

        return arrange(contents.template, columns, rows, view.wide, need)
