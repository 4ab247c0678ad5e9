"""A list of lines with a cursor row: scrolls to keep the cursor in sight, and tells how much is out of sight.

Owns the cursor and the scrolling of every list-like screen. Must not make content: rows come from pure view functions.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from textual import events
from textual.message import Message

from canvas_tui.tui.lines import Painted
from canvas_tui.tui.look import UNICODE, Line, Marks
from canvas_tui.tui.views.parts import fitted, is_bold, padded


class RowsView(Painted):
    """Rows, of which those in `selectable` (None: all) can have the cursor.

    The first cell of every row belongs to the cursor's mark, so rows begin with a space.
    """

    DEFAULT_CSS = "RowsView { width: 1fr; height: 1fr; }"

    class Moved(Message):
        """The cursor went to another row."""

        def __init__(self, view: RowsView, row: int) -> None:
            super().__init__()
            self.view = view
            self.row = row

    class Opened(Message):
        """The row under the cursor was clicked."""

        def __init__(self, view: RowsView, row: int) -> None:
            super().__init__()
            self.view = view
            self.row = row

    def __init__(self, marks: Marks = UNICODE) -> None:
        super().__init__()
        self.marks = marks
        self.rows: list[Line] = []
        self.selectable: Container[int] | None = None
        self.cursor = 0
        self.top = 0

    def set_rows(
        self, rows: Sequence[Line], cursor: int | None = None, selectable: Container[int] | None = None
    ) -> None:
        """Other rows. The cursor goes to `cursor`, else stays; in either case on the nearest selectable row."""
        self.rows = list(rows)
        self.selectable = selectable
        self.cursor = self._nearest(self.cursor if cursor is None else cursor)
        self._repaint()

    def move(self, by: int) -> bool:
        """Move the cursor over `by` selectable rows; whether it moved."""
        row, step, left = self.cursor, 1 if by > 0 else -1, abs(by)
        target = row
        while left and 0 <= row + step < len(self.rows):
            row += step
            if self._is_selectable(row):
                target, left = row, left - 1
        if target == self.cursor:
            self._scroll_to_edge(step)
            return False
        return self.go(target)

    def go(self, row: int) -> bool:
        """Put the cursor on the selectable row nearest to `row`; whether it moved."""
        row = self._nearest(row)
        moved, self.cursor = row != self.cursor, row
        self._repaint()
        if moved:
            self.post_message(self.Moved(self, row))
        return moved

    def page(self, by: int) -> bool:
        """Move by screenfuls."""
        if self.selectable is not None and not any(self._is_selectable(row) for row in range(len(self.rows))):
            self.top = max(0, min(self.top + by * max(1, self.size.height - 1), len(self.rows) - self.size.height))
            self._repaint()
            return False
        return self.go(self.cursor + by * max(1, self.size.height - 1))

    def first(self) -> bool:
        """The first row there is a cursor on."""
        moved = self.go(0)
        self._scroll_to_edge(-1)
        return moved

    def last(self) -> bool:
        """The last row there is a cursor on."""
        moved = self.go(len(self.rows) - 1)
        self._scroll_to_edge(1)
        return moved

    def on_resize(self, event: events.Resize) -> None:
        self._repaint()

    def on_click(self, event: events.Click) -> None:
        row = self.top + event.y
        if row < len(self.rows) and self._is_selectable(row):
            if row == self.cursor:
                self.post_message(self.Opened(self, row))
            else:
                self.go(row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.move(-1)

    def _is_selectable(self, row: int) -> bool:
        return self.selectable is None or row in self.selectable

    def _nearest(self, row: int) -> int:
        row = max(0, min(row, len(self.rows) - 1))
        for distance in range(len(self.rows)):
            for candidate in (row + distance, row - distance):
                if 0 <= candidate < len(self.rows) and self._is_selectable(candidate):
                    return candidate
        return row

    def _scroll_to_edge(self, step: int) -> None:
        """Bring headings above the first, or lines below the last selectable row into sight."""
        height = max(1, self.size.height)
        if not self._is_selectable(self.cursor):  # nothing to keep in sight: scroll line by line
            self.top = max(0, min(self.top + step, len(self.rows) - height))
        else:
            self.top = max(0, self.cursor - height + 1) if step < 0 else min(self.cursor, len(self.rows) - height)
        self._repaint()

    def _repaint(self) -> None:
        height, columns = self.size.height, self.size.width
        if not height or not columns:
            return
        has_cursor = self._is_selectable(self.cursor) and bool(self.rows)
        self.top = max(0, min(self.top, len(self.rows) - height))
        if has_cursor:
            self._keep_in_sight(height)
        self.show(visible_rows(self.rows, self.top, height, columns, self.cursor if has_cursor else -1, self.marks))

    def _keep_in_sight(self, height: int) -> None:
        if self.cursor < self.top:
            self.top = self.cursor
            while self.top > 0 and not self._is_selectable(self.top - 1):
                self.top -= 1  # the heading of a group comes along
        self.top = max(self.top, self.cursor - height + 1)


def visible_rows(rows: Sequence[Line], top: int, height: int, columns: int, cursor: int, marks: Marks) -> list[Line]:
    """The rows in sight, the cursor's marked, with a "+n" at the right of the first and last where more is hidden."""
    shown = [with_cursor(row, marks) if top + i == cursor else row for i, row in enumerate(rows[top : top + height])]
    above, below = top, len(rows) - top - height
    if shown and above > 0:
        shown[0] = _with_count(shown[0], above, columns)
    if shown and below > 0:
        shown[-1] = _with_count(shown[-1], below, columns)
    return [fitted(row, columns) for row in shown]


def with_cursor(line: Line, marks: Marks) -> Line:
    """The row under the cursor: a mark in its first cell, and bold."""
    rest = list(line)
    if rest and rest[0][0][:1] == " ":
        rest[0] = (rest[0][0][1:], rest[0][1])
    bold = [(text, style if is_bold(style) else f"{style}+chosen".strip("+")) for text, style in rest if text]
    return ((marks.cursor, "accent"), *bold)


def _with_count(line: Line, count: int, columns: int) -> Line:
    note = f" +{count}"
    return (*padded(fitted(line, columns - len(note)), columns - len(note)), (note, "count"))
