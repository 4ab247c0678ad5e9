"""Fewer bytes for the same picture: what Textual's compositor found to repaint, written for slow lines.

Textual 8.2 repaints a changed run of a line from the line's beginning, resets the style after every piece of text, and
paints the first screen three times over. Owns only the bytes; what is painted, and that it was cleaned by the line
filters, is done before it gets here. Uses names private to Textual: `tests/tui/test_sparse.py` holds them to account.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.color import ColorSystem
from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.strip import Strip

_RESET = "\x1b[m"


class SparseUpdate(ChopsUpdate):
    """The changed runs, each from where it begins."""

    def render_segments(self, console: Console) -> str:
        pen = Pen(console)
        for y, first, past in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= past or end <= first:
                    continue
                start = max(first, x)
                pen.move(start, y)
                pen.write(strip.crop(start - x, min(end, past) - x))
        return pen.finish()


class WholeUpdate(LayoutUpdate):
    """The whole screen, line by line."""

    def render_segments(self, console: Console) -> str:
        pen = Pen(console)
        for y, line in enumerate(self.strips, self.region.y):
            pen.move(self.region.x, y)
            for strip in line:
                pen.write(strip)
        return pen.finish()


class SparseCompositor(Compositor):
    """Textual's compositor, writing less. While `is_starting`, the same whole screen is not painted twice."""

    def __init__(self) -> None:
        super().__init__()
        self.is_starting = False
        self._painted: list[Iterable[Strip]] | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        return None if update is None else SparseUpdate(update.chops, update.spans, update.chop_ends)

    def render_full_update(self, simplify: bool = False) -> Any:
        update = super().render_full_update(simplify)
        lines: list[Iterable[Strip]] = [list(line) for line in update.strips]
        if self.is_starting and lines == self._painted:
            return None
        self._painted = lines if self.is_starting else None
        return WholeUpdate(lines, update.region)


class Pen:
    """Collects text with its styles; says a style only when it changes, and where it is only when it jumps."""

    def __init__(self, console: Console) -> None:
        self._depth = console._color_system or ColorSystem.TRUECOLOR
        self._parts: list[str] = []
        self._codes = ""

    def move(self, x: int, y: int) -> None:
        """Go to a cell of the screen."""
        self._parts.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")

    def write(self, strip: Iterable[Any]) -> None:
        """Write the segments of a strip where the pen is."""
        for text, style, control in strip:
            if control or not text:
                continue
            codes = Strip.render_ansi(style, self._depth) if style else ""
            if codes != self._codes:
                self._parts.append(f"\x1b[0;{codes}m" if codes and self._codes else f"\x1b[{codes}m")
                self._codes = codes
            self._parts.append(text)

    def finish(self) -> str:
        """All that was written, the style put back."""
        if self._codes:
            self._parts.append(_RESET)
        return "".join(self._parts)
