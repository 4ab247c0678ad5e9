"""A whole board as Lines: borders and titles from the grid, and every cell drawn into its box.

Pure: contents, grid, cursor and marks in; lines, and where everything stands, out. Decides how borders meet and what a
title says; never where a cell is (layout) nor what an entry looks like (cell).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from canvas_tui.core.cutting import beginning
from canvas_tui.core.text import clean, clip, width
from canvas_tui.tui.board.cell import Drawn, Section, Spot, draw_section, sections
from canvas_tui.tui.board.contents import CellView, Contents
from canvas_tui.tui.board.layout import Box, Grid, top_cell
from canvas_tui.tui.paint.style import Line, Marks, Span

# which arms a border sign has: up, right, down, left as bits 8, 4, 2, 1; index into Marks.box
_ARMS = {
    5: 0, 4: 0, 1: 0, 10: 1, 8: 1, 2: 1, 6: 2, 3: 3, 12: 4, 9: 5, 14: 6, 11: 7, 7: 8, 13: 9, 15: 10, 0: 0,
}  # fmt: skip


class Painting(NamedTuple):
    """The board's lines, where entries and empty cells stand, and the first entry in sight by cell."""

    lines: list[Line]
    spots: tuple[Spot, ...]
    tops: Mapping[str, int]

    def spot_of(self, cell: str, place: int | None) -> Spot | None:
        """Where an entry, or an empty cell, is shown; None where it is out of sight."""
        return next((spot for spot in self.spots if spot.cell == cell and spot.place == place), None)

    def level_with(self, y: int, contents: Contents) -> dict[str, tuple[str, int | None]]:
        """For each top-level cell, the cell and place of what it shows nearest to a line of the board."""
        nearest: dict[str, Spot] = {}
        for spot in self.spots:
            top = top_cell(contents.template, spot.cell)
            best = nearest.get(top)
            if best is None or spot.away_from(y) < best.away_from(y):
                nearest[top] = spot
        return {top: (spot.cell, spot.place) for top, spot in nearest.items()}

    def spot_at(self, x: int, y: int) -> Spot | None:
        """What is shown at these cells of the board, or nearest above it in the same box."""
        column = [spot for spot in self.spots if spot.x <= x < spot.x + spot.width]
        hit = next((spot for spot in column if spot.y <= y < spot.y + spot.height), None)
        above = [spot for spot in column if spot.y <= y]
        return hit or max(above, key=lambda spot: spot.y, default=None)


def paint_board(
    contents: Contents, grid: Grid, cell: str, place: int | None, tops: Mapping[str, int], marks: Marks
) -> Painting:
    """Draw the board with the cursor on entry number `place` of `cell`'s shown entries (None: on the empty cell)."""
    here = top_cell(contents.template, cell)
    pieces: list[list[tuple[int, Line]]] = [[] for _ in range(grid.ys[-1] + 1)]
    spots: list[Spot] = []
    new_tops: dict[str, int] = {}
    for box in grid.boxes:
        chain = [contents.cells[identity] for identity in contents.chain(box.cell)]
        y = box.y
        for section in sections(chain, box.width, box.height, cell):
            drawn = _drawn(contents, section, box, cell, place, tops, marks)
            new_tops[section.cell] = drawn.top
            for line in drawn.lines:
                pieces[y].append((box.x, line))
                y += 1
            spots += [
                Spot(spot.cell, spot.place, box.x + spot.x, box.y + spot.y, spot.width, spot.height)
                for spot in drawn.spots
            ]
    for y, x, line in _borders(contents, grid, here, marks):
        pieces[y].append((x, line))
    lines = [_joined(row) for row in pieces]
    return Painting(lines, tuple(spots), new_tops)


def _drawn(
    contents: Contents, section: Section, box: Box, cell: str, place: int | None, tops: Mapping[str, int], marks: Marks
) -> Drawn:
    view = contents.cells[section.cell]
    is_here = section.cell == cell
    return draw_section(view, section, box.width, place, is_here, tops.get(section.cell, 0), contents.signs, marks)


def _joined(pieces: list[tuple[int, Line]]) -> Line:
    """The pieces of one screen line, by their x, as one line; equal neighbours become one span."""
    spans: list[Span] = []
    for _, line in sorted(pieces, key=lambda piece: piece[0]):
        for text, style in line:
            if spans and spans[-1][1] == style:
                spans[-1] = (spans[-1][0] + text, style)
            else:
                spans.append((text, style))
    return tuple(spans)


