"""The command palette: everything that does something here, by name, with its keys."""

from __future__ import annotations

from collections.abc import Iterable

from canvas_tui.tui.actions import Action
from canvas_tui.tui.dialogs.picker import PickerScreen
from canvas_tui.tui.keys import shown_key
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.views.choices import action_items
from canvas_tui.tui.views.matching import Item
from canvas_tui.tui.views.picker import Wording

_WORDING = Wording("Commands", enter="do it", placeholder="what do you want to do?")


class PaletteScreen(PickerScreen):
    """Typing narrows it; Enter does what is under the cursor, on the screen below."""

    def __init__(self, shell: Shell, actions: Iterable[Action]) -> None:
        items = action_items(actions, lambda key: shown_key(key, ascii_only=shell.is_ascii))
        super().__init__(items, _WORDING)
        self._shell = shell

    def chosen(self, item: Item) -> None:
        self._shell.later(self._shell.do, item.value)
