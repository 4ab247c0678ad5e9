"""What all painted dialogs share: their place on the window, their one pane, and who gets a key.

A dialog says where it wants to be (`place`), what it shows (`lines`) and what a key does (`press`); nothing else.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen, ScreenResultType

from canvas_tui.tui.dialogs.frame import Place, Spot, passes_on, spot_of
from canvas_tui.tui.lines import Painted
from canvas_tui.tui.look import Line, Marks


class PaintedDialog(ModalScreen[ScreenResultType]):
    """A dialog over part of the window; `spot` is what it is about, which stays in sight."""

    DEFAULT_CSS = """
    PaintedDialog { background: transparent; }
    PaintedDialog > Painted { position: absolute; background: ansi_default; }
    """

    def __init__(self, marks: Marks, spot: Spot | None = None) -> None:
        super().__init__()
        self.marks = marks
        self.spot = spot
        self._pane = Painted()
        self._place = Place(0, 0, 0, 0)

    def place(self, columns: int, rows: int) -> Place:
        """Where the dialog stands on a window of that size."""
        raise NotImplementedError

    def lines(self, columns: int) -> list[Line]:
        """What it shows, `columns` wide and as high as its place."""
        raise NotImplementedError

    def press(self, event: events.Key) -> None:
        """A key that is this dialog's."""
        raise NotImplementedError

    def on_open(self) -> None:
        """Called once the app is there, before anything is shown."""

    def compose(self) -> ComposeResult:
        self.marks = getattr(self.app, "marks", self.marks)
        self.spot = spot_of(self.app) or self.spot
        self.on_open()
        self._arrange(*self.app.size)
        yield self._pane

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width, event.size.height)

    def on_key(self, event: events.Key) -> None:
        if not passes_on(self, event):
            event.stop()
            event.prevent_default()
            self.press(event)

    def _arrange(self, columns: int, rows: int) -> None:
        self._place = self.place(columns, rows)
        self._place.put(self._pane)
        self._paint()

    def _paint(self) -> None:
        self._pane.show(self._place.framed(self.lines, self.marks))
