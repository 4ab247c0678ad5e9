"""The command palette: everything that does something here, by name, with its keys."""

from __future__ import annotations

from collections.abc import Iterable

from canvas_tui.tui.dialogs.choices import action_items
from canvas_tui.tui.dialogs.picker import PickerScreen
from canvas_tui.tui.dialogs.picker_view import Wording
from canvas_tui.tui.input.actions import Action
from canvas_tui.tui.input.keymap import shown_key
from canvas_tui.tui.shell import Shell

_WORDING = Wording("Commands", enter="do it", placeholder="what do you want to do?")


def palette(shell: Shell, actions: Iterable[Action]) -> PickerScreen:
    """Typing narrows it; Enter does what is under the cursor, on the screen below."""
    items = action_items(actions, lambda key: shown_key(key, ascii_only=shell.is_ascii))
    return PickerScreen(items, _WORDING, chosen=lambda item: shell.later(shell.do, item.value))
