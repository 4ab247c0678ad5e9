"""Where a dialog stands on the window: below or beside what it is about, never over it.

Pure arithmetic, and one method that puts a widget there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from canvas_tui.tui.paint.style import Line, Marks

if TYPE_CHECKING:
    from textual.events import Key
    from textual.screen import Screen
    from textual.widget import Widget

WIDE, WIDER = 100, 120


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of the window, in cells. `is_side`: it stands beside, so its edge is a line down its side."""

    x: int
    y: int
    width: int
    height: int
    side: str = ""  # "left": what it is about is to its left, "right", or "" above or below

    def put(self, widget: Widget) -> None:
        """Put a widget (of `position: absolute`) here."""
        widget.styles.width = self.width
        widget.styles.height = self.height
        widget.styles.offset = (self.x, self.y)

    @property
    def inner(self) -> int:
        """The columns left for content."""
        return self.width - (1 if self.side else 0)

    def framed(self, lines: Callable[[int], list[Line]], marks: Marks) -> list[Line]:
        """The lines made for the inner width, with an edge at the side towards what they are about."""
        made = lines(self.inner)
        if not self.side:
            return made
        edge = (marks.box[1], "border-here")
        if self.side == "left":
            return [(edge, *line) for line in made]
        from canvas_tui.tui.paint.parts import fitted, padded

        return [(*padded(fitted(line, self.inner), self.inner), edge) for line in made]


Spot = tuple[int, ...]
"""What a dialog is about, in cells of the window: column, row, and its columns and rows where they are known."""


def place_for(columns: int, rows: int, spot: Spot | None, *, wanted: int = 20, wide: int = 64) -> Place:
    """The place for a dialog of about `wanted` lines that leaves `spot` in sight.

    A wide window gives its right part, or its left where the spot is on the right; a less wide one too, for a long
    list. Others, and where the spot is in the middle, their lower part, or their upper part where the spot is low.
    The footer is covered: the dialog shows its own keys.
    """
    x, y, across, down = (*spot, 1, 1)[:4] if spot is not None else (0, 0, 0, 0)
    if columns >= WIDER or (columns >= WIDE and wanted > rows * 3 // 5):
        width, height = min(wide, columns // 2), max(10, min(wanted, rows - 1))
        if x + across <= columns - width:
            return Place(columns - width, rows - height, width, height, "left")
        if x >= width:
            return Place(0, rows - height, width, height, "right")
    height = min(max(8, wanted), max(6, rows * 3 // 5))
    above, below = y - 1, rows - y - down
    if below >= height or below >= above:
        height = min(height, max(6, below))
        return Place(0, rows - height, columns, height)
    return Place(0, 0, columns, min(height, max(6, above)))


@runtime_checkable
class Stands(Protocol):
    """A dialog that wants to know what it stands on."""

    def stand_on(self, marks: Marks, spot: Callable[[], Spot | None]) -> None:
        """Told before it is shown: the signs of the session, and what gives the spot that must stay in sight."""


def passes_on(dialog: Screen[Any], event: Key) -> bool:
    """True where a key came after the dialog had closed. The key is then passed on to what is shown now."""
    top = dialog.app.screen
    if top is dialog:
        return False
    (top.focused or top).post_message(event)
    return True
