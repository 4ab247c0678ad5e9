"""From a key to an action on a full screen. Also handles sequences of two keys, and keys that do nothing.

Owns what a key means there. What an action does is the screen's; what its keys are is the keymap's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.core.text import clean
from canvas_tui.tui.input.actions import Action
from canvas_tui.tui.input.deeds import Deed
from canvas_tui.tui.input.keymap import FirstKey, KeyLike, token_of

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell


class ScreenKeys:
    """`screen` is its name; `deed` gives what is behind an action there, `run` does it, `repaint` paints the screen."""

    def __init__(
        self,
        shell: Shell,
        screen: str,
        deed: Callable[[str], Deed],
        run: Callable[[str], None],
        repaint: Callable[[], None],
    ) -> None:
        self._shell, self._screen = shell, screen
        self._deed, self._run, self._repaint = deed, run, repaint
        self.first_key: FirstKey | None = None  # the first key of a sequence was pressed, and what may follow

    def press(self, event: KeyLike) -> None:
        """A key was pressed, and no field is open."""
        token, reader = token_of(event), self._shell.keys
        before, self.first_key = self.first_key, None
        if before and token == "escape":
            reader.forget()
            self._repaint()
            return
        meant = reader.feed(self._screen, token)
        if isinstance(meant, FirstKey):
            self.first_key = self._named(meant)
            self._repaint()
        elif meant is not None:
            self._shell.status.fade()
            self._run(meant.id)
            if self._shell.status.next():
                self._shell.repaint()
            elif before:
                self._repaint()
        elif why := self._why_nothing(token, event):
            self._shell.say(why)
        elif before:
            self._repaint()

    def _why_nothing(self, token: str, event: KeyLike) -> str:
        """What is said of a key that does nothing; "" where nothing is worth saying."""
        reader = self._shell.keys
        if reader.is_withheld(self._screen, token):
            return "This session is read-only"
        if token == "ctrl+z":
            return f"Suspending (ctrl+z) is off here · {self._shell.key_of('quit')} quits"
        if event.is_printable:
            key = clean(event.character or "").strip() or "space"
            return f"{key} does nothing here · {self._shell.key_of('help')} lists the keys"
        return ""

    def _named(self, first: FirstKey) -> FirstKey:
        """What may follow the first key of a sequence here and now."""
        named = ((key, self._following(key, action)) for key, action in first.may_follow)
        follow = tuple((key, action) for key, action in named if action is not None)
        return FirstKey("Fix" if follow and follow[0][1].id == "fix" else first.title, follow)

    def _following(self, key: str, action: Action) -> Action | None:
        """What the second key of a sequence does here and now, as it is named; None where that is nothing."""
        deed = self._deed(action.id)
        if not deed.can():
            return None
        if deed.numbered is None:
            return action
        label = deed.numbered(key)
        return action._replace(label=label) if label else None
