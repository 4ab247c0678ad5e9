"""The one widget that shows content: a list of Lines, drawn through Textual's Line API.

Owns turning style names into terminal styles, and repainting only the lines that differ from what was shown before;
which cells of them are written is for `terminal_diff`.
Knows nothing of what the lines mean. Text must be cleaned before it gets here; the line filter is a net, not a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from canvas_tui.tui.paint.style import STYLES, Line

# Signs of our own that marks do not name, each as one ASCII sign: what `--ascii` shows instead.
_PLAIN = str.maketrans("…·–—“”‘’→←↑↓×─│", "~---\"\"''><^vx-|")


class Painted(Widget):
    """A widget whose content is Lines."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - as Widget names it
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self.is_ascii = False  # whether only ASCII signs may be shown

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown now."""
        return self._lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines, one a row from the top; what is the same as before is not painted again."""
        if self.is_ascii:
            lines = [tuple((text.translate(_PLAIN), style) for text, style in line) for line in lines]
        old, self._lines = self._lines, tuple(lines)
        pairs = enumerate(zip_longest(old, self._lines, fillvalue=()))
        if changed := [Region(0, y, self.size.width, 1) for y, (before, after) in pairs if before != after]:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        room = self.size.width
        if y >= len(self._lines):
            return Strip.blank(room)
        strip = Strip([Segment(text, style_of(name)) for text, name in self._lines[y] if text])
        return strip.adjust_cell_length(room)


class LinesView(Painted):
    """Fills its place with Lines, and tells of the mouse: `clicked(x, y)` in cells, `wheeled(-1 or 1)`."""

    DEFAULT_CSS = "LinesView { width: 1fr; height: 1fr; }"

    def __init__(
        self,
        clicked: Callable[[int, int], None] | None = None,
        wheeled: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self._clicked, self._wheeled = clicked, wheeled

    def on_click(self, event: events.Click) -> None:
        if self._clicked is not None:
            self._clicked(event.x, event.y)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if self._wheeled is not None:
            self._wheeled(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if self._wheeled is not None:
            self._wheeled(-1)


@lru_cache(maxsize=256)
def style_of(name: str) -> Style:
    """The terminal style of a name of `style.STYLES`, or of several joined by "+"."""
    return Style.combine([Style.parse(STYLES.get(part, "")) for part in name.split("+")])
