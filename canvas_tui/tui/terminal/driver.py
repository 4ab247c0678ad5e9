"""Textual's Linux driver, made to survive the terminal.

Owns reading keys and writing frames when the terminal stalls, hangs up or ends: it never spins, never blocks the event
loop, and tells `ending` when nobody is there any more. Textual still sets the modes; `modes` undoes
them.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from asyncio import TimerHandle
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Size

from canvas_tui.core.charset import Typed, encoded, encoding_for
from canvas_tui.tui.input.key_events import KeyEvents
from canvas_tui.tui.input.pastes import PasteGuard
from canvas_tui.tui.terminal.modes import RESET, Terminal
from canvas_tui.tui.terminal.terminal_diff import SHOWN
from canvas_tui.tui.terminal.writer import Writer

if TYPE_CHECKING:
    from canvas_tui.tui.terminal.ending import Ending

_READ = 4096
_WATCH_MS = 100  # also how soon a lone Esc is recognised
_IDLE_MS = 5000  # between two looks while nobody types; input wakes the thread by itself
_QUIET_ROUNDS = 10  # looks that brought nothing, after which time alone brings nothing either
_HUNG_UP = 129
_SETTLED_SECONDS = 0.15  # without another new size, after which the whole picture is painted once more


class SafeDriver(LinuxDriver):
    """The driver of our app. `app.ending`, where there is one, decides what happens when the terminal is gone."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._out: TextIO = sys.__stdout__ or sys.stdout
        self._encoding = encoding_for(getattr(app, "environ", {}), getattr(self._out, "encoding", None))
        self._file = sys.__stdout__
        ending: Ending | None = getattr(app, "ending", None)
        self._ending = ending
        self._terminal = ending.terminal if ending else Terminal(self.fileno, self._out.fileno())
        self._writer: Writer | None = None
        self._is_resizing = False
        self._settling: TimerHandle | None = None
        self._woken, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(os, "pipe2") else os.pipe()

    def write(self, data: str) -> None:
        """Queue text for the terminal. Never waits: a thread of its own writes it."""
        if self._writer is not None:
            self._writer.write(encoded(data, self._encoding))

    @property
    def leaves_out_frame(self) -> bool:
        """Whether to skip a frame, since the line is slow. The newest frame is painted later."""
        if self._writer is None or not self._writer.is_behind:
            return False
        self._writer.owe_frame()
        return True

    def _enable_mouse_support(self) -> None:
        """Clicks and the wheel, in the form that has no limit of columns. Not every movement, as Textual asks for: on a
        slow line a hand on the mouse would be traffic, and nothing here follows it."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")

    def start_application_mode(self) -> None:
        """Set the terminal up for the app, and start the thread that writes to it."""
        self._writer = Writer(self._out.fileno(), self._lose, self._repaint, self._paint_owed)
        self._writer.start()
        self._terminal.is_active = True
        if self._ending is not None:
            self._ending.writer = self._writer
        super().start_application_mode()  # type: ignore[no-untyped-call]
        signal.signal(signal.SIGWINCH, self._window_changed)
        if self._key_thread is None:  # the terminal went before it could be set up
            self._lose()

    def _window_changed(self, *_: Any) -> None:
        """The window has another size. Textual makes the event right here, in the signal's handler: where sizes come
        faster than that is done, handlers run within handlers until Python gives up."""
        if not self._is_resizing and not self._in_band_window_resize:
            self._is_resizing = True
            self._loop.call_soon_threadsafe(self._tell_size)

    def _tell_size(self) -> None:
        self._is_resizing = False
        size = Size(*self._get_terminal_size())
        self.process_message(Resize(size, size))
        # There and back again is no change to Textual, but the terminal has lost what it had no room for; and a frame
        # that was made for one size and painted in another is not what it is taken for. So once more, and whole.
        if self._settling is not None:
            self._settling.cancel()
        self._settling = self._loop.call_later(_SETTLED_SECONDS, self._paint_anew)

    def _sigcont_application(self, *_: Any) -> None:
        """Go on after a stop. Where it came without warning (SIGSTOP) the shell has changed the terminal meanwhile."""
        if not self._auto_restart or (self._writer is None and not self._must_signal_resume):
            return
        if self._writer is not None:
            self.suspend_application_mode()
        self.resume_application_mode()
        self._repaint()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was, without waiting for a slow line."""
        self.disable_input()
        self._terminal.restore_line()
        writer, self._writer = self._writer, None
        if writer is not None and self._terminal.is_active:
            if writer.finish(RESET):
                self._terminal.is_active = False
            self._terminal.restore(writer.settle)

    def disable_input(self) -> None:
        """Read no more keys. The thread that waits for them is told, or its end would be waited for."""
        with suppress(OSError):
            os.write(self._wake, b".")
        super().disable_input()
        with suppress(OSError):
            os.read(self._woken, _READ)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - any error here must end the app, not just this thread
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keys until told to stop, or until nobody can type any more."""
        parser, guard, typed = KeyEvents(self._debug), PasteGuard(), Typed(self._encoding)
        poller = select.poll()
        poller.register(self._out.fileno(), 0)  # poll reports a hang-up even with an empty mask
        poller.register(self.fileno, select.POLLIN)
        poller.register(self._woken, select.POLLIN)
        quiet = 0
        while not self.exit_event.is_set():
            found = dict(poller.poll(_IDLE_MS if quiet > _QUIET_ROUNDS else _WATCH_MS))
            if found.pop(self._woken, None):  # the session is ending, so look often from now on
                poller.unregister(self._woken)
                quiet = -_IDLE_MS
            masks = list(found.values())
            quiet = 0 if masks else quiet + 1
            if any(mask & select.POLLNVAL for mask in masks):
                masks = self._select()
            if not masks and (rest := typed.rest()):
                self._feed(parser, guard.passed(rest))
            for mask in masks:
                data = self._read() if mask & select.POLLIN else b""
                if data is None:
                    continue
                if not data:
                    return self._lose()
                self._feed(parser, guard.passed(typed.text(data)))
            for event in parser.tick():
                self.process_message(event)
        return None

    def _feed(self, parser: KeyEvents, text: str) -> None:
        if text:  # only part of a character came; an empty text would tell the parser to end
            for event in parser.feed(text):
                self.process_message(event)

    def _select(self) -> list[int]:
        """Used where poll does not work (some terminals on macOS). There a hang-up shows when reading."""
        try:
            is_ready = bool(select.select([self.fileno], [], [], _WATCH_MS / 1000)[0])
        except (OSError, ValueError):
            return [select.POLLHUP]
        return [select.POLLIN] if is_ready else []

    def _read(self) -> bytes | None:
        """What was typed; empty at the end of input or after a hang-up, None where there was nothing after all."""
        try:
            return os.read(self.fileno, _READ)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def _lose(self) -> None:
        """Nobody is there. Called in the threads that read and write, while the event loop may be anywhere."""
        if self._ending is not None:
            self._ending.leave(_HUNG_UP)
        self._app.call_later(self._app.exit, None, _HUNG_UP)

    def _repaint(self) -> None:
        """Frames were left out: paint the whole screen anew. Called in the writer's thread."""
        self.write("\x1b[?2026l")
        self._app.call_later(self._paint_anew)

    def _paint_owed(self) -> None:
        """The line has caught up: paint what became of the screen meanwhile. Called in the writer's thread."""
        self._app.call_later(self._app.refresh, layout=True)

    def _paint_anew(self) -> None:
        SHOWN.forget()
        self._app.refresh(layout=True)
