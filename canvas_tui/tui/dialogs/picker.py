"""The picker dialog: one line to type in, over the lower or right part of the screen it was opened on.

Owns the keys and its place on the window; what fits and how it looks is in `views/picker.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from canvas_tui.tui.dialogs.frame import Place, Spot, passes_on, place_for, spot_of
from canvas_tui.tui.lines import Painted
from canvas_tui.tui.look import UNICODE, Marks
from canvas_tui.tui.views.matching import Item
from canvas_tui.tui.views.picker import PickerState, Wording


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the item's value, and what stood in the field (a creator's title)."""

    value: str
    typed: str
    is_ticked: bool = False
    is_creator: bool = False


class PickerScreen(ModalScreen[Choice | None]):
    """Choose one of `items`; None when closed by Esc.

    `spot` is the (column, row) of the window that must stay in sight: the entry this is about.
    """

    DEFAULT_CSS = """
    PickerScreen { background: transparent; }
    PickerScreen > Painted { position: absolute; background: ansi_default; }
    """

    def __init__(
        self,
        items: Sequence[Item],
        wording: Wording,
        *,
        marks: Marks = UNICODE,
        spot: Spot | None = None,
        query: str = "",
    ) -> None:
        super().__init__()
        self.state = PickerState.of(items, wording, query)
        self.marks = marks
        self.spot = spot
        self._pane = Painted()
        self._place = Place(0, 0, 0, 0)

    def on_open(self) -> None:
        """Called once the app is there, before anything is shown."""

    def chosen(self, item: Item) -> None:
        """An item was chosen; the dialog is closing."""

    def compose(self) -> ComposeResult:
        self.marks = getattr(self.app, "marks", self.marks)
        self.spot = spot_of(self.app) or self.spot
        self.on_open()
        self._arrange(*self.app.size)
        yield self._pane

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width, event.size.height)

    def on_key(self, event: events.Key) -> None:
        if passes_on(self, event):
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape" or (event.key == "ctrl+c"):
            self.dismiss(None)
        elif event.key == "enter":
            self._choose()
        elif self.state.press(event.key, event.character, max(1, self._place.height - 4)):
            self._paint()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.state.type(self.state.buffer.typed(event.text))
        self._paint()

    def _choose(self) -> None:
        item = self.state.choice
        if item is not None:
            self.dismiss(Choice(item.value, self.state.buffer.text.strip(), item.is_ticked, item.is_creator))
            self.chosen(item)

    def _arrange(self, columns: int, rows: int) -> None:
        self._place = place_for(columns, rows, self.spot, wanted=len(self.state.matcher) + 8)
        self._place.put(self._pane)
        self._paint()

    def _paint(self) -> None:
        place = self._place
        self._pane.show(place.framed(lambda columns: self.state.lines(columns, place.height, self.marks), self.marks))
