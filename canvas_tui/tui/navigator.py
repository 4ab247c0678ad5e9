"""Which screen is shown and which came before: full screens, dialogs above them, and the jump list.

Owns which screen is shown; a screen owns its cursor. Knows nothing of edits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.screen import Screen

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import clean
from canvas_tui.tui.input.actions import SCREENS, screen_entry
from canvas_tui.tui.input.deeds import Deed, Deeds
from canvas_tui.tui.screens.base import CanvasScreen
from canvas_tui.tui.shell import Answer, Shell

if TYPE_CHECKING:
    from canvas_tui.session.session import Session
    from canvas_tui.tui.dialogs.frame import Spot
    from canvas_tui.tui.paint.status import Status


class ScreenCalls(NamedTuple):
    """The calls of Textual that show screens."""

    screens: Callable[[], Sequence[Screen[Any]]]  # those that are open, one above the other; the last is on top
    keep: Callable[[Screen[Any], str], object]  # keep a screen under a name, even while another is shown
    switch: Callable[[Screen[Any]], object]  # show a screen in place of the one on top
    push: Callable[..., object]  # show a screen above the top one; the second argument is called with its answer


class Visit(NamedTuple):
    """Where one is, or was: a full screen by name, and the element under its cursor."""

    screen: str
    address: str | None


class Navigator:
    """The full screens of a session, each made by `make` when it is first asked for, and kept with its cursor."""

    def __init__(
        self, calls: ScreenCalls, session: Session, status: Status, make: Callable[[str], CanvasScreen]
    ) -> None:
        self._calls, self._session, self._status, self._make = calls, session, status, make
        self._screens_by_name: dict[str, CanvasScreen] = {}
        self._before: list[str] = []  # screens that Esc goes back to
        self._jumps: list[Visit] = []

    @property
    def deeds(self) -> Deeds:
        """What can be done on every screen: going somewhere, and coming back."""
        return {
            **{entry.go.id: self._opening(entry.name) for entry in SCREENS},
            "back": Deed(self.go_back, can=lambda: bool(self._before)),
            "back-jump": Deed(self.jump_back, can=lambda: bool(self._jumps)),
            "help": Deed(self.show_help),
            "commands": Deed(self.show_commands),
        }

    def _opening(self, name: str) -> Deed:
        """The action of going to a screen. It does nothing when that screen is shown already."""
        return Deed(
            lambda: self.open_screen(name),
            can=lambda: self.here is None or self.here.screen_name != name,
            none=lambda: self._say("That is what is shown here"),
        )

    def repaint(self) -> None:
        """Paint the full screen that is shown, with what the status line says now."""
        if (here := self.here) is not None:
            here.repaint()

    @property
    def here(self) -> CanvasScreen | None:
        """The full screen that is shown, under whatever dialog is above it."""
        return next((each for each in reversed(self._calls.screens()) if isinstance(each, CanvasScreen)), None)

    @property
    def visit(self) -> Visit | None:
        """Where one is now."""
        return Visit(here.screen_name, here.selected) if (here := self.here) is not None else None

    @property
    def selected(self) -> str:
        """The address under the cursor, or ""."""
        return (self.here.selected if self.here is not None else None) or ""

    @property
    def spot(self) -> Spot | None:
        """Where the element under the cursor is shown: dialogs leave it in sight."""
        return self.here.spot if self.here is not None else None

    @property
    def top(self) -> Screen[Any] | None:
        """What has the keys: the dialog on top, or the full screen."""
        return next(reversed(self._calls.screens()), None)

    @property
    def is_free(self) -> bool:
        """Whether the person is neither answering nor typing: no dialog and no field is open."""
        return (here := self.here) is not None and not here.is_typing and self.top is here

    def screen_named(self, name: str) -> CanvasScreen:
        """The screen of this name; made on first asking, and kept with its cursor."""
        if name not in self._screens_by_name:
            screen = self._make(name)
            self._screens_by_name[name] = screen
            self._calls.keep(screen, name)
        return self._screens_by_name[name]

    def open_screen(self, name: str, address: str = "") -> None:
        """Show a screen, with the cursor on the element of this address; Esc goes back to the one before."""
        here = self.here
        screen = self.screen_named(name)
        if here is not screen:
            if here is not None:
                self._before = [each for each in self._before if each not in (name, here.screen_name)]
                self._before.append(here.screen_name)
            self._calls.switch(screen)
        if address:
            screen.put_cursor(address)
            screen.refresh_all()

    def goto(self, address: str, *, remember: bool = True) -> None:
        """Show an element on the screen it belongs to, with the cursor on it; Backspace goes back."""
        item = self._session.workspace.find(address)
        if item is None:
            self._say(f"Nothing here is called {clean(address)} any more", "warning")
            return
        if remember:
            self.remember_place()
        name = "board" if item.kind in (Kind.ENTRY, Kind.CELL, Kind.CANVAS) else "tree"
        self.open_screen(name, address if item.kind is Kind.CANVAS else item.address)  # perhaps by its file

    def show(self, address: str) -> None:
        """Put the cursor of the screen that is shown on an element, if it shows that."""
        here = self.here
        if here is not None and address and here.selected != address and here.put_cursor(address):
            here.repaint()

    def do(self, action_id: str) -> None:
        """Do an action on the screen that is shown."""
        if (here := self.here) is not None:
            here.run_action_by_id(action_id)

    def remember_place(self) -> None:
        """Push where the cursor is on the jump list."""
        if (visit := self.visit) is not None and (not self._jumps or self._jumps[-1] != visit):
            self._jumps.append(visit)

    def jump_back(self) -> None:
        """To where the last jump began."""
        if self._jumps:
            visit = self._jumps.pop()
            self.open_screen(visit.screen, visit.address or "")

    def go_back(self) -> None:
        """Esc on a full screen: go to the one before. On the first one, only the message is cleared."""
        if self._before:
            name = self._before.pop()
            self._calls.switch(self.screen_named(name))
        elif self._status.message:
            self._say("")

    def show_help(self) -> None:
        """The keys of the screen that is shown."""
        from canvas_tui.tui.help.screen import HelpScreen

        if (here := self.here) is not None:
            self._calls.push(HelpScreen(here))

    def show_commands(self) -> None:
        """Everything that can be done on the screen that is shown, by name."""
        from canvas_tui.tui.dialogs.palette import palette

        if (here := self.here) is not None:
            self._calls.push(palette(here.shell, here.actions_here()))

    def ask(self, dialog: Screen[Answer], done: Callable[[Answer | None], object] | None = None) -> None:
        """Show a dialog above the screen; `done` is given its answer."""
        self._calls.push(dialog, done)

    def _say(self, text: str, style: str = "") -> None:
        self._status.say(text, style)
        self.repaint()


def make_screen(name: str, shell: Shell) -> CanvasScreen:
    """Make a full screen by name. Its module is imported only now, so unused screens do not slow the start."""
    module, _, owner = screen_entry(name).path.partition(":")
    screen = getattr(import_module(module), owner)(shell)
    assert isinstance(screen, CanvasScreen)
    return screen
