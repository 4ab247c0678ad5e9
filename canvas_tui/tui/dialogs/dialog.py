"""What all painted dialogs share: their place on the window, their one pane, and who gets a key.

A dialog hands in where it wants to be, what it shows and what a key does. The app tells it what it covers when it
is shown: the signs of the session, and what must stay in sight.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen, ScreenResultType

from canvas_tui.tui.dialogs.frame import Place, Spot, passes_on
from canvas_tui.tui.paint.line_widget import Painted
from canvas_tui.tui.paint.style import ASCII, UNICODE, Line, Marks


class PaintedDialog(ModalScreen[ScreenResultType]):
    """A dialog over part of the window; `spot` is what it is about, which stays in sight."""

    DEFAULT_CSS = """
    PaintedDialog { background: transparent; }
    PaintedDialog > Painted { position: absolute; background: ansi_default; }
    """

    def __init__(
        self,
        place: Callable[[int, int], Place],
        lines: Callable[[int], list[Line]],
        press: Callable[[events.Key], None],
    ) -> None:
        """`place` says where it stands on a window of so many columns and rows, `lines` what it shows in so many
        columns and as high as its place, `press` what a key does.
        """
        super().__init__()
        self._asked_place, self._made_lines, self._press = place, lines, press
        self._spot_now: Callable[[], Spot | None] = lambda: None
        self.marks: Marks = UNICODE
        self.spot: Spot | None = None
        self._pane = Painted()
        self._place = Place(0, 0, 0, 0)

    def stand_on(self, marks: Marks, spot: Callable[[], Spot | None]) -> None:
        """The signs of the session, and where the screen below has its cursor when this is painted first."""
        self.marks, self._spot_now = marks, spot
        self._pane.is_ascii = marks is ASCII

    def compose(self) -> ComposeResult:
        self.spot = self._spot_now()
        self._arrange(*self.app.size)
        yield self._pane

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width, event.size.height)

    def on_key(self, event: events.Key) -> None:
        if not passes_on(self, event):
            event.stop()
            event.prevent_default()
            self._press(event)

    def _arrange(self, columns: int, rows: int) -> None:
        self._place = self._asked_place(columns, rows)
        self._place.put(self._pane)
        self._paint()

    def _paint(self) -> None:
        self._pane.show(self._place.framed(self._made_lines, self.marks))
