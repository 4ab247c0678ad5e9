"""Where the cells of a model stand in a window: a grid of rectangles with one border between two of them.

Pure arithmetic: template, size and needs in, rectangles out. Knows neither entries nor text nor the screen. A window
too narrow for all columns gives the one in focus what it needs to be read, and the others what is left.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import NamedTuple

from canvas_tui.core.template import CellSpec, Template

READABLE = 18  # a cell narrower than this does not wrap well, and is widened under the cursor
WIDE, LEAST_WIDE, SHRUNK = 35, 25, 11  # sizes with one border, of the column in focus and of the others
SMALLEST_TRACK = 5
Need = Callable[[str, int], int]  # from a cell and a width to the number of lines that show all of it


class Box(NamedTuple):
    """The inside of a top-level cell, in cells of the terminal from the grid's corner; borders are around it."""

    cell: str
    x: int
    y: int
    width: int
    height: int


class Grid(NamedTuple):
    """Borders at `xs` and `ys`, boxes between them. `owners[row][column]` is the box's cell on each track, or ""."""

    boxes: tuple[Box, ...]
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    owners: tuple[tuple[str, ...], ...]

    def row_at(self, y: int) -> int:
        """The row track that a line of the screen is on."""
        return max(0, min(len(self.ys) - 2, sum(line <= y for line in self.ys[1:])))


class Tracks(NamedTuple):
    """A template's grid with only the lines that some cell ends at: spans by cell, weights by track."""

    columns: dict[str, tuple[int, int]]  # cell to (first track, past the last)
    rows: dict[str, tuple[int, int]]
    column_weights: tuple[int, ...]
    row_weights: tuple[int, ...]


def tracks_of(template: Template) -> Tracks:
    """The tracks of a template's top-level cells."""
    cells = [cell for cell in template.cells if cell.inside is None and cell.columns and cell.rows]
    columns, column_weights = _spans(cells, lambda cell: cell.columns or (1, 1), template.column_weights)
    rows, row_weights = _spans(cells, lambda cell: cell.rows or (1, 1), template.row_weights)
    return Tracks(columns, rows, column_weights, row_weights)


def top_cell(template: Template, cell: str) -> str:
    """The top-level cell that a cell is or stands in."""
    spec = template.cell(cell)
    return spec.inside if spec is not None and spec.inside is not None else cell


def arrange(template: Template, columns: int, rows: int, focus: str, need: Need) -> Grid:
    """The grid in a window of `columns` x `rows`, borders included. The top-level cell `focus` gets room first.

    Where the window holds no readable grid at all, the cell in focus gets the whole of it.
    """
    tracks = tracks_of(template)
    xs = _borders_across(tracks, columns, focus)
    if len(tracks.row_weights) * 2 + 1 > rows or any(b - a < SMALLEST_TRACK for a, b in _sizes(tracks, xs)):
        return zoomed(focus, columns, rows)
    widths = {cell: _width_to_judge(tracks, cell, columns) for cell in tracks.columns}
    ys = _borders_down(tracks, rows, focus, {cell: need(cell, width) for cell, width in widths.items()})
    boxes = []
    for cell, (left, right) in tracks.columns.items():
        above, below = tracks.rows[cell]
        boxes.append(Box(cell, xs[left] + 1, ys[above] + 1, xs[right] - xs[left] - 1, ys[below] - ys[above] - 1))
    return Grid(tuple(boxes), xs, ys, _owners(tracks))


def zoomed(cell: str, columns: int, rows: int) -> Grid:
    """One cell in the whole window."""
    return Grid((Box(cell, 1, 1, columns - 2, rows - 2),), (0, columns - 1), (0, rows - 1), ((cell,),))


def widens(template: Template, cell: str, columns: int) -> bool:
    """Whether a window of this width is too narrow for this top-level cell unless it has the focus."""
    tracks = tracks_of(template)
    return cell in tracks.columns and _even_width(tracks, cell, columns) < READABLE


def _spans(
    cells: list[CellSpec], span_of: Callable[[CellSpec], tuple[int, int]], weights: tuple[int, ...]
) -> tuple[dict[str, tuple[int, int]], tuple[int, ...]]:
    lines = sorted({edge for cell in cells for edge in (span_of(cell)[0] - 1, span_of(cell)[1])})
    number = {line: index for index, line in enumerate(lines)}
    spans = {cell.id: (number[span_of(cell)[0] - 1], number[span_of(cell)[1]]) for cell in cells}
    return spans, tuple(sum(weights[a:b]) or b - a for a, b in itertools.pairwise(lines)) or (1,)


