"""Every way out of a session.

Owns when a session ends, and the exit code that says why: signals and errors come here. In which order it ends is in
`ending`. Must not know screens or files.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from canvas_tui import crash
from canvas_tui.tui.terminal.ending import CRASHED, Ending
from canvas_tui.tui.terminal.modes import Terminal
from canvas_tui.tui.terminal.writer import WAKE

if TYPE_CHECKING:
    from canvas_tui.tui.terminal.safe_app import SafeApp

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)


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
