"""Fewer bytes for the same picture: what Textual's compositor found to repaint, written for slow lines.

Textual 8.2 repaints a changed run from the line's beginning, a whole screen wherever a dialog opens or closes, and the
first screen three times over. Here every cell that is written is remembered, and what is there already is not written
again. Owns only the bytes: what is painted, and that it was cleaned by the line filters, is done before it gets here.
Uses names private to Textual: `tests/tui/test_sparse.py` holds them to account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.color import ColorSystem
from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.strip import Strip

from canvas_tui.core.cells import clusters
from canvas_tui.core.text import width

_NEAR = 8  # cells that are the same are written again where jumping over them would take more bytes

Cell = tuple[str, str]  # what is drawn, and the numbers of its style; a wide sign's second cell draws ""


class Shown:
    """What the terminal shows, as far as it is known. One for the whole process: there is one terminal."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}

    def forget(self) -> None:
        """The terminal may show anything now: its size changed, or output was lost."""
        self._rows.clear()

    def changed_runs(self, x: int, y: int, cells: list[Cell]) -> Iterator[tuple[int, list[Cell]]]:
        """The runs of a line, as (x, cells), that the terminal does not show yet. They count as shown from now on."""
        row = self._rows.setdefault(y, [])
        row.extend([None] * (x + len(cells) - len(row)))
        old = row[x : x + len(cells)]
        if old == cells:
            return
        row[x : x + len(cells)] = cells
        first = last = -1
        for index, cell in enumerate(cells):
            if old[index] == cell:
                continue
            if first >= 0 and index - last > _NEAR:
                yield x + first, cells[first:last]
                first = -1
            if first < 0:
                first = index
                while first and cells[first][0] == "":  # never begin inside a wide sign
                    first -= 1
            last = index + 1
            while last < len(cells) and cells[last][0] == "":
                last += 1
        if first >= 0:
            yield x + first, cells[first:last]


SHOWN = Shown()


class Pen:
    """Collects what is to be written; says a style only when it changes, and a place only when it jumps."""

    def __init__(self, console: Console) -> None:
        self._depth = console._color_system or ColorSystem.TRUECOLOR
        self._parts: list[str] = []
        self._codes = ""

    def write(self, x: int, y: int, strip: Iterable[Any]) -> int:
        """Write a strip at a cell of the screen, as far as it is not there already; its width in cells."""
        cells: list[Cell] = []
        for text, style, control in strip:
            if text and not control:
                codes = Strip.render_ansi(style, self._depth) if style else ""
                cells.extend(_cells(text, codes))
        for at, run in SHOWN.changed_runs(x, y, cells):
            self._parts.append(f"\x1b[{y + 1};{at + 1}H" if at else f"\x1b[{y + 1}H")
            for sign, codes in run:
                if codes != self._codes and sign:
                    self._parts.append(f"\x1b[0;{codes}m" if codes and self._codes else f"\x1b[{codes}m")
                    self._codes = codes
                self._parts.append(sign)
        return len(cells)

    def finish(self) -> str:
        """All that was written, the style put back."""
        if self._codes:
            self._parts.append("\x1b[m")
        return "".join(self._parts)


class SparseUpdate(ChopsUpdate):
    """The changed runs, each from where it begins."""

    def render_segments(self, console: Console) -> str:
        """The escape sequences that paint these runs. Cells that are shown already are left out."""
        pen = Pen(console)
        for y, first, past in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is not None and x < past and end > first:
                    start = max(first, x)
                    pen.write(start, y, strip.crop(start - x, min(end, past) - x))
        return pen.finish()


class WholeUpdate(LayoutUpdate):
    """The whole screen, line by line."""

    def render_segments(self, console: Console) -> str:
        """The escape sequences that paint the whole screen. Cells that are shown already are left out."""
        pen = Pen(console)
        for y, line in enumerate(self.strips, self.region.y):
            x = self.region.x
            for strip in line:
                x += pen.write(x, y, strip)
        return pen.finish()


class SparseCompositor(Compositor):
    """Textual's compositor, writing less."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What Textual wants to repaint, as an update that writes less; None for nothing."""
        update = super().render_partial_update()
        return None if update is None else SparseUpdate(update.chops, update.spans, update.chop_ends)

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen, as an update that writes less."""
        update = super().render_full_update(simplify)
        return WholeUpdate([list(line) for line in update.strips], update.region)


def _cells(text: str, codes: str) -> Iterator[Cell]:
    if text.isascii() or width(text) == len(text):
        for character in text:
            yield character, codes
        return
    for cluster, cells in clusters(text):
        yield cluster, codes
        for _ in range(cells - 1):
            yield "", codes
