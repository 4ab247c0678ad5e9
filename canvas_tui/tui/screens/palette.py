"""The command palette: everything that does something here, by name, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from canvas_tui.session.session import Session
from canvas_tui.tui.dialogs.picker import PickerScreen
from canvas_tui.tui.keys import shown_key
from canvas_tui.tui.views.choices import action_items
from canvas_tui.tui.views.matching import Item
from canvas_tui.tui.views.picker import PickerState, Wording

if TYPE_CHECKING:
    from canvas_tui.tui.app import CanvasApp

_WORDING = Wording("Commands", enter="do it", placeholder="what do you want to do?")


class PaletteScreen(PickerScreen):
    """Typing narrows it; Enter does what is under the cursor, on the screen below."""

    def __init__(self, controller: Session) -> None:
        super().__init__((), _WORDING)

    def on_open(self) -> None:
        app = cast("CanvasApp", self.app)
        here = app.here
        if here is not None:
            items = action_items(here.actions_here(), lambda key: shown_key(key, ascii_only=app.is_ascii))
            self.state = PickerState.of(items, _WORDING)

    def chosen(self, item: Item) -> None:
        app = cast("CanvasApp", self.app)
        if (here := app.here) is not None:
            app.call_later(here.run_action_by_id, item.value)
