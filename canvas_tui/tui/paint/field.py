"""A one-line field as spans: the part of the text in sight, with its cursor. Pure, no textual."""

from __future__ import annotations

from canvas_tui.core.cells import clusters
from canvas_tui.core.text import clip, width
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.paint.style import Line, Span


def field_line(buffer: Buffer, columns: int, start: int, placeholder: str = "", style: str = "") -> tuple[Line, int]:
    """A field `columns` cells wide with its cursor, and where its window starts (for the next call)."""
    if not buffer.text:
        return (((" ", "cursor"), (clip(placeholder, columns - 1), "prompt")), 0) if columns > 0 else ((), 0)
    shown, cell, start = buffer.window(columns, start)
    before = _cells_of(shown, cell)
    under, after = _first_sign(shown[len(before) :])
    spans: list[Span] = [(before, style), (under or " ", "cursor"), (after, style)]
    return tuple(span for span in spans if span[0]), start


def _cells_of(text: str, cells: int) -> str:
    return clip(text, cells, ellipsis="") if width(text) > cells else text


def _first_sign(text: str) -> tuple[str, str]:
    first = next((cluster for cluster, _ in clusters(text)), "")
    return first, text[len(first) :]
