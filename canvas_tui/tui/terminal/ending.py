"""How a session ends, step by step: what is being typed is kept, the terminal is as it was, nobody waits.

Owns that order. When it is time to end, and the exit code, are for `exits`. Must not know screens or files.
"""

from __future__ import annotations

import _thread
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from canvas_tui import crash
from canvas_tui.tui.terminal.modes import Terminal
from canvas_tui.tui.terminal.writer import Writer

CRASHED = 4  # the exit code after an error of ours

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
            time.sleep(2 * _KEEP_SECONDS)  # another thread is ending the process already
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
