"""Every way out of a session.

Owns the order in which one ends: what is being typed is kept, the terminal is as it was, nobody waits, and the exit
code says why. Signals, a lost terminal and errors all end here. Must not know screens or files.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from canvas_tui import crash
from canvas_tui.tui.terminal import Terminal
from canvas_tui.tui.writer import WAKE, Writer

if TYPE_CHECKING:
    from canvas_tui.tui.safe_app import SafeApp

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
CRASHED = 4

_KEEP_SECONDS = 2.0  # what a draft on a disk that does not answer may cost
_CLOSE_SECONDS = 5.0  # what an orderly end may take after an error


class Ending:
    """How this session ends. `keep` writes down what is being typed; it is called once, from any thread, and must take
    no lock that the interrupted code may hold.
    """

    def __init__(self, terminal: Terminal, keep: Callable[[], None] | None = None, reports: Path | None = None) -> None:
        self.terminal = terminal
        self.writer: Writer | None = None
        self._keep, self._reports = keep, reports
        self._once = _thread.allocate_lock()
        self._leaver: int | None = None

    def leave(self, code: int, error: BaseException | None = None) -> NoReturn:
        """End the process now: keep the draft, restore the terminal, report the error, exit. Never waits long."""
        if not self._once.acquire(blocking=False):
            time.sleep(2 * _KEEP_SECONDS)  # another thread is at it, and ends us
            os._exit(code)
        self._leaver = _thread.get_ident()
        if self.writer is not None:
            self.writer.stop()
        self.keep()
        self.terminal.restore(self.writer.settle if self.writer else lambda: True)
        if error is not None:
            with suppress(Exception):
                os.write(2, (crash.report(error, self._reports) + "\n").encode())
        os._exit(code)

    def is_leaving_here(self) -> bool:
        """Whether this very thread is ending the process already, and a second signal need not begin again."""
        return self._leaver == _thread.get_ident()

    def keep(self) -> None:
        """Write the draft in a thread of its own, and wait for it only so long: the disk may be the trouble.

        Started below `threading`, whose own locks the interrupted code may hold.
        """
        if self._keep is None:
            return
        done = _thread.allocate_lock()
        done.acquire()

        def work(keep: Callable[[], None] = self._keep) -> None:
            try:
                with suppress(Exception):
                    keep()
            finally:
                done.release()

        with suppress(RuntimeError):
            _thread.start_new_thread(work, ())
            done.acquire(timeout=_KEEP_SECONDS)

    def expect_end(self, error: BaseException) -> None:
        """The app is closing after an error; should it not manage to, end it."""
        timer = threading.Timer(_CLOSE_SECONDS, self.leave, (CRASHED, error))
        timer.daemon = True
        timer.start()


def run(
    app: SafeApp[Any], *, keep: Callable[[], None] | None = None, reports: Path | None = None, mouse: bool = True
) -> int:
    """Run the app to its end, whatever that is; the exit code.

    `keep` is called before an end by signal, hang-up or error, to write what is being typed. `reports` is the folder
    for crash reports; without one (a read-only session) none is written.
    """
    terminal = Terminal(sys.__stdin__.fileno(), sys.__stdout__.fileno())  # type: ignore[union-attr]
    ending = app.ending = Ending(terminal, keep, reports)
    with _signals(ending), _thread_errors(app):
        try:
            app.run(mouse=mouse)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the terminal comes first
            app.crash = app.crash or error
        finally:
            writer = ending.writer
            if writer is not None:
                writer.stop()
            terminal.restore(writer.settle if writer else lambda: True)
        if app.crash is not None:
            ending.keep()
            print(crash.report(app.crash, reports), file=sys.stderr)  # noqa: T201 - the one line a person gets
            return CRASHED
    return app.return_code or 0


@contextmanager
def _signals(ending: Ending) -> Iterator[None]:
    """While the app runs, HUP TERM INT and QUIT end it in order. A HUP that was ignored (nohup) stays so: the driver
    sees the terminal go by itself.
    """

    def handle(number: int, frame: FrameType | None) -> None:
        if not ending.is_leaving_here():
            ending.leave(128 + number)

    before = {number: signal.getsignal(number) for number in (*SIGNALS, WAKE)}
    for number in SIGNALS:
        if before[number] is not signal.SIG_IGN or number != signal.SIGHUP:
            signal.signal(number, handle)
    signal.signal(WAKE, lambda number, frame: None)  # not ignored, or it would interrupt nothing
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


@contextmanager
def _thread_errors(app: SafeApp[Any]) -> Iterator[None]:
    """An error that ends one of our threads ends the app: it must not go on half alive."""
    before = threading.excepthook

    def handle(details: threading.ExceptHookArgs) -> None:
        if isinstance(details.exc_value, Exception):
            app.call_later(app._handle_exception, details.exc_value)

    threading.excepthook = handle
    try:
        yield
    finally:
        threading.excepthook = before
