"""The terminal as it was, and the way back to it.

Owns the bytes that undo every mode Textual's Linux driver sets, and writing them without ever waiting: a terminal that
nobody reads (a laptop asleep, a dead line) must not hold up the end. Knows nothing of apps.
"""

from __future__ import annotations

import fcntl
import os
import signal
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

RESET = (
    b"\x1b[?2026l"  # show what was being painted
    b"\x1b[?2004l\x1b[?2048l"  # pastes and sizes are no longer told apart
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l"  # mouse and focus
    b"\x1b[<u"  # the keyboard, before leaving the screen that keeps its state
    b"\x1b[0m\x1b[?7h"
    b"\x1b[?1049l\x1b[?25h"
)
"""Every mode that a session sets, set back; the shell's own screen last."""

_TRIES, _TRY_SECONDS = 100, 0.01


class Terminal:
    """The two ends of a terminal and its line settings from before the session.

    `is_active` is true while modes are set. Otherwise `restore` does nothing: undoing the keyboard's mode twice would
    undo the shell's own.
    """

    def __init__(self, stdin: int, stdout: int) -> None:
        self.stdin, self.stdout = stdin, stdout
        self.is_active = False
        self._before: list[Any] | None = None
        with suppress(termios.error, OSError):
            self._before = termios.tcgetattr(stdin)

    def restore_line(self) -> None:
        """Echo, line editing and signal keys as they were. Never waits, never stops us as a background job."""
        if self._before is None:
            return
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        with suppress(termios.error, OSError):
            termios.tcsetattr(self.stdin, termios.TCSANOW, self._before)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def restore(self, settle: Callable[[], bool] = lambda: True) -> None:
        """Everything as it was, now. Where nobody reads the terminal, what waits to be read is thrown away first.

        `settle` tells whether another thread has stopped writing, and makes it; it is waited for a second at most.
        """
        self.restore_line()
        if not self.is_active:
            return
        self.is_active = False
        for _ in range(_TRIES):
            # a write under way in another thread holds the terminal until there is room for it
            if settle() and self._write_now(RESET):
                return
            with suppress(termios.error, OSError):
                termios.tcflush(self.stdout, termios.TCOFLUSH)
            time.sleep(_TRY_SECONDS)
        self._write_now(RESET)

    def _write_now(self, data: bytes) -> bool:
        """Write without waiting; False where there was no room for all of it."""
        try:
            flags = fcntl.fcntl(self.stdout, fcntl.F_GETFL)
            fcntl.fcntl(self.stdout, fcntl.F_SETFL, flags | os.O_NONBLOCK)
        except OSError:
            return True  # nothing there to restore
        try:
            while data:
                data = data[os.write(self.stdout, data) :]
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            with suppress(OSError):
                fcntl.fcntl(self.stdout, fcntl.F_SETFL, flags)  # the shell shares these flags
        return True
