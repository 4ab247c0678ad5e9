"""One of some items, chosen in a picker; then whatever is to be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from canvas_tui.tui.dialogs.picker import Choice, PickerScreen
from canvas_tui.tui.views.picker import Wording

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell
    from canvas_tui.tui.views.matching import Item


def pick(shell: Shell, items: Sequence[Item], wording: Wording, chosen: Callable[[Choice], object]) -> None:
    """Let one of some items be chosen; nothing is called where none is."""

    def finish(choice: Choice | None) -> None:
        if choice is not None:
            chosen(choice)

    shell.ask(PickerScreen(items, wording), finish)