def _cumulated(weights: Iterable[float], size: int) -> tuple[int, ...]:
    """Borders of tracks that share `size` by weight, the first at 0."""
    listed = list(weights)
    total = sum(listed) or 1
    borders, done = [0], 0.0
    for weight in listed:
        done += weight
        borders.append(round(size * done / total))
    return tuple(borders)


def _even_width(tracks: Tracks, cell: str, columns: int) -> int:
    left, right = tracks.columns[cell]
    even = _cumulated(tracks.column_weights, columns - 1)
    return even[right] - even[left] - 1


def _wide_size(tracks: Tracks, cell: str, columns: int) -> int:
    """The size, one border included, of a cell's columns while it has the focus."""
    left, right = tracks.columns[cell]
    own = sum(tracks.column_weights[left:right])
    ratio = (sum(tracks.column_weights) - own) / own
    return max(LEAST_WIDE, min(WIDE, round(columns - 1 - ratio * SHRUNK)))


def _width_to_judge(tracks: Tracks, cell: str, columns: int) -> int:
    """The width for judging how many lines a cell needs: its width under the cursor, so rows do not jump."""
    even = _even_width(tracks, cell, columns)
    return even if even >= READABLE else _wide_size(tracks, cell, columns) - 1


def _borders_across(tracks: Tracks, columns: int, focus: str) -> tuple[int, ...]:
    if focus not in tracks.columns or _even_width(tracks, focus, columns) >= READABLE:
        return _cumulated(tracks.column_weights, columns - 1)
    left, right = tracks.columns[focus]
    wide = _wide_size(tracks, focus, columns)
    inside, outside = (sum(tracks.column_weights[left:right]), 0.0)
    outside = sum(tracks.column_weights) - inside
    rest = columns - 1 - wide
    sizes = [
        wide * weight / inside if left <= index < right else rest * weight / (outside or 1)
        for index, weight in enumerate(tracks.column_weights)
    ]
    return _cumulated(sizes, columns - 1)


def _sizes(tracks: Tracks, xs: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    return ((xs[left], xs[right]) for left, right in tracks.columns.values())


def _borders_down(tracks: Tracks, rows: int, focus: str, needs: dict[str, int]) -> tuple[int, ...]:
    """Share the height by weight. Then rows with spare lines give some to rows that need more."""
    count = len(tracks.row_weights)
    room = rows - count - 1
    even = _cumulated(tracks.row_weights, room)
    heights = [max(1, below - above) for above, below in itertools.pairwise(even)]
    while sum(heights) > room:
        heights[heights.index(max(heights))] -= 1

    def lack(cell: str) -> int:
        first, last = tracks.rows[cell]
        return needs[cell] - (sum(heights[first:last]) + last - first - 1)

    def can_spare(row: int) -> bool:
        return heights[row] > 2 and all(
            lack(cell) < 0 for cell, (first, last) in tracks.rows.items() if first <= row < last
        )

    for _ in range(room):
        short = max((cell for cell in tracks.rows if lack(cell) > 0), key=lambda c: (c == focus, lack(c)), default=None)
        if short is None:
            break
        first, last = tracks.rows[short]
        givers = [row for row in range(count) if not first <= row < last and can_spare(row)]
        if not givers and short == focus and count > 3:  # many rows: the one in focus is read, the others named
            givers = [row for row in range(count) if not first <= row < last and heights[row] > 1]
        if not givers:
            needs = {**needs, short: 0}
            continue
        giver = max(givers, key=lambda row: heights[row])
        heights[giver] -= 1
        heights[min(range(first, last), key=lambda row: heights[row])] += 1
    borders = [0]
    for height in heights:
        borders.append(borders[-1] + height + 1)
    return tuple(borders)


def _owners(tracks: Tracks) -> tuple[tuple[str, ...], ...]:
    owners = [["" for _ in tracks.column_weights] for _ in tracks.row_weights]
    for cell, (left, right) in tracks.columns.items():
        above, below = tracks.rows[cell]
        for row in range(above, below):
            owners[row][left:right] = [cell] * (right - left)
    return tuple(tuple(row) for row in owners)
