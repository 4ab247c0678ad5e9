"""A list of lines with a cursor row: scrolls to keep the cursor in sight, and tells how much is out of sight.

Owns the cursor and the scrolling of every list-like screen. Pure, no textual: a screen shows what `lines` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import overload

from canvas_tui.tui.paint.parts import fitted, is_bold, padded
from canvas_tui.tui.paint.style import Line, Marks


class LazyLines(Sequence[Line]):
    """So many lines, each made when it is looked at: of thousands of rows only those in sight are laid out."""

    def __init__(self, count: int, make: Callable[[int], Line]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return [self._make(number) for number in range(*at.indices(self._count))]
        if not -self._count <= at < self._count:
            raise IndexError(at)
        return self._make(at % self._count)


class Rows:
    """Rows, of which those in `selectable` (None: all) can have the cursor.

    The first cell of every row belongs to the cursor's mark, so rows begin with a space. `height` is how many rows
    were shown last: a screenful.
    """

    def __init__(self) -> None:
        self.rows: Sequence[Line] = []
        self.selectable: Container[int] | None = None
        self.cursor = 0
        self.top = 0
        self.height = 1

    def set(self, rows: Sequence[Line], cursor: int | None = None, selectable: Container[int] | None = None) -> None:
        """Other rows. The cursor goes to `cursor`, else stays; in either case on the nearest selectable row."""
        self.rows = rows
        self.selectable = selectable
        self.cursor = self._nearest(self.cursor if cursor is None else cursor)

    @property
    def has_cursor(self) -> bool:
        """Whether any row can have the cursor."""
        return bool(self.rows) and self._is_selectable(self.cursor)

    def move(self, by: int) -> bool:
        """Move the cursor over `by` selectable rows; whether it moved. At an end, what is beyond comes into sight."""
        step, left, row, target = (1 if by > 0 else -1), abs(by), self.cursor, self.cursor
        while left and 0 <= row + step < len(self.rows):
            row += step
            if self._is_selectable(row):
                target, left = row, left - 1
        if target == self.cursor:
            self._to_edge(step)
            return False
        self.cursor = target
        return True

    def go(self, row: int) -> bool:
        """Put the cursor on the selectable row nearest to `row`; whether it moved."""
        row = self._nearest(row)
        moved, self.cursor = row != self.cursor, row
        return moved

    def page(self, by: int) -> bool:
        """Move by screenfuls."""
        step = by * max(1, self.height - 1)
        if not self.has_cursor:
            self.top += step
            return False
        return self.go(self.cursor + step)

    def first(self) -> bool:
        """The first row there is a cursor on."""
        moved = self.go(0)
        self._to_edge(-len(self.rows))
        return moved

    def last(self) -> bool:
        """The last row there is a cursor on."""
        moved = self.go(len(self.rows) - 1)
        self._to_edge(len(self.rows))
        return moved

    def row_at(self, y: int) -> int | None:
        """The selectable row shown at line `y`, or None."""
        row = self.top + y
        return row if 0 <= row < len(self.rows) and self._is_selectable(row) else None

    def lines(self, columns: int, height: int, marks: Marks) -> list[Line]:
        """The rows in sight, the cursor marked, with a "+n" at the right edge where more is hidden."""
        self.height = max(1, height)
        self.top = max(0, min(self.top, len(self.rows) - self.height))
        cursor = self.cursor if self.has_cursor else -1
        if cursor >= 0:
            self._keep_in_sight()
        return visible_rows(self.rows, self.top, height, columns, cursor, marks)

    def _is_selectable(self, row: int) -> bool:
        return self.selectable is None or row in self.selectable

    def _nearest(self, row: int) -> int:
        row = max(0, min(row, len(self.rows) - 1))
        for distance in range(len(self.rows)):
            for candidate in (row + distance, row - distance):
                if 0 <= candidate < len(self.rows) and self._is_selectable(candidate):
                    return candidate
        return row

    def _to_edge(self, step: int) -> None:
        """Bring headings above the first, or lines below the last selectable row into sight."""
        if not self.has_cursor:
            self.top += step
        elif step < 0:
            self.top = max(0, self.cursor - self.height + 1)
        else:
            self.top = min(self.cursor, max(0, len(self.rows) - self.height))

    def _keep_in_sight(self) -> None:
        if self.cursor < self.top:
            self.top = self.cursor
            while self.top > 0 and not self._is_selectable(self.top - 1):
                self.top -= 1  # the heading of a group comes along
        self.top = max(self.top, self.cursor - self.height + 1)


def visible_rows(rows: Sequence[Line], top: int, height: int, columns: int, cursor: int, marks: Marks) -> list[Line]:
    """`height` rows from `top`, cut to `columns` cells, the cursor's marked, with counts of what is hidden."""
    shown = [with_cursor(row, marks) if top + i == cursor else row for i, row in enumerate(rows[top : top + height])]
    above, below = top, len(rows) - top - height
    if shown and above > 0:
        shown[0] = with_count(shown[0], above, columns)
    if shown and below > 0:
        shown[-1] = with_count(shown[-1], below, columns)
    return [fitted(row, columns) for row in shown]


def with_cursor(line: Line, marks: Marks) -> Line:
    """The row under the cursor: a mark in its first cell, and bold."""
    rest = list(line)
    if rest and rest[0][0][:1] == " ":
        rest[0] = (rest[0][0][1:], rest[0][1])
    bold = [(text, style if is_bold(style) else f"{style}+chosen".strip("+")) for text, style in rest if text]
    return ((marks.cursor, "accent"), *bold)


def with_count(line: Line, count: int, columns: int) -> Line:
    """The line with a "+n" at its right edge: so many more are out of sight."""
    note = f" +{count}"
    return (*padded(fitted(line, columns - len(note)), columns - len(note)), (note, "count"))
