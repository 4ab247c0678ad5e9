"""The picker dialog: one line to type in, over the lower or right part of the screen it was opened on.

Owns the keys and its place on the window; what fits and how it looks is in `views/picker.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events

from canvas_tui.tui.dialogs.dialog import PaintedDialog
from canvas_tui.tui.dialogs.frame import Place, place_for
from canvas_tui.tui.look import Line
from canvas_tui.tui.views.matching import Item
from canvas_tui.tui.views.picker import PickerState, Wording


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the item's value, and what stood in the field (a creator's title)."""

    value: str
    typed: str
    is_ticked: bool = False
    is_creator: bool = False


class PickerScreen(PaintedDialog[Choice | None]):
    """Choose one of `items`; None when closed by Esc.

    `chosen` is given the item that was chosen, when the dialog is closing.
    """

    def __init__(
        self,
        items: Sequence[Item],
        wording: Wording,
        *,
        query: str = "",
        chosen: Callable[[Item], object] = lambda item: None,
    ) -> None:
        super().__init__(self.place, self.lines, self.press)
        self.state = PickerState.of(items, wording, query)
        self._chosen = chosen

    def press(self, event: events.Key) -> None:
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
            self._chosen(item)

    def place(self, columns: int, rows: int) -> Place:
        """As high as what there is to choose from."""
        return place_for(columns, rows, self.spot, wanted=len(self.state.matcher) + 8)

    def lines(self, columns: int) -> list[Line]:
        """The field, what fits, the keys."""
        return self.state.lines(columns, self._place.height, self.marks)
