"""The one-line editor as the board uses it: the text stays where it stands and wraps over its lines while typed.

Owns how a line being typed is broken and where its cursor is drawn. Keys, cleaning and messages are LineEditor's.
"""

from __future__ import annotations

from canvas_tui.core.cells import clusters
from canvas_tui.core.text import clip
from canvas_tui.tui.dialogs.line_editor import LineEditor
from canvas_tui.tui.look import Line, Span


class InPlaceEditor(LineEditor):
    """A line editor as many lines high as its text takes in its place."""

    DEFAULT_CSS = "InPlaceEditor { layer: over; position: absolute; height: 1; }"

    def place(self, x: int, y: int, columns: int, rows: int) -> None:
        """Put the editor there, in cells of the screen."""
        self.styles.offset = (x, y)
        self.styles.width, self.styles.height = max(1, columns), max(1, rows)
        self._paint()

    def _paint(self) -> None:
        columns, rows = self.size
        if columns:
            self.show(field_lines(self._buffer.text, self._buffer.cursor, columns, rows, self.placeholder))


def field_lines(text: str, cursor: int, columns: int, rows: int, placeholder: str = "") -> list[Line]:
    """A text being typed, wrapped; of more lines than `rows`, those around the cursor. `cursor` counts characters."""
    if not text:
        return [((" ", "cursor"), (clip(placeholder, columns - 1), "prompt"))]
    breaks = line_breaks(text, columns)
    current = max(index for index, (start, _) in enumerate(breaks) if start <= cursor)
    first = max(0, min(current - rows + 1, len(breaks) - rows)) if current >= rows else 0
    lines: list[Line] = []
    for index in range(first, min(len(breaks), first + rows)):
        start, end = breaks[index]
        if index != current:
            lines.append(((text[start:end], "chosen"),))
            continue
        under = next((cluster for cluster, _ in clusters(text[cursor:end])), "")
        spans: tuple[Span, ...] = (
            (text[start:cursor], "chosen"), (under or " ", "cursor"), (text[cursor + len(under) : end], "chosen"),
        )  # fmt: skip
        lines.append(tuple(span for span in spans if span[0]))
    return lines


def line_breaks(text: str, columns: int) -> list[tuple[int, int]]:
    """The lines of a text as (start, end): broken after spaces, inside words that no line holds.

    Room for the cursor behind the last character is part of the text.
    """
    found: list[tuple[int, int]] = []
    start = used = index = 0
    at: int | None = None  # where the line may be broken
    for cluster, cells in [*clusters(text), (" ", 1)]:
        is_end = index >= len(text)
        if used + cells > columns and (cluster != " " or is_end):
            cut = at if at is not None and at > start else index
            found.append((start, cut))
            used = sum(size for _, size in clusters(text[cut:index]))
            start, at = cut, None
        index += 0 if is_end else len(cluster)
        used += cells
        if cluster == " ":
            at = index
    found.append((start, len(text)))
    return found
