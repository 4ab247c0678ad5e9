"""The picker dialog: one line to type in, over the lower or right part of the screen it was opened on.

Owns the keys and its place on the window; what fits and how it looks is in `picker_view.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult

from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.dialogs.dialog import PaintedDialog
from canvas_tui.tui.dialogs.frame import Place, place_for
from canvas_tui.tui.dialogs.matching import Item, Matcher
from canvas_tui.tui.dialogs.picker_view import PickerState, Wording
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.worked_out import Recipe, WorkedOut


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the item's value, and what stood in the field (a creator's title)."""

    value: str
    typed: str
    is_ticked: bool = False
    is_creator: bool = False


Offered = Sequence[Item] | Callable[[], Sequence[Item]]
_Matches = tuple[Matcher, list[Item]]


class PickerScreen(PaintedDialog[Choice | None]):
    """Choose one of `items`; None when closed by Esc.

    `chosen` is called with the chosen item when the dialog closes. `items` may be a function that makes them from
    `size` elements. For a large plan a thread makes and matches the items, and Enter waits for the result.
    """

    def __init__(
        self,
        items: Offered,
        wording: Wording,
        *,
        query: str = "",
        size: int = 0,
        chosen: Callable[[Item], object] = lambda item: None,
    ) -> None:
        super().__init__(self.place, self.lines, self.press)
        self._chosen = chosen
        self._offered, self._weight = items, size
        self._matcher: Matcher | None = None
        self._chooses = False  # Enter was pressed before it was known what fits
        self._matches: WorkedOut[_Matches] = WorkedOut(lambda work: self.app.run_worker(work), self._matches_came)
        if callable(items):
            self.state = PickerState(Matcher(()), wording, Buffer.of(query), is_waiting=True)
            self.state.look_aside = self._look
        else:
            self.state = PickerState.of(items, wording, query)

    def compose(self) -> ComposeResult:
        if self.state.look_aside is not None:
            self._look()
        yield from super().compose()

    def _look(self) -> None:
        """What fits what is typed now."""
        query, offered = self.state.buffer.text, self._offered

        def make(go_on: GoOn) -> _Matches:
            matcher = self._matcher
            if matcher is None:
                items = offered() if callable(offered) else offered
                go_on()
                matcher = self._matcher = Matcher(items)
            return matcher, matcher.fitting(query, go_on)

        found = self._matches.of(Recipe((), query, self._weight, make))
        self.state.is_waiting = self._matches.is_waiting
        if found is not None and not self.state.is_waiting:
            self.state.take(*found)

    def _matches_came(self) -> None:
        if not self.is_attached:
            return  # it was closed
        self._look()
        self._paint()
        if self._chooses:
            self._choose()

    def press(self, event: events.Key) -> None:
        """Handle one key: close, choose, move or type."""
        if event.key == "escape" or (event.key == "ctrl+c"):
            self.dismiss(None)
        elif event.key == "enter":
            self._choose()
        elif self.state.press(event.key, event.character, max(1, self._place.height - 4)):
            self._chooses = False
            self._paint()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.state.type(self.state.buffer.typed(event.text))
        self._paint()

    def _choose(self) -> None:
        self._chooses, item = self.state.is_waiting, self.state.choice
        if item is not None:
            self.dismiss(Choice(item.value, self.state.buffer.text.strip(), item.is_ticked, item.is_creator))
            self._chosen(item)

    def place(self, columns: int, rows: int) -> Place:
        """High enough for the items. While they are being made, their number is estimated."""
        made = self._matcher if callable(self._offered) else self.state.matcher
        return place_for(columns, rows, self.spot, wanted=(self._weight if made is None else len(made)) + 8)

    def lines(self, columns: int) -> list[Line]:
        """The field, what fits, the keys."""
        return self.state.lines(columns, self._place.height, self.marks)
