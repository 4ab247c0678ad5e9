"""Where one is in the app, and where one came from: full screens, dialogs above them, and the jump list.

Owns which screen is shown; a screen owns its cursor. Knows nothing of edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any, NamedTuple

from textual import events
from textual._compositor import Compositor

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import clean
from canvas_tui.session.session import Session
from canvas_tui.tui.safe_app import SafeApp
from canvas_tui.tui.screens.base import CanvasScreen
from canvas_tui.tui.sparse import SHOWN, SparseCompositor
from canvas_tui.tui.status import Status


class Stop(NamedTuple):
    """A place in the jump list."""

    screen: str
    address: str | None


class Navigator(SafeApp[None]):
    """An app of full screens, each made when it is first asked for and kept with its cursor."""

    def __init__(self, controller: Session, *, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(environ=environ)
        self.theme = "ansi-dark"  # the sixteen colours of the terminal's own palette
        self.controller = controller
        self.status = Status(controller.is_read_only)
        self._screens_by_name: dict[str, CanvasScreen] = {}
        self._before: list[str] = []  # screens that Esc goes back to
        self._jumps: list[Stop] = []
        self._typed_at = monotonic()

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
            screen = _make_screen(name, self.controller)
            self._screens_by_name[name] = screen
            self.install_screen(screen, name)
        return self._screens_by_name[name]

    def open_screen(self, name: str) -> CanvasScreen:
        """Show a screen; Esc goes back to the one before."""
        here = self.here
        screen = self.screen_named(name)
        if here is screen:
            return screen
        if here is not None:
            self._before = [each for each in self._before if each not in (name, here.screen_name)]
            self._before.append(here.screen_name)
        self.switch_screen(screen)
        return screen

    def goto(self, address: str, *, remember: bool = True) -> None:
        """Show an element on the screen it belongs to, with the cursor on it; Backspace goes back."""
        item = self.controller.workspace.find(address)
        if item is None:
            self.say(f"Nothing here is called {clean(address)} any more", "warning")
            return
        if remember:
            self.remember_place()
        name = "board" if item.kind in (Kind.ENTRY, Kind.CELL, Kind.CANVAS) else "tree"
        screen = self.open_screen(name)
        screen.put_cursor(address if item.kind is Kind.CANVAS else item.address)  # perhaps by its file
        screen.refresh_all()

    def remember_place(self) -> None:
        """Push where the cursor is on the jump list."""
        if (here := self.here) is not None:
            stop = Stop(here.screen_name, here.selected)
            if not self._jumps or self._jumps[-1] != stop:
                self._jumps.append(stop)

    def can_back_jump(self) -> bool:
        return bool(self._jumps)

    def do_back_jump(self) -> None:
        if self._jumps:
            stop = self._jumps.pop()
            screen = self.open_screen(stop.screen)
            if stop.address:
                screen.put_cursor(stop.address)
            screen.refresh_all()

    def can_back(self) -> bool:
        return bool(self._before)

    def do_back(self) -> None:
        """Esc on a full screen: to the one before; on the first of them, only the message goes."""
        if self._before:
            name = self._before.pop()
            self.switch_screen(self.screen_named(name))
        elif self.status.message:
            self.say("")

    def do_go_board(self) -> None:
        self.open_screen("board")

    def do_go_strategy(self) -> None:
        self.open_screen("tree")

    def do_go_findings(self) -> None:
        self.open_screen("findings")

    def do_go_overview(self) -> None:
        self.open_screen("overview")

    def do_search(self) -> None:
        self.open_screen("search")

    def show_why(self, address: str, *, how: bool = False) -> None:
        """The whole chain of an element over the screen that is shown."""
        from canvas_tui.tui.screens.why import WhyScreen

        self.push_screen(WhyScreen(self.controller, address, is_how=how))

    def do_help(self) -> None:
        from canvas_tui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.controller))

    def do_commands(self) -> None:
        from canvas_tui.tui.screens.palette import PaletteScreen

        self.push_screen(PaletteScreen(self.controller))

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """As Textual's; a dialog is written as sparingly as a screen."""
        if type(screen) is not str and type(screen._compositor) is Compositor:
            screen._compositor = SparseCompositor()
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

    def do_redraw(self) -> None:
        """Paint the whole screen anew: something else wrote on the terminal, or output was lost."""
        SHOWN.forget()
        self.refresh(layout=True)


def _make_screen(name: str, controller: Session) -> CanvasScreen:
    """A full screen by name. Imported only now: what is not looked at costs nothing at the start."""
    if name == "board":
        from canvas_tui.tui.board.screen import BoardScreen

        return BoardScreen(controller)
    from importlib import import_module

    module = import_module(f"canvas_tui.tui.screens.{name}")
    screen = getattr(module, f"{name.capitalize()}Screen")(controller)
    assert isinstance(screen, CanvasScreen)
    return screen
