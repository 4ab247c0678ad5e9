"""The inside of one cell as Lines: its entries wrapped or clipped, their marks, its prompt where it is empty.

Pure. Only what is visible is wrapped, and wrapped text is kept by text and width, so a cell of 500 entries or a text of
10 000 characters costs what is on the screen. Knows nothing of borders or of other cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from canvas_tui.core.cutting import beginning
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.text import clean, clip, width, wrap
from canvas_tui.tui.board.contents import CellView, EntryView, Signs
from canvas_tui.tui.look import Line, Marks, Span

_ROOMY = 16  # from this width on a space stands between state mark and text
_WRAPS = 11  # text narrower than this is clipped, not wrapped
_MARK = 2  # cells at the right edge for a link count or an alarm


class Spot(NamedTuple):
    """Where something is shown: entry number `place` of a cell's shown entries, or the cell itself (None)."""

    cell: str
    place: int | None
    x: int
    y: int
    width: int
    height: int

    def away_from(self, y: int) -> int:
        """How many lines lie between this and a line of the board; 0 where it is on it."""
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


@lru_cache(maxsize=4096)
def shown_lines(text: str, room: int, most: int) -> tuple[str, ...]:
    """A text on at most `most` lines of `room` cells, the last cut with an ellipsis where there is more."""
    if room < 1 or most < 1:
        return ("",)
    flat = clean(" ".join(text[: room * (most + 1) * 2 + 80].split()))
    if most == 1 or room < _WRAPS:
        return (clip(flat, room),)
    lines = wrap(flat, room)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], clip(" ".join(lines[most - 1 : most + 1]) + " ", room))


def gutter_of(columns: int) -> int:
    """Cells left of the text, for the cursor or the state's mark."""
    return 2 if columns >= _ROOMY else 1


def text_room(columns: int) -> int:
    """Cells for text in a cell of this width."""
    return max(1, columns - gutter_of(columns) - _MARK)


def lines_needed(view: CellView, columns: int, most: int = 40) -> int:
    """Lines that would show all of a cell, up to `most`."""
    room = text_room(columns)
    if not view.shown:
        return min(2, len(shown_lines(_prompt(view), room, 2)))
    needed = 0
    for entry in view.shown[:most]:
        needed += len(shown_lines(entry.entry.text, room, most))
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
        body, found, top = _entries(view, columns, room, cursor if is_here else None, top, signs, marks)
        offset = section.y + len(lines)
        spots += [Spot(view.id, place, 0, offset + y, columns, height) for place, y, height in found]
        lines += body
    lines += [((" " * columns, ""),)] * (section.height - len(lines))
    return Drawn(lines[: section.height], spots, top)


def sign_of(address: str, signs: Signs, marks: Marks) -> Span:
    """The mark at the right edge: not saved yet, an error, an orphan, a warning, or how many links there are."""
    if address in signs.unsaved:
        return marks.unsaved, "draft"
    if address in signs.errors:
        return marks.error, "error"
    if address in signs.orphans:
        return marks.orphan, "warning"
    if address in signs.warnings:
        return marks.separator, "warning"
    count = signs.links.get(address, 0)
    return ("9+" if count > 9 else str(count) if count else "", "count")


def state_mark(entry: EntryView, marks: Marks) -> Span:
    """The mark left of an entry whose state says that it is not plain fact."""
    match entry.entry.state:
        case "assumption":
            return marks.assumption, "dim"
        case "validated":
            return marks.validated, "good"
        case "refuted":
            return marks.refuted, "warning"
    return " ", ""


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
        _row(text, "prompt", (marks.cursor if is_here else " ", "accent"), mark if n == 0 else ("", ""), columns)
        for n, text in enumerate(texts)
    ]


def _entries(
    view: CellView, columns: int, room: int, cursor: int | None, top: int, signs: Signs, marks: Marks
) -> tuple[list[Line], list[tuple[int, int, int]], int]:
    """Lines, (place, y, height) of each entry in sight, and the first in sight."""
    shown, text_columns = view.shown, text_room(columns)
    if len(shown) <= room:
        top, last, each = 0, len(shown), _most_lines([entry.entry.text for entry in shown], text_columns, room)
        rest = ""
    else:
        seen = max(1, room - 1)
        top = _scrolled(top, cursor, seen, len(shown))
        last, each = top + seen, 1
        rest = _rest(top, len(shown) - last, columns)
    lines: list[Line] = []
    found: list[tuple[int, int, int]] = []
    for place in range(top, last):
        entry = shown[place]
        is_cursor = place == cursor
        texts = shown_lines(entry.entry.text, text_columns, each)
        found.append((place, len(lines), len(texts)))
        for number, text in enumerate(texts):
            left = (marks.cursor, "accent") if is_cursor else state_mark(entry, marks) if number == 0 else (" ", "")
            right = sign_of(entry.address, signs, marks) if number == 0 else ("", "")
            lines.append(_row(text, _style(entry, is_cursor=is_cursor), left, right, columns))
    if rest and len(lines) < room:
        lines.append(_row(rest, "dim", (" ", ""), ("", ""), columns))
    return lines, found, top


def _style(entry: EntryView, *, is_cursor: bool) -> str:
    """A placeholder looks like the prompt of an empty cell: it is one, with an entry's links."""
    return "prompt" if is_placeholder(entry.entry.text) else "chosen" if is_cursor else ""


def _most_lines(texts: Sequence[str], text_columns: int, room: int) -> int:
    """How many lines each entry may take so that all of them are in sight."""
    heights = [len(shown_lines(text, text_columns, room)) for text in texts]
    most = room
    while most > 1 and sum(min(height, most) for height in heights) > room:
        most -= 1
    return most


def _scrolled(top: int, cursor: int | None, seen: int, count: int) -> int:
    if cursor is not None:
        top = min(top, cursor)
        top = max(top, cursor - seen + 1)
    return max(0, min(top, count - seen))


def _rest(above: int, below: int, columns: int) -> str:
    parts = [f"+{count} {word}" for count, word in ((above, "above"), (below, "below")) if count]
    text = "  ".join(parts) if above else f"+{below}"
    return text if len(text) <= text_room(columns) else f"+{above + below}"


def _row(text: str, style: str, left: Span, right: Span, columns: int) -> Line:
    """One line of a cell: mark, text, and the mark at the right edge, each in its column."""
    gutter = gutter_of(columns)
    room = columns - gutter - width(right[0])
    spans = (
        left,
        (" " * (gutter - width(left[0])), ""),
        (clip(text, room), style),
        (" " * max(0, room - width(text)), ""),
        right,
    )
    return tuple(span for span in spans if span[0])


def _sub_title(view: CellView, columns: int, is_here: bool, marks: Marks) -> Line:
    room = text_room(columns) + _MARK
    long, short = clean(beginning(view.spec.title)), clean(beginning(view.spec.short))
    title = long if width(long) + 2 <= room else short
    text = clip(f"{marks.sub} {title}", room)
    return _row(text, "cell-here" if is_here else "sub", (" ", ""), ("", ""), columns)
