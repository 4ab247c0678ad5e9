"""A terminal that nobody reads any more, filled until the kernel takes not one byte more of what is painted.

Only then is it stalled: the kernel holds some 64 KB before a program that writes has to wait.
"""

from __future__ import annotations

import os
import select
import time
from contextlib import suppress

from tests.promises.pty_session import STEPS, PtySession

_CHECKS, _CHECK_SECONDS = 4, 0.02
_SIZES = (300, 100), (299, 99)


def fill(session: PtySession, *, by_resizing: bool = False) -> None:
    """Wait until the terminal is full. AssertionError where it never is: then nothing would be proved.

    by_resizing: make the program paint whole screens of a large window, where it would not paint that much by itself.
    """
    for number in range(STEPS):
        if by_resizing and number % 10 == 0:
            session.resize(*_SIZES[number // 10 % 2])
        if all(_takes_nothing(session) for _ in range(_CHECKS)):
            return
    raise AssertionError("the terminal never filled up")


def drain(session: PtySession) -> None:
    """Read what the program left in the terminal, into `raw` only: nobody looks at that screen."""
    with suppress(OSError):
        while select.select([session.master], [], [], 0.01)[0]:
            session.raw += os.read(session.master, 65536)


def _takes_nothing(session: PtySession) -> bool:
    time.sleep(_CHECK_SECONDS)
    return not select.select([], [session.slave], [], 0)[1]
