"""Where one is in the app, and where one came from: full screens, dialogs above them, and the jump list.

Owns which screen is shown; a screen owns its cursor. Knows nothing of edits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from time import monotonic
from typing import Any, NamedTuple

from textual import events
from textual._compositor import Compositor
from textual.screen import Screen

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import clean
from canvas_tui.session.session import Session
from canvas_tui.tui.actions import SCREENS, screen_entry
from canvas_tui.tui.deeds import Deed, Deeds
from canvas_tui.tui.safe_app import SafeApp
from canvas_tui.tui.screens.base import CanvasScreen
from canvas_tui.tui.shell import Answer, Shell
from canvas_tui.tui.sparse import SHOWN, SparseCompositor
from canvas_tui.tui.status import Status


class Stop(NamedTuple):
    """A place in the jump list."""

    screen: str
    address: str | None


class Navigator(SafeApp[None]):
    """An app of full screens, each made when it is first asked for and kept with its cursor."""

    shell: Shell  # what the screens are handed

    def __init__(self, controller: Session, *, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(environ=environ)
        self.theme = "ansi-dark"  # the sixteen colours of the terminal's own palette
        self.controller = controller
        self.status = Status(controller.is_read_only)
        self._screens_by_name: dict[str, CanvasScreen] = {}
        self._before: list[str] = []  # screens that Esc goes back to
        self._jumps: list[Stop] = []
        self._typed_at = monotonic()

    @property
    def place_deeds(self) -> Deeds:
        """What can be done on every screen: going somewhere, and coming back."""
        return {
            **{entry.go.id: self._opening(entry.name) for entry in SCREENS},
            "back": Deed(self.go_back, can=lambda: bool(self._before)),
            "back-jump": Deed(self.jump_back, can=lambda: bool(self._jumps)),
            "help": Deed(self.show_help),
            "commands": Deed(self.show_commands),
            "redraw": Deed(self.redraw),
        }

    def _opening(self, name: str) -> Deed:
        """Going to a screen; on that screen it does nothing."""
        return Deed(
            lambda: self.open_screen(name),
            can=lambda: self.here is None or self.here.screen_name != name,
            none=lambda: self.say("That is what is shown here"),
        )

    def say(self, text: str, style: str = "") -> None:
        """A message in the status line of whatever is shown."""
        self.status.say(text, style)
        self.repaint_here()

    def repaint_here(self) -> None:
        """Paint the full screen that is shown, with what the status line says now."""
        if (here := self.here) is not None:
            here.repaint()

    @property
    def here(self) -> CanvasScreen | None:
        """The full screen that is shown, under whatever dialog is above it."""
        return next((each for each in reversed(self.screen_stack) if isinstance(each, CanvasScreen)), None)

    def screen_named(self, name: str) -> CanvasScreen:
        """The screen of this name; made on first asking, and kept with its cursor."""
        if name not in self._screens_by_name:
            screen = _make_screen(name, self.shell)
            self._screens_by_name[name] = screen
            self.install_screen(screen, name)
        return self._screens_by_name[name]

    def open_screen(self, name: str, address: str = "") -> None:
        """Show a screen, with the cursor on the element of this address; Esc goes back to the one before."""
        here = self.here
        screen = self.screen_named(name)
        if here is not screen:
            if here is not None:
                self._before = [each for each in self._before if each not in (name, here.screen_name)]
                self._before.append(here.screen_name)
            self.switch_screen(screen)
        if address:
            screen.put_cursor(address)
            screen.refresh_all()

    def goto(self, address: str, *, remember: bool = True) -> None:
        """Show an element on the screen it belongs to, with the cursor on it; Backspace goes back."""
        item = self.controller.workspace.find(address)
        if item is None:
            self.say(f"Nothing here is called {clean(address)} any more", "warning")
            return
        if remember:
            self.remember_place()
        name = "board" if item.kind in (Kind.ENTRY, Kind.CELL, Kind.CANVAS) else "tree"
        self.open_screen(name, address if item.kind is Kind.CANVAS else item.address)  # perhaps by its file

    def show_here(self, address: str) -> None:
        """Put the cursor of the screen that is shown on an element, if it shows that."""
        here = self.here
        if here is not None and address and here.selected != address and here.put_cursor(address):
            here.repaint()

    def do_here(self, action_id: str) -> None:
        """Do an action on the screen that is shown."""
        if (here := self.here) is not None:
            here.run_action_by_id(action_id)

    def remember_place(self) -> None:
        """Push where the cursor is on the jump list."""
        if (here := self.here) is not None:
            stop = Stop(here.screen_name, here.selected)
            if not self._jumps or self._jumps[-1] != stop:
                self._jumps.append(stop)

    def jump_back(self) -> None:
        """To where the last jump began."""
        if self._jumps:
            stop = self._jumps.pop()
            self.open_screen(stop.screen, stop.address or "")

    def go_back(self) -> None:
        """Esc on a full screen: to the one before; on the first of them, only the message goes."""
        if self._before:
            name = self._before.pop()
            self.switch_screen(self.screen_named(name))
        elif self.status.message:
            self.say("")

    def show_help(self) -> None:
        """The keys of the screen that is shown."""
        from canvas_tui.tui.screens.help import HelpScreen

        if (here := self.here) is not None:
            self.push_screen(HelpScreen(here))

    def show_commands(self) -> None:
        """Everything that can be done on the screen that is shown, by name."""
        from canvas_tui.tui.screens.palette import palette

        if (here := self.here) is not None:
            self.push_screen(palette(self.shell, here.actions_here()))

    def ask(self, dialog: Screen[Answer], done: Callable[[Answer | None], object] | None = None) -> None:
        """Show a dialog above the screen; `done` is given its answer."""
        self.push_screen(dialog, done)

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """As Textual's; a dialog is written as sparingly as a screen, and told what it stands on."""
        if type(screen) is not str and type(screen._compositor) is Compositor:
            screen._compositor = SparseCompositor()
        from canvas_tui.tui.dialogs.frame import Stands  # not before the first paint

        if isinstance(screen, Stands):
            screen.stand_on(self.shell.marks, lambda: self.here.spot if self.here is not None else None)
        return super().push_screen(screen, *arguments, **options)

    def quiet_for(self) -> float:
        """Seconds since the last key."""
        return monotonic() - self._typed_at

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            SHOWN.forget()
        elif isinstance(event, events.Key):
            self._typed_at = monotonic()
        await super().on_event(event)

    def redraw(self) -> None:
        """Paint the whole screen anew: something else wrote on the terminal, or output was lost."""
        SHOWN.forget()
        self.refresh(layout=True)


def _make_screen(name: str, shell: Shell) -> CanvasScreen:
    """A full screen by name. Imported only now: what is not looked at costs nothing at the start."""
    module, _, owner = screen_entry(name).path.partition(":")
    screen = getattr(import_module(module), owner)(shell)
    assert isinstance(screen, CanvasScreen)
    return screen