def _borders(contents: Contents, grid: Grid, here: str, marks: Marks) -> list[tuple[int, int, Line]]:
    """Every piece of border as (y, x, line): signs where lines meet, sides, and tops with their titles."""
    found: list[tuple[int, int, Line]] = []
    titles = {(box.y - 1, box.x): box for box in grid.boxes}
    for row, y in enumerate(grid.ys):
        signs: dict[int, Span] = {}
        for column, x in enumerate(grid.xs):
            if sign := _corner(grid, row, column, here, marks):
                signs[x] = sign
            if column + 1 < len(grid.xs) and _differs(grid, row - 1, column, row, column):
                style = _border_style(grid, here, (row - 1, column), (row, column))
                signs.update((at, (marks.box[0], style)) for at in range(x + 1, grid.xs[column + 1]))
        for (title_y, x), box in titles.items():
            if title_y == y:
                _put_title(signs, x, contents, box, here)
        found += [(y, x, (span,)) for x, span in signs.items() if span[0]]
        if row + 1 < len(grid.ys):
            found += _sides(grid, row, here, marks)
    return found


def _sides(grid: Grid, row: int, here: str, marks: Marks) -> list[tuple[int, int, Line]]:
    found: list[tuple[int, int, Line]] = []
    for column, x in enumerate(grid.xs):
        if _differs(grid, row, column - 1, row, column):
            line: Line = ((marks.box[1], _border_style(grid, here, (row, column - 1), (row, column))),)
            found += [(y, x, line) for y in range(grid.ys[row] + 1, grid.ys[row + 1])]
    return found


def _corner(grid: Grid, row: int, column: int, here: str, marks: Marks) -> Span | None:
    up = _differs(grid, row - 1, column - 1, row - 1, column)
    down = _differs(grid, row, column - 1, row, column)
    left = _differs(grid, row - 1, column - 1, row, column - 1)
    right = _differs(grid, row - 1, column, row, column)
    arms = 8 * up + 4 * right + 2 * down + left
    if not arms:
        return None
    around = [(row - 1, column - 1), (row - 1, column), (row, column - 1), (row, column)]
    return marks.box[_ARMS[arms]], _border_style(grid, here, *around)


def _border_style(grid: Grid, here: str, *around: tuple[int, int]) -> str:
    return "border-here" if any(_owner(grid, row, column) == here for row, column in around) else "border"


def _differs(grid: Grid, row: int, column: int, other_row: int, other_column: int) -> bool:
    return _owner(grid, row, column) != _owner(grid, other_row, other_column)


def _owner(grid: Grid, row: int, column: int) -> str:
    if 0 <= row < len(grid.owners) and 0 <= column < len(grid.owners[0]):
        return grid.owners[row][column]
    return ""


def _put_title(signs: dict[int, Span], x: int, contents: Contents, box: Box, here: str) -> None:
    """Write a cell's title over its top border, and its count at the right end."""
    view = contents.cells[box.cell]
    is_here = box.cell == here
    title, count = _title(view, box.width)
    _write(signs, x, title, "cell-here" if is_here else "cell-title")
    if count:
        _write(signs, x + box.width - width(count), count, "count")


def _title(view: CellView, columns: int) -> tuple[str, str]:
    """Number, title and count, cut to the length of the border."""
    number = f"{view.number} " if view.number else ""
    written = view.count - view.blank
    shown = f"{len(view.shown)}/{view.count}" if view.hidden else str(written)
    is_roomy = columns >= 16
    count = f" {shown} " if is_roomy else shown
    room = columns - width(count) - (4 if is_roomy else 1)
    long, short = clean(beginning(view.spec.title)), clean(beginning(view.spec.short))
    words = long if width(number + long) <= room else short
    name = clip(number + words, room, ellipsis="" if columns < 16 else "…")
    return (f" {name} " if is_roomy else name), (count if written else "")


def _write(signs: dict[int, Span], x: int, text: str, style: str) -> None:
    from canvas_tui.core.cells import clusters

    for cluster, cells in clusters(text):
        signs[x] = (cluster, style)
        for extra in range(1, cells):
            signs[x + extra] = ("", style)
        x += cells
