"""The thread that writes to the terminal.

Owns the queue between painting and the line. Painting never waits for it: while the line is behind, whoever paints asks
`is_behind` and owes a frame instead; a queue that is too long all the same loses frames, and the whole screen is asked
for once it has caught up. A terminal that is gone is reported once; after that, writes are dropped. Must not know
what it writes.
"""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic

BACKLOG = 96 * 1024
"""Bytes that may wait for the line before frames are left out: some seconds on a slow one."""

BEHIND, BEHIND_SECONDS = 2048, 0.1
"""The line is behind when so many bytes wait, and some have been waiting for so long: no fast line ever is."""

WAKE = signal.SIGURG
"""Interrupts a write; harmless wherever nobody has made it do anything."""

_PIECE = 512  # small, so that a write into a terminal nobody reads is soon over or never begun
_WATCH_MS = 200
_STALL_SECONDS = 1.0
_GONE = select.POLLERR | select.POLLHUP  # not POLLNVAL: macOS cannot poll some terminals, and writing tells the rest


class Writer(threading.Thread):
    """Writes to `fileno` what `write` is given, in order.

    `on_gone` is called, in this thread, when the terminal has gone; `on_caught_up` when frames were left out and
    everything else has been written; `on_free` when a frame is owed and nothing waits any more.
    """

    def __init__(
        self,
        fileno: int,
        on_gone: Callable[[], None],
        on_caught_up: Callable[[], None],
        on_free: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(daemon=True, name="canvas-output")
        self._fileno = fileno
        self._on_gone, self._on_caught_up, self._on_free = on_gone, on_caught_up, on_free
        self._queue: SimpleQueue[bytes | None] = SimpleQueue()
        self._put = self._done = 0
        self._busy_since = 0.0
        self._has_missed = self._owes_frame = False
        self._is_cut = self._is_halted = self._is_gone = self._is_writing = False

    def write(self, data: bytes) -> None:
        """Queue bytes; never waits. Left out when too much is waiting already."""
        if self._is_halted or self._is_gone:
            return
        if self._has_missed:
            return
        if self._put - self._done > BACKLOG:
            self._has_missed = True
            self._queue.put(b"")  # wakes the thread, in case it has caught up just now
            return
        if self._put == self._done:
            self._busy_since = monotonic()
        self._put += len(data)
        self._queue.put(data)

    @property
    def is_behind(self) -> bool:
        """Whether a frame written now would be old by the time it is seen."""
        return self._put - self._done > BEHIND and monotonic() - self._busy_since > BEHIND_SECONDS

    def owe_frame(self) -> None:
        """A frame was not painted because the line is behind: ask for it (`on_free`) when nothing waits any more."""
        if not self._owes_frame:
            self._owes_frame = True
            self._queue.put(b"")  # wakes the thread, in case it has caught up just now

    def finish(self, last: bytes) -> bool:
        """Leave out what still waits, write `last`, end the thread. False where the terminal takes no more."""
        self._is_cut = True
        try:
            while True:
                self._queue.get_nowait()
        except Empty:
            self._queue.put(last)
            self._queue.put(None)
        written = -1
        while self.is_alive() and written != self._done:
            written = self._done
            self.join(_STALL_SECONDS)
        if self.is_alive():
            self.stop()
            self.join(2 * _WATCH_MS / 1000)
            return False
        return not self._is_gone

    def stop(self) -> None:
        """Write nothing more, from now on; a piece under way may still end. Waits for nothing."""
        self._is_halted = True

    def settle(self) -> bool:
        """Whether no write is under way; one that waits for a terminal nobody reads is interrupted.

        Making room by throwing output away does not wake such a write: only a signal to its thread does.
        """
        if self._is_writing and self.ident is not None and self.is_alive():
            with suppress(ProcessLookupError, OSError):
                signal.pthread_kill(self.ident, WAKE)
        return not self._is_writing

    def run(self) -> None:
        """Write what is queued until `finish` or the terminal's end. This is the thread itself."""
        while (data := self._queue.get()) is not None:
            self._is_writing = True
            self._send(data)
            self._is_writing = False
            if self._has_missed and self._queue.empty():
                self._done = self._put
                self._has_missed = False
                self._on_caught_up()
            elif self._owes_frame and self._queue.empty():
                self._owes_frame = False
                self._on_free()

    def _send(self, data: bytes) -> None:
        start = 0
        is_frame = not self._is_cut
        poller = select.poll()
        poller.register(self._fileno, select.POLLOUT)
        while start < len(data) and not (self._is_halted or self._is_gone or (is_frame and self._is_cut)):
            try:
                ready = poller.poll(_WATCH_MS)
                if ready and ready[0][1] & _GONE:
                    self._lose()
                elif ready and not self._is_halted:  # stopping makes room, which must not be filled here
                    size = os.write(self._fileno, data[start : start + _PIECE])
                    start += size
                    self._done += size
            except BlockingIOError:
                continue
            except OSError:
                self._lose()

    def _lose(self) -> None:
        if not self._is_gone:
            self._is_gone = True
            self._on_gone()
