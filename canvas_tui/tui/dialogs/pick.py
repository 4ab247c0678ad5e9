"""Let the person choose an item in a picker, then do something with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.tui.dialogs.picker import Choice, Offered, PickerScreen
from canvas_tui.tui.dialogs.picker_view import Wording

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell


def pick(shell: Shell, items: Offered, wording: Wording, chosen: Callable[[Choice], object]) -> None:
    """Let one of some items be chosen; nothing is called where none is. Of many it is given what makes them."""

    def finish(choice: Choice | None) -> None:
        if choice is not None:
            chosen(choice)

    size = shell.session.workspace.size if callable(items) else 0
    shell.ask(PickerScreen(items, wording, size=size), finish)
