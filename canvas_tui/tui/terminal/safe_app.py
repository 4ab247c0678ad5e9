"""The base class of our app: Textual with every door shut that text or the environment could walk through.

Owns what the framework may never do here: run an action named in text, open a link, write a file nobody asked for, use
the clipboard or title of the terminal, print a traceback. Must hold no screens, keys or model: those are the app's.
The doors are those of Textual 8.2; `tests/tui/test_safe_app.py` fails when a new one appears.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.color import ColorSystem
from textual.app import App, SystemCommand
from textual.events import Event
from textual.filter import ANSIToTruecolor, LineFilter
from textual.worker import WorkerFailed

from canvas_tui.core.text import clean
from canvas_tui.tui.terminal.driver import SafeDriver
from canvas_tui.tui.terminal.environment import ColourDepth, colour_depth
from canvas_tui.tui.terminal.line_filter import filters_for

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.dom import DOMNode
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from canvas_tui.tui.terminal.ending import Ending

Result = TypeVar("Result")

_SYSTEMS: dict[ColourDepth, ColorSystem] = {
    "none": ColorSystem.STANDARD,
    "16": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}


class SafeApp(App[Result]):
    """An app whose text is only ever text.

    `environ` decides the colours and the charset (default: the process's). `crash` is the exception that ended the app,
    if one did: `exits.run` reports it once the terminal is restored.
    """

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    COMMANDS: ClassVar[set[Any]] = set()

    def __init__(self, *, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(driver_class=SafeDriver)
        self.crash: BaseException | None = None
        self.ending: Ending | None = None
        self.environ = os.environ if environ is None else environ
        self.depth = colour_depth(self.environ)
        self.no_color = self.depth == "none"
        self._last_filters = filters_for(self.depth)
        self.console._color_system = _SYSTEMS[self.depth]  # or Rich would guess again, and differently
        self.features = frozenset()
        self._disable_notifications = self._disable_tooltips = True  # unused, and every screen would get a copy of both

    # what is painted

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Ours alone; Textual's translation of ANSI colours stays where there are colours to translate."""
        if self.depth == "none":
            return self._last_filters
        translations = [each for each in self._filters if isinstance(each, ANSIToTruecolor) and each.enabled]
        return [*translations, *self._last_filters]

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """On a slow line only the newest picture is painted, since older ones would delay it."""
        if isinstance(self._driver, SafeDriver) and renderable is not None and self._driver.leaves_out_frame:
            return
        super()._display(screen, renderable)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """As Textual's, with plain text only: `markup` is ignored."""
        message, title = clean(message, multiline=True), clean(title)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    # how it ends

    def _handle_exception(self, error: Exception) -> None:
        """Remember the first error and end: no traceback with local variables reaches the terminal."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error  # the wrapper has no traceback of its own
        if self.crash is None:
            self.crash = error
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = 4
        if self.ending is not None:
            self.ending.expect_end(error)
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End the app, and print nothing of what Textual hands in."""
        self._handle_exception(RuntimeError("the app gave up"))

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def action_help_quit(self) -> Any:
        """ctrl+c, where no field wants it for copying: quit."""
        return self.action_quit()

    # doors that stay shut

    async def _broker_event(self, event_name: str, event: Event, default_namespace: DOMNode) -> bool:
        """Actions named in text (`[@click=...]`) are never run."""
        return False

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None: our own palette lists our own actions."""
        return ()

    def copy_to_clipboard(self, text: str) -> None:
        """Within the app only: the sequence for the terminal's clipboard is never sent."""
        self._clipboard = text

    def bell(self) -> None:
        """No sound."""

    def _set_pointer_shape(self, shape: str) -> None: ...

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """No browser is started."""

    def deliver_text(self, *arguments: Any, **options: Any) -> str | None:
        """No file is written."""
        return None

    def deliver_binary(self, *arguments: Any, **options: Any) -> str | None:
        """No file is written."""
        return None

    def deliver_screenshot(self, *arguments: Any, **options: Any) -> str | None:
        """No file is written."""
        return None

    def _deliver_binary(self, *arguments: Any, **options: Any) -> str:
        return ""

    def save_screenshot(self, *arguments: Any, **options: Any) -> str:
        """No file is written."""
        return ""

    def simulate_key(self, key: str) -> None:
        """Nothing is pressed: keys come from the person only."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """The terminal is not given to any other program."""
        yield

    def action_suspend_process(self) -> None: ...

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None: ...

    def action_change_theme(self) -> None: ...

    def action_command_palette(self) -> None: ...

    def action_toggle_dark(self) -> None: ...

    def action_show_help_panel(self) -> None: ...

    def action_notify(self, message: str, title: str = "", severity: str = "information") -> None: ...

    async def action_simulate_key(self, key: str) -> None: ...

    async def action_toggle(self, attribute_name: str) -> None: ...

    async def action_toggle_class(self, selector: str, class_name: str) -> None: ...

    async def action_add_class(self, selector: str, class_name: str) -> None: ...

    async def action_remove_class(self, selector: str, class_name: str) -> None: ...

    async def action_push_screen(self, screen: str) -> None: ...

    async def action_switch_screen(self, screen: str) -> None: ...

    async def action_switch_mode(self, mode: str) -> None: ...
