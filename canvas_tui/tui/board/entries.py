"""The entries of one cell as Lines: wrapped or clipped, with their marks, under the headings of their groups.

Pure. Only what is visible is wrapped, and wrapped text is kept by text and width. A heading is no place of its own: the
cursor never stands on one, and it belongs to the entry below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from canvas_tui.core.cutting import beginning
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.text import clean, clip, width, wrap
from canvas_tui.tui.board.contents import CellView, EntryView, Signs
from canvas_tui.tui.paint.parts import number
from canvas_tui.tui.paint.style import UNICODE, Line, Marks, Span

_ROOMY = 16  # from this width on a space stands between state mark and text
_WRAPS = 11  # text narrower than this is clipped, not wrapped
_ROOM_FOR_HEADINGS = 4  # lines; where a scrolled cell has fewer, they all go to entries
MARK = 2  # cells at the right edge for a link count or an alarm

Place = tuple[int, int, int]  # of an entry: its number among those shown, its first line, its height


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
    return max(1, columns - gutter_of(columns) - MARK)


def shown_text(entry: EntryView, marks: Marks = UNICODE) -> str:
    """What an entry says in its cell: its text, and the number it is to reach."""
    target = entry.entry.target
    if target is None:
        return entry.entry.text
    return f"{entry.entry.text} {marks.arrow} {target if isinstance(target, str) else number(target)}"


def sign_of(address: str, signs: Signs, marks: Marks) -> Span:
    """The mark at the right edge: not saved yet, how severe a finding is and whether it is an orphan, or its links."""
    if address in signs.unsaved:
        return marks.unsaved, "draft"
    orphan = marks.orphan if address in signs.orphans else ""
    if address in signs.errors:
        return f"{marks.error}{orphan}", "error"
    if address in signs.warnings:
        return f"{marks.separator}{orphan}", "warning"
    if address in signs.infos:
        return f"{marks.separator}{orphan}", "dim"
    count = signs.links.get(address, 0)
    return ("9+" if count > 9 else str(count) if count else "", "count")


def state_mark(entry: EntryView, marks: Marks) -> Span:
    """The mark left of an entry that is not a plain fact: a plan, or a state such as "assumption"."""
    if entry.entry.is_future:
        return marks.future, "dim"
    match entry.entry.state:
        case "assumption":
            return marks.assumption, "dim"
        case "validated":
            return marks.validated, "good"
        case "refuted":
            return marks.refuted, "warning"
    return " ", ""


def headings(shown: Sequence[EntryView], *, has_gaps: bool = True) -> dict[int, str]:
    """The headings by the entry they stand above: a group where it begins, and "" for a blank line where one ends."""
    found: dict[int, str] = {}
    if not any("group" in entry.entry.fields for entry in shown):
        return found  # true of nearly every cell, and this runs at every paint
    before = ""
    for place, entry in enumerate(shown):
        group = entry.entry.group
        if group != before and (group or has_gaps):
            found[place] = group
        before = group
    return found


class _Window(NamedTuple):
    """What of a cell is in sight: entries `top` to before `last`, `each` of so many lines, under these headings."""

    top: int
    last: int
    each: int
    heads: Mapping[int, str]


def _window(view: CellView, columns: int, room: int, cursor: int | None, top: int, marks: Marks) -> _Window:
    """All entries where each has a line, with as many of their headings as fit; else those around the cursor."""
    shown = view.shown
    count = len(shown)
    if count <= room:
        wanted = (headings(shown), headings(shown, has_gaps=False))
        heads = next((each for each in wanted if count + len(each) <= room), {})
        texts = [shown_text(entry, marks) for entry in shown]
        return _Window(0, count, _most_lines(texts, text_room(columns), room - len(heads)), heads)
    seen = max(1, room - 1)
    heads = headings(shown, has_gaps=False) if seen >= _ROOM_FOR_HEADINGS else {}
    top = _scrolled(top, cursor, seen, count)
    while cursor is not None and cursor >= _past(view, top, seen, heads):
        top += 1
    while top and _past(view, top - 1, seen, heads) == count:
        top -= 1
    last = _past(view, top, seen, heads)
    first = shown[top].entry.group
    return _Window(top, last, 1, {**heads, top: first} if heads and first else heads)


def _past(view: CellView, top: int, seen: int, heads: Mapping[int, str]) -> int:
    """The first entry that no longer fits, if `top` is the first in sight. A group begun above is named again."""
    used, place = 0, top
    while place < len(view.shown):
        has_heading = place in heads or (place == top and bool(heads) and bool(view.shown[top].entry.group))
        if used + 1 + has_heading > seen:
            break
        used += 1 + has_heading
        place += 1
    return max(place, top + 1)


def entry_lines(
    view: CellView, columns: int, room: int, cursor: int | None, top: int, signs: Signs, marks: Marks
) -> tuple[list[Line], list[Place], int]:
    """Lines, the place of each entry in sight and then that of its heading, and the first entry in sight."""
    window = _window(view, columns, room, cursor, top, marks)
    lines: list[Line] = []
    found: list[Place] = []
    above: list[Place] = []
    for place in range(window.top, window.last):
        if (heading := window.heads.get(place)) is not None:
            above.append((place, len(lines), 1))
            words = f"{clean(beginning(heading)).rstrip(':')}:" if heading else ""  # an entry never ends so
            lines.append(row(words, "sub", (" ", ""), ("", ""), columns))
        entry, is_cursor = view.shown[place], place == cursor
        texts = shown_lines(shown_text(entry, marks), text_room(columns), window.each)
        found.append((place, len(lines), len(texts)))
        for line, text in enumerate(texts):
            left = (marks.cursor, "accent") if is_cursor else state_mark(entry, marks) if line == 0 else (" ", "")
            right = sign_of(entry.address, signs, marks) if line == 0 else ("", "")
            lines.append(row(text, _style(entry, is_cursor=is_cursor), left, right, columns))
    hidden = window.top or window.last < len(view.shown)
    if hidden and len(lines) < room:
        rest = _rest(window.top, len(view.shown) - window.last, columns)
        lines.append(row(rest, "dim", (" ", ""), ("", ""), columns))
    return lines, found + above, window.top


def _style(entry: EntryView, *, is_cursor: bool) -> str:
    """The style of an entry's text. A placeholder looks like the prompt of an empty cell: both ask for text."""
    if is_placeholder(entry.entry.text):
        return "prompt"
    return "chosen" if is_cursor else "dim" if entry.entry.is_future else ""


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


def row(text: str, style: str, left: Span, right: Span, columns: int) -> Line:
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
