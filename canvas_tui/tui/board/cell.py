"""The inside of one cell as Lines: its entries, wrapped or clipped, with their marks; the prompt of an empty cell.

Pure. Only what is visible is wrapped, and wrapped text is kept by text and width, so a cell of 500 entries or a text of
10 000 characters costs what is on the screen. Knows nothing of borders or of other cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from canvas_tui.core.cutting import beginning
from canvas_tui.core.text import clean, clip, width
from canvas_tui.tui.board.contents import CellView, Signs
from canvas_tui.tui.board.entries import MARK, entry_lines, headings, row, shown_lines, shown_text, sign_of, text_room
from canvas_tui.tui.paint.style import Line, Marks, Span


class Spot(NamedTuple):
    """Where something is shown: entry number `place` of a cell's shown entries, or the cell itself (None)."""

    cell: str
    place: int | None
    x: int
    y: int
    width: int
    height: int

    def away_from(self, y: int) -> int:
        """How many lines lie between this spot and a line of the board; 0 where the line crosses the spot."""
        return max(self.y - y, y - (self.y + self.height - 1), 0)


class Section(NamedTuple):
    """A cell's part of a box: all of it, or a sub-cell's foot, whose first line is its title."""

    cell: str
    y: int
    height: int
    has_title: bool = False


class Drawn(NamedTuple):
    """A section's lines, each of the full width, where its entries stand, and its first entry in sight."""

    lines: list[Line]
    spots: list[Spot]
    top: int


def lines_needed(view: CellView, columns: int, most: int = 40) -> int:
    """Lines that would show all of a cell, up to `most`."""
    room = text_room(columns)
    if not view.shown:
        return min(2, len(shown_lines(_prompt(view), room, 2)))
    needed = len(headings(view.shown[:most]))
    for entry in view.shown[:most]:
        needed += len(shown_lines(shown_text(entry), room, most))
        if needed >= most:
            return most
    return needed


def sections(chain: Sequence[CellView], columns: int, height: int, here: str) -> list[Section]:
    """How a box is shared between a cell and the sub-cells at its foot.

    Where there is room for all, each stands right below the one before; else the sub-cells keep a third. In a box of
    one or two lines only the one that the cursor is in is shown.
    """
    if len(chain) == 1:
        return [Section(chain[0].id, 0, height)]
    if height < 1 + 2 * (len(chain) - 1):
        one = next((view for view in chain if view.id == here), chain[0])
        return [Section(one.id, 0, height, has_title=one is not chain[0] and height > 1)]
    needs = [lines_needed(chain[0], columns), *(1 + lines_needed(view, columns) for view in chain[1:])]
    heights = list(needs)
    least = [1, *(2 for _ in chain[1:])]
    share = max(2, height // 3 // (len(chain) - 1))
    while sum(heights) > height:
        over = [i for i in range(1, len(heights)) if heights[i] > max(least[i], min(share, needs[i]))]
        if not over:
            over = [0] if heights[0] > least[0] else [i for i in range(len(heights)) if heights[i] > least[i]]
        largest = max(over, key=lambda index: heights[index])
        heights[largest] -= 1
    spare = height - sum(heights)
    found, y = [], 0
    for number, (view, lines) in enumerate(zip(chain, heights, strict=True)):
        is_last = number == len(chain) - 1
        space = 0 if is_last else min(1, spare)  # one line between a cell and its sub-cell, where there is one
        spare -= space
        lines += spare if is_last else space
        found.append(Section(view.id, y, lines, has_title=number > 0))
        y += lines
    return found


def draw_section(
    view: CellView, section: Section, columns: int, cursor: int | None, is_here: bool, top: int,
    signs: Signs, marks: Marks,
) -> Drawn:  # fmt: skip
    """Draw a cell into its section. `cursor` is the place of the entry under the cursor, where `is_here`."""
    lines: list[Line] = []
    spots: list[Spot] = []
    if section.has_title:
        lines.append(_sub_title(view, columns, is_here, marks))
    room = section.height - len(lines)
    if room > 0 and not view.shown:
        offset = section.y + len(lines)
        body = _empty(view, columns, room, is_here, signs, marks)
        spots.append(Spot(view.id, None, 0, offset, columns, len(body)))
        lines += body
    elif room > 0:
        body, found, top = entry_lines(view, columns, room, cursor if is_here else None, top, signs, marks)
        offset = section.y + len(lines)
        spots += [Spot(view.id, place, 0, offset + y, columns, height) for place, y, height in found]
        lines += body
    lines += [((" " * columns, ""),)] * (section.height - len(lines))
    return Drawn(lines[: section.height], spots, top)


def _prompt(view: CellView) -> str:
    if view.hidden:
        return f"{view.hidden} hidden"
    return view.note or view.spec.prompt


def _empty(view: CellView, columns: int, room: int, is_here: bool, signs: Signs, marks: Marks) -> list[Line]:
    mark: Span = ("", "")
    if not view.hidden:
        mark = sign_of(view.address, signs, marks)
        mark = mark if mark[1] != "count" else ("", "")
    texts = shown_lines(_prompt(view), text_room(columns), min(room, 4))
    return [
        row(text, "prompt", (marks.cursor if is_here else " ", "accent"), mark if n == 0 else ("", ""), columns)
        for n, text in enumerate(texts)
    ]


def _sub_title(view: CellView, columns: int, is_here: bool, marks: Marks) -> Line:
    room = text_room(columns) + MARK
    long, short = clean(beginning(view.spec.title)), clean(beginning(view.spec.short))
    title = long if width(long) + 2 <= room else short
    text = clip(f"{marks.sub} {title}", room)
    return row(text, "cell-here" if is_here else "sub", (" ", ""), ("", ""), columns)
