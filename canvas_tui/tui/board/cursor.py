"""The cursor of a board: which entry of which cell, where the arrows lead, and how it stays on its entry.

Pure. Neighbours are found on the model's own grid, not on the screen, so that a column that widens under the cursor
never changes where a key leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from canvas_tui.core.template import Template
from canvas_tui.tui.board.contents import CellView, Contents
from canvas_tui.tui.board.layout import Tracks, top_cell, tracks_of

Direction = Literal["up", "down", "left", "right"]


class Cursor(NamedTuple):
    """On entry number `place` of a cell's shown entries, or on the cell itself (None) where it shows none.

    `address` and `text` are of the entry, to find it again. `lane` is the column track that up and down keep to.
    """

    cell: str
    place: int | None = None
    address: str = ""
    text: str = ""
    lane: int | None = None


def cursor_on(contents: Contents, cell: str, place: int | None, lane: int | None = None) -> Cursor:
    """The cursor on the entry of a cell that is nearest to `place`."""
    view = contents.cells[cell]
    if not view.shown:
        return Cursor(cell, None, view.address, "", lane)
    place = max(0, min(place or 0, len(view.shown) - 1))
    entry = view.shown[place]
    return Cursor(cell, place, entry.address, entry.entry.text, lane)


def first_cursor(contents: Contents) -> Cursor:
    """Where the cursor is when a board is opened: the first entry of the first cell."""
    return cursor_on(contents, contents.order[0], 0)


def cursor_at(contents: Contents, address: str) -> Cursor | None:
    """The cursor on an entry or a cell by its address; on the canvas's first cell for the canvas itself."""
    if address == contents.canvas.id:
        return first_cursor(contents)
    canvas, _, rest = address.partition("/")
    cell, _, number = rest.partition("/")
    if canvas == contents.canvas.id and cell in contents.cells and not number:
        return cursor_on(contents, cell, 0)
    for identity, view in contents.cells.items():
        place = view.place_of(address)
        if place is not None:
            return cursor_on(contents, identity, place)
    return None


def found_again(contents: Contents, cursor: Cursor) -> Cursor:
    """The cursor on the same entry after an edit, by its id, else by its text in the cell, else where it stood.

    An entry that got its first id is found by its text; one whose text changed, by its place.
    """
    view = contents.cells.get(cursor.cell)
    if view is None:
        return first_cursor(contents)
    if cursor.place is None:
        return cursor_on(contents, cursor.cell, 0, cursor.lane)
    if "/" not in cursor.address:  # an id of its own
        for identity, other in contents.cells.items():
            place = other.place_of(cursor.address)
            if place is not None:
                return cursor_on(contents, identity, place, cursor.lane)
        return cursor_on(contents, cursor.cell, cursor.place, cursor.lane)
    place = _by_text(view, cursor)
    return cursor_on(contents, cursor.cell, cursor.place if place is None else place, cursor.lane)


def _by_text(view: CellView, cursor: Cursor) -> int | None:
    assert cursor.place is not None
    same = [place for place, entry in enumerate(view.shown) if entry.entry.text == cursor.text]
    return min(same, key=lambda place: abs(place - (cursor.place or 0)), default=None)


def step(
    contents: Contents,
    cursor: Cursor,
    direction: Direction,
    row: int,
    level: Mapping[str, tuple[str, int | None]] = MappingProxyType({}),
) -> Cursor:
    """Where an arrow leads. `row` is the row track the cursor is on now.

    `level` gives, for a top-level cell entered from the side, the cell and place that stand at the cursor's height.
    """
    template = contents.template
    if direction in ("up", "down"):
        within = _within(contents, cursor, 1 if direction == "down" else -1)
        if within is not None:
            return within
        lane = _lane(template, cursor)
        top = neighbour(template, top_cell(template, cursor.cell), direction, lane)
        if top is None:
            return cursor
        if direction == "down":
            return cursor_on(contents, top, 0, lane)
        return cursor_on(contents, contents.chain(top)[-1], 1_000_000, lane)
    top = neighbour(template, top_cell(template, cursor.cell), direction, row)
    if top is None:
        return cursor
    entered, place = level.get(top, (top, 0))
    arrived = cursor_on(contents, entered, place)
    return arrived._replace(lane=_middle(tracks_of(template), top))


def _within(contents: Contents, cursor: Cursor, by: int) -> Cursor | None:
    """The next entry up or down in the same box: in the cell, or in a sub-cell at its foot."""
    view = contents.cells[cursor.cell]
    if cursor.place is not None and 0 <= cursor.place + by < len(view.shown):
        return cursor_on(contents, cursor.cell, cursor.place + by, cursor.lane)
    chain = contents.chain(top_cell(contents.template, cursor.cell))
    next_at = chain.index(cursor.cell) + by
    if 0 <= next_at < len(chain):
        return cursor_on(contents, chain[next_at], 0 if by > 0 else 1_000_000, cursor.lane)
    return None


def neighbour(template: Template, top: str, direction: Direction, lane: int) -> str | None:
    """The top-level cell next to another; of several, the one on the `lane` (a track across the way one goes)."""
    tracks = tracks_of(template)
    along, across = (tracks.columns, tracks.rows) if direction in ("left", "right") else (tracks.rows, tracks.columns)
    if top not in along:
        return None
    first, past = along[top]
    forward = direction in ("right", "down")
    ahead = [
        cell for cell, (a, b) in along.items() if cell != top and (a >= past if forward else b <= first)
    ]  # fmt: skip
    if not ahead:
        return None
    own = across[top]

    def cost(cell: str) -> tuple[bool, int, int, int]:
        a, b = across[cell]
        off_lane = 0 if a <= lane < b else min(abs(a - lane), abs(b - 1 - lane))
        gap = along[cell][0] - past if forward else first - along[cell][1]
        return (a >= own[1] or b <= own[0], gap, off_lane, a)

    best = min(ahead, key=cost)
    return None if cost(best)[0] else best


def next_in_order(contents: Contents, cell: str, by: int) -> str:
    """The next cell in fill order, sub-cells among them, round and round."""
    order = contents.order
    return order[(order.index(cell) + by) % len(order)]


def _lane(template: Template, cursor: Cursor) -> int:
    tracks, top = tracks_of(template), top_cell(template, cursor.cell)
    first, past = tracks.columns.get(top, (0, 1))
    if cursor.lane is not None and first <= cursor.lane < past:
        return cursor.lane
    return first


def _middle(tracks: Tracks, top: str) -> int:
    first, past = tracks.columns[top]
    return (first + past - 1) // 2
